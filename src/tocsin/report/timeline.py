"""The timeline: events on the days they happened, as Vega-Lite charts made with Altair.

Only events whose date is one day are drawn. Those without a date, and those of which only a week,
a month or a year is known, are counted beside the charts; none is put on the day of publication.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.report.view import QUADS, Record, day_words, is_undated

# The page's own colours (report.css: Okabe and Ito's blues and oranges, which colour-blind eyes
# tell apart), so that the charts follow its light and its dark face.
_QUAD_COLOURS = {quad: f"var(--q{quad})" for quad in QUADS}

# More quiet days than this part two episodes, and each gets a chart of its own: crises that lie
# years apart would otherwise be two needles at the ends of an empty axis.
_QUIET_DAYS = 30
# From this length on an episode is drawn by months; a day would be thinner than three pixels.
_DAYS_BY_DAY = 200
_LEAST_DAYS = 7
_MOST_CHARTS = 12
# The air above each block, so that blocks of one colour can be counted.
_GAP = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A chart: its title, a short and a full account of it in words, its Vega-Lite specification,
    and how many days or months its axis has.
    """

    title: str
    caption: str
    words: str
    spec: dict[str, Any]
    slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The charts in order of time, and how many events they leave out and why."""

    episodes: tuple[Episode, ...]
    drawn: int
    undated: int
    periods: int
    elsewhere: int


def timeline(records: Sequence[Record]) -> Timeline:
    """Sort the events into episodes and draw each."""
    dated: list[tuple[dt.date, Record]] = []
    undated = periods = 0
    for record in records:
        when = record.event.date
        if when is None or is_undated(when):
            undated += 1
        elif when.start is None or when.start != when.end:
            periods += 1
        else:
            dated.append((when.start, record))
    dated.sort(key=lambda item: (item[0], item[1].number))
    groups: list[list[tuple[dt.date, Record]]] = []
    for day, record in dated:
        if not groups or (day - groups[-1][-1][0]).days > _QUIET_DAYS:
            groups.append([])
        groups[-1].append((day, record))
    kept = sorted(groups, key=lambda group: (-len(group), group[0][0]))[:_MOST_CHARTS]
    kept.sort(key=lambda group: group[0][0])
    drawn = sum(map(len, kept))
    reach = _reach(kept)
    return Timeline(
        episodes=tuple(_episode(group, reach) for group in kept),
        drawn=drawn,
        undated=undated,
        periods=periods,
        elsewhere=len(dated) - drawn,
    )


def _by_month(group: Sequence[tuple[dt.date, Record]]) -> bool:
    return (group[-1][0] - group[0][0]).days > _DAYS_BY_DAY


def _slot(day: dt.date, by_month: bool) -> str:
    return day.isoformat()[:7] if by_month else day.isoformat()


def _reach(groups: Sequence[Sequence[tuple[dt.date, Record]]]) -> tuple[int, int]:
    """The tallest stacks down (cooperation) and up (conflict): one scale for all charts."""
    down, up = [0], [1]
    for group in groups:
        by_month = _by_month(group)
        for side, conflict in ((down, False), (up, True)):
            slots = (
                _slot(day, by_month) for day, record in group if (record.event.quad > 2) is conflict
            )
            side.extend(Counter(slots).values())
    return max(down), max(up)


def _ticks(reach: tuple[int, int]) -> list[int]:
    """Whole numbers from the lowest to the highest, not more than about six."""
    step = max(1, -(-sum(reach) // 5))
    return [at for at in range(-reach[0], reach[1] + 1) if at % step == 0]


def _domain(first: dt.date, last: dt.date, by_month: bool) -> list[str]:
    """Every day (or month) of the axis, the empty ones too, so that distances are true."""
    if by_month:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months]
    missing = max(0, _LEAST_DAYS - ((last - first).days + 1))
    least, most = dt.date.min.toordinal(), dt.date.max.toordinal()
    start = max(least, first.toordinal() - missing // 2)
    stop = min(most, last.toordinal() + missing - missing // 2)
    return [dt.date.fromordinal(day).isoformat() for day in range(start, stop + 1)]


def _episode(group: Sequence[tuple[dt.date, Record]], reach: tuple[int, int]) -> Episode:
    first, last = group[0][0], group[-1][0]
    by_month = _by_month(group)
    title = day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
    caption, words = _words(group)
    domain = _domain(first, last, by_month)
    return Episode(
        title=title,
        caption=caption,
        words=words,
        spec=_spec(_rows(group, by_month), domain, by_month, reach, f"{title}. {words}"),
        slots=len(domain),
    )


def _words(group: Sequence[tuple[dt.date, Record]]) -> tuple[str, str]:
    """The chart in words: a short account, and a full one for those who do not see it."""
    by_day = Counter(day for day, _ in group)
    quads = Counter(record.event.quad for _, record in group)
    busiest = min(by_day, key=lambda day: (-by_day[day], day))
    events = "1 event" if len(group) == 1 else f"{len(group)} events"
    most = ""
    if len(by_day) > 1:
        events += f" on {len(by_day)} days"
        if by_day[busiest] > 1:
            most = f", most on {day_words(busiest)} ({by_day[busiest]})"
    parts = ", ".join(f"{quads[quad]} {QUADS[quad]}" for quad in QUADS if quads[quad])
    return f"{events}{most}", f"{events}{most}: {parts}."


def _rows(group: Sequence[tuple[dt.date, Record]], by_month: bool) -> list[dict[str, Any]]:
    """The blocks, stacked: conflict upwards from zero, cooperation downwards, actual ones first."""
    rows = []
    height: Counter[tuple[str, bool]] = Counter()
    ordered = sorted(group, key=lambda item: (item[1].event.status != "actual", item[1].event.quad))
    for day, record in ordered:
        event = record.event
        slot, conflict = _slot(day, by_month), event.quad > 2
        base = height[slot, conflict]
        height[slot, conflict] += 1
        sign = 1 if conflict else -1
        rows.append(
            {
                "n": record.number,
                "slot": slot,
                "from": sign * base,
                "to": round(sign * (base + 1 - _GAP), 2),
                "colour": _QUAD_COLOURS[event.quad],
                "fill": 1 if event.status == "actual" else 0.25,
                "event": record.heading,
                "who": f"{record.short_who} → {record.short_whom}",
                "status": event.status,
                "day": day_words(day),
                "words": event.trigger.text,
            }
        )
    return rows


def _spec(
    rows: list[dict[str, Any]],
    domain: list[str],
    by_month: bool,
    reach: tuple[int, int],
    description: str,
) -> dict[str, Any]:
    """The Vega-Lite specification of one chart."""
    import altair as alt

    label = (
        "timeFormat(toDate(datum.value + '-01T00:00'), '%b %Y')"
        if by_month
        else "timeFormat(toDate(datum.value + 'T00:00'), '%-d %b')"
    )
    chart = (
        alt.Chart(
            alt.InlineData(values=rows), width="container", height=150, description=description
        )
        .mark_bar(cursor="pointer", strokeWidth=1)
        .encode(
            x=alt.X(
                "slot:O",
                scale=alt.Scale(domain=domain, paddingInner=0.12, paddingOuter=0.1),
                axis=alt.Axis(
                    title=None,
                    labelExpr=label,
                    labelAngle=0,
                    labelOverlap="greedy",
                    labelSeparation=8,
                    ticks=False,
                    domain=False,
                ),
            ),
            y=alt.Y(
                "from:Q",
                scale=alt.Scale(domain=[-reach[0], reach[1]], nice=False),
                axis=alt.Axis(
                    title=None,
                    labelExpr="format(abs(datum.value), 'd')",
                    values=_ticks(reach),
                    ticks=False,
                    domain=False,
                    gridOpacity=alt.condition("datum.value === 0", alt.value(0.7), alt.value(0.12)),
                ),
            ),
            y2="to:Q",
            color=alt.Color("colour:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            fillOpacity=alt.FillOpacity("fill:Q", scale=None),
            tooltip=[
                alt.Tooltip("event:N"),
                alt.Tooltip("who:N", title="who → whom"),
                alt.Tooltip("status:N"),
                alt.Tooltip("day:N"),
                alt.Tooltip("words:N"),
            ],
        )
        .configure(background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="currentColor",
            gridColor="currentColor",
            labelFont="system-ui, sans-serif",
            labelFontSize=12,
        )
    )
    spec: dict[str, Any] = chart.to_dict()
    # An address that a browser could be asked to fetch has no place on the page.
    spec.pop("$schema", None)
    # Altair names a data set by its hash and keeps it apart; one chart, one data set: plain values.
    spec.pop("datasets", None)
    spec["data"] = {"values": rows}
    return spec
