"""A series drawn with letters, for a terminal or a file of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.series.counting import Counts

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ABOVE = "░"
_MISSING = "·"
_LEFT = 9  # letters of the scale at the left
_LEAST = 20

Value = float | None


def draw(rows: Sequence[Counts], width: int) -> str:
    """Three panels, ``width`` letters wide: tension (shaded up to the high end of its interval),
    cooperation and articles read. A dot is a period in which nothing was read. Where there are more
    periods than letters, a column is the highest of several, of articles their sum."""
    room = max(_LEAST, width - _LEFT)
    groups = _groups(rows, room)
    lines = [f"tension ({_ABOVE}: to the interval's end)"]
    lines += _panel(
        [_most(row.tension for row in group) for group in groups],
        [_most(row.tension_high for row in group) for group in groups],
        8,
    )
    lines.append("cooperation")
    lines += _panel([_most(row.cooperation for row in group) for group in groups], None, 4)
    lines.append("articles read")
    lines += _panel([float(sum(row.articles for row in group)) for group in groups], None, 3)
    lines.append(" " * _LEFT + _days(groups))
    return "\n".join(lines) + "\n"


def _groups(rows: Sequence[Counts], room: int) -> list[Sequence[Counts]]:
    size = max(1, -(-len(rows) // room))
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def _most(values: Iterator[Value]) -> Value:
    return max((value for value in values if value is not None), default=None)


def _panel(values: Sequence[Value], above: Sequence[Value] | None, height: int) -> Iterator[str]:
    """The lines of a panel, from the top; the scale starts at 0."""
    top = max((v for v in (*values, *(above or ())) if v is not None), default=0.0) or 1.0
    for line in range(height, 0, -1):
        scale = {height: top, 1: 0.0}.get(line)
        label = f"{scale:>{_LEFT - 2}.4g} " if scale is not None else " " * (_LEFT - 1)
        cells = (
            _cell(value, above[at] if above else None, top, line, height)
            for at, value in enumerate(values)
        )
        yield (label + "│" + "".join(cells)).rstrip()


def _cell(value: Value, high: Value, top: float, line: int, height: int) -> str:
    if value is None:
        return _MISSING if line == 1 else " "
    filled = value / top * height - (line - 1)
    # What is there at all is seen.
    if line == 1 and 0 < filled < 1 / 8:
        filled = 1 / 8
    if filled > 0:
        return _EIGHTHS[min(8, max(1, round(filled * 8)))]
    shaded = high is not None and high / top * height - (line - 1) >= 0.5
    return _ABOVE if shaded else " "


def _days(groups: Sequence[Sequence[Counts]]) -> str:
    """The first and the last day at their ends, as far as there is room."""
    if not groups:
        return ""
    first, last = str(groups[0][0].start), str(groups[-1][-1].end)
    gap = len(groups) - len(first) - len(last)
    return first + " " * gap + last if gap > 0 else f"{first} to {last}"
