"""A series in one line of text."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_MISSING = "·"
_MOST = 80


def sparkline(values: Sequence[float | None]) -> str:
    """A letter for each value, from 0 to the highest; a dot where there is none. Where there are
    too many, each letter is the highest of several."""
    size = max(1, -(-len(values) // _MOST))
    groups = [values[at : at + size] for at in range(0, len(values), size)]
    most = [max((value for value in group if value is not None), default=None) for group in groups]
    top = max((value for value in most if value is not None), default=0.0) or 1.0
    return "".join(
        _MISSING if value is None else _BLOCKS[min(7, int(value / top * 8))] for value in most
    )
