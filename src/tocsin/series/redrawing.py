"""The replicates of one day after the other, where most is the same as for the day before.

What :func:`tocsin.series.resampling.replicates` draws for a day depends on how probable it is that
each act is right, in the order of their amounts, and not on the amounts. From day to day all fade
alike, so that the old acts, by far the most, stand in the same order before the new ones: their
draws are the same, and are kept. The numbers are those of ``replicates``, to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tocsin.knowledge.measure import TensionSettings
from tocsin.series.axis import Floats, Ints
from tocsin.series.resampling import CHUNK, generator

# A state of the generator is kept before each so many groups, to draw on from there.
_STEP = 32
# So many are summed at once: with 500 replicates they are 1 MB, which stays near the processor.
_BLOCK = 256
# Of so many chunks the draws are kept: with 500 replicates 64 MB.
_KEPT = 8

State = Mapping[str, Any]


class Redrawing:
    """Draws for one day after the other by the same settings."""

    def __init__(self, settings: TensionSettings) -> None:
        self._settings = settings
        self._random = generator(settings)
        self._begin = self._random.bit_generator.state
        self._chunks: list[_Chunk] = []

    def day(self, amounts: Floats, rights: Floats, twins: tuple[Floats, Floats]) -> Floats:
        """What all acts come to in each replicate, of shape (replicates,), where all are of one
        day; the arrays, of shape (n,), are those that ``replicates`` takes."""
        groups, many = _grouped(np.column_stack([amounts, rights, *twins]))
        found = np.zeros(self._settings.replicates)
        state = self._begin
        for number, at in enumerate(range(0, len(groups), CHUNK)):
            amount, right, dropped, doubled = groups[at : at + CHUNK].T
            expected = many[at : at + CHUNK] * right
            once, twice = expected * (1 - dropped - doubled), expected * doubled
            chunk = self._chunk(number)
            state = chunk.draw(self._random, state, once, twice)
            found += chunk.sum(amount / (1 - dropped + doubled))
        return found

    def _chunk(self, number: int) -> _Chunk:
        if number >= _KEPT:
            return _Chunk(self._settings.replicates)
        if number == len(self._chunks):
            self._chunks.append(_Chunk(self._settings.replicates))
        return self._chunks[number]


class _Chunk:
    """What was drawn last of groups that are drawn together: at first for each how often it comes
    once, then for those that may be two how often they are."""

    def __init__(self, replicates: int) -> None:
        self._replicates = replicates
        self._once = np.zeros(0)
        self._twice = np.zeros(0)
        # Whole numbers up to 16 million are exact in these. Room that is not used takes none.
        self._drawn = np.empty((CHUNK, replicates), dtype=np.float32)
        self._some: Ints = np.zeros(0, dtype=np.int64)
        self._doubled: Ints = np.zeros((0, replicates), dtype=np.int64)
        self._states: list[State] = []
        self._end: State = {}

    def draw(self, random: np.random.Generator, state: State, once: Floats, twice: Floats) -> State:
        """Draw for each group from a state of the generator on; the state behind that."""
        same = _alike(self._once, once) if self._states and self._states[0] == state else 0
        if same == len(once) == len(self._once) and np.array_equal(twice, self._twice):
            return self._end
        step = max(0, min(same // _STEP, len(self._states) - 1))
        first, states = step * _STEP, self._states[:step]
        random.bit_generator.state = self._states[step] if first else state
        for at in range(first, len(once), _STEP):
            states.append(random.bit_generator.state)
            part = once[at : at + _STEP]
            self._drawn[at : at + len(part)] = self._poisson(random, part)
        # For what is surely not two nothing is drawn.
        self._some = np.flatnonzero(twice > 0)
        self._doubled = self._poisson(random, twice[self._some])
        self._once, self._twice = once, twice
        self._states, self._end = states, random.bit_generator.state
        return self._end

    def sum(self, scaled: Floats) -> Floats:
        """The sum over all groups, one after the other, of how often each comes, times its own
        number. Where little is known the smallest decide whether anything is left."""
        found = np.zeros(self._replicates)
        for at in range(0, len(scaled), _BLOCK):
            own = scaled[at : at + _BLOCK]
            part = self._drawn[at : at + len(own)].astype(np.float64)
            low, high = np.searchsorted(self._some, (at, at + len(own)))
            part[self._some[low:high] - at] += 2 * self._doubled[low:high]
            part *= own[:, None]
            part[0] += found
            found = np.add.reduce(part, axis=0)
        return found

    def _poisson(self, random: np.random.Generator, means: Floats) -> Ints:
        return random.poisson(means[:, None], (len(means), self._replicates))


def _alike(before: Floats, now: Floats) -> int:
    """How many of the first are the same."""
    size = min(len(before), len(now))
    other = np.flatnonzero(before[:size] != now[:size])
    return int(other[0]) if len(other) else size


def _grouped(table: Floats) -> tuple[Floats, Ints]:
    """The rows of a table in their order, those that are alike once, and how many of each."""
    ordered = table[np.lexsort(table.T[::-1])]
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    places = np.flatnonzero(new)
    return ordered[places], np.diff(np.append(places, len(ordered)))
