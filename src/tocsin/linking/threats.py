"""The ledger of threats and demands: each followed through later incidents to its outcome.

A threat is *carried out* by the best-fitting deed of the same side behind it (of those that fit
alike, by the first), if it had not been taken back or replaced before. It is *withdrawn* where the
speaker takes it back, *superseded* where the same side says the same with another deadline or
condition or both sides settle it, and *lapsed* where its time ran out, or where its addressee did
what its condition asked. A demand is *complied* with by the deed that it asks for, *defied* by a
refusal, or by the deed that it asks to stop. What none of these has ended by ``as_of`` is *open*.
A demand to stop that is kept lapses: that nothing was reported does not show that somebody obeyed.

A conditional threat of which nobody saw the condition lapses like any other; ``condition`` stays,
and :mod:`tocsin.linking.follow_through` counts it apart, as it was never put to the test.

Whether an incident may end a threat depends on these two alone (:func:`may_be_ended`), and only
those that begin in its time, of certain sides and types, are looked at (:func:`reaches`): by these
:mod:`tocsin.linking.ledgers` follows again only what may have changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.errors import OptionError
from tocsin.knowledge.contents import Contents, load_contents
from tocsin.linking.content_words import Things, joined, words
from tocsin.linking.fulfilment import DONE, Match, Said, about, match, said
from tocsin.linking.incidents.reports import NEWS_DAYS
from tocsin.linking.traits import (
    Window,
    countries,
    domestic,
    known_by,
    lag,
    same_actor,
    same_side,
    sides,
    window,
)
from tocsin.model.following import Act, Reach
from tocsin.model.incident import Days, Incident, Party
from tocsin.model.threat import Outcome, Threat

#: Days after which a threat or demand without a deadline lapses. Half a year without a deed is what
#: ends a dispute in the Militarized Interstate Disputes data (D. Jones, S. Bremer and J. D. Singer,
#: Conflict Management and Peace Science 15, 1996).
HORIZON = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """What ends a threat or demand, by which incident, on which days, and why in words."""

    outcome: Outcome
    incident: Incident
    window: Window
    reason: str
    match: Match | None = None


def follow(
    incidents: Iterable[Incident],
    *,
    as_of: date | None = None,
    horizon: int = HORIZON,
    contents: Contents | None = None,
    only: Container[str] | None = None,
) -> tuple[Threat, ...]:
    """Follow every threat and demand to its outcome, in the order in which they were made.

    ``as_of`` is the day as of which outcomes are told: what was reported later is left out, and
    what has not ended by then is open. Without it, it is the last day of any report. ``only`` names
    the incidents to follow, None all; the others may still end them. ``horizon``
    is after how many days one without a deadline lapses; OptionError where it is below 1. The order
    of ``incidents`` does not matter; each is given once.
    """
    if horizon < 1:
        raise OptionError(f"the horizon must be at least one day, not {horizon}")
    table = load_contents() if contents is None else contents
    known = sorted(incidents, key=lambda incident: incident.id)
    if as_of is None:
        as_of = last_day(known)
    known = [incident for incident in known if known_by(incident, as_of)]
    ledger = _Ledger(known, as_of, horizon, table)
    wanted = [incident for incident in known if only is None or incident.id in only]
    followed = [one for incident in wanted if (one := said(incident, ledger.things)) is not None]
    followed.sort(key=lambda one: (one.window.start or one.window.end or date.max, one.incident.id))
    return tuple(ledger.threat(one) for one in followed)


def reaches(
    incidents: Iterable[Incident], *, horizon: int = HORIZON, contents: Contents | None = None
) -> list[Reach]:
    """The reach of each threat and demand among ``incidents`` that anything can end."""
    ledger = _Ledger((), date.max, horizon, load_contents() if contents is None else contents)
    told = (said(incident, ledger.things) for incident in incidents)
    return [reach for one in told if one is not None and (reach := ledger.reach(one)) is not None]


def acts(incidents: Iterable[Incident]) -> list[Act]:
    """Whose sides act in those of ``incidents`` that may end anything, and when they begin."""
    return [
        Act(id=one.id, sides=sides(one.actors), begins=begins)
        for one in incidents
        if one.status in DONE and (begins := window(one).start) is not None
    ]


def may_be_ended(
    incidents: Iterable[Incident],
    by: Iterable[Incident],
    *,
    horizon: int = HORIZON,
    contents: Contents | None = None,
) -> set[str]:
    """The ids of the threats and demands among ``incidents`` that one of ``by`` would end, were
    there no others. What becomes of the rest is the same with and without ``by``."""
    table = load_contents() if contents is None else contents
    ledger = _Ledger(sorted(by, key=lambda one: one.id), date.max, horizon, table)
    told = (said(incident, ledger.things) for incident in incidents)
    return {one.incident.id for one in told if one is not None and ledger.ends(one)}


def last_day(incidents: Iterable[Incident]) -> date:
    """The last day of any report, as of which outcomes are told; the first of all days if none."""
    return max((day for one in incidents for day in _days_of(one)), default=date.min)


def _days_of(incident: Incident) -> list[date]:
    days = (incident.first_report, incident.last_report)
    told = [day for day in days if day is not None]
    return told or [day for day in (incident.end, incident.start) if day is not None]


class _Ledger:
    """The incidents that are known, by whose side acts in them and the day on which they begin."""

    def __init__(
        self, incidents: Sequence[Incident], as_of: date, horizon: int, contents: Contents
    ) -> None:
        self.as_of, self.horizon, self.contents = as_of, horizon, contents
        self.things = Things(contents)
        self.acts: dict[str, list[tuple[date, Incident]]] = defaultdict(list)
        for incident in incidents:
            begin = window(incident).start
            if begin is not None:  # of the others nobody can say that they came after something
                for side in sides(incident.actors):
                    self.acts[side].append((begin, incident))
        for acts in self.acts.values():
            acts.sort(key=lambda act: (act[0], act[1].id))

    def threat(self, one: Said) -> Threat:
        """The record of a threat or demand with its outcome."""
        limit = self._limit(one)
        ending = self._ending(one, limit)
        if ending is not None:
            return _record(one, ending.outcome, ending.reason, ending)
        if limit is None:
            return _record(one, "open", "nothing tells when it was made")
        if limit < self.as_of:
            what = "its deadline" if one.incident.deadline is not None else f"{self.horizon} days"
            return _record(one, "lapsed", f"{what} passed on {limit} without a deed")
        return _record(one, "open", f"no deed by {self.as_of}; it lapses after {limit}")

    def reach(self, one: Said) -> Reach | None:
        """Which incidents may end it; None where nobody can say that they came after it."""
        limit = self._limit(one)
        if limit is None:
            return None
        return Reach(
            id=one.incident.id,
            sides=sides((*one.incident.actors, *one.incident.recipients)),
            since=_since(one),
            until=limit,
            types=self._types(one),
        )

    def ends(self, one: Said) -> bool:
        """Whether any incident ends it."""
        return self._ending(one, self._limit(one)) is not None

    def _types(self, one: Said) -> frozenset[str] | None:
        """The types of which an incident has to be to end it; None where it may be of any."""
        if not one.acts:
            return None
        meant, lists = {act[0] for act in one.acts}, self.contents.types
        found = {*meant, one.incident.type, "CONCEDE"}
        for content, deed in (*self.contents.deeds, *self.contents.undone):
            if content[0] in meant:
                found.add(deed[0])
        if one.kind == "demand":
            return frozenset(found | lists["refused"])
        return frozenset(found | lists["settled"] | lists["complies"])

    def _limit(self, one: Said) -> date | None:
        """The last day of the deed. Where there is a condition the deadline is for meeting it."""
        made = one.window.end
        if made is None:
            return None
        deadline = one.incident.deadline
        due = deadline.end if deadline is not None else None
        if due is None or due < made:
            return made + timedelta(days=self.horizon)
        if one.kind == "threat" and one.incident.condition is not None:
            return due + timedelta(days=self.horizon)
        return due

    def _ending(self, one: Said, limit: date | None) -> _Ending | None:
        """The first that ends it; a deed behind a condition that was met is still its deed."""
        if limit is None:
            return None
        deed = self._fulfilled(one, limit)
        others = [
            ending
            for find in (self._taken_back, self._replaced, self._settled)
            for ending in find(one, limit)
        ]
        first = min(others, key=_when, default=None)
        if deed is not None and (first is None or _when(deed) <= _when(first)):
            return deed
        if one.kind == "demand":
            refusal = min(self._refused(one, limit), key=_when, default=None)
            if refusal is not None and (first is None or _when(refusal) <= _when(first)):
                return refusal
        if first is not None:
            return first
        return min(self._condition_met(one, limit), key=_when, default=None)

    def _by(
        self, parties: Iterable[Party], one: Said, limit: date, types: Container[str] | None = None
    ) -> Iterable[Incident]:
        """The incidents of these types (None: of all) in which the side of ``parties`` acts (among
        parties of one country: they themselves), that begin in the time of a threat, each once."""
        parties = tuple(parties)
        found: dict[str, Incident] = {}
        same = same_actor if domestic(one.incident) else same_side
        since = _since(one)
        for side in sides(parties):
            acts = self.acts.get(side, [])
            low = bisect_left(acts, since, key=lambda act: act[0])
            high = bisect_right(acts, limit, key=lambda act: act[0])
            for _, incident in acts[low:high]:
                if (types is None or incident.type in types) and same(
                    parties, incident.actors, self.contents
                ):
                    found[incident.id] = incident
        return found.values()

    def _after(self, one: Said, incident: Incident) -> bool:
        return incident.status in DONE and window(incident).after(one.window)

    def _fulfilled(self, one: Said, limit: date) -> _Ending | None:
        """The deed that was threatened or asked for, or that was asked not to be done."""
        doers = one.incident.actors if one.kind == "threat" else one.incident.recipients
        found = [
            fit
            for incident in self._by(doers, one, limit)
            if (fit := match(one, incident, self.things)) is not None
        ]
        if not found:
            return None
        least = max(fit.score for fit in found) - self.contents.margin
        best = min(
            (fit for fit in found if fit.score >= least),
            key=lambda fit: (
                fit.window.told != "text", _begins(fit.window), -fit.score, fit.incident.id,
            ),
        )  # fmt: skip
        said_only = "; it is only alleged" if best.incident.status == "alleged" else ""
        if one.kind == "threat":
            outcome: Outcome = "carried out"
            reason = f"the same side did it: {best.why}{said_only}"
        elif one.stop:
            outcome = "defied"
            reason = f"done although asked not to: {best.why}{said_only}"
        else:
            outcome = "complied"
            reason = f"done as asked: {best.why}{said_only}"
        return _Ending(
            outcome=outcome, incident=best.incident, window=best.window, reason=reason, match=best
        )

    def _taken_back(self, one: Said, limit: date) -> Iterable[_Ending]:
        """The speaker takes it back: a concession, or the contrary act, about the same thing."""
        acts = one.acts or ((one.incident.type, None),)
        for incident in self._by(one.incident.actors, one, limit):
            deed = incident.type, incident.mode
            whys = [why for act in acts if (why := self.contents.takes_back(act, deed)) is not None]
            told, meant = countries(incident.recipients), countries(one.incident.recipients)
            if told & meant:
                least = 1
            elif told - countries(one.incident.actors) and meant:
                continue  # it was conceded to somebody else
            else:
                least = 2
            if whys:
                what = f"taken back ({whys[0]})"
                ending = self._about(one, incident, "withdrawn", what, least)
                if ending is not None:
                    yield ending

    def _settled(self, one: Said, limit: date) -> Iterable[_Ending]:
        """Both sides settle it: they agree or work together about the same thing."""
        speakers, addressees = one.incident.actors, one.incident.recipients
        if one.kind == "demand" or same_side(speakers, addressees, self.contents):
            return
        for incident in self._by(speakers, one, limit, self.contents.types["settled"]):
            if same_side(addressees, (*incident.actors, *incident.recipients), self.contents):
                ending = self._about(one, incident, "superseded", "settled with the addressee", 2)
                if ending is not None:
                    yield ending

    def _about(
        self, one: Said, incident: Incident, outcome: Outcome, what: str, least: int
    ) -> _Ending | None:
        if not self._after(one, incident):
            return None
        found = about(one, incident, self.things, least=least)
        if found is None:
            return None
        reason = f"{what}: both about {joined(found.words)}"
        return _Ending(outcome=outcome, incident=incident, window=window(incident), reason=reason)

    def _replaced(self, one: Said, limit: date) -> Iterable[_Ending]:
        """The same side says the same again, with another deadline or condition."""
        for incident in self._by(one.incident.actors, one, limit, (one.incident.type,)):
            later = said(incident, self.things)
            if later is None or later.kind != one.kind or later.stop != one.stop:
                continue
            if not one.read or not later.read or later.acts != one.acts:
                continue
            if not self._after(one, incident) or not _newly_bound(one.incident, incident):
                continue
            if not same_side(one.incident.recipients, incident.recipients, self.contents):
                continue
            wanted = self.things.wanted(one.incident, one.kind, incident)
            again = self.things.wanted(incident, one.kind, one.incident)
            found = self.things.compare(wanted, frozenset(again))
            if found.share >= self.contents.about or not (wanted or again):
                yield _Ending(
                    outcome="superseded",
                    incident=incident,
                    window=window(incident),
                    reason=f"said again with a new deadline or condition: {joined(found.words)}",
                )

    def _condition_met(self, one: Said, limit: date) -> Iterable[_Ending]:
        """The addressee does what the condition asks: the threat has done its work."""
        condition = one.incident.condition
        if condition is None or one.kind == "demand":
            return
        if not self.contents.words["unless"] & set(words(condition)):
            return
        types = self.contents.types["complies"]
        for incident in self._by(one.incident.recipients, one, limit, types):
            if not self._after(one, incident):
                continue
            if (
                countries(incident.recipients) & countries(one.incident.actors)
                and incident.quad > 2
            ):
                continue  # force against the speaker meets no condition of his
            names = self.things.names(one.incident) | self.things.names(incident)
            wanted = {w: n for w, n in self.things.things(condition).items() if w not in names}
            found = self.things.compare(wanted, self.things.told(incident, one.incident))
            if found.share >= self.contents.about and (len(found.words) > 1 or found.share == 1):
                yield _Ending(
                    outcome="lapsed",
                    incident=incident,
                    window=window(incident),
                    reason=f"its condition was met: {joined(found.words)}",
                )

    def _refused(self, one: Said, limit: date) -> Iterable[_Ending]:
        """The addressee refuses what was demanded."""
        types = self.contents.types["refused"]
        for incident in self._by(one.incident.recipients, one, limit, types):
            if not self._after(one, incident):
                continue
            refused_to, by = countries(incident.recipients), countries(one.incident.actors)
            if refused_to and by and not refused_to & by:
                continue
            content = (incident.content_type, incident.content_mode)
            found = about(one, incident, self.things, least=2)
            if found is not None:
                why = f"both about {joined(found.words)}"
            elif (
                content == one.acts[0]
                and refused_to & by
                and not self.things.wanted(one.incident, "demand", incident)
            ):
                why = f"both of {'/'.join(filter(None, content))}"
            else:
                continue
            yield _Ending(
                outcome="defied",
                incident=incident,
                window=window(incident),
                reason=f"the addressee refused: {why}",
            )


def _since(one: Said) -> date:
    """Where news without a day begins at the earliest that may come after it."""
    made = _begins(one.window)
    return made if made == date.max else made - timedelta(days=NEWS_DAYS)


def _begins(days: Window) -> date:
    return days.start or days.end or date.max


def _when(ending: _Ending) -> tuple[date, str]:
    return _begins(ending.window), ending.incident.id


def _newly_bound(earlier: Incident, later: Incident) -> bool:
    """Whether the later one sets a deadline or condition that the earlier one did not have."""
    due = later.deadline is not None and (
        earlier.deadline is None
        or (later.deadline.start, later.deadline.end)
        != (earlier.deadline.start, earlier.deadline.end)
    )
    return due or (later.condition is not None and later.condition != earlier.condition)


def _record(one: Said, outcome: Outcome, reason: str, ending: _Ending | None = None) -> Threat:
    incident = one.incident
    made = None
    if one.window.told != "nothing":
        told = incident.days[0].reports if incident.days else incident.reports
        made = Days(start=one.window.start, end=one.window.end, reports=told)
    settled = None
    if ending is not None:
        by = ending.incident
        settled = Days(
            start=ending.window.start,
            end=ending.window.end,
            reports=by.days[0].reports if by.days else by.reports,
        )
    fit = ending.match if ending is not None else None
    return Threat(
        id=incident.id,
        kind=one.kind,
        speakers=incident.actors,
        addressees=incident.recipients,
        content_type=incident.content_type,
        content_mode=incident.content_mode,
        content_text=incident.content_text,
        stop=one.stop,
        condition=incident.condition,
        deadline=incident.deadline,
        made=made,
        made_told=one.window.told,
        reports=incident.reports,
        sentence=incident.sentence,
        outcome=outcome,
        outcome_incident=ending.incident.id if ending is not None else None,
        settled=settled,
        lag=lag(one.window, ending.window) if ending is not None else None,
        reason=reason,
        score=fit.score if fit is not None else None,
        features=fit.features if fit is not None else (),
    )
