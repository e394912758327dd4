"""Linking in a store: the same incidents and stories whatever the order, however many at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.news import balloons, clash, everything, others
from tests.linking.telling import Told, day, deed, told, who

from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.summary import incident_of
from tocsin.linking.linker import link, put_together
from tocsin.linking.stories import Article, story_of
from tocsin.model.flat_incident import story_row
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

NOW = datetime(2024, 10, 25, 12)
RULES, FULL = Coding("1.0", {"coder": "rules"}), Coding("1.0", {"coder": "full"})
NEWS = everything()
Row = dict[str, Any]


def add(
    store: TableStore, articles: Iterable[Told], coding: Coding = RULES, at: datetime = NOW
) -> None:
    for one in articles:
        entry = Entry(
            path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events,
        )  # fmt: skip
        store.add(entry, coding, at=at)


def linked(store: TableStore) -> tuple[list[Row], list[Row], list[Row], set[tuple[str, str]]]:
    """All that linking made: incidents as records, claims, stories, and their articles."""
    rows = store._db.execute("SELECT * FROM stories ORDER BY id")
    names = [column[0] for column in rows.description or ()]
    stories = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    told_by = store._db.execute("SELECT story, document FROM story_documents").fetchall()
    return store.ask("incident_records"), store.ask("claims"), stories, set(told_by)


def tables(store: TableStore) -> dict[str, list[Any]]:
    """The tables of links, their rows in order."""
    names = ("linked", "link_keys", "link_edges", "incidents", "incident_reports", "claims",
             "stories", "story_documents")  # fmt: skip
    return {name: sorted(store._db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in names}  # fmt: skip


def stored(*batches: Sequence[Told], size: int = 200) -> Any:
    """What is linked when these articles come so, each batch linked before the next comes."""
    with open_store(":memory:") as store:
        for batch in batches:
            add(store, batch)
            assert link(store.links, batch=size) == len(batch)
        assert list(store.check()) == []
        return linked(store)


WHOLE = stored(NEWS)


def groups(articles: Sequence[Told]) -> set[frozenset[str]]:
    """The incidents that come out, each as the ids of its articles."""
    nodes = [node for one in articles for node in one.nodes]
    return {
        frozenset(node.document.id for node in group)
        for group in put_together(nodes) if isinstance(group[0], Report)
    }  # fmt: skip


def test_all_at_hand_and_in_a_store_are_the_same() -> None:
    found = put_together([node for one in NEWS for node in one.nodes])
    records, _, stories, _ = WHOLE
    incidents = [incident_of(group) for group in found if isinstance(group[0], Report)]  # type: ignore[arg-type]
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links)
        assert {one.id: store.incident(one.id) for one in incidents} == {
            one.id: one for one in incidents
        }
    assert len(records) == len(incidents)
    wanted = [story_of(group, {}) for group in found if isinstance(group[0], Article)]  # type: ignore[arg-type]
    assert stories == sorted(map(story_row, wanted), key=lambda row: row["id"])


@settings(max_examples=7, deadline=None)
@given(
    st.permutations(NEWS), st.lists(st.integers(1, len(NEWS) - 1), max_size=3), st.integers(1, 9)
)
def test_the_order_and_number_of_articles_at_once_change_nothing(
    order: list[Told], cuts: list[int], size: int
) -> None:
    bounds = [0, *sorted(set(cuts)), len(order)]
    batches = [order[a:b] for a, b in pairwise(bounds)]
    assert stored(*batches, size=size) == WHOLE


@settings(max_examples=25, deadline=None)
@given(st.permutations([node for one in NEWS for node in one.nodes]))
def test_every_node_is_in_one_group_whatever_their_order(nodes: list[Any]) -> None:
    found = put_together(nodes)
    assert sorted(node.id for group in found for node in group) == sorted(node.id for node in nodes)
    assert all(len({type(node) for node in group}) == 1 for group in found)
    ids = {frozenset(node.id for node in group) for group in found}
    assert ids == {frozenset(node.id for node in group) for group in put_together(nodes[::-1])}


def test_linking_again_does_nothing() -> None:
    with open_store(":memory:") as store:
        add(store, NEWS)
        told_of: list[int] = []
        assert link(store.links, batch=5, done=told_of.append) == len(NEWS)
        assert told_of == [5, 5, len(NEWS) - 10]
        before = tables(store)
        assert link(store.links, done=told_of.append) == 0
        assert len(told_of) == 3
        assert tables(store) == before


def test_an_article_of_something_else_leaves_all_others_as_they_were() -> None:
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links)
        before = tables(store)
        new = told("new", deed("Tarlenheim thanked Strelsau for grain.", "thanked", type="SUPPORT",
                               mode=None, actors=[who("Tarlenheim", "TAR")],
                               recipients=[who("Strelsau", "STR")], date=day(90)),
                   published=day(90))  # fmt: skip
        add(store, [new])
        replaced: list[int] = []
        untouched = type(store.links).replace

        def counting(
            self: Any, documents: Any, keys: Any, edges: Any, regrouped: Any, *rest: Any
        ) -> None:
            replaced.append(len(set(regrouped)))
            untouched(self, documents, keys, edges, regrouped, *rest)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(type(store.links), "replace", counting)
            assert link(store.links) == 1
        assert replaced == [2]  # itself and its event
        after = tables(store)
        for name, rows in before.items():
            assert [row for row in after[name] if row in rows] == rows
            assert all("new" in repr(row) or new.events[0].id in repr(row)
                       for row in after[name] if row not in rows)  # fmt: skip


def test_a_further_report_joins_its_incident_and_no_other_changes() -> None:
    first, *rest = NEWS
    with open_store(":memory:") as store:
        add(store, rest)
        link(store.links)
        before = {row["id"]: row for row in store.ask("incidents")}
        add(store, [first])
        link(store.links)
        after = {row["id"]: row for row in store.ask("incidents")}
        changed = {id_ for id_ in after if after[id_] != before.get(id_)}
        (id_,) = changed
        assert after[id_]["documents"] == 2
        assert linked(store) == WHOLE


def recoded(one: Told) -> Told:
    """The same article with other events: less sure, so that their ids are others."""
    events = [replace(event, id=f"{event.id}!", confidence=0.5) for event in one.events]
    return Told(one.document, tuple(events))


@pytest.mark.parametrize("size", [2, 200])
def test_articles_that_are_coded_anew_are_linked_anew(size: int) -> None:
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links, batch=size)
        anew = [recoded(one) for one in NEWS]
        add(store, anew, FULL, NOW + timedelta(days=1))
        assert link(store.links, batch=size) == len(NEWS)
        assert list(store.check()) == []
        assert linked(store) == stored(anew)
        reports = store._db.execute("SELECT event FROM incident_reports").fetchall()
        assert sorted(id_ for (id_,) in reports) == sorted(
            event.id for one in anew for event in one.events
        )


@pytest.mark.parametrize("number", [0, 5, 6, 8])
def test_of_one_that_is_coded_anew_only_its_own_links_are_replaced(number: int) -> None:
    anew = recoded(NEWS[number])
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links)
        before = {row["id"]: row for row in store.ask("incidents")}
        add(store, [anew], FULL, NOW + timedelta(days=1))
        assert link(store.links) == 1
        changed = [*NEWS[:number], anew, *NEWS[number + 1 :]]
        after = {row["id"]: row for row in store.ask("incidents")}
        for id_ in before.keys() - after.keys():
            assert any(f"i-{event.id}" == id_ for event in NEWS[number].events)
        assert linked(store) == stored(changed)


def test_what_has_no_events_any_more_leaves_its_incident_to_the_others() -> None:
    one = next(one for one in NEWS if one.document.id == "threat a")
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links)
        add(store, [Told(one.document, ())], FULL, NOW + timedelta(days=1))
        link(store.links)
        kept = [Told(one.document, ()) if other is one else other for other in NEWS]
        assert linked(store) == stored(kept)
        assert all(store.incident(event.id) is None for event in one.events)


def test_the_same_again_by_another_coding_changes_no_incident() -> None:
    with open_store(":memory:") as store:
        add(store, NEWS)
        link(store.links)
        add(store, NEWS, FULL, NOW + timedelta(days=1))
        assert link(store.links, batch=4) == len(NEWS)
        assert linked(store) == WHOLE


def test_a_run_that_is_cut_off_while_linking_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with open_store(":memory:") as store:
        add(store, NEWS)
        whole = type(store.links)._put_stories
        calls: list[int] = []

        def stop(self: Any, stories: Any) -> None:
            calls.append(1)
            if len(calls) == 3:
                raise KeyboardInterrupt
            whole(self, stories)

        with monkeypatch.context() as patched:
            patched.setattr(type(store.links), "_put_stories", stop)
            with pytest.raises(KeyboardInterrupt):
                link(store.links, batch=3)
        assert link(store.links, batch=3) == len(NEWS) - 6
        assert linked(store) == WHOLE


def test_a_recurring_act_stays_three_and_their_sum_is_none_of_them() -> None:
    assert groups(balloons()) == {
        frozenset({"night 1a", "night 1b"}), frozenset({"night 2a", "night 2b"}),
        frozenset({"night 3"}), frozenset({"sum"}),
    }  # fmt: skip


def test_two_sides_that_tell_one_clash_the_other_way_round_tell_one_incident() -> None:
    assert groups(clash()) == {frozenset({"clash by one", "clash by other"})}
    with open_store(":memory:") as store:
        add(store, clash())
        link(store.links)
        (row,) = store.ask("incidents")
        assert row["actor_country"] == "GRA;RUR"
        assert {claim["speaker_country"] for claim in store.ask("claims")} == {"RUR", "GRA"}


def test_a_threat_and_its_mentions_are_one_and_no_deed() -> None:
    assert frozenset({"threat a", "threat b"}) in groups(others())
    assert frozenset({"deal"}) in groups(others())


AGAIN = """
from tests.linking.test_linker import NEWS, add, link, open_store, tables
with open_store(":memory:") as store:
    add(store, NEWS)
    link(store.links)
    print(tables(store))
"""


def test_every_process_links_alike_to_the_last_digit() -> None:
    """The order of a set of words is another in each process."""
    said = {
        subprocess.run(
            [sys.executable, "-c", AGAIN], env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2], check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_nothing_to_link_is_nothing() -> None:
    assert put_together([]) == []
    with open_store(":memory:") as store:
        assert link(store.links) == 0
        assert store.links.count() == 0
