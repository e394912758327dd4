"""The manifest of the actor tables: how fresh each is."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import freshness
from tocsin.knowledge.freshness import Manifest, load_manifest, read_day


def test_a_packs_tables_count_only_when_it_is_on() -> None:
    name = "packs/korea/actors_people.csv"
    assert name in load_manifest(packs=("korea",)).tables
    assert name not in load_manifest().tables


def test_every_group_names_states_once() -> None:
    for states in load_manifest().groups.values():
        assert len(set(states)) == len(states)
    assert len(load_manifest().groups["G20"]) == 19


def test_older_tables_come_oldest_first() -> None:
    manifest = Manifest({"a": date(2021, 1, 1), "b": date(2020, 1, 1)}, {}, {})
    assert manifest.older_than(date(2021, 6, 1)) == ("b", "a")
    assert manifest.older_than(date(2020, 6, 1)) == ("b",)
    assert manifest.older_than(date(2020, 1, 1)) == ()
    assert manifest.day == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
    ],
)
def test_a_day_may_be_known_to_the_month_or_year(text: str, first: date, last: date) -> None:
    assert read_day(text, "x.csv", "x") == first
    assert read_day(text, "x.csv", "x", last=True) == last


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"tables": {"a.csv": "soon"}, "groups": {}, "founded": {}}
    monkeypatch.setattr(freshness, "read_yaml", lambda *_: content)
    with pytest.raises(KnowledgeError, match=r"actors/manifest\.yaml.*'soon' is no date"):
        load_manifest()
    monkeypatch.setattr(freshness, "read_yaml", lambda *_: content | {"rows": {}})
    with pytest.raises(KnowledgeError, match="unknown key 'rows'"):
        load_manifest()
