"""Packs: ours by name, a user's by folder, and what is wrong with a folder that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.gazetteer import load_gazetteer
from tocsin.knowledge.packs import load_pack, load_packs, shipped_packs

BODIES = "name,also,country,sectors,qid,since,until,media,needs,doubt\n"
PEOPLE = "person,also,qid,country,office,since,until,sectors\n"
PLACES = "name,kind,country,lat,lon,radius_km,weight,geonameid,aliases\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of the user's with a file of each kind."""
    pack = tmp_path / "sahel"
    pack.mkdir()
    (pack / "pack.yaml").write_text("about: [MLI]\nrivals: [YEM]\n")
    (pack / "actors.csv").write_text(BODIES + "the Northerners,,MLI,REB,-,,,,sahel,\n")
    (pack / "actors_people.csv").write_text(PEOPLE + "Ba Sample,,,MLI,,2019,,REB\n")
    (pack / "actors.yaml").write_text("- {name: Dune Guard, country: MLI, sectors: [PRM]}\n")
    (pack / "places.csv").write_text(PLACES + "Sample Wells,site,MLI,20.0,1.0,2,7,,\n")
    return pack


def test_ours_are_told_by_name() -> None:
    assert shipped_packs() == ("korea",)
    assert load_pack("korea").about == {"PRK", "KOR"}


def test_a_folder_gives_its_actors_and_places(folder: Path) -> None:
    table = load_actors(packs=("korea", str(folder)))
    assert list(table.packs) == ["korea", "sahel"]
    assert table.packs["sahel"].about == {"MLI"}
    for name in ("the Northerners", "Ba Sample", "Dune Guard", "KCNA"):
        assert table.names.get(name), name
    assert [p.kind for p in load_gazetteer((str(folder),)).find("Sample Wells")] == ["site"]


def test_the_world_without_a_pack_lacks_its_places(folder: Path) -> None:
    assert load_gazetteer(()).find("Sample Wells") == ()
    assert load_gazetteer(()).find("Korean Peninsula")


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("pack.yaml", "about: [MAL]\n", "unknown country 'MAL'"),
        ("pack.yaml", "on: [MLI]\n", "unknown key 'on'; allowed: about, rivals"),
        ("pack.yaml", "about: MLI\n", "about is no list of countries"),
        ("pack.yaml", "- MLI\n", "should hold the keys about, rivals"),
        ("actors.csv", BODIES + "A,,MAL,REB,-,,,,,\n", "unknown country 'MAL'"),
        ("actors_people.csv", PEOPLE + "A,,,MLI,tsar,,,\n", "unknown office 'tsar'"),
        ("actors.yaml", "- {name: A, sectors: [ARMY]}\n", "actors.yaml:1 [A]: unknown sector"),
    ],
)
def test_a_wrong_file_of_a_folder_is_told(folder: Path, file: str, text: str, says: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(KnowledgeError) as error:
        load_actors(packs=(str(folder),))
    assert says in str(error.value)
    assert str(folder / file) in str(error.value)


def test_a_folder_that_holds_nothing_of_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"holds none of actors\.csv"):
        load_pack(str(tmp_path))


def test_two_packs_of_one_name_are_refused(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match="rename the folder"):
        load_packs((str(folder), str(folder)))
