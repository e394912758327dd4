"""Incidents held against judged mentions: what meets what, and what it costs to join or part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import InputError
from tocsin.evaluation.incidents import (
    IncidentScores,
    align,
    documents_of,
    evaluate_incidents,
    read_incident_set,
)
from tocsin.model.document import Document, Span
from tocsin.model.event import Event, Evidence

ONE = "Mali bombed Sudan on Monday. Oman deplored the bombing."
TWO = "Sudan mourned. A day ago Mali struck it from the air."
THREE = "Mali bombed Sudan again."


def mention(text: str, words: str, type_: str, incident: str, *more: str) -> dict[str, Any]:
    start = text.index(words)
    out = {"start": start, "end": start + len(words), "text": words, "type": type_}
    return out | ({"or": list(more)} if more else {}) | {"incident": incident}


def row(id_: str, text: str, *mentions: dict[str, Any], part: str = "dev") -> dict[str, Any]:
    return {
        "id": id_, "part": part, "outlet": "Zenda Courier", "published": "2020-06-16",
        "url": f"https://example.org/{id_}", "title": "News", "text": text,
        "mentions": list(mentions),
    }  # fmt: skip


ROWS = [
    row(
        "a", ONE,
        mention(ONE, "bombed", "ASSAULT", "raid"),
        mention(ONE, "deplored", "ACCUSE", "oman"),
        mention(ONE, "bombing", "ASSAULT", "raid"),
    ),
    row("b", TWO, mention(TWO, "struck", "ASSAULT", "raid")),
    row("c", THREE, mention(THREE, "bombed", "ASSAULT", "second", "MOBILIZE"), part="held"),
]  # fmt: skip
TEXTS = {one["id"]: one["text"] for one in ROWS}


def event(document: str, words: str, type_: str = "ASSAULT", /, **changes: Any) -> Event:
    """An event of these words; its sentence ends at the next full stop."""
    text = TEXTS[document]
    start = text.index(words)
    first = text.rfind(".", 0, start) + 1
    last = text.index(".", start) + 1
    values: dict[str, Any] = {
        "id": f"{document} {words} {type_}", "document": document,
        "sentence": Span(first, last, text[first:last]), "type": type_, "mode": None,
        "contexts": (), "quad": 4, "score": 0, "cameo": None,
        "trigger": Span(start, start + len(words), words), "actors": (), "recipients": (),
        "status": "actual", "content": None, "condition": None, "deadline": None,
        "attribution": (), "date": None, "published": None, "place": None, "quantities": (),
        "confidence": 0.9, "evidence": (Evidence(rule="r", spans=()),),
    }  # fmt: skip
    return Event(**(values | changes))


BOMBED, DEPLORED, BOMBING = (
    event("a", "bombed"),
    event("a", "deplored", "ACCUSE"),
    event("a", "bombing"),
)
STRUCK, AGAIN = event("b", "struck"), event("c", "bombed")


def score(*clusters: Sequence[Event]) -> IncidentScores:
    return evaluate_incidents(ROWS, lambda documents: clusters)


def test_all_found_and_rightly_linked_is_worth_one() -> None:
    figures = score([BOMBED, BOMBING, STRUCK], [DEPLORED], [AGAIN]).as_dict()
    assert figures == {
        "articles": 3, "incidents": 3, "mentions": 5, "found": 5, "right_type": 5, "spurious": 0,
        "b3_precision": 1, "b3_recall": 1, "b3_f1": 1, "muc_f1": 1, "ceafe_f1": 1, "conll_f1": 1,
        "pair_precision": 1, "pair_recall": 1, "pair_f1": 1, "pairs": 3, "whole_pairs": 3,
        "whole_b3_precision": 1, "whole_b3_recall": 1, "whole_b3_f1": 1, "whole_muc_f1": 1,
        "whole_ceafe_f1": 1, "whole_conll_f1": 1, "whole_pair_precision": 1,
        "whole_pair_recall": 1, "whole_pair_f1": 1,
    }  # fmt: skip


def test_a_miss_and_a_spurious_event_cost_the_coder_and_not_the_linker() -> None:
    scores = score([BOMBED, STRUCK, event("b", "mourned", "SUPPORT")], [DEPLORED], [AGAIN])
    figures = scores.as_dict()
    assert (figures["found"], figures["spurious"]) == (4, 1)
    assert figures["conll_f1"] == figures["pair_precision"] == figures["pair_recall"] == 1
    assert (figures["pairs"], figures["whole_pairs"]) == (1, 3)
    # Of the five mentions two find two of three and two all; of the five events three find two.
    assert figures["whole_b3_recall"] == pytest.approx((2 * 2 / 3 + 2) / 5, abs=1e-4)
    assert figures["whole_b3_precision"] == pytest.approx((2 * 2 / 3 + 2) / 5, abs=1e-4)
    assert figures["whole_pair_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert scores.cases() == [
        {"case": "missed", "mention": "a:47:bombing", "incident": "raid"},
        {"case": "spurious", "mention": "b:6:mourned", "type": "SUPPORT"},
    ]


def test_links_too_many_and_too_few_are_told_pair_by_pair() -> None:
    scores = score([BOMBED, BOMBING, AGAIN], [STRUCK], [DEPLORED])
    figures = scores.as_dict()
    assert figures["pair_precision"] == figures["pair_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert scores.cases() == [
        {"case": "apart", "mentions": ["a:5:bombed", "b:30:struck"], "incident": "raid"},
        {"case": "together", "mentions": ["a:5:bombed", "c:5:bombed"],
         "incidents": ["raid", "second"]},
        {"case": "apart", "mentions": ["a:47:bombing", "b:30:struck"], "incident": "raid"},
        {"case": "together", "mentions": ["a:47:bombing", "c:5:bombed"],
         "incidents": ["raid", "second"]},
    ]  # fmt: skip


def test_a_wrong_link_between_parts_shows_in_all_alone() -> None:
    scores = score([BOMBED, BOMBING, STRUCK, AGAIN], [DEPLORED])
    assert scores.parts == ("dev", "held")
    assert scores.as_dict("dev")["b3_f1"] == scores.as_dict("held")["b3_f1"] == 1
    assert scores.as_dict()["b3_f1"] < 1
    assert (scores.as_dict("dev")["articles"], scores.as_dict("dev")["mentions"]) == (2, 4)
    assert (scores.as_dict("held")["articles"], scores.as_dict("held")["incidents"]) == (1, 1)


def test_two_spurious_events_of_the_same_words_count_twice() -> None:
    twice = [event("b", "mourned", "SUPPORT", id=name) for name in "xy"]
    assert score(twice).as_dict()["spurious"] == 2


def test_without_events_all_is_missed() -> None:
    figures = score().as_dict()
    assert (figures["found"], figures["spurious"], figures["mentions"]) == (0, 0, 5)
    assert figures["conll_f1"] == figures["whole_conll_f1"] == 0


def test_the_linker_gets_all_articles_at_once() -> None:
    seen: list[Document] = []

    def link(documents: Sequence[Document]) -> Iterable[Sequence[Event]]:
        seen.extend(documents)
        return iter([(BOMBED,)])

    evaluate_incidents(ROWS, link)
    assert seen == documents_of(ROWS)
    assert [one.id for one in seen] == ["a", "b", "c"]
    assert (str(seen[0].published), seen[0].title) == ("2020-06-16", "News")


@pytest.mark.parametrize(
    ("clusters", "message"),
    [
        ([[BOMBED], [BOMBED]], "comes twice"),
        ([[BOMBED, BOMBED]], "comes twice"),
        ([[event("a", "bombed", document="z")]], "is of 'z', not of the set"),
    ],
)
def test_a_linker_that_is_wrong_is_told_so(clusters: list[list[Event]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score(*clusters)


@pytest.mark.parametrize(
    ("events", "met"),
    [
        # Words that overlap, of whatever type; of two events the one of the right type.
        ([event("a", "bombed Sudan")], {0: 0}),
        ([event("a", "bombed", "ACCUSE")], {0: 0}),
        ([event("a", "bombed", "ACCUSE"), BOMBED], {0: 1}),
        ([event("a", "bombed", id="x", confidence=0.2), BOMBED], {0: 1}),
        ([event("a", "bombed Sudan", id="x"), BOMBED], {0: 0}),
        # Else a mention of its type in its sentence, the nearest, that is not met by closer words.
        ([event("a", "on Monday")], {0: 0}),
        ([event("a", "on Monday", "SANCTION")], {}),
        ([event("a", "on Monday"), BOMBED], {0: 1}),
        ([event("a", "Oman", "ACCUSE")], {1: 0}),
        ([event("a", "the", "ASSAULT")], {2: 0}),
        # An event on the words of a mention that is met is no mention beside it.
        ([event("a", "deplored", "ASSAULT"), DEPLORED], {1: 1}),
    ],
)
def test_what_event_meets_what_mention(events: list[Event], met: dict[int, int]) -> None:
    assert align(ROWS[0]["mentions"], events) == met


def test_another_type_that_is_as_right_is_right() -> None:
    assert score([event("c", "bombed", "MOBILIZE")]).as_dict("held")["right_type"] == 1
    assert score([event("c", "again", "MOBILIZE")]).as_dict("held")["right_type"] == 1
    assert score([event("c", "bombed", "AID")]).as_dict("held")["right_type"] == 0


def test_the_table_names_parts_and_settings() -> None:
    lines = score([BOMBED, BOMBING, STRUCK], [DEPLORED], [AGAIN]).table().splitlines()
    assert [line.split()[0] for line in lines if line] == [
        "articles", "dev", "held", "all", "linking", "dev", "held", "all", "end", "dev", "held",
        "all",
    ]  # fmt: skip
    assert lines[3].split() == ["all", "3", "3", "5", "5", "5", "0"]
    assert lines[8].split() == ["all", *["1.000"] * 8, "3"]


def write(path: Path, rows: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def test_the_set_is_read_whole_or_by_part(tmp_path: Path) -> None:
    path = write(tmp_path / "set.jsonl", ROWS)
    assert read_incident_set(path) == ROWS
    assert read_incident_set(str(path), "held") == ROWS[2:]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "a"}, "set.jsonl:2: has the id of an earlier one"),
        ({"published": "June"}, "set.jsonl:2: was published on 'June'"),
        ({"published": None}, "set.jsonl:2: was published on None"),
        ({"text": "Other words."}, "set.jsonl:2: has 'struck' not at 30 to 36"),
        ({"mentions": [{"start": 0, "end": 1}]}, "has a mention that lacks text, type, incident"),
        ({"mentions": ROWS[1]["mentions"] * 2}, "has two mentions at 30 to 36"),
        (
            {"mentions": [ROWS[1]["mentions"][0] | {"end": 30, "text": ""}]},
            "has '' not at 30 to 30",
        ),
    ],
)
def test_what_is_no_such_set_is_refused(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "set.jsonl", [ROWS[0], ROWS[1] | changes])
    with pytest.raises(InputError) as error:
        read_incident_set(path)
    assert message in str(error.value)


def test_a_row_that_lacks_a_field_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "set.jsonl", [{"id": "a"}])
    with pytest.raises(InputError, match=r"set.jsonl:1: lacks part, outlet"):
        read_incident_set(path)
