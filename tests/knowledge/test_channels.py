"""Kinds, state words and known things: what loads, and what a file is refused for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.channels import load_channel_rules, load_known_things
from tocsin.knowledge.lint import lint
from tocsin.model.channel import STATES

THING = "things:\n- {id: sample-line, name: Sample line, kind: hotline, parties: [MLI, NER]"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "sahel"
    folder.mkdir()
    return folder


def write(pack: Path, text: str) -> tuple[str, ...]:
    (pack / "channels.yaml").write_text(text, encoding="utf-8")
    load_known_things.cache_clear()
    return (str(pack),)


def test_a_rule_speaks_of_kinds_that_can_be_in_its_state() -> None:
    rules = load_channel_rules()
    for rule in rules.states:
        assert rule.kinds, rule.id
        for kind in rule.kinds:
            assert rule.state in STATES[rules.kinds[kind].category], rule.id


def test_every_kind_that_needs_no_name_has_words() -> None:
    for kind in load_channel_rules().kinds.values():
        assert kind.nouns or kind.needs == "name"


def test_a_name_and_its_plural_are_found_in_any_case() -> None:
    names = load_known_things(("korea",)).names
    for name in ("Inter-Korean Hotline", "inter-korean hotlines"):
        assert {thing.id for thing, _ in names.get(name)} == {"inter-korean-hotlines"}
    assert names.get("NPT")
    assert not names.get("npt")


def test_a_pack_of_ones_own_names_things(pack: Path) -> None:
    packs = write(pack, THING + ", since: 2020-02-01, names: [river line], here: [line]}\n")
    things = load_known_things(packs)
    thing = things.things["sample-line"]
    assert (thing.pack, thing.parties, thing.since) == ("sahel", ("MLI", "NER"), date(2020, 2, 1))
    assert things.names.get("river lines") == ((thing, False),)
    assert things.names.get("line") == ((thing, True),)
    assert [fault for fault in lint(packs=packs) if "channels" in fault] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("things: []\nroads: []\n", "unknown key 'roads'"),
        (THING + "}\n", "can be named by nothing"),
        (THING + ", names: [river line], colour: red}\n", "unknown key 'colour'"),
        (THING + ", names: river line}\n", "names is no list"),
        (THING + ", names: [river line], since: soon}\n", "since is no day"),
        ("things:\n- {id: x, name: X, kind: boat, names: [x]}\n", "kind 'boat' is unknown"),
        ("things:\n- {id: npt, name: N, kind: treaty, names: [n]}\n", "this id stands twice"),
        (
            THING + ", names: [a line]}\n- {id: y, name: Y, kind: road, names: [a lines]}\n",
            "'a lines' names sample-line too",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(pack: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_known_things(write(pack, text))
    assert message in str(caught.value)
    assert "channels.yaml" in str(caught.value)


def test_what_the_documentation_shows_has_no_fault(pack: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "channels.md"
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    packs = write(pack, shown)
    assert [fault for fault in lint(packs=packs) if "channels" in fault] == []
    assert "zenda-crossing" in load_known_things(packs).things


@pytest.mark.parametrize("field", ["stand_ins", "needs", "like", "directed", "slots", "negated"])
def test_every_field_is_documented(field: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "channels.md"
    assert f"`{field}" in page.read_text(encoding="utf-8")


def test_a_party_that_is_none_is_a_fault(pack: Path) -> None:
    text = THING.replace("NER", "XXX") + ", names: [river line]}\n"
    faults = lint(packs=write(pack, text))
    assert any("'XXX'" in fault for fault in faults)
