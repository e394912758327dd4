"""Raters against each other, and the coder in their place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.errors import InputError
from tocsin.evaluation.rated import ROOTS, evaluate_rated, read_rated, read_rating
from tocsin.evaluation.rated_scores import RatedScores
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.document import Document, Span
from tocsin.model.event import Event, Evidence

ACTIONS = {
    "say": "0-1 Make Public Statement", "ask": "3-10 Demand", "arrest": "4-17 Coerce",
    "kill": "4-18 Assualt", "fight": "4-19 Fight", "appeal": "0-2 Appeal", "free": "2-8 Yield",
}  # fmt: skip


def record(*actions: str, relevant: bool = True, round_: str = "1") -> dict[str, Any]:
    return {
        "round": round_, "relevant": str(relevant), "entities": "[]", "relations": "[]",
        "actions": [{"cameo": ACTIONS[action], "penta": ""} for action in actions],
    }  # fmt: skip


NOTHING = record(relevant=False)


def event(type_: str, *, at: int = 0, status: str = "actual") -> Event:
    span = Span(at, at + 1, "x")
    return Event(
        id="e", document="d", sentence=span, type=type_, mode=None, contexts=(), quad=4, score=0,
        cameo=None, trigger=span, actors=(), recipients=(), status=status,  # type: ignore[arg-type]
        content=None, condition=None, deadline=None, attribution=(), date=None, published=None,
        place=None, quantities=(), confidence=1, evidence=(Evidence(rule="r", spans=()),),
    )  # fmt: skip


class Codes:
    """A coder that gives the same events for every sentence."""

    def __init__(self, *events: Event) -> None:
        self.events = events

    def code(self, document: Document) -> tuple[Event, ...]:
        return self.events


def scores(tmp_path: Path, sentences: Sequence[Sequence[Any]], *events: Event) -> RatedScores:
    """Score sentences, each a list of its raters' records, against a coder of these events."""
    path = tmp_path / "rated.jsonl"
    rows = [
        {"id": str(n), "text": "Mali thanked Chad.", "raters": records}
        for n, records in enumerate(sentences)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return evaluate_rated(path, Codes(*events))  # type: ignore[arg-type]


def measure(result: RatedScores, name: str) -> Any:
    return result.as_dict()["rounds"][result.last]["measures"][name]


def test_each_rater_is_held_against_the_majority_of_the_others(tmp_path: Path) -> None:
    sentence = [record("kill"), record("kill"), record("kill"), record("arrest")]
    root = measure(scores(tmp_path, [sentence]), "root first")
    assert root["raters"]["value"] == 0.75
    assert root["each"]["#1"]["value"] == 1
    assert root["each"]["#4"]["value"] == 0


def test_the_coder_stands_in_each_raters_place_and_against_all(tmp_path: Path) -> None:
    sentence = [record("kill"), record("kill"), record("kill")]
    root = measure(scores(tmp_path, [sentence, sentence], event("ASSAULT")), "root first")
    assert root["n"] == 2
    assert root["coder"]["value"] == root["coder_against_all"]["value"] == 1
    assert root["difference"] == {"value": 0, "half": 0}


def test_roots_that_mean_one_type_agree(tmp_path: Path) -> None:
    sentence = [record("kill"), record("fight"), record("kill")]
    assert measure(scores(tmp_path, [sentence]), "root first")["raters"]["value"] == 1


def test_a_statement_is_relevant_and_no_deed(tmp_path: Path) -> None:
    result = scores(tmp_path, [[record("say"), record("say"), record("say")]])
    assert measure(result, "relevant")["coder"]["value"] == 0
    assert measure(result, "deed")["coder"]["value"] == 1
    assert measure(result, "root first")["n"] == 0
    assert measure(result, "root all")["coder"]["value"] == 1


def test_the_main_action_is_the_first_in_the_text_for_the_coder_too(tmp_path: Path) -> None:
    sentence = [record("say", "kill"), record("kill", "arrest"), record("kill")]
    events = event("COERCE", at=9), event("ASSAULT", at=2)
    assert measure(scores(tmp_path, [sentence], *events), "root first")["coder"]["value"] == 1


def test_any_action_may_match_on_lenient_terms(tmp_path: Path) -> None:
    sentence = [record("arrest", "kill"), record("kill"), record("kill")]
    result = scores(tmp_path, [sentence], event("ACCUSE"), event("ASSAULT", at=5))
    assert measure(result, "root first")["each"]["#1"]["value"] == 0
    assert measure(result, "root any")["each"]["#1"]["value"] == 1
    assert measure(result, "root first")["coder"]["value"] == 0
    assert measure(result, "root any")["coder"]["value"] == 1


@pytest.mark.parametrize(
    ("status", "right"), [("actual", 1), ("alleged", 1), ("hypothetical", 0), ("denied", 0)]
)
def test_only_what_is_told_as_having_happened_counts(
    tmp_path: Path, status: str, right: float
) -> None:
    sentence = [record("kill"), record("kill"), record("kill")]
    result = scores(tmp_path, [sentence], event("ASSAULT", status=status))
    assert measure(result, "deed")["coder"]["value"] == right


def test_ties_are_left_out_or_shared(tmp_path: Path) -> None:
    tied = [record("kill"), record("kill"), record("arrest"), record("arrest")]
    root = measure(scores(tmp_path, [tied], event("ASSAULT")), "root first")
    assert root["coder_against_all"] is None
    assert root["with_ties"]["coder_against_all"]["value"] == 0.5


def test_no_event_is_wrong_where_there_is_a_deed(tmp_path: Path) -> None:
    sentence = [record("kill"), record("kill"), NOTHING, record("kill")]
    agreed = [record("kill")] * 4
    result = scores(tmp_path, [sentence, agreed])
    root = measure(result, "root first")
    assert root["coder"]["value"] == 0
    assert root["raters"]["value"] == 0.875
    assert measure(result, "root both")["n"] == 0


def test_an_empty_tick_is_no_judgement(tmp_path: Path) -> None:
    blank = {**NOTHING, "relevant": ""}
    result = scores(tmp_path, [[record("kill"), record("kill"), record("kill"), blank]])
    assert list(measure(result, "relevant")["each"]) == ["#1", "#2", "#3"]


def test_a_rater_who_left_the_form_on_its_default_is_not_counted(tmp_path: Path) -> None:
    full = [record("kill"), record("kill"), record("kill"), NOTHING]
    result = scores(tmp_path, [full] * 5)
    assert result.as_dict()["rounds"]["1"]["raters"] == 3
    assert measure(result, "relevant")["raters"]["value"] == 1


def test_the_last_round_is_the_yardstick_and_none_is_pooled(tmp_path: Path) -> None:
    first = [record("kill"), NOTHING, record("kill", round_="10")]
    later = [record("kill", round_="10"), record("kill", round_="10")]
    result = scores(tmp_path, [[*first, *later]])
    assert result.last == "10"
    assert list(result.rounds) == ["1", "10"]
    assert measure(result, "relevant")["raters"]["value"] == 1


def test_intervals_count_sentences_not_comparisons(tmp_path: Path) -> None:
    sentence = [record("kill"), record("kill"), record("kill")]
    deed = measure(scores(tmp_path, [sentence] * 4), "deed")
    assert deed["raters"]["n"] == deed["n"] == 4


def test_the_difference_is_paired_by_sentence(tmp_path: Path) -> None:
    agreed = [record("kill"), record("kill"), record("kill")]
    deed = measure(scores(tmp_path, [agreed, [NOTHING] * 3, agreed, agreed]), "deed")
    assert deed["difference"]["value"] == -0.75
    assert 0 < deed["difference"]["half"] < 1


def test_cases_hold_answers_and_never_the_text(tmp_path: Path) -> None:
    result = scores(tmp_path, [[record("kill"), record("kill"), record("free")]], event("RETREAT"))
    (case,) = result.cases
    assert "Mali" not in json.dumps(case)
    assert case["coder"] == ["YIELD"]
    assert case["reference"]["root first"] == ["ASSAULT"]
    assert case["right"] == {"relevant": 1, "deed": 1, "quad first": 0, "root first": 0}


def test_an_empty_file_has_no_figures(tmp_path: Path) -> None:
    assert scores(tmp_path, []).table() == "no sentence"


def test_the_table_shows_every_measure_rater_and_round(tmp_path: Path) -> None:
    two = [record("kill", round_=name) for name in ("1", "1", "1", "2", "2", "2")]
    table = scores(tmp_path, [two], event("ASSAULT")).table()
    assert "root both" in table
    assert "#3" in table
    assert table.splitlines()[-1].startswith("2      3")


@pytest.mark.parametrize("format_", ["table", "json"])
def test_the_command_prints_figures_and_writes_cases(tmp_path: Path, format_: str) -> None:
    scores(tmp_path, [[record("kill")] * 3])
    file, cases = tmp_path / "rated.jsonl", tmp_path / "cases.jsonl"
    arguments = ["evaluate", "rated", str(file), "-o", str(cases), "--format", format_]
    result = CliRunner().invoke(app, arguments, obj=lambda: Codes(event("ASSAULT")))
    assert result.exit_code == 0
    assert "root first" in result.stdout
    assert json.loads(cases.read_text(encoding="utf-8"))["coder"] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("cameo", "types"),
    [
        ("4-20 Unconv. Mass Violence", ("ASSAULT",)),
        ("0-2 Appeal", ("REQUEST",)),
        ("3-9 Investigate", ("ACCUSE",)),
        ("0-1 Make Public Statement", ()),
        ("", None),
    ],
)
def test_a_root_is_read_from_its_words(cameo: str, types: tuple[str, ...] | None) -> None:
    assert read_rating({"relevant": "True", "actions": [{"cameo": cameo}]}).types == types


def test_all_twenty_roots_are_known_and_their_quads_are_plovers() -> None:
    ontology = load_ontology()
    assert sorted(ROOTS) == [f"{n:02}" for n in range(1, 21)]
    for entry in filter(None, ROOTS.values()):
        type_, quad = entry
        # YIELD stands for CONCEDE and RETREAT; the sets that merge them call it material.
        assert quad == ontology.types["RETREAT" if type_ == "YIELD" else type_].quad


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "is not of the form"),
        ('{"text": "x"}', "lacks 'raters'"),
        ('{"text": "x", "raters": [{"round": 1}]}', "lacks 'relevant'"),
        ('{"text": "x", "raters": [{"round": 1, "relevant": "yes"}]}', "relevant is 'yes'"),
        (
            '{"text": "x", "raters": [{"round": 1, "relevant": "True",'
            ' "actions": [{"cameo": "4-21 Sue"}]}]}',
            "no CAMEO root",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_rated(path)
    assert caught.value.line == 2


@pytest.mark.shared
def test_the_set_of_rated_sentences_is_read_whole(shared: Path) -> None:
    sentences = read_rated(shared / "gold" / "rated_sentences.jsonl")
    assert len(sentences) == 100
    assert all(list(sentence.rounds) == list("124567") for sentence in sentences)
