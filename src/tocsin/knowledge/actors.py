"""The actor tables: who a name, demonym, capital, office or agent noun may stand for, and when.

The data lie in ``tocsin/data/actors`` (the world) and ``tocsin/data/packs/<pack>`` (one crisis):

* ``countries/names.csv``: names, demonyms, capitals and seats of states (built; see
  ``tools/build_countries.py``);
* ``organisations/*.csv`` and ``packs/<pack>/actors.csv``: bodies, one a line;
* ``roles.csv`` (built; see ``tools/build_roles.py``), ``ministers.csv``, ``officials.csv`` and
  ``packs/<pack>/actors_people.csv``: people, one term of office a line;
* ``interregna.csv``: spans without a holder, or with two; ``manifest.yaml``: how fresh a table is;
* ``agents.yaml``: agent nouns and offices, each with its examples.

A list in a cell is separated by ``|``. A date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.entries import ActorEntry, ActorKind, ActorTable, AgentEntry, Codes
from tocsin.knowledge.freshness import MANIFEST, Manifest, load_manifest, read_day
from tocsin.knowledge.people import Names, Offices, Person, Term
from tocsin.knowledge.phrases import PhraseTable, phrase_tokens
from tocsin.knowledge.resources import check_keys, children, read_csv, read_yaml, resource
from tocsin.knowledge.spelling import name_tokens, plural, slug
from tocsin.knowledge.terms import Coverage, coverage, load_interregna, term_problems
from tocsin.model.mention import EntityId, Via

__all__ = [
    "ActorEntry", "ActorTable", "AgentEntry", "Codes", "actor_coverage", "actor_problems",
    "load_actors",    "load_sectors",
]  # fmt: skip

_NAME_KEYS = ("country", "form", "names", "sectors", "since", "until", "doubt")
_BODY_KEYS = (
    "name", "also", "country", "sectors", "qid", "since", "until", "media", "needs", "doubt",
)  # fmt: skip
_PERSON_KEYS = ("person", "also", "qid", "country", "office", "since", "until", "sectors")
_AGENT_KEYS = ("id", "sectors", "words", "fixed", "office", "single", "anonymous", "generic",
               "state_media", "yes", "no")  # fmt: skip
_FORMS: dict[str, tuple[ActorKind, Via, tuple[str, ...]]] = {
    "name": ("country", "name", ("GOV",)),
    "adjective": ("country", "demonym", ("GOV",)),
    "people": ("country", "demonym", ("CVL",)),
    "capital": ("country", "capital", ("GOV",)),
    "seat": ("country", "name", ("GOV",)),
    "several": ("country", "name", ("GOV",)),
    "namesake": ("place-name", "name", ()),
}


def load_sectors() -> Codes:
    """Return the actor codes of ``ontology/sectors.yaml``."""
    content = read_yaml("ontology", "sectors.yaml")
    check_keys(content, allowed=("sectors", "bodies"), path="ontology/sectors.yaml")
    return Codes(dict(content["sectors"]), dict(content["bodies"]))


def load_actors(*, packs: Sequence[str] = ("korea",)) -> ActorTable:
    """Load the world's actors and those of the named ``packs``.

    KnowledgeError names the file and row of an unknown country, sector, office, form or date.
    """
    builder = _Builder(load_sectors())
    collecting = gc.isenabled()
    gc.disable()  # nothing made here is garbage: to look for it is a third of the time
    try:
        return builder.load(packs)
    finally:
        if collecting:
            gc.enable()


def actor_problems(*, packs: Sequence[str] = ("korea",)) -> list[str]:
    """Return what a linter should say of the actor tables, sorted; empty when all is well.

    Overlapping terms and gaps of an office that one person holds, unless marked; a table of people
    without a day of freshness, or with a term that begins after it; one reading given twice; an
    agent noun without an example, with an example that it does not match, or a counter-example
    that it does.
    """
    builder = _Builder(load_sectors())
    table = builder.load(packs)
    problems = set(builder.repeated)
    manifest = load_manifest(packs=packs)
    problems |= set(
        term_problems(table.offices, builder.single, load_interregna(), day=manifest.day)
    )
    problems |= set(_stale(table, manifest, packs))
    for entry in _read_agents():
        row = f"agents.yaml#{entry['id']}"
        if not entry.get("yes"):
            problems.add(f"{row}: has no example")
        for wanted, key in ((True, "yes"), (False, "no")):
            for example in entry.get(key, ()):
                tokens = phrase_tokens(example)
                rows = {v.row for match in table.agents.longest(tokens) for v in match.values}
                if (row in rows) is not wanted:
                    problems.add(f"{row}: {key}-example fails: {example!r}")
    return sorted(problems)


def _stale(table: ActorTable, manifest: Manifest, packs: Sequence[str]) -> Iterator[str]:
    tables = {"/".join(parts) for parts in _people_files(packs)}
    for path in sorted(tables ^ set(manifest.tables)):
        known = "has no day in" if path in tables else "is no table of people, but stands in"
        yield f"{path}: {known} {MANIFEST}"
    for (country, office), entries in table.offices.items():
        for entry in entries:
            day = manifest.tables.get(entry.row.partition("#")[0])
            if day is not None and entry.since is not None and entry.since > day:
                yield f"{entry.row}: {country} {office} since {entry.since}: {MANIFEST} says {day}"


def _people_files(packs: Sequence[str]) -> list[tuple[str, ...]]:
    of_packs = [("packs", pack, "actors_people.csv") for pack in packs]
    world = ("roles.csv", "ministers.csv", "officials.csv")
    return [*(("actors", name) for name in world), *of_packs]


def actor_coverage(*, packs: Sequence[str] = ("korea",)) -> tuple[list[Coverage], dict[str, int]]:
    """Return how well offices are covered, per group of states, and counts of the other tables.

    The counts are of readings of bodies: by file, and of media that speak for their state (and of
    how many states these are).
    """
    builder = _Builder(load_sectors())
    table = builder.load(packs)
    states = builder.countries - set(builder.codes.bodies)
    shares = coverage(table.offices, load_manifest(packs=packs), states, load_interregna())
    return shares, dict(sorted(builder.counted(packs).items()))


def _read_agents() -> list[dict[str, Any]]:
    """The agent nouns; YAML 1.1 reads the plain keys ``yes`` and ``no`` as truth values."""
    words: dict[Any, str] = {True: "yes", False: "no"}
    return [
        {words.get(key, key): value for key, value in entry.items()}
        for entry in read_yaml("actors", "agents.yaml")
    ]


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("|") if cell.strip()] if text else []


class _Builder:
    """Reads the files one after the other and checks every row."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.countries: frozenset[str] = frozenset()
        self.names = Names()
        self.agents: PhraseTable[AgentEntry] = PhraseTable(str.lower)
        self.single: set[str] = set()
        self.repeated: list[str] = []
        self._words: dict[str, tuple[str, ...]] = {}
        self._sectors: dict[str, tuple[str, ...]] = {}
        self._offices: dict[tuple[str, str], list[tuple[Person, int]]] = {}

    def load(self, packs: Sequence[str]) -> ActorTable:
        self.read_agents()
        self.read_countries()
        for name in children("actors", "organisations", suffix=".csv"):
            self.read_bodies("actors", "organisations", name)
        for pack in packs:
            if not resource("packs", pack).is_dir():
                raise KnowledgeError(f"there is no pack {pack!r}", path="packs")
            self.read_bodies("packs", pack, "actors.csv")
        self.read_people(*_people_files(packs))
        return ActorTable(self.names, self.agents, Offices(self._offices, self._words))

    def counted(self, packs: Sequence[str]) -> dict[str, int]:
        """How many names of bodies each file holds, and of how many states the state media are."""
        files = [("actors", "organisations", n)
                 for n in children("actors", "organisations", suffix=".csv")]  # fmt: skip
        found: dict[str, int] = {}
        speaking: set[str] = set()
        for parts in [*files, *(("packs", pack, "actors.csv") for pack in packs)]:
            rows = read_csv(*parts)
            found["/".join(parts)] = len(rows)
            speaking.update(row["country"] for row in rows if row["media"])
        return found | {"states with state media": len(speaking)}

    def read_agents(self) -> None:
        path = "actors/agents.yaml"
        seen: dict[str, str] = {}
        for entry in _read_agents():
            name = str(entry.get("id"))
            check_keys(entry, allowed=_AGENT_KEYS, path=path, name=name)
            sectors = self._check_sectors(entry["sectors"], path, name)
            office = entry.get("office")
            agent = AgentEntry(
                sectors=sectors,
                anonymous=entry.get("anonymous", False),
                state_media=entry.get("state_media", False),
                row=f"agents.yaml#{name}",
                office=office,
                generic=entry.get("generic", False),
            )
            words: list[str] = entry.get("words", [])
            many = replace(agent, plural=True)
            forms = dict.fromkeys(words, agent)
            for word in (*map(plural, words), *entry.get("fixed", ())):
                forms.setdefault(word, many)
            for form, reading in forms.items():
                for tokens in name_tokens(form):
                    self.agents.add(tokens, reading)
                if form.lower() in seen:
                    self.repeated.append(
                        f"{agent.row}: {form!r} stands in {seen[form.lower()]} too"
                    )
                seen[form.lower()] = agent.row
            if office:
                self._words[office] = tuple(dict.fromkeys((office, *(w.lower() for w in words))))
                self._sectors[office] = sectors
                if entry.get("single"):
                    self.single.add(office)

    def read_countries(self) -> None:
        path = "actors/countries/names.csv"
        rows = read_csv("actors", "countries", "names.csv")
        self._check_columns(rows, _NAME_KEYS, path)
        self.countries = frozenset(
            row["country"] for row in rows if row["form"] == "name" and "|" not in row["country"]
        ) | frozenset(self.codes.bodies)
        for row in rows:
            name = f"{row['country']} {row['form']}"
            form = row["form"]
            if form not in _FORMS:
                allowed = ", ".join(sorted(_FORMS))
                raise KnowledgeError(
                    f"unknown form {form!r}; allowed: {allowed}", path=path, entry=name
                )
            kind, via, sectors = _FORMS[form]
            if row["sectors"]:
                sectors = self._check_sectors(_cells(row["sectors"]), path, name)
            for country in _cells(row["country"]):
                entry = ActorEntry(
                    kind=kind,
                    country=self._check_country(country, path, name),
                    sectors=sectors,
                    entity=None,
                    via=via,
                    since=self._date(row["since"], path, name),
                    until=self._date(row["until"], path, name, last=True),
                    row=f"countries/names.csv#{name}",
                    form=form,  # type: ignore[arg-type]
                    doubt=row["doubt"],
                )
                self._add(_cells(row["names"]), (entry,))

    def read_bodies(self, *parts: str) -> None:
        path = "/".join(parts)
        rows = read_csv(*parts)
        self._check_columns(rows, _BODY_KEYS, path)
        for row in rows:
            name = row["name"]
            country = row["country"]
            entry = ActorEntry(
                kind="organisation",
                country=self._check_country(country, path, name) if country else None,
                sectors=self._check_sectors(_cells(row["sectors"]), path, name),
                entity=None
                if row["qid"] == "-"
                else EntityId(row["qid"] or f"org:{country.lower() or 'none'}:{slug(name)}", name),
                via="name",
                since=self._date(row["since"], path, name),
                until=self._date(row["until"], path, name, last=True),
                state_media=self._flag(row["media"], "state", path, name),
                row=f"{path}#{name}",
                doubt=row["doubt"],
                needs=row["needs"] or None,
            )
            self._add((name, *_cells(row["also"])), (entry,))

    def read_people(self, *files: tuple[str, ...]) -> None:
        """Read people of several files together: a person's rows may stand in more than one."""
        people: dict[str, list[tuple[str, dict[str, str]]]] = {}
        known: dict[str, str] = {}  # a row without an id joins the person of its name
        for parts in files:
            path = "/".join(parts)
            rows = read_csv(*parts)
            self._check_columns(rows, _PERSON_KEYS, path)
            for row in rows:
                key = row["qid"] or known.get(row["person"], row["person"])
                known.setdefault(row["person"], key)
                people.setdefault(key, []).append((path, row))
        for rows_of_one in people.values():
            self._person(rows_of_one)

    def _person(self, rows: list[tuple[str, dict[str, str]]]) -> None:
        _, first = rows[0]
        name = first["person"].partition(" (")[0]  # a note in brackets tells namesakes apart
        spellings = {name: None}
        surnames: dict[str, None] = {}
        terms: list[Term] = []
        person = Person(name=name, written=first["person"], qid=first["qid"], terms=terms)
        for path, row in rows:
            for other in _cells(row["also"]):
                if other.startswith("~"):
                    surnames[other[1:]] = None
                else:
                    spellings[other] = None
            offices = _cells(row["office"])
            for office in offices:
                if office not in self._words:
                    allowed = ", ".join(sorted(self._words))
                    raise KnowledgeError(
                        f"unknown office {office!r}; allowed: {allowed}", path=path, entry=name
                    )
                held = self._offices.setdefault((row["country"], office), [])
                held.append((person, len(terms)))
            office = offices[0] if offices else ""
            sectors = _cells(row["sectors"])
            terms.append(
                Term(
                    country=self._check_country(row["country"], path, name),
                    office=office,
                    sectors=self._check_sectors(sectors, path, name)
                    if sectors
                    else self._sectors.get(office, ()),
                    since=self._date(row["since"], path, name),
                    until=self._date(row["until"], path, name, last=True),
                    row=f"{path}#{name}",
                )
            )
        for spelling in spellings:
            self.names.add_name(spelling, (person, "name"))
        for surname in surnames:
            self.names.add_name(surname, (person, "surname"))

    def _add(self, names: Iterable[str], entries: tuple[ActorEntry, ...]) -> None:
        for name in dict.fromkeys(names):
            self.names.add_name(name, entries)

    def _check_columns(
        self, rows: Sequence[Mapping[str, Any]], allowed: Sequence[str], path: str
    ) -> None:
        if rows:
            check_keys(rows[0], allowed=allowed, path=path)
            missing = sorted(set(allowed) - set(rows[0]))
            if missing:
                raise KnowledgeError(f"missing column {', '.join(missing)}", path=path)

    def _check_country(self, code: str, path: str, name: str) -> str:
        if code not in self.countries:
            raise KnowledgeError(
                f"unknown country {code!r}: neither in countries/names.csv nor one of "
                f"{', '.join(sorted(self.codes.bodies))}",
                path=path,
                entry=name,
            )
        return code

    def _check_sectors(self, codes: Sequence[str], path: str, name: str) -> tuple[str, ...]:
        for code in codes:
            if code not in self.codes.sectors:
                raise KnowledgeError(
                    f"unknown sector {code!r}; allowed: {', '.join(sorted(self.codes.sectors))}",
                    path=path,
                    entry=name,
                )
        return tuple(codes)

    def _flag(self, text: str, word: str, path: str, name: str) -> bool:
        if text not in ("", word):
            raise KnowledgeError(f"{text!r} should be {word!r} or empty", path=path, entry=name)
        return bool(text)

    def _date(self, text: str, path: str, name: str, *, last: bool = False) -> date | None:
        return read_day(text, path, name, last=last) if text else None
