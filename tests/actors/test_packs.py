"""A pack that is off: its names are as if nobody had written them down."""

from __future__ import annotations

import pytest

from tocsin.actors.readings import find_names, packs_spoken_of, read_context
from tocsin.knowledge.actors import ActorEntry, ActorTable
from tocsin.knowledge.packs import Pack
from tocsin.knowledge.phrases import PhraseTable
from tocsin.language.parser import Parser

PACK = Pack("sahel", ("packs", "sahel"), frozenset({"MLI"}), frozenset())


def entry(country: str, row: str) -> ActorEntry:
    return ActorEntry(
        kind="organisation", country=country, sectors=("MIL",), entity=None, via="name", row=row
    )


@pytest.fixture(scope="module")
def table() -> ActorTable:
    names: PhraseTable[ActorEntry] = PhraseTable()
    names.add("Dune Guard", entry("MLI", "packs/sahel/actors.csv#Dune Guard"))
    names.add("Joint Force", entry("FRA", "actors/organisations/states.csv#Joint Force"))
    names.add("Joint Force Dune", entry("FRA", "packs/sahel/actors.csv#Joint Force Dune"))
    names.add("Dune Guard", entry("USA", "actors/organisations/states.csv#Dune Guard"))
    names.add("Force Dune Wind", entry("GBR", "packs/sahel/actors.csv#Force Dune Wind"))
    names.add("Wind", entry("GBR", "actors/organisations/states.csv#Wind"))
    names.add("Mali", ActorEntry(
        kind="country", country="MLI", sectors=("GOV",), entity=None, via="name", row="names.csv"
    ))  # fmt: skip
    return ActorTable(names, PhraseTable(str.lower), {}, {"sahel": PACK})


@pytest.mark.parametrize(
    ("text", "on", "off"),
    [
        ("Dune Guard", [("Dune Guard", {"MLI", "USA"})], [("Dune Guard", {"USA"})]),
        ("the Joint Force Dune left", [("Joint Force Dune", {"FRA"})], [("Joint Force", {"FRA"})]),
        ("a Force Dune Wind blew", [("Force Dune Wind", {"GBR"})], [("Wind", {"GBR"})]),
        ("Joint Force Dune Guard", [("Joint Force Dune", {"FRA"})],
         [("Joint Force", {"FRA"}), ("Dune Guard", {"USA"})]),
    ],
)  # fmt: skip
def test_of_its_names_shorter_ones_and_other_readings_are_left(
    table: ActorTable,
    parser: Parser,
    text: str,
    on: list[tuple[str, set[str]]],
    off: list[tuple[str, set[str]]],
) -> None:
    tokens = text.split()
    for packs, expected in ((("sahel",), on), ((), off)):
        context = read_context(parser.parse(""), table, published=None, title=None, packs=packs)
        found = [
            (" ".join(tokens[match.first : match.stop]), {e.country for e in match.values})
            for match in find_names(table, tokens, context)
        ]
        assert found == expected


@pytest.mark.parametrize(
    ("text", "packs"),
    [("Mali fell.", ("sahel",)), ("The Joint Force left. Wind blew.", ()), ("Nothing.", ())],
)
def test_its_states_put_it_on(
    table: ActorTable, parser: Parser, text: str, packs: tuple[str, ...]
) -> None:
    assert packs_spoken_of(parser.parse(text), table) == packs
    assert packs_spoken_of(parser.parse("It fell."), table, title=text) == packs
