"""Threats and demands: what was said, by when, what became of it, and how often it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.knowledge.kind_names import kind_name
from tocsin.linking.follow_through import FollowThrough, follow_through
from tocsin.model.incident import Days
from tocsin.model.threat import Lag, Threat
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, Side
from tocsin.report.crisis.references import source_words, telling
from tocsin.report.view import days_words

_MOST = 60
#: Outcomes by which it is settled, the first told first where not all are shown.
_ORDER = ("carried out", "complied", "defied", "withdrawn", "open", "lapsed", "superseded")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatRow:
    """One threat or demand, and the incident that settled it where there is one."""

    anchor: str
    kind: str
    who: str
    whom: str
    made: str
    content: str
    words: str
    condition: str
    deadline: str
    outcome: str
    reason: str
    lag: str
    sentence: str
    source: str
    url: str | None
    end: str
    end_sentence: str
    end_source: str
    end_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """How often a speaker's threats were carried out, or demands met, with the 95 % interval; by
    what they are about ``tocsin threats --rates`` tells them apart."""

    kind: str
    speaker: str
    settled: int
    done: int
    rate: str
    open: int
    replaced: int
    untested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One direction: ``left_out`` are rows not shown."""

    anchor: str
    direction: str
    rows: tuple[ThreatRow, ...]
    rates: tuple[RateRow, ...]
    left_out: int
    command: str


def ledgers(material: Material) -> tuple[Ledger, ...]:
    """The rows of ``tocsin threats``, and its rates, for each direction."""
    return tuple(_ledger(material, side) for side in material.sides)


def _ledger(material: Material, side: Side) -> Ledger:
    chosen = sorted(side.threats, key=lambda one: (_ORDER.index(one.outcome), one.id))[:_MOST]
    shown = sorted(chosen, key=_newest)
    codes = {party.country for threat in side.threats for party in threat.speakers}
    wanted = codes if side.dyad[0] == "*" else {side.dyad[0]}
    return Ledger(
        anchor=f"threats-{'-'.join(side.dyad)}".replace("*", "all"),
        direction=wording.direction(side.dyad),
        rows=tuple(_row(material, threat) for threat in shown),
        rates=tuple(
            _rate(row)
            for row in follow_through(side.threats)
            if row.speaker in wanted and row.content_type is None
        ),
        left_out=len(side.threats) - len(shown),
        command=f"tocsin threats --db {material.store} --dyad {':'.join(side.dyad)} "
        f"--since {material.since} --until {material.until}",
    )


def _newest(threat: Threat) -> tuple[int, str]:
    day = (threat.made.start or threat.made.end) if threat.made else None
    return -(day.toordinal() if day else 0), threat.id


def _row(material: Material, threat: Threat) -> ThreatRow:
    report = telling(material, threat.id)
    ended = threat.outcome_incident
    end = telling(material, ended) if ended is not None else None
    incident = material.incidents.get(ended) if ended is not None else None
    return ThreatRow(
        anchor=f"t-{threat.id}",
        kind=threat.kind,
        who=wording.names(threat.speakers),
        whom=wording.names(threat.addressees),
        made=_made(threat),
        content=_content(threat),
        words=threat.content_text or "",
        condition=threat.condition or "",
        deadline=_days(threat.deadline),
        outcome=threat.outcome,
        reason=threat.reason,
        lag=_lag(threat.lag),
        sentence=report.sentence if report else threat.sentence,
        source=source_words(report.outlet, report.day) if report else "",
        url=wording.web_address(report.url) if report else None,
        end=f"{wording.deed(incident)}; {wording.when(incident)}" if incident else "",
        end_sentence=end.sentence if end else "",
        end_source=source_words(end.outlet, end.day) if end else "",
        end_url=wording.web_address(end.url) if end else None,
    )


def _made(threat: Threat) -> str:
    words = _days(threat.made) or "day not told"
    return f"{words} (by its first report)" if threat.made_told == "report" else words


def _content(threat: Threat) -> str:
    if threat.content_type is None:
        return ""
    words = kind_name(threat.content_type, threat.content_mode)
    return f"an end of: {words}" if threat.stop else words


def _days(days: Days | None) -> str:
    return days_words(days.start, days.end) if days is not None else ""


def _lag(lag: Lag | None) -> str:
    if lag is None:
        return ""
    if lag.most is None:
        return f"{lag.least} days or more"
    if lag.least == lag.most:
        return wording.counted(lag.least, "day")
    return f"{lag.least} to {lag.most} days"


def _rate(row: FollowThrough) -> RateRow:
    rate = ""
    if row.rate is not None and row.low is not None and row.high is not None:
        rate = f"{row.rate:.2f} ({row.low:.2f} to {row.high:.2f})"
    return RateRow(
        kind=row.kind,
        speaker=wording.country(row.name) if row.entity is None else row.name,
        settled=row.n,
        done=row.done,
        rate=rate,
        open=row.open,
        replaced=row.replaced,
        untested=row.untested,
    )


def outcomes(threats: Sequence[Threat]) -> dict[str, int]:
    """How many have each outcome, the most common first."""
    found: dict[str, int] = {}
    for threat in threats:
        found[threat.outcome] = found.get(threat.outcome, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
