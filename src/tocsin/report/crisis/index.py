"""The index: the series that its chart shows, and what makes the value of the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from tocsin.knowledge.kind_names import kind_name
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, Side
from tocsin.report.crisis.references import References
from tocsin.report.crisis.standing import SHOWN, highest
from tocsin.report.view import day_words, days_words
from tocsin.series.counting import Counts
from tocsin.series.tension import Share

_MOST_SHARES = 10
_MOST_DAYS = 100
_MOST_WEEKS_DAYS = 2_300
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One act of the value: the number of its reference, and the factors that make its share."""

    reference: int | None
    what: str
    day: str
    status: str
    weight: str
    severity: str
    decay: str
    share: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What makes the value of ``day``: ``rows``, and ``rest`` of so many ``others``; as shown they
    add up to ``value``. ``value`` is None where nothing had been read by then."""

    anchor: str
    direction: str
    day: str
    value: str | None
    low: str
    high: str
    read: str
    rows: tuple[ShareRow, ...]
    others: int
    rest: str
    command: str
    peak: str
    peak_command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSeries:
    """The series of one direction, a row a period."""

    direction: str
    counts: tuple[Counts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An alarm on the chart: the place of its direction, and its day."""

    side: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSection:
    """The section: the series of each direction by ``by``, marks, and the shares."""

    by: str
    series: tuple[SideSeries, ...]
    marks: tuple[Mark, ...]
    shares: tuple[Shares, ...]
    half_life: str
    per: str
    level: str


def index_section(material: Material, references: References) -> IndexSection:
    """The same numbers as ``tocsin series`` with the same days."""
    by = _by((material.until - material.since).days + 1)
    places = {side.dyad: place for place, side in enumerate(material.sides)}
    settings = material.sides[0].measured.settings
    return IndexSection(
        by=by,
        series=tuple(
            SideSeries(
                direction=wording.direction(side.dyad), counts=tuple(side.measured.counts(by))
            )
            for side in material.sides
        ),
        marks=tuple(
            Mark(side=places[alarm.dyad], day=alarm.day)
            for alarm in material.alarms or ()
            if alarm.dyad in places and material.since <= alarm.day <= material.until
        ),
        shares=tuple(_shares(material, side, references) for side in material.sides),
        half_life=f"{settings.half_life:g}",
        per=f"{settings.per:,.0f}",
        level=f"{settings.level * 100:.0f}",
    )


def _by(days: int) -> str:
    if days <= _MOST_DAYS:
        return "day"
    return "week" if days <= _MOST_WEEKS_DAYS else "month"


def _shares(material: Material, side: Side, references: References) -> Shares:
    measured, index = side.measured, side.measured.tension
    day = measured.last
    value, interval = index.value(day), index.interval(day)
    shares = index.explain(day)
    # What has faded to nothing that the table could show is no row of it.
    shown = [share for share in shares[:_MOST_SHARES] if share.share >= SHOWN]
    rest = sum(share.share for share in shares[len(shown) :])
    total = value or 0.0
    amounts = adding_up([*(share.share for share in shown), rest], total)
    low, high = interval or (0.0, 0.0)
    at = index.axis.place(day)
    command = (
        f"tocsin series --db {material.store} --dyad {':'.join(side.dyad)} "
        f"--since {material.since} --until {day} --explain"
    )
    peak = highest(index) if value is not None else None
    return Shares(
        anchor=f"shares-{'-'.join(side.dyad)}".replace("*", "all"),
        direction=wording.direction(side.dyad),
        day=day_words(day),
        value=None if value is None else f"{value:.{_DIGITS}f}",
        low=f"{low:.{_DIGITS}f}",
        high=f"{high:.{_DIGITS}f}",
        read=f"{index.effort[at]:.1f}",
        rows=tuple(
            _row(material, share, amount, total, references)
            for share, amount in zip(shown, amounts, strict=False)
        ),
        others=len(shares) - len(shown),
        rest=f"{amounts[-1]:.{_DIGITS}f}",
        command=f"{command} {day}",
        peak=f"{peak[1]:.{_DIGITS}f} on {day_words(peak[0])}" if peak is not None else "",
        peak_command=f"{command} {peak[0]}" if peak is not None else "",
    )


def _row(
    material: Material, share: Share, amount: float, total: float, references: References
) -> ShareRow:
    one = share.observation
    incident = material.incidents.get(one.id)
    return ShareRow(
        reference=references.cite(one.id),
        what=wording.deed(incident) if incident else kind_name(one.type, one.mode),
        day=days_words(one.start, one.end),
        status=one.status,
        weight=f"{share.weight:.2f}",
        severity=f"{share.severity:.2f}",
        decay=f"{share.decay:.3f}",
        share=f"{amount:.{_DIGITS}f}",
        part=f"{share.share / total:.0%}" if total else "",
    )


def adding_up(amounts: Sequence[float], total: float) -> list[float]:
    """The amounts rounded to the digits that are shown, so that they add up to the total rounded
    likewise: each is rounded down, and the last units go where most was cut off."""
    unit = 10**_DIGITS
    whole = [floor(amount * unit) for amount in amounts]
    missing = round(total * unit) - sum(whole)
    order = sorted(range(len(amounts)), key=lambda at: (whole[at] - amounts[at] * unit, at))
    for at in order[: max(0, missing)]:
        whole[at] += 1
    return [amount / unit for amount in whole]
