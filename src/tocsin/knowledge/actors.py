"""The actor tables: who a name, demonym, capital, office or agent noun may stand for, and when.

The data lie in ``tocsin/data/actors`` (the world) and ``tocsin/data/packs/<pack>`` (one crisis):

* ``countries/names.csv``: names, demonyms, capitals and seats of states (built; see
  ``tools/build_countries.py``);
* ``organisations/*.csv`` and ``packs/<pack>/actors.csv``: bodies, one a line;
* ``roles.csv`` (built; see ``tools/build_roles.py``), ``ministers.csv``, ``officials.csv`` and
  ``packs/<pack>/actors_people.csv``: people, one term of office a line;
* ``interregna.csv``: spans without a holder, or with two; ``manifest.yaml``: how fresh a table is;
* ``agents.yaml``: agent nouns and offices, each with its examples.

A user's own actors (:mod:`tocsin.knowledge.own`) and packs (:mod:`tocsin.knowledge.packs`) have the
same columns.

A list in a cell is separated by ``|``. A date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.collecting import nothing_collected
from tocsin.knowledge.entries import ActorEntry, ActorKind, ActorTable, AgentEntry, Codes
from tocsin.knowledge.freshness import MANIFEST, Manifest, load_manifest, read_day
from tocsin.knowledge.own import Days, OwnRow, left_of, overridden, read_own
from tocsin.knowledge.packs import Pack, load_packs, shipped_packs
from tocsin.knowledge.people import Names, Offices, Person, Term
from tocsin.knowledge.phrases import PhraseTable, phrase_tokens
from tocsin.knowledge.resources import check_keys, children, exists, read_csv, read_yaml
from tocsin.knowledge.spelling import name_tokens, plural, slug
from tocsin.knowledge.terms import Coverage, coverage, load_interregna, term_problems
from tocsin.model.mention import EntityId, Via

__all__ = [
    "ActorEntry", "ActorTable", "AgentEntry", "Codes", "actor_coverage", "actor_problems",
    "load_actors", "load_sectors", "own_problems",
]  # fmt: skip

_NAME_KEYS = ("country", "form", "names", "sectors", "since", "until", "doubt")
_BODY_KEYS = (
    "name", "also", "country", "sectors", "qid", "since", "until", "media", "needs", "doubt",
)  # fmt: skip
_PERSON_KEYS = ("person", "also", "qid", "country", "office", "since", "until", "sectors")
_OWN_KEYS = {"person": _PERSON_KEYS, "name": _BODY_KEYS, "names": _NAME_KEYS}
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


def load_actors(*, packs: Sequence[str] = ("korea",), own: str | Path | None = None) -> ActorTable:
    """Load the world's actors, those of the named ``packs`` and the user's ``own`` file of them.

    A pack is the name of one that ships, or a folder. KnowledgeError names the file and row (of
    an own file the line) of an unknown country, sector, office, form or date.
    """
    rows, problems = _read_own(own)
    if problems:
        raise problems[0]
    builder = _Builder(load_sectors())
    with nothing_collected():
        return builder.load(packs, rows)


def own_problems(path: str | Path, *, packs: Sequence[str] = ("korea",)) -> list[str]:
    """Return everything that is wrong with a user's file of actors, in order of its lines.

    What cannot be loaded, and terms of one office that overlap.
    """
    try:
        rows, problems = _read_own(path)
    except KnowledgeError as problem:
        return [str(problem)]
    builder = _Builder(load_sectors())
    builder.load(packs)
    for row in rows:
        try:
            builder.check_own(row)
        except KnowledgeError as problem:
            problems.append(problem)
    told = [str(problem) for problem in problems]
    if not told:
        told.extend(said for said in actor_problems(packs=packs, own=path) if f"{path}:" in said)
    return sorted(told, key=lambda text: (_line(text.removeprefix(f"{path}:")), text))


def _line(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def _read_own(path: str | Path | None) -> tuple[list[OwnRow], list[KnowledgeError]]:
    return ([], []) if path is None else read_own(path, _OWN_KEYS)


def actor_problems(
    *, packs: Sequence[str] = ("korea",), own: str | Path | None = None
) -> list[str]:
    """Return what a linter should say of the actor tables, sorted; empty when all is well.

    Overlapping terms and gaps of an office that one person holds, unless marked; a table of people
    without a day of freshness, or with a term that begins after it; one reading given twice; an
    agent noun without an example, with an example that it does not match, or a counter-example
    that it does.
    """
    builder = _Builder(load_sectors())
    table = builder.load(packs, _read_own(own)[0])
    problems = set(builder.repeated)
    manifest = load_manifest(packs=packs)
    problems |= set(
        term_problems(table.offices, builder.single, load_interregna(), day=manifest.day)
    )
    problems |= set(_stale(table, manifest))
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


def _stale(table: ActorTable, manifest: Manifest) -> Iterator[str]:
    ours = (pack for pack in table.packs.values() if pack.name in shipped_packs())
    tables = {"/".join(parts) for parts in _people_files(ours)}
    for path in sorted(tables ^ set(manifest.tables)):
        known = "has no day in" if path in tables else "is no table of people, but stands in"
        yield f"{path}: {known} {MANIFEST}"
    for (country, office), entries in table.offices.items():
        for entry in entries:
            day = manifest.tables.get(entry.row.partition("#")[0])
            if day is not None and entry.since is not None and entry.since > day:
                yield f"{entry.row}: {country} {office} since {entry.since}: {MANIFEST} says {day}"


def _people_files(packs: Iterable[Pack]) -> list[tuple[str, ...]]:
    of_packs = [(*pack.parts, "actors_people.csv") for pack in packs]
    world = ("roles.csv", "ministers.csv", "officials.csv")
    return [*(("actors", name) for name in world), *(one for one in of_packs if exists(*one))]


def actor_coverage(*, packs: Sequence[str] = ("korea",)) -> tuple[list[Coverage], dict[str, int]]:
    """Return how well offices are covered, per group of states, and counts of the other tables.

    The counts are of readings of bodies: by file, and of media that speak for their state (and of
    how many states these are).
    """
    builder = _Builder(load_sectors())
    table = builder.load(packs)
    states = builder.countries - set(builder.codes.bodies)
    shares = coverage(table.offices, load_manifest(packs=packs), states, load_interregna())
    return shares, dict(sorted(builder.counted().items()))


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
        self.packs: dict[str, Pack] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._sectors: dict[str, tuple[str, ...]] = {}
        self._offices: dict[tuple[str, str], list[tuple[Person, int]]] = {}

    def load(self, packs: Sequence[str], own: Sequence[OwnRow] = ()) -> ActorTable:
        self.packs = {pack.name: pack for pack in load_packs(packs)}
        self.read_agents()
        self.read_countries()
        for name in children("actors", "organisations", suffix=".csv"):
            self.read_bodies("actors", "organisations", name)
        rows: list[OwnRow] = []
        for pack in self.packs.values():
            for code in sorted(pack.about | pack.rivals):
                self._check_country(code, f"{pack.prefix}pack.yaml", pack.name)
            if exists(*pack.parts, "actors.csv"):
                self.read_bodies(*pack.parts, "actors.csv")
            if exists(*pack.parts, "actors.yaml"):
                of_pack, problems = read_own(f"{pack.prefix}actors.yaml", _OWN_KEYS)
                if problems:
                    raise problems[0]
                rows.extend(of_pack)
        rows.extend(own)
        for row in rows:
            self.check_own(row)
        people = _people_files(self.packs.values())
        self.read_people(*people, own=[row for row in rows if row.key == "person"])
        for row in rows:
            if row.key == "name":
                self._body(row.where, row.cells, own=True)
            elif row.key == "names":
                self._country_names(row.where, row.where, row.cells, own=True)
        offices = Offices(self._offices, self._words)
        return ActorTable(self.names, self.agents, offices, self.packs)

    def check_own(self, row: OwnRow) -> None:
        """Refuse a user's row with what is wrong, naming its line and what is allowed."""
        cells, where, name = row.cells, row.where, row.name
        for column in ("since", "until"):
            if cells[column] and not _DATE.fullmatch(cells[column]):
                raise KnowledgeError(
                    f"{column}: {cells[column]!r} is no date such as 2020-06-16, 2020-06 or 2020",
                    path=where,
                    entry=name,
                )
        days = self._days(cells, where)
        if days.since and days.until and days.until < days.since:
            raise KnowledgeError(
                f"until {cells['until']} is before since {cells['since']}", path=where, entry=name
            )
        countries = _cells(cells["country"])
        if not countries and row.key != "name":
            raise KnowledgeError("country is missing", path=where, entry=name)
        if len(countries) > 1 and row.key != "names":
            raise KnowledgeError("country should be one", path=where, entry=name)
        for code in countries:
            self._check_country(code, where, name)
        self._check_sectors(_cells(cells["sectors"]), where, name)
        if row.key == "names":
            self._check_form(cells["form"], where, name)
        self._flag(cells.get("media", ""), "state", where, name)
        needs = cells.get("needs")
        if needs and needs not in {*self.packs, *shipped_packs()}:
            raise KnowledgeError(f"needs an unknown pack {needs!r}", path=where, entry=name)
        offices = _cells(cells.get("office", ""))
        self._check_offices(offices, where, name)
        held = sorted(self.single.intersection(offices))
        if held and days.since is None:
            raise KnowledgeError(
                f"since is missing: one person at a time is {held[0]}, so say from which day",
                path=where,
                entry=name,
            )

    def _days(self, cells: Mapping[str, str], where: str = "") -> Days:
        name = cells.get("person") or cells.get("name") or cells.get("names", "")
        since = self._date(cells["since"], where, name)
        return Days(since, self._date(cells["until"], where, name, last=True))

    def counted(self) -> dict[str, int]:
        """How many names of bodies each file holds, and of how many states the state media are."""
        files = [("actors", "organisations", n)
                 for n in children("actors", "organisations", suffix=".csv")]  # fmt: skip
        found: dict[str, int] = {}
        speaking: set[str] = set()
        for parts in [*files, *((*pack.parts, "actors.csv") for pack in self.packs.values())]:
            rows = read_csv(*parts) if exists(*parts) else []
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
            self._country_names(path, "countries/names.csv", row)

    def _country_names(
        self, path: str, shown: str, row: Mapping[str, str], *, own: bool = False
    ) -> None:
        name = f"{row['country']} {row['form']}"
        form = row["form"]
        self._check_form(form, path, name)
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
                row=f"{shown}#{name}",
                form=form,  # type: ignore[arg-type]
                doubt=row["doubt"],
            )
            self._add(_cells(row["names"]), (entry,), own=own)

    def read_bodies(self, *parts: str) -> None:
        path = "/".join(parts)
        rows = read_csv(*parts)
        self._check_columns(rows, _BODY_KEYS, path)
        for row in rows:
            self._body(path, row)

    def _body(self, path: str, row: Mapping[str, str], *, own: bool = False) -> None:
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
        self._add((name, *_cells(row["also"])), (entry,), own=own)

    def read_people(self, *files: tuple[str, ...], own: Sequence[OwnRow] = ()) -> None:
        """Read people of several files together: a person's rows may stand in more than one."""
        people: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        known: dict[str, str] = {}  # a row without an id joins the person of its name
        single = frozenset(self.single)
        for parts in files:
            path = "/".join(parts)
            rows = read_csv(*parts)
            self._check_columns(rows, _PERSON_KEYS, path)
            for row in rows:
                key = row["qid"] or known.get(row["person"], row["person"])
                known.setdefault(row["person"], key)
                left = overridden(row, own, single=single, days_of=self._days) if own else [row]
                people.setdefault(key, []).extend((path, one) for one in left)
        spelled = {
            (slug(spelling), row["country"]): key
            for key, of_one in (reversed(people.items()) if own else ())
            for _, row in of_one
            for spelling in (row["person"], *_cells(row["also"]))
        }
        for mine in own:
            state = mine.cells["country"]
            spellings = [(slug(n), state) for n in (mine.name, *_cells(mine.cells["also"]))]
            joined = (spelled[one] for one in spellings if one in spelled)
            key = mine.cells["qid"] or next(joined, " ".join(spellings[0]))
            spelled.update((one, key) for one in spellings if one not in spelled)
            also = f"{mine.name.partition(' (')[0]}|{mine.cells['also']}"  # whom we spell otherwise
            people.setdefault(key, []).append((mine.where, {**mine.cells, "also": also}))
        for rows_of_one in people.values():
            self._person(rows_of_one)

    def _person(self, rows: list[tuple[str, Mapping[str, str]]]) -> None:
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
            self._check_offices(offices, path, name)
            for office in offices:
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

    def _add(
        self, names: Iterable[str], entries: tuple[ActorEntry, ...], *, own: bool = False
    ) -> None:
        if not own:
            for name in dict.fromkeys(names):
                self.names.add_name(name, entries)
            return
        for tokens in dict.fromkeys(tokens for name in names for tokens in name_tokens(name)):
            self.names.change(tokens, lambda ours: _beside(ours, entries[0]))
            self.names.add_readings(tokens, entries)

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

    def _check_form(self, form: str, path: str, name: str) -> None:
        if form not in _FORMS:
            allowed = ", ".join(sorted(_FORMS))
            raise KnowledgeError(
                f"unknown form {form!r}; allowed: {allowed}", path=path, entry=name
            )

    def _check_offices(self, offices: Sequence[str], path: str, name: str) -> None:
        for office in offices:
            if office not in self._words:
                allowed = ", ".join(sorted(self._words))
                raise KnowledgeError(
                    f"unknown office {office!r}; allowed: {allowed}", path=path, entry=name
                )

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


_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def _beside(ours: ActorEntry, own: ActorEntry) -> list[ActorEntry]:
    """What is left of our reading of a name beside the user's of the same actor."""
    same = (
        ours.kind == own.kind
        and ours.form == own.form
        and (ours.country == own.country or (own.entity is not None and ours.entity == own.entity))
    )
    if not same:
        return [ours]
    left = left_of(Days(ours.since, ours.until), Days(own.since, own.until))
    return [replace(ours, since=days.since, until=days.until) for days in left]
