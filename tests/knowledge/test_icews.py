"""ICEWS's own words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.icews import load_icews, parse_icews


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Use conventional military force", "190"),
        ("use Conventional military force", "190"),
        ("Threaten", "130"),  # the name of 13 too
        ("Arrest, detain, or charge with legal action", "173"),
        ("Frown", None),
        ("", None),
    ],
)
def test_a_text_has_one_code(text: str, code: str | None) -> None:
    assert load_icews().cameo(text) == code


def test_every_code_of_a_text_has_a_weight() -> None:
    weights = load_goldstein()
    assert [code for code in load_icews().events.values() if weights.of_code(code) is None] == []


def test_what_a_name_is_known_as_is_known() -> None:
    names = load_actors().names
    assert [name for name in load_icews().names.values() if not names.get(name)] == []


def test_no_kind_of_actors_repeats_an_agent_noun() -> None:
    agents = load_actors().agents
    kinds = load_icews().kinds
    same = [
        kind
        for kind, sectors in kinds.items()
        if any(agent.sectors == sectors for agent in agents.get(kind))
    ]
    assert same == []


@pytest.mark.parametrize(
    ("events", "kinds", "names", "wrong"),
    [
        ([{"text": "Frown", "cameo": "1"}], [], [], "has no code of two"),
        ([{"text": "Frown", "cameo": "11", "x": ""}], [], [], "unknown key 'x'"),
        ([{"text": t, "cameo": "11"} for t in ("Frown", "FROWN")], [], [], "stands twice"),
        ([], [{"words": "Cook", "sectors": "CVL|COOK"}], [], "unknown sector 'COOK'; allowed: "),
        ([], [], [{"name": "A", "known": "B"}] * 2, "stands twice"),
    ],
)
def test_a_wrong_row_is_refused(
    events: list[dict[str, str]],
    kinds: list[dict[str, str]],
    names: list[dict[str, str]],
    wrong: str,
) -> None:
    with pytest.raises(KnowledgeError, match=wrong):
        parse_icews(events, kinds, names)


@pytest.mark.shared
def test_texts_and_weights_are_those_of_icews(shared: Path) -> None:
    """Its own files have text, code and intensity side by side; two roots stand among the codes."""
    words, weights = load_icews(), load_goldstein()
    with open(shared / "series" / "icews_2018_sample.tab", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            code = row["CAMEO Code"]
            assert words.cameo(row["Event Text"]) in (code, f"{code}0")
            assert weights.of_code(code) == float(row["Intensity"])
