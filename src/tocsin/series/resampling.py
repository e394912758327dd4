"""What the index might have been: the same acts drawn again, with the errors we know of.

An incident that is right with the probability r counts r in the index. To draw incidents again,
each as often as a Poisson number with mean 1 says, and to let each draw be right with the
probability r, is to draw it as often as a Poisson number with mean r says: its variance is the sum
of that of drawing, r², and of that of not knowing whether it is right, r (1 - r). So the mean of
the replicates is the index itself.

Linking errs too. An incident that has one of its type beside it may be that one told again (it is
dropped), and one of several reports may be two (it counts twice). As a constant share of such
errors moves all values alike, and nothing by them, each draw is divided by its mean: errors widen
the interval and do not shift it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tocsin.knowledge.measure import TensionSettings
from tocsin.series.axis import Axis, Floats, Ints
from tocsin.series.observations import INCIDENT, Observation

#: Replicates of so many groups are in memory at once: 500 of them are 16 MB.
CHUNK = 4000


def generator(settings: TensionSettings) -> np.random.Generator:
    """What draws: it begins with the same numbers each time."""
    return np.random.Generator(np.random.PCG64(settings.seed))


def replicates(
    axis: Axis,
    spans: Ints,
    amounts: Floats,
    rights: Floats,
    twins: tuple[Floats, Floats],
    settings: TensionSettings,
) -> Floats:
    """What falls on each day in each replicate, of shape (days, replicates).

    ``spans`` (n, 2) are first and last days as ordinals, ``amounts`` (n,) severity times weight of
    the status, ``rights`` (n,) probabilities, ``twins`` two arrays (n,) of the probabilities that
    an observation is another's second telling and that it is two. The same numbers come out for the
    same observations.
    """
    table = np.column_stack([spans, amounts, rights, *twins])
    # What is alike is drawn at once: a sum of Poisson numbers is one.
    groups, many = np.unique(table, axis=0, return_counts=True)
    random = generator(settings)
    daily = np.zeros((len(axis), settings.replicates))
    for at in range(0, len(groups), CHUNK):
        part, count = groups[at : at + CHUNK], many[at : at + CHUNK]
        amount, right, dropped, doubled = part[:, 2:].T
        expected = count * right
        shape = (len(part), settings.replicates)
        drawn = random.poisson((expected * (1 - dropped - doubled))[:, None], shape).astype(float)
        drawn += 2 * random.poisson((expected * doubled)[:, None], shape)
        scaled = amount / (1 - dropped + doubled)
        daily += axis.spread(part[:, :2].astype(np.int64), drawn * scaled[:, None])
    return daily


def twin_chances(
    observations: Sequence[Observation], settings: TensionSettings
) -> tuple[Floats, Floats]:
    """For observations in the order of their days: how probable it is that each is an earlier one
    of its type told again, and that each is two."""
    split = np.zeros(len(observations))
    merged = np.zeros(len(observations))
    reach: dict[str, int] = {}
    for place, one in enumerate(observations):
        if one.source != INCIDENT:
            continue
        if reach.get(one.type, -1) >= one.start.toordinal():
            split[place] = settings.split
        reach[one.type] = max(reach.get(one.type, -1), one.end.toordinal())
        if one.documents > 1:
            merged[place] = settings.merged
    return split, merged
