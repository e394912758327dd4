from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import KnowledgeError
from tocsin.knowledge.gazetteer import FEATURE_KINDS, Gazetteer, fold, load_gazetteer, town_radius
from tocsin.knowledge.resources import read_csv, resource


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("P’yŏngyang", "pyongyang"),
        ("Punggye-ri", "punggye ri"),
        ("St. Petersburg", "saint petersburg"),
        ("The Donbas", "donbas"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("Antigua & Barbuda", "antigua and barbuda"),
        ("İzmir", "izmir"),
        ("Sana'a", "sanaa"),
    ],
)
def test_spellings_share_a_key(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more_but_an_article(name: str) -> None:
    once = fold(name)
    again = fold(once)
    assert again == once or once.startswith("the ") or not once.isascii()


@given(st.text(max_size=20))
def test_any_string_may_be_asked(name: str) -> None:
    entries = load_gazetteer().find(name)
    assert list(entries) == sorted(entries, key=lambda e: -e.weight)


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Panmunjom", None, "site"),
        ("Panmunjeom", None, "site"),
        ("Yeonpyeong Island", "KOR", "island"),
        ("Tongchang-ri", "PRK", "site"),
        ("Kyiv", "UKR", "town"),
        ("Kiev", "UKR", "town"),
        ("Qamishli", "SYR", "town"),
        ("Kosovo", "KOS", "country"),
        ("Burma", "MMR", "country"),
        ("Strait of Hormuz", None, "sea"),
        ("Texas", "USA", "admin1"),
        ("Gaza Strip", "PSE", "area"),
        ("Sao Paulo", "BRA", "town"),
    ],
)
def test_a_name_finds_its_place_first(
    name: str, country: str | None, kind: str, gazetteer: Gazetteer
) -> None:
    first = gazetteer.find(name)[0]
    assert (first.country, first.kind) == (country, kind)


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwertzuiop") == ()
    assert gazetteer.find("") == ()


def test_demonyms_lead_to_countries_and_regions(gazetteer: Gazetteer) -> None:
    north, africa = gazetteer.demonym("North Korean"), gazetteer.demonym("African")
    assert north is not None
    assert north.country == "PRK"
    assert africa is not None
    assert africa.kind == "continent"
    assert gazetteer.demonym("north korean") is None


def test_every_country_of_the_built_table_is_in_the_hand_written_one(
    gazetteer: Gazetteer,
) -> None:
    unknown = {e.country for e in gazetteer if e.country and gazetteer.country(e.country) is None}
    assert unknown <= {"ANT", "SCG", "ATF"}


def test_every_place_is_on_the_globe(gazetteer: Gazetteer) -> None:
    for entry in gazetteer:
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        assert entry.radius_km > 0


@pytest.mark.parametrize("table", [("places", "features.csv"), ("packs", "korea", "places.csv")])
def test_hand_written_places_are_named_once(table: tuple[str, ...]) -> None:
    rows = read_csv(*table)
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert {row["kind"] for row in rows} <= FEATURE_KINDS


def test_the_manifest_tells_what_is_in_the_file(gazetteer: Gazetteer) -> None:
    manifest = json.loads(resource("places", "manifest.json").read_text(encoding="utf-8"))
    rows, aliases = list(gazetteer.rows()), list(gazetteer.alias_rows())
    assert len(aliases) == manifest["aliases"]
    assert len(rows) == sum(manifest["places"].values())
    digest = hashlib.sha256("\n".join([*rows, *aliases]).encode("utf-8")).hexdigest()
    assert digest == manifest["sha256_of_rows"]


def test_the_packaged_file_stays_small() -> None:
    assert len(resource("places", "gazetteer.bin").read_bytes()) < 8_000_000


def test_a_town_may_be_ten_to_twenty_five_kilometres_wide() -> None:
    assert town_radius(0) == 10
    assert town_radius(100_000) == 15
    assert town_radius(20_000_000) == 25


def test_a_foreign_file_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(KnowledgeError, match="no gazetteer"):
        Gazetteer(
            b"something else",
            hand={},
            demonyms={},
            countries={},
            common_names=gazetteer.common_names,
            short_names=gazetteer.short_names,
        )


def test_entries_cannot_be_changed(gazetteer: Gazetteer) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        gazetteer.find("Seoul")[0].name = "Busan"  # type: ignore[misc]
