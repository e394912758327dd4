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


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A chart: its title, what it shows in words, its Vega-Lite specification, how
    many days or months its axis has."""

    title: str
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
    words = _words(group)
    domain = _domain(first, last, by_month)
    return Episode(
        title=title,
        words=words,
        spec=_spec(group, domain, by_month, reach, f"{title}. {words}"),
        slots=len(domain),
    )


def _words(group: Sequence[tuple[dt.date, Record]]) -> str:
    """The chart in words, for those who do not see it."""
    by_day = Counter(day for day, _ in group)
    quads = Counter(record.event.quad for _, record in group)
    busiest = min(by_day, key=lambda day: (-by_day[day], day))
    parts = ", ".join(f"{quads[quad]} {QUADS[quad]}" for quad in QUADS if quads[quad])
    events = "1 event" if len(group) == 1 else f"{len(group)} events"
    text = f"{events}: {parts}."
    if len(by_day) > 1:
        text += f" Most on one day: {by_day[busiest]}, on {day_words(busiest)}."
    return text


def _spec(
    group: Sequence[tuple[dt.date, Record]],
    domain: list[str],
    by_month: bool,
    reach: tuple[int, int],
    description: str,
) -> dict[str, Any]:
    """A stack of one block for each event: conflict upwards, cooperation downwards."""
    import altair as alt

    rows = [
        {
            "n": record.number,
            "slot": _slot(day, by_month),
            "day": day_words(day),
            "one": 1 if record.event.quad > 2 else -1,
            "quad": record.event.quad,
            "solid": 1 if record.event.status == "actual" else 0.25,
            "event": record.heading,
            "parties": f"{record.short_who} → {record.short_whom}",
            "status": record.event.status,
            "words": record.event.trigger.text,
        }
        for day, record in group
    ]
    day_label = (
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
                    title=None, labelExpr=day_label, labelAngle=0, labelOverlap=True, ticks=False
                ),
            ),
            y=alt.Y(
                "one:Q",
                stack="zero",
                scale=alt.Scale(domain=[-reach[0], reach[1]], nice=False),
                axis=alt.Axis(
                    title=None, labelExpr="format(abs(datum.value), 'd')", values=_ticks(reach)
                ),
            ),
            order=alt.Order("quad:O"),
            detail="n:N",
            color=alt.Color(
                "quad:O",
                scale=alt.Scale(domain=list(_QUAD_COLOURS), range=list(_QUAD_COLOURS.values())),
                legend=None,
            ),
            stroke=alt.Stroke(
                "quad:O",
                scale=alt.Scale(domain=list(_QUAD_COLOURS), range=list(_QUAD_COLOURS.values())),
                legend=None,
            ),
            fillOpacity=alt.FillOpacity("solid:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("event:N"),
                alt.Tooltip("parties:N", title="who → whom"),
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
            gridOpacity=0.12,
            domainColor="currentColor",
            domainOpacity=0.4,
            tickColor="currentColor",
            tickOpacity=0.4,
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
