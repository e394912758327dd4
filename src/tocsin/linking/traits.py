"""What of an incident matters for following a threat: whose side acts, and when it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tocsin.knowledge.contents import Contents
from tocsin.linking.incidents.reports import NEWS_DAYS
from tocsin.model.incident import Incident, Party
from tocsin.model.threat import Lag


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included, None where unknown; ``told`` by the text, or taken from
    the day of the first report."""

    start: date | None
    end: date | None
    told: Literal["text", "report", "nothing"]

    def after(self, other: Window) -> bool:
        """Whether it is surely after."""
        return self.start is not None and other.end is not None and self.start > other.end

    def may_follow(self, other: Window, *, ordered: bool = False) -> bool:
        """Whether it may be after, and nothing in the days speaks against it.

        Of two days that are the same only where the text tells the order; of news without a day
        where it came later than the other.
        """
        if self.after(other):
            return True
        if self.start is None or other.start is None or other.end is None or self.end is None:
            return False
        if self.told == "report":
            return self.end > other.end  # the news came after it, of a deed of the last few days
        if self.start < other.start or self.end < other.end or other.told == "report":
            return False
        if (self.start, self.end) == (other.start, other.end):
            return ordered and self.start == self.end
        return True


def window(incident: Incident) -> Window:
    """The days of an incident: as reports give them, else told from its first report.

    News without a day of its own is taken to be of the day of its first report or of the few days
    before, as in linking. Of 342 news events that tell their day, in 377 articles of Western
    outlets on one crisis, 77 % are of the same day or the two before it, 94 % of the week.
    """
    return window_of(incident.start, incident.end, incident.first_report, incident.status)


def window_of(start: date | None, end: date | None, first: date | None, status: str) -> Window:
    """The same, by the days and the status alone; ``first`` is the day of the first report."""
    if start is not None or end is not None:
        if end is None:
            end = max(day for day in (start, first) if day is not None)
        return Window(start, end, "text")
    if first is None:
        return Window(None, None, "nothing")
    if status == "background":
        return Window(None, first, "report")
    return Window(first - timedelta(days=NEWS_DAYS), first, "report")


def lag(made: Window, done: Window) -> Lag | None:
    """Days from the one to the other; None where they cannot be told."""
    if made.end is None or done.start is None:
        return None
    most = None
    if made.start is not None and done.end is not None:
        most = max(0, (done.end - made.start).days)
    return Lag(least=max(0, (done.start - made.end).days), most=most)


def known_by(incident: Incident, day: date) -> bool:
    """Whether it had been reported, or where that is unknown had begun, by the end of a day."""
    seen = incident.first_report or incident.start
    return seen is None or seen <= day


def sides(parties: Iterable[Party]) -> frozenset[str]:
    """By what the sides of parties can be found: countries, else entities, else names."""
    return frozenset(_key(party) for party in parties)


def _key(party: Party) -> str:
    if party.country is not None:
        return party.country
    return f"entity {party.entity.id}" if party.entity is not None else f"name {party.name.lower()}"


def bloc(party: Party, contents: Contents) -> str | None:
    """Which side of its country a party is on: the state, rebels, civil; None where unknown."""
    for sector in party.sectors:
        if sector not in ("PTY", "UNK"):
            return contents.sides.get(sector, "state")
    return None


def same_side(one: Iterable[Party], other: Iterable[Party], contents: Contents) -> bool:
    """Whether somebody of the one acts for the side of somebody of the other.

    Towards other countries whoever acts for a state is one side; within one see :func:`same_actor`.
    """
    other = tuple(other)
    return any(_together(left, right, contents) for left in one for right in other)


def same_actor(one: Iterable[Party], other: Iterable[Party], contents: Contents) -> bool:
    """Whether somebody of the one is, as far as is known, somebody of the other.

    Within one country its president, parliament and parties are sides of their own: who threatens
    one of them has to do it himself.
    """
    other = tuple(other)
    return any(
        _together(left, right, contents)
        and (
            left.entity == right.entity
            if left.entity is not None and right.entity is not None
            else left.sectors[:1] == right.sectors[:1]
        )
        for left in one
        for right in other
    )


def domestic(incident: Incident) -> bool:
    """Whether it is between parties of one country."""
    own, others = countries(incident.actors), countries(incident.recipients)
    return bool(own) and own == others


def _together(left: Party, right: Party, contents: Contents) -> bool:
    if _key(left) != _key(right):
        return False
    blocs = bloc(left, contents), bloc(right, contents)
    if None in blocs:
        return True
    if blocs[0] != blocs[1]:
        return False
    if blocs[0] == "state":
        return True
    if left.entity is not None and right.entity is not None:
        return left.entity == right.entity
    return bool(set(left.sectors) & set(right.sectors))


def countries(parties: Iterable[Party]) -> frozenset[str]:
    """The countries of parties that have one."""
    return frozenset(party.country for party in parties if party.country is not None)
