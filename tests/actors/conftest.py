"""A small actor table by hand, and the real parser once a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tocsin.actors import ActorFinder
from tocsin.knowledge.actors import ActorEntry, ActorTable, AgentEntry
from tocsin.knowledge.packs import load_pack
from tocsin.knowledge.phrases import PhraseTable
from tocsin.language.parser import Parser
from tocsin.model.mention import ActorMention, EntityId

COUNTRIES = {
    "KOR": ("South Korea", "South Korean", "South Koreans", "Seoul"),
    "PRK": ("North Korea", "North Korean", "North Koreans", "Pyongyang"),
    "CHN": ("China", "Chinese", "", "Beijing"),
    "IND": ("India", "Indian", "Indians", "New Delhi"),
    "JPN": ("Japan", "Japanese", "", "Tokyo"),
    "RUS": ("Russia", "Russian", "Russians", "Moscow"),
    "UKR": ("Ukraine", "Ukrainian", "Ukrainians", "Kyiv"),
    "IRQ": ("Iraq", "Iraqi", "Iraqis", "Baghdad"),
    "IRN": ("Iran", "Iranian", "Iranians", "Tehran"),
    "PAK": ("Pakistan", "Pakistani", "Pakistanis", "Islamabad"),
    "YEM": ("Yemen", "Yemeni", "Yemenis", "Sanaa"),
    "USA": ("United States", "American", "Americans", "Washington"),
    "GEO": ("Tbilisi", "Georgian", "Georgians", ""),
    "JOR": ("Amman", "Jordanian", "Jordanians", ""),
}
AGENTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("GOV",): (
        "government", "regime", "administration", "foreign ministry", "ministry", "authority",
        "official", "spokesman", "spokesperson", "spokeswoman", "leader", "chief",
        "deputy chief", "ambassador", "envoy", "cabinet", "head", "director", "king",
    ),
    ("MIL",): (
        "military", "army", "force", "special operation force", "soldier", "troop",
        "joint chiefs of staff", "general", "navy", "commander",
    ),
    ("COP",): ("police", "officer"),
    ("LEG",): ("lawmaker", "parliament"),
    ("CVL",): ("activist", "protester", "defector", "resident", "citizen", "civilian"),
    ("REB",): ("rebel", "militant"),
    ("EDU",): ("professor", "student"),
    ("JRN",): ("state media", "journalist", "news agency"),
    ("BUS",): ("company", "firm"),
    (): ("member", "group", "people", "coalition", "man"),
}  # fmt: skip
OFFICES = ("president", "prime minister", "foreign minister", "defense minister", "minister")
PEOPLE = (
    ("Kim Jong Un", "PRK", "", date(2011, 12, 17), None),
    ("Moon Jae-in", "KOR", "president", date(2017, 5, 10), date(2022, 5, 9)),
    ("Donald Trump", "USA", "president", date(2017, 1, 20), date(2021, 1, 20)),
    ("Vladimir Putin", "RUS", "president", date(2012, 5, 7), None),
)


def _entry(kind: str, country: str | None, via: str, **more: object) -> ActorEntry:
    fields: dict[str, object] = {"sectors": ("GOV",), "entity": None, **more}
    return ActorEntry(kind=kind, country=country, via=via, row=f"{country} {via}", **fields)  # type: ignore[arg-type]


def make_table() -> ActorTable:
    """A table with a dozen countries, some agents and four people."""
    names: PhraseTable[ActorEntry] = PhraseTable()
    for country, (name, adjective, people, capital) in COUNTRIES.items():
        names.add(name, _entry("country", country, "name"))
        names.add(adjective, _entry("country", country, "demonym", form="adjective"))
        if people:
            entry = _entry("country", country, "demonym", form="people", sectors=("CVL",))
            names.add(people, entry)
        if capital:
            names.add(capital, _entry("country", country, "capital", form="capital"))
    for name in ("U.S.", "US", "America"):
        names.add(name, _entry("country", "USA", "name"))
    names.add("White House", _entry("country", "USA", "name", form="seat"))
    names.add("Jordan", _entry("country", "JOR", "name", doubt="given name"))
    names.add("Georgia", _entry("country", "GEO", "name", doubt="US state"))
    names.add(
        "Georgia", _entry("place-name", "USA", "name", form="namesake", doubt="country", sectors=())
    )
    names.add("Atlanta", _entry("place-name", "USA", "name", form="namesake", sectors=()))
    for country in ("PRK", "KOR"):
        names.add("Koreas", _entry("country", country, "name", form="several"))
    for word, country in (("North", "PRK"), ("South", "KOR")):
        for article in ("the", "The"):
            names.add(
                f"{article} {word}", _entry("country", country, "name", needs="korea", doubt="side")
            )
    names.add(
        "Korean Central News Agency",
        _entry("organisation", "PRK", "name", sectors=("JRN",), state_media=True),
    )
    names.add("United Nations", _entry("organisation", "UNO", "name", sectors=()))
    # A name that begins to hold after the day of most tests.
    names.add("New Order", _entry("organisation", "IDN", "name", since=date(2030, 1, 1)))
    offices: dict[tuple[str, str], tuple[ActorEntry, ...]] = {}
    for name, country, office, since, until in PEOPLE:
        entry = _entry(
            "person", country, "name", entity=EntityId(f"test:{name}", name), office=office or None,
            since=since, until=until,
        )  # fmt: skip
        names.add(name, entry)
        if office:
            offices[country, office] = (entry,)
    agents: PhraseTable[AgentEntry] = PhraseTable(str.lower)
    for sectors, words in AGENTS.items():
        for word in words:
            agents.add(word, AgentEntry(sectors=sectors, row=word))
            plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
            agents.add(plural, AgentEntry(sectors=sectors, row=word, plural=True))
    agents.add(
        "secretary of state",
        AgentEntry(sectors=("GOV",), row="secretary", office="foreign minister"),
    )
    for office in OFFICES:
        for form in (office, office + "s"):
            agents.add(form, AgentEntry(sectors=("GOV",), row=office, office=office))
    return ActorTable(names, agents, offices, {"korea": load_pack("korea")})


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def finder() -> ActorFinder:
    return ActorFinder(make_table())


Find = Callable[..., tuple[ActorMention, ...]]


@pytest.fixture(scope="session")
def find(parser: Parser, finder: ActorFinder) -> Find:
    """Find the actors of a text."""

    def find_in(
        text: str, *, published: date | None = date(2020, 6, 16), title: str | None = None
    ) -> tuple[ActorMention, ...]:
        return finder.find(parser.parse(text), published=published, title=title)

    return find_in
