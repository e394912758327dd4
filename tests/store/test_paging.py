"""Counting, sorting and paging: the same for every question, over all stores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.linking.news import everything
from tests.store.conftest import CODING, NOW, coded, document

from tocsin.errors import OptionError
from tocsin.linking.linker import link
from tocsin.store import Entry, Filters
from tocsin.store.questions import QUESTIONS
from tocsin.store.tables import TableStore


@pytest.fixture
def full(store: TableStore) -> TableStore:
    """A store with something to answer to most questions."""
    for one in everything():
        store.add(
            Entry(
                path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
                events=one.events,
            ),
            CODING, at=NOW,
        )  # fmt: skip
    for n, name in enumerate("xyz"):
        copy = document(id=name, text="Ruritania razed the bridge.", published=date(2020, 7, 1))
        store.add(
            Entry(path="b", outcome="copy", document=copy, digest="d", copy_of="night 1a"),
            CODING, at=NOW,
        )  # fmt: skip
        store.add(Entry(path="c", line=n, outcome="set aside", reason="no"), CODING, at=NOW)
    store.add(coded(document(id="dayless", published=None)), CODING, at=NOW)
    link(store.links)
    return store


def asked(question: str, **filters: Any) -> Filters:
    """Filters with what a question cannot do without."""
    return Filters(**({"words": "the"} if question == "search" else {}), **filters)


def test_pages_of_every_question_come_to_its_rows_and_never_overlap(full: TableStore) -> None:
    answered = set()
    for question, what in QUESTIONS.items():
        rows = full.ask(question, asked(question))
        answered |= {question} if rows else set()
        assert full.count(question, asked(question)) == len(rows), question
        for sort in (None, *(f"{sign}{name}" for name in what.sorts for sign in ("", "-"))):
            whole = full.ask(question, asked(question, sort=sort))
            size = max(7, len(rows) // 3)
            paged = [
                row
                for at in range(0, len(rows) + 1, size)
                for row in full.ask(question, asked(question, sort=sort, limit=size, offset=at))
            ]
            assert paged == whole, (question, sort)
            assert sorted(map(repr, whole)) == sorted(map(repr, rows)), (question, sort)
    assert set(QUESTIONS) - answered == {
        "channels", "channel_records", "incidents_with_deadline", "shutting_events",
        "imported", "measured_imported", "rows_read",
    }  # fmt: skip


def test_every_column_can_be_sorted_by(full: TableStore) -> None:
    for question, what in QUESTIONS.items():
        for name in what.columns:
            rows = full.ask(question, asked(question, sort=f"-{name}"))
            values = [row[name] for row in rows]
            known = [value for value in values if value is not None]
            assert values[: len(known)] == known, (question, name)
            if known and not isinstance(known[0], list):
                assert known == sorted(known, reverse=True), (question, name)


def test_a_search_is_sorted_by_how_often_all_its_words_stand_there(full: TableStore) -> None:
    rows = full.ask("search", Filters(words="the ruritania", sort="-matches"))
    matches = [row["matches"] for row in rows]
    assert len(set(matches)) > 1
    assert matches == sorted(matches, reverse=True)


def test_incidents_are_sorted_by_their_day(full: TableStore) -> None:
    rows = full.ask("incidents", Filters(sort="-day"))
    days = [row["date_start"] or row["first_report"] for row in rows]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert days[len(known) :] == [None] * (len(days) - len(known))
    assert [row["id"] for row in rows] != [row["id"] for row in full.ask("incidents")]


def test_a_count_is_that_of_all_pages_of_what_is_narrowed(full: TableStore) -> None:
    narrowed = {"dyad": ("RUR", "*"), "type": "COERCE"}
    rows = full.ask("incidents", Filters(**narrowed))  # type: ignore[arg-type]
    assert 0 < len(rows) < full.count("incidents")
    paged = Filters(**narrowed, sort="-day", limit=1, offset=1)  # type: ignore[arg-type]
    assert full.count("incidents", paged) == len(rows)
    assert full.ask("incidents", Filters(offset=10_000)) == []


def test_what_a_question_cannot_be_sorted_or_counted_by_is_refused(full: TableStore) -> None:
    with pytest.raises(OptionError, match=r"outlets cannot be sorted by 'size'; by: outlet, artic"):
        full.ask("outlets", Filters(sort="-size"))
    with pytest.raises(OptionError, match="cannot be sorted by 'id; DROP TABLE events'"):
        full.ask("incidents", Filters(sort="id; DROP TABLE events"))
    with pytest.raises(OptionError, match="documents cannot be narrowed by type"):
        full.count("documents", Filters(type="AID"))
    with pytest.raises(OptionError, match="there is no question 'secrets'"):
        full.count("secrets")
