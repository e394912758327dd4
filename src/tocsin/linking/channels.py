"""Timelines: what the reports of one channel or agreement come to, step by step.

Reports are of one thing where a pack names it, or where kind, parties, place and the words of the
name go together. Reports of one state that may have begun on the same days are one step; a report
goes in at the day that it tells of, not at that of its article. Nothing depends on the order in
which the reports come.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tocsin.knowledge.channels import load_channel_rules
from tocsin.model.channel import FIRM, PASSING, PREFIX, State, StateReport, Step, Thing
from tocsin.model.ids import content_id

# Days by which reports of one day may differ: time zones, the evening and the next morning.
SLACK = timedelta(days=1)
# Days within which undated reports that an agreement was broken or threatened tell of one time.
SPELL = timedelta(days=14)
# On one day, what comes first.
_LIFE: tuple[State, ...] = (
    "open", "in force", "restored", "threatened", "violated", "suspended", "lifted", "left",
    "closed", "scrapped", "destroyed",
)  # fmt: skip
# States under which a threat or a breach is what there is to say.
_STANDING: frozenset[State | None] = frozenset((None, "open", "in force", "restored"))
# What begins but once: "the signing of the armistice" is told ever after.
_ORIGINS: frozenset[State] = frozenset(("open", "in force"))
# How an actor is named where the words name it.
_NAMING = frozenset(("name", "role", "capital", "demonym"))
_PRONOUNS = frozenset(("it", "its", "they", "them", "their"))

#: By what reports may be of one thing: its id in a pack, or else what it is like, and its parties.
Key = tuple[str | None, str, tuple[str, ...]]


def timelines(reports: Iterable[StateReport]) -> tuple[Thing, ...]:
    """Return the things that the reports speak of, each with its steps; sorted by id.

    ``reports`` may come in any order, and twice. An empty iterable gives no things.
    """
    unique = sorted({report.id: report for report in reports}.values(), key=lambda r: r.id)
    return tuple(sorted((_thing(group) for group in _groups(unique)), key=lambda t: t.id))


def key_of(known: str | None, kind: str, parties: Sequence[str]) -> Key:
    """By what a report, or the thing that it is of, is found: those of another key are of others.

    ``known`` is the id of a pack, None for what only the text names.
    """
    return (known, "", ()) if known is not None else (None, _like(kind), tuple(parties))


# -- which thing ---------------------------------------------------------------------------------


def _groups(reports: Sequence[StateReport]) -> list[list[StateReport]]:
    found: dict[Key, list[StateReport]] = defaultdict(list)
    for report in reports:
        found[key_of(report.known, report.kind, report.parties)].append(report)
    groups: list[list[StateReport]] = []
    for (known, _, _), group in found.items():
        groups.extend([group] if known is not None else _by_name(group))
    return groups


def _like(kind: str) -> str:
    """What kinds share whose words may mean one thing: a pact may be called a treaty or a deal."""
    found = load_channel_rules().kinds.get(kind)
    return found.like if found else kind


def _by_name(reports: Sequence[StateReport]) -> list[list[StateReport]]:
    """Reports of things between the same parties, those together whose names share a word.

    What has no word of its own ("the deal") is the only other one, where there is only one.
    """
    groups: list[tuple[set[str], list[StateReport]]] = []
    plain = []
    for report in reports:
        words = _words(report)
        if not words:
            plain.append(report)
            continue
        meeting = [group for group in groups if group[0] & words]
        merged = (words.union(*(g[0] for g in meeting)), [r for g in meeting for r in g[1]])
        merged[1].append(report)
        groups = [group for group in groups if group not in meeting] + [merged]
    found = [group[1] for group in groups]
    if plain and len(found) == 1:
        found[0].extend(plain)
    elif plain:
        found.append(plain)
    return found


def _words(report: StateReport) -> set[str]:
    """The words that tell a thing from others of its kind between the same parties."""
    if report.kind == "sanctions":
        return set()
    if report.category == "channel":
        return {report.place.lower()} if report.place else set()
    *before, _ = re.findall(r"\w+", report.name) or [""]
    return {word for word in before if word.islower() and word not in load_channel_rules().plain}


def _thing(reports: Sequence[StateReport]) -> Thing:
    reports = sorted(reports, key=lambda r: r.id)
    first = reports[0]
    kinds = Counter(report.kind for report in reports)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    steps = _steps(reports)
    now = _now(steps, kind)
    texts = {" ".join(report.thing.text.split()) for report in reports}
    if first.known is not None:
        name, thing_id = first.name, first.known
    else:
        names = Counter(" ".join(report.name.split()) for report in reports)
        name = min(names, key=lambda n: (-len(_shown(n)), -names[n], n))
        words = sorted(set().union(*(_words(report) for report in reports)))
        key = [_like(kind), list(first.parties), words]
        thing_id = PREFIX + content_id(key)
    return Thing(
        id=thing_id,
        name=name,
        kind=kind,
        category=first.category,
        parties=first.parties,
        aliases=tuple(sorted(text for text in texts if text.lower() not in _PRONOUNS)),
        steps=tuple(steps),
        state=now.state if now else None,
        since=now.start if now else None,
        until=now.end if now else None,
    )


def _shown(name: str) -> set[str]:
    return {
        word for word in re.findall(r"\w+", name) if word.lower() not in load_channel_rules().plain
    }


# -- steps ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A step on its way. ``start`` is None where no report gives the day it began."""

    state: State
    toward: State | None
    status: str
    start: date | None
    end: date | None
    reports: list[StateReport] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The first day on which it may have begun, or on which it is known; else long ago."""
        return self.start or self.end or date.min

    @property
    def place(self) -> tuple[date, bool, date, bool, int, int, str]:
        """Where the step stands among the others.

        Of what is known on one day, what has a day of its own comes last; of what has none, what
        stands first in its article is its news, and the latest.
        """
        dated = self.start is not None
        first = min((r.sentence.start for r in self.reports), default=0)
        begun = any(r.change == "began" for r in self.reports)
        life = _LIFE.index(self.state)
        return (
            self.day, dated, self.end or date.min, begun, life if dated else -first, life,
            self.status,
        )  # fmt: skip

    @property
    def lasting(self) -> bool:
        """Whether it says what the thing is in from then on."""
        return self.status == "firm" and self.state not in PASSING


def _steps(reports: Sequence[StateReport]) -> list[Step]:
    drafts: list[_Draft] = []
    dated = [report for report in reports if _days(report) is not None]
    for report in sorted(dated, key=_narrowest):
        _put_dated(drafts, report)
    undated = [report for report in reports if _days(report) is None]
    for report in sorted(undated, key=_as_read):
        _put_undated(drafts, report)
    return [_step(draft) for draft in sorted(drafts, key=lambda d: d.place)]


def _days(report: StateReport) -> tuple[date, date] | None:
    """The days on which the state began, where the report gives them."""
    when = report.date
    if when is None or report.change != "began" or when.start is None or when.end is None:
        return None
    return when.start, when.end


def _known_on(report: StateReport) -> date | None:
    """The day on which an undated state is known to be: its own, or that of publication."""
    if report.date is not None and report.date.end is not None:
        return report.date.end
    return report.published


def _narrowest(report: StateReport) -> tuple[timedelta, date, str]:
    days = _days(report)
    assert days is not None
    return days[1] - days[0], days[0], report.id


def _as_read(report: StateReport) -> tuple[date, str, int, str]:
    return _known_on(report) or date.max, report.document, report.sentence.start, report.id


def _new(report: StateReport, start: date | None, end: date | None) -> _Draft:
    return _Draft(report.state, report.toward, _firmness(report), start, end, [report])


def _firmness(report: StateReport) -> str:
    return "firm" if report.status in FIRM else report.status


def _same(draft: _Draft, report: StateReport) -> bool:
    if (draft.state, draft.status) != (report.state, _firmness(report)):
        return False
    return draft.toward == report.toward or None in (draft.toward, report.toward)


def _put_dated(drafts: list[_Draft], report: StateReport) -> None:
    days = _days(report)
    assert days is not None
    start, end = days
    near = [
        draft
        for draft in drafts
        if _same(draft, report)
        and draft.start is not None
        and draft.end is not None
        and draft.start - SLACK <= end
        and start <= draft.end + SLACK
    ]
    if not near:
        drafts.append(_new(report, start, end))
        return
    # the narrowest came first: what overlaps is at least as wide, and adds no day
    draft = min(near, key=lambda d: (abs((d.day - start).days), d.place))
    draft.reports.append(report)


def _put_undated(drafts: list[_Draft], report: StateReport) -> None:
    """To the step that holds on the day on which the state is known; else a step of its own."""
    day = _known_on(report)
    before = [draft for draft in drafts if day is None or draft.day <= day]
    same = sorted((draft for draft in before if _same(draft, report)), key=lambda d: d.place)
    if same:
        last = same[-1]
        if day is None:
            fits = len(same) == 1
        elif report.state in PASSING or _firmness(report) != "firm":
            fits = day - (last.end or day) <= SPELL
        else:
            # "was opened" is told long after the closing too
            between = [d for d in before if d.lasting and d.place > last.place]
            begun = report.change == "began" and report.state in _ORIGINS
            told = last.start is not None and (report.status == "background" or begun)
            fits = told or all(_is_newer(draft, report) for draft in between)
        if fits:
            last.reports.append(report)
            return
    drafts.append(_new(report, None, day))


def _is_newer(draft: _Draft, report: StateReport) -> bool:
    """Whether a step is the news of the article in which the report stands further down."""
    return any(
        other.document == report.document and other.sentence.start < report.sentence.start
        for other in draft.reports
    )


def _step(draft: _Draft) -> Step:
    reports = sorted(draft.reports, key=_worth)
    best = reports[0]
    toward = next((r.toward for r in reports if r.toward is not None), None)
    return Step(
        state=draft.state,
        toward=toward,
        status=best.status,
        start=draft.start,
        end=draft.end,
        temporary=any(report.temporary for report in reports),
        actors=_actors(reports),
        reports=tuple(report.id for report in reports),
        documents=tuple(dict.fromkeys(report.document for report in reports)),
        events=tuple(dict.fromkeys(report.event for report in reports if report.event)),
        sentence=best.sentence.text,
    )


def _actors(reports: Sequence[StateReport]) -> tuple[tuple[str, str], ...]:
    """Who did it, as (country, name): each state once, and those who have a name of their own."""
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], Counter[tuple[bool, str]]] = defaultdict(Counter)
    for report in reports:
        seen = set()
        for actor in report.actors:
            country = actor.country or ""
            named = actor.text if actor.via in _NAMING or not country else country
            text = " ".join((named or country).split())
            own = actor.entity.id if actor.entity else ("" if country else text)
            key = (country, own)
            names[key][actor.via != "name", actor.entity.name if actor.entity else text] += 1
            seen.add(key)
        counts.update(seen)
    best = {
        key: min(found, key=lambda n: (n[0], -found[n], n[1]))[1] for key, found in names.items()
    }
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple((country, best[country, own]) for country, own in ordered)


def _worth(report: StateReport) -> tuple[bool, bool, bool, date, str]:
    """The report that tells most comes first: news, with a day, of a deed."""
    return (
        report.status != "actual",
        report.date is None,
        report.event is None,
        report.published or date.max,
        report.id,
    )


def _now(steps: Sequence[Step], kind: str) -> Step | None:
    """The step that tells what the thing is in: the last firm one.

    A threat or a breach is what there is to say only of what stands: a closed office stays closed
    when somebody threatens to raze it. Sanctions are there to be evaded: they stay in force.
    """
    now: Step | None = None
    for step in steps:
        if not step.firm:
            continue
        standing = now is None or now.state in _STANDING or now.state in PASSING
        if kind == "sanctions" and step.state in PASSING and now is not None:
            continue
        if step.state not in PASSING or standing:
            now = step
    return now
