"""The file and line behind a reading: looked up in the file itself."""

from __future__ import annotations

import pytest

from tocsin.knowledge.actors import ActorTable, load_actors
from tocsin.knowledge.resources import read_text
from tocsin.knowledge.rows import place_of


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors()


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("Moon Jae-in", "Moon Jae-in,"),
        ("KCNA", "Korean Central News Agency,"),
        ("Nur-Sultan", "KAZ,capital,"),
        ("Georgia", ("GEO,name,", "USA,namesake,")),
        ("Taliban", "Taliban,"),
    ],
)
def test_every_reading_stands_where_it_is_said_to(
    table: ActorTable, name: str, begins: str | tuple[str, ...]
) -> None:
    entries = table.names.get(name)
    assert entries
    for entry in entries:
        place = place_of(entry.row, name=name, since=entry.since, until=entry.until)
        assert place.line is not None
        line = read_text(*place.file.split("/")).splitlines()[place.line - 1]
        assert line.startswith(begins)
        if name in ("Georgia", "Nur-Sultan"):
            assert name in line


def test_of_several_terms_each_has_its_own_row(table: ActorTable) -> None:
    terms = [e for e in table.names.get("Donald Trump") if e.office == "president"]
    places = {place_of(e.row, since=e.since, until=e.until) for e in terms}
    assert len(places) == len(terms) == 2


def test_a_noun_stands_where_its_id_does(table: ActorTable) -> None:
    (agent,) = table.agents.get("prosecutors")
    place = place_of(agent.row)
    assert place.line is not None
    line = read_text(*place.file.split("/")).splitlines()[place.line - 1]
    assert line == f"- id: {agent.row.partition('#')[2]}"


def test_a_users_row_names_its_line_and_a_lost_one_none() -> None:
    assert str(place_of("mine/my.yaml:12#Ann: of course")) == "mine/my.yaml:12"
    assert str(place_of("actors/roles.csv#Nobody At All")) == "actors/roles.csv"
    assert str(place_of("no/such.csv#Nobody")) == "no/such.csv"
