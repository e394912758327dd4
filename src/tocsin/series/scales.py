"""How bad or good an act is: the scales that the index can be made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tocsin.errors import OptionError
from tocsin.knowledge.ladder import load_ladder
from tocsin.series.observations import Observation

#: Which of the two dimensions: they are never subtracted from each other.
Side = Literal["conflict", "cooperation"]
SCALES = ("plover", "goldstein", "rung", "constant")
_MOST = 10.0


def severity(scale: str, side: Side) -> Callable[[Observation], float]:
    """What tells of an observation how severe it is, 0 to 1; OptionError for an unknown scale.

    ``plover`` and ``goldstein`` take a tenth of the score where it is of this side, ``rung`` the
    place among the rungs of this side, lowest to highest, ``constant`` 1 for all whose PLOVER score
    is of this side.
    """
    if scale not in SCALES:
        raise OptionError(f"there is no scale {scale!r}; there are {', '.join(SCALES)}")
    sign = -1.0 if side == "conflict" else 1.0
    if scale == "rung":
        return _of_rung(side)
    if scale == "constant":
        return lambda one: float(sign * one.score > 0)
    if scale == "goldstein":
        return lambda one: max(0.0, sign * one.goldstein) / _MOST
    return lambda one: max(0.0, sign * one.score) / _MOST


def _of_rung(side: Side) -> Callable[[Observation], float]:
    """Rungs whose acts all have scores above 0 are of cooperation, the best of them the lowest."""
    rungs = load_ladder().rungs
    good = sum(rung.plover[0] > 0 for rung in rungs)
    if side == "conflict":
        return lambda one: max(0, one.rung.number - good) / (len(rungs) - good)
    return lambda one: max(0, good + 1 - one.rung.number) / good
