"""A series as a chart: the index with its interval, cooperation, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tocsin.series.counting import Counts

#: How files of charts end.
ENDINGS = (".png", ".svg", ".html")
_WIDTH = 820
# Okabe and Ito's, which colour-blind eyes tell apart.
_CONFLICT, _COOPERATION, _READ = "#d55e00", "#0072b2", "#999999"
_PNG_SCALE = 2.0
_THICKEST = 12.0


def chart_file(path: Path, rows: Sequence[Counts], title: str) -> bytes:
    """The chart as the bytes of a file by the ending of ``path``; .html needs no network."""
    import vl_convert

    spec = chart_spec(rows, title)
    if path.suffix.lower() == ".png":
        return vl_convert.vegalite_to_png(spec, scale=_PNG_SCALE)
    if path.suffix.lower() == ".svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_html(spec, bundle=True).encode()


def chart_spec(rows: Sequence[Counts], title: str) -> dict[str, Any]:
    """The Vega-Lite specification: three panels, one above the other. A line has a gap where
    nothing was read."""
    import altair as alt

    values = [
        asdict(row) | {"start": row.start.isoformat(), "end": row.end.isoformat()} for row in rows
    ]
    # Days are of no zone: read and shown as of UTC none becomes the day before.
    days = alt.X(
        "end:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, format="%Y-%m-%d", labelOverlap="greedy"),
    )
    tips = [
        alt.Tooltip("start:N"),
        alt.Tooltip("end:N"),
        *(
            alt.Tooltip(f"{name}:Q", format=".2f")
            for name in ("tension", "tension_low", "tension_high", "cooperation", "incidents")
        ),
        alt.Tooltip("highest_rung:N"),
        alt.Tooltip("articles:Q"),
    ]
    base = alt.Chart(alt.InlineData(values=values)).properties(width=_WIDTH)
    # Bars and not an area, which a day with none beside it would have no part in.
    thick = max(1.0, min(_THICKEST, _WIDTH / max(1, len(rows))))
    band = base.mark_rule(opacity=0.25, color=_CONFLICT, strokeWidth=thick).encode(
        x=days, y=alt.Y("tension_low:Q", title="tension"), y2="tension_high:Q"
    )
    line = base.mark_line(color=_CONFLICT, point=_dots(_CONFLICT)).encode(
        x=days, y="tension:Q", tooltip=tips
    )
    good = base.mark_line(color=_COOPERATION, point=_dots(_COOPERATION)).encode(
        x=days, y=alt.Y("cooperation:Q", title="cooperation"), tooltip=tips
    )
    read = base.mark_bar(color=_READ, width=thick).encode(
        x=days, y=alt.Y("articles:Q", title="articles read"), tooltip=tips
    )
    chart = (
        alt.vconcat(
            (band + line).properties(height=220), good.properties(height=90),
            read.properties(height=60),
        )
        .resolve_scale(x="shared")
        .properties(title=title)
        .configure_view(stroke=None)
        .configure_axis(gridOpacity=0.3)
    )  # fmt: skip
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _dots(colour: str) -> Any:
    """The points of a line, which show a day that stands alone."""
    import altair as alt

    return alt.OverlayMarkDef(size=10, color=colour)
