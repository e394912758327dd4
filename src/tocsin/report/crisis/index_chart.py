"""The chart of the index, drawn to SVG: both directions, intervals, cooperation, what was read.

The colours are the page's own, so that the chart follows its light and its dark face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from tocsin.report.crisis.index import IndexSection, SideSeries

#: A wide chart for screens and paper, a narrow one for telephones.
WIDE, NARROW = 860, 300
_COLOURS = ("var(--side1)", "var(--side2)")
_QUIET, _ALARM = "var(--quiet)", "var(--alarm)"
_HEIGHT, _LOW = 120, 70
_ROOM = 1.08
# Up to so many days the axis is labelled by days, by months.
_BY_DAY, _BY_MONTH = 100, 900


def index_chart(section: IndexSection, width: int) -> Markup:
    """The chart as an SVG element of this width."""
    import vl_convert

    return Markup(vl_convert.vegalite_to_svg(chart_spec(section, width)))


@dataclass(frozen=True, slots=True)
class _Form:
    """What the chart looks like whatever its values: the names of the directions, which of them
    have periods that stand alone and which have alarms, the upper end of their scale,
    whether there was cooperation, and how days are written."""

    directions: tuple[str, ...]
    alone: tuple[bool, ...]
    marked: tuple[bool, ...]
    top: float
    warm: bool
    by: str
    days: str


def chart_spec(section: IndexSection, width: int) -> dict[str, Any]:
    """The Vega-Lite specification: a panel of conflict for each direction on one scale, one of
    cooperation, one of articles read. A line has a gap where nothing was read."""
    highs = [row.tension_high or 0.0 for side in section.series for row in side.counts]
    values = _datasets(section)
    places = range(len(section.series))
    spec = _spec(
        _Form(
            directions=tuple(side.direction for side in section.series),
            alone=tuple(bool(values[f"alone {place}"]) for place in places),
            marked=tuple(bool(values[f"alarms {place}"]) for place in places),
            top=max(highs, default=0.0) * _ROOM or 1.0,
            warm=any(row.cooperation for side in section.series for row in side.counts),
            by=section.by,
            days=_day_format(section),
        )
    )
    *panels, last = (panel | {"width": width} for panel in spec["vconcat"])
    thick = max(1.0, min(12.0, 0.8 * width / max(1, len(section.series[0].counts))))
    last = last | {"mark": last["mark"] | {"width": thick}}
    return spec | {"vconcat": [*panels, last], "datasets": values}


@lru_cache(maxsize=64)
def _spec(form: _Form) -> dict[str, Any]:
    """The specification without widths and values. It is not checked against the schema: the form
    hardly changes, and to check it takes as long as to draw it."""
    import altair as alt

    panels = [
        _conflict(form, place).properties(title=_title(f"{name}: tension"), height=_HEIGHT)
        for place, name in enumerate(form.directions)
    ]
    panels.append(_cooperation(form).properties(title=_title("cooperation"), height=_LOW))
    panels.append(_read(form).properties(title=_title(f"articles read, by {form.by}"), height=_LOW))
    chart = (
        alt.vconcat(*panels, spacing=14)
        .resolve_scale(x="shared")
        .properties(description=_words(form), padding=2)
        .configure(background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            gridColor="currentColor", gridOpacity=0.12, domain=False, ticks=False,
            labelColor="currentColor", labelFont="system-ui, sans-serif", labelFontSize=11,
        )
        .configure_title(color="currentColor", font="system-ui, sans-serif")
    )  # fmt: skip
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec.pop("$schema", None)
    return spec


def _datasets(section: IndexSection) -> dict[str, list[dict[str, Any]]]:
    """The values of the chart by the names that its pieces call them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for place, side in enumerate(section.series):
        values = _values(side, "tension", "tension_low", "tension_high")
        found[f"conflict {place}"] = values
        found[f"alone {place}"] = _alone(values)
        found[f"alarms {place}"] = [
            {"day": mark.day.isoformat()} for mark in section.marks if mark.side == place
        ]
        found[f"cooperation {place}"] = _values(side, "cooperation")
    found["articles"] = _values(section.series[0], "articles")
    return found


def _alone(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The periods with none beside them, which have no part in a line or an area."""
    return [
        row
        for before, row, after in zip(
            [None, *values[:-1]], values, [*values[1:], None], strict=True
        )
        if row["tension"] is not None
        and all(one is None or one["tension"] is None for one in (before, after))
    ]


def _of(name: str) -> Any:
    """A chart of the values of this name."""
    import altair as alt

    return alt.Chart(alt.NamedData(name=name))


def _words(form: _Form) -> str:
    directions = " and ".join(form.directions)
    return f"Tension index with its interval, cooperation and articles read: {directions}."


def _title(words: str) -> Any:
    import altair as alt

    return alt.TitleParams(words, anchor="start", fontSize=12, fontWeight=600, offset=4)


def _values(side: SideSeries, *names: str) -> list[dict[str, Any]]:
    return [
        {"day": row.end.isoformat()} | {name: getattr(row, name) for name in names}
        for row in side.counts
    ]


def _day_format(section: IndexSection) -> str:
    """Days, months or years, by how many there are."""
    rows = section.series[0].counts
    span = (rows[-1].end - rows[0].start).days if rows else 0
    return "%-d %b %Y" if span <= _BY_DAY else "%b %Y" if span <= _BY_MONTH else "%Y"


def _days(form: _Form) -> Any:
    """The axis of days, read and shown as of UTC."""
    import altair as alt

    settings: dict[str, Any] = {"title": None, "grid": False, "labelOverlap": "greedy"}
    settings |= {"tickCount": 6, "labelFlush": True, "labelPadding": 7, "format": form.days}
    settings["labelBound"] = 2  # a label that would reach beyond the picture is left out
    return alt.X("day:T", scale=alt.Scale(type="utc"), axis=alt.Axis(**settings))


def _conflict(form: _Form, place: int) -> Any:
    import altair as alt

    days, colour = _days(form), _COLOURS[place % 2]
    base = _of(f"conflict {place}")
    scale = alt.Scale(domain=[0, form.top], nice=False)
    axis = alt.Axis(title=None, tickCount=4)
    low = alt.Y("tension_low:Q", scale=scale, axis=axis)
    value = alt.Y("tension:Q", scale=scale, axis=axis)
    layers = [
        base.mark_area(color=colour, opacity=0.22).encode(x=days, y=low, y2="tension_high:Q"),
        base.mark_line(color=colour, strokeWidth=1.6).encode(x=days, y=value),
    ]
    if form.alone[place]:
        single = _of(f"alone {place}")
        layers.append(
            single.mark_rule(color=colour, opacity=0.35, strokeWidth=2).encode(
                x=days, y=low, y2="tension_high:Q"
            )
        )
        layers.append(
            single.mark_point(color=colour, filled=True, opacity=1, size=14).encode(x=days, y=value)
        )
    if form.marked[place]:
        layers.append(
            _of(f"alarms {place}")
            .mark_point(color=_ALARM, filled=True, opacity=1, shape="triangle-down", size=90)
            .encode(x=days, y=alt.value(6))
        )
    return alt.layer(*layers)


def _cooperation(form: _Form) -> Any:
    import altair as alt

    days = _days(form)
    # Where there was none the scale would have no upper end.
    scale = alt.Scale() if form.warm else alt.Scale(domain=[0, 1])
    y = alt.Y("cooperation:Q", scale=scale, axis=alt.Axis(title=None, tickCount=3))
    return alt.layer(
        *(
            _of(f"cooperation {place}")
            .mark_line(
                color=_COLOURS[place % 2], strokeWidth=1.4, point=False,
                strokeDash=[1, 0] if place == 0 else [4, 3],
            )
            .encode(x=days, y=y)
            for place in range(len(form.directions))
        )
    )  # fmt: skip


def _read(form: _Form) -> Any:
    import altair as alt

    axis = alt.Axis(title=None, tickCount=3, tickMinStep=1, format="d")
    return (
        _of("articles")
        .mark_bar(color=_QUIET)
        .encode(x=_days(form), y=alt.Y("articles:Q", axis=axis))
    )
