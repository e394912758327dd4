"""How good alarms are: how often an escalation followed, and how often that is so of any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tocsin.knowledge.alarms import AlarmSettings, load_alarms
from tocsin.linking.follow_through import wilson
from tocsin.model.alarm import KINDS
from tocsin.series.alarms.aftermath import aftermath
from tocsin.series.alarms.ringing import Watched

ALL = "all"
_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How good the alarms of one kind are, or of ``all``.

    ``alarms`` rang, ``per_year`` in a year of one dyad. Of ``n`` of them it can be judged what came
    after: the days before and after were read. ``followed`` is the share of these that an
    escalation followed, ``false`` that of the others, with its 95 % interval ``low`` to ``high``;
    None where n is too small to tell. ``base`` is the share of all days, alarm or not, of all dyads
    that an escalation followed; ``own`` the same of the dyads that rang, each as often as it did.
    ``lift`` is ``followed`` divided by ``own``.
    """

    kind: str
    alarms: int
    per_year: float
    n: int
    followed: float | None
    false: float | None
    low: float | None
    high: float | None
    base: float | None
    own: float | None
    lift: float | None


@dataclass(slots=True)
class _Tally:
    alarms: int = 0
    judged: int = 0
    followed: int = 0
    own: float = 0.0


def rates(watched: Iterable[Watched], settings: AlarmSettings | None = None) -> list[Rate]:
    """A row for each kind that rang, in their order, and one for all together."""
    settings = settings or load_alarms()
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    years, up, days = 0.0, 0, 0
    for one in watched:
        history = one.history
        after = aftermath(history, settings)
        years += ((history.last - history.first) + timedelta(days=1)).days / _YEAR
        rose, judged = after.share(history.first, history.last)
        up, days = up + rose, days + judged
        for alarm in one.alarms:
            said = after.escalated(alarm.day, frozenset(alarm.evidence))
            for tally in (tallies[alarm.kind], tallies[ALL]):
                tally.alarms += 1
                if said is not None:
                    tally.judged += 1
                    tally.followed += said
                    tally.own += rose / judged
    base = up / days if days else None
    return [
        _rate(kind, tallies[kind], years, base, settings.least_rated)
        for kind in (*KINDS, ALL)
        if kind in tallies
    ]


def _rate(kind: str, tally: _Tally, years: float, base: float | None, least: int) -> Rate:
    n = tally.judged
    enough = n >= least
    low, high = wilson(n - tally.followed, n) if enough else (None, None)
    followed = tally.followed / n if enough else None
    own = tally.own / n if enough else None
    return Rate(
        kind=kind,
        alarms=tally.alarms,
        per_year=tally.alarms / years,
        n=n,
        followed=followed,
        false=1 - followed if followed is not None else None,
        low=low,
        high=high,
        base=base,
        own=own,
        lift=followed / own if followed is not None and own else None,
    )
