"""Terms of office across the tables: overlaps, gaps, and how much of the years they cover.

An office that one person holds has, for every day since its first row, one holder. Where the world
was otherwise, or nobody here knows, ``actors/interregna.csv`` says so: an acting holder who is in
no row, a disputed office, a vacant or abolished one, or a holder unknown to us.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.errors import KnowledgeError
from tocsin.knowledge.entries import ActorEntry
from tocsin.knowledge.freshness import Manifest, read_day
from tocsin.knowledge.resources import check_keys, read_csv

INTERREGNA = "actors/interregna.csv"
WHYS = ("abolished", "acting", "disputed", "unknown", "vacant")
_KEYS = ("country", "office", "since", "until", "why", "note")
_OVERLAP = timedelta(days=31)  # terms that are known to the month may share that month
_GAP = timedelta(days=120)
_DAY = timedelta(days=1)
_START = date(1990, 1, 1)
# One seat under two names, by who sits on it.
_SAME = {"queen": "king"}
# What the table of coverage asks after: a name and the offices that it holds.
_COVERED = {
    "leader": ("leader",),
    "head of government": ("prime minister", "chancellor", "chief executive"),
    "foreign minister": ("foreign minister",),
    "defense minister": ("defense minister",),
    "interior minister": ("interior minister",),
    "unification minister": ("unification minister",),
    "military chief": ("military chief",),
    "national security adviser": ("national security adviser",),
    "spokesperson": ("spokesperson",),
}

Held = Mapping[tuple[str, str], Sequence[ActorEntry]]


@dataclass(frozen=True, slots=True)
class Interregnum:
    """A span in which an office had no one holder, or none known; ``why`` is one of ``WHYS``."""

    country: str
    office: str
    since: date
    until: date | None
    why: str
    row: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well one office of one group of states is known.

    ``states`` have a row at all, of ``members``. ``since_1990`` is the share of all members' days
    since 1990 (or their independence) that have a holder, ``since_tracked`` the share of the days
    since each office's first row. Days without an office (vacant, abolished) are not counted.
    """

    group: str
    office: str
    states: int
    members: int
    since_1990: float
    since_tracked: float


def load_interregna() -> tuple[Interregnum, ...]:
    """Return the marked spans; KnowledgeError names the row with an unknown word or a wrong day."""
    rows = read_csv(*INTERREGNA.split("/"))
    found = []
    for row in rows:
        check_keys(row, allowed=_KEYS, path=INTERREGNA)
        name = f"{row['country']} {row['office']} {row['since']}"
        if row["why"] not in WHYS:
            known = ", ".join(WHYS)
            raise KnowledgeError(
                f"unknown why {row['why']!r}; allowed: {known}", path=INTERREGNA, entry=name
            )
        since = read_day(row["since"], INTERREGNA, name)
        until = read_day(row["until"], INTERREGNA, name, last=True) if row["until"] else None
        if until is not None and until < since:
            raise KnowledgeError("ends before it begins", path=INTERREGNA, entry=name)
        found.append(
            Interregnum(
                row["country"], row["office"], since, until, row["why"], f"{INTERREGNA}#{name}"
            )
        )
    return tuple(found)


def term_problems(
    offices: Held, single: Iterable[str], marked: Sequence[Interregnum], *, day: date
) -> Iterator[str]:
    """Yield overlaps and gaps of the ``single`` offices that no row of ``marked`` explains.

    ``day`` is the one up to which the tables are known to be right: an office whose last holder
    left long before it has a gap too. A mark that explains nothing is a fault.
    """
    used: set[Interregnum] = set()
    for (country, office), terms in _seats(offices, single).items():
        marks = [m for m in marked if (m.country, _seat(m.office)) == (country, office)]
        yield from _overlaps(country, office, terms, marks, used)
        yield from _gaps(country, office, terms, marks, used, day)
    for mark in marked:
        if mark not in used:
            yield f"{mark.row}: neither a gap nor an overlap of the tables lies here"


def _seat(office: str) -> str:
    return _SAME.get(office, office)


def _seats(offices: Held, single: Iterable[str]) -> dict[tuple[str, str], list[ActorEntry]]:
    """The terms of every office that one person holds, in order; two names of a seat are one."""
    found: dict[tuple[str, str], list[ActorEntry]] = {}
    for office in sorted(single):
        for country in sorted({c for c, word in offices if word == office}):
            found.setdefault((country, _seat(office)), []).extend(offices[country, office])
    for terms in found.values():
        terms.sort(key=lambda t: (t.since or date.min, t.until or date.max))
    return found


def _overlaps(
    country: str,
    office: str,
    terms: Sequence[ActorEntry],
    marks: Sequence[Interregnum],
    used: set[Interregnum],
) -> Iterator[str]:
    for at, one in enumerate(terms):
        for two in terms[at + 1 :]:
            if one.entity == two.entity or two.since is None:
                continue
            last = min(one.until or date.max, two.until or date.max)
            if last <= two.since:
                continue
            shared = [
                m
                for m in marks
                if m.why in ("disputed", "acting")
                and m.since <= last
                and (m.until or date.max) >= two.since
            ]
            used.update(shared)
            if not shared and last - two.since > _OVERLAP:
                yield (
                    f"{two.row}: {country} {office}: from {two.since} overlaps "
                    f"{one.entity and one.entity.name} until {one.until or 'today'} ({one.row})"
                )


def _gaps(
    country: str,
    office: str,
    terms: Sequence[ActorEntry],
    marks: Sequence[Interregnum],
    used: set[Interregnum],
    day: date,
) -> Iterator[str]:
    end = terms[0].until
    before = terms[0]
    last = ActorEntry(kind="person", country=country, sectors=(), entity=None, via="role",
                      since=day + _DAY, row=before.row)  # fmt: skip
    for term in (*terms[1:], last):
        if end is not None and term.since is not None and term.since > max(end, _START):
            inside = [m for m in marks if m.since < term.since and (m.until or date.max) > end]
            used.update(inside)
            for since, until in _left(max(end, _START), term.since, inside):
                if until - since > _GAP:
                    name = before.entity and before.entity.name
                    yield (
                        f"{before.row}: {country} {office}: nobody from {since} to {until} "
                        f"(after {name}); give the holder or a row of {INTERREGNA}"
                    )
        if end is not None and (term.until is None or term.until >= end):
            end, before = term.until, term


def _left(since: date, until: date, marks: Sequence[Interregnum]) -> Iterator[tuple[date, date]]:
    """What the marks leave of a gap."""
    for mark in sorted(marks, key=lambda m: m.since):
        if mark.since > since:
            yield since, min(mark.since, until)
        since = max(since, mark.until or date.max)
        if since >= until:
            return
    yield since, until


def coverage(
    offices: Held, manifest: Manifest, states: Iterable[str], marked: Sequence[Interregnum]
) -> list[Coverage]:
    """Return, per group of states and office, the share of days with a holder.

    ``states`` are all; those in no group of the manifest make the group ``others``.
    """
    groups = dict(manifest.groups)
    grouped = {state for members in groups.values() for state in members}
    groups["others"] = tuple(sorted(set(states) - grouped))
    table = []
    for group, members in groups.items():
        for name, words in _COVERED.items():
            held = all_days = tracked = known = 0
            for state in members:
                terms = [term for word in words for term in offices.get((state, word), ())]
                starts = [max(t.since, _START) for t in terms if t.since]
                start = max(_START, manifest.founded.get(state, _START))
                gone = {
                    d
                    for m in marked
                    if m.country == state and m.office in words and m.why in ("vacant", "abolished")
                    for d in _days(m.since, m.until, start, manifest.day)
                }
                days = {
                    d
                    for t in terms
                    if t.since
                    for d in _days(t.since, t.until, start, manifest.day)
                }
                held += len(days)
                all_days += max(0, (manifest.day - start).days + 1 - len(gone - days))
                if starts:
                    known += 1
                    first = min(starts).toordinal()
                    late = sum(1 for d in gone - days if d >= first)
                    tracked += (manifest.day - max(min(starts), start)).days + 1 - late
            if known:
                table.append(
                    Coverage(group, name, known, len(members), held / all_days, held / tracked)
                )
    return table


def _days(since: date, until: date | None, start: date, day: date) -> range:
    """The ordinals of the days of a term between ``start`` and ``day``."""
    return range(max(since, start).toordinal(), min(until or day, day).toordinal() + 1)
