"""Agreement between judges: Krippendorff's alpha for nominal values, and the raw share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """``pairs`` things judged by both, the share on which they agree (None without a pair), and
    ``alpha`` (None where it is not defined).
    """

    pairs: int
    raw: float | None
    alpha: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """Rounded, for JSON."""
        return {
            "n": self.pairs,
            "raw": None if self.raw is None else round(self.raw, 4),
            "alpha": None if self.alpha is None else round(self.alpha, 4),
        }


def agreement(values: Iterable[tuple[Hashable | None, Hashable | None]]) -> Agreement:
    """The agreement of two judges; each pair is what both say of one thing, None for nothing."""
    pairs = [(one, two) for one, two in values if one is not None and two is not None]
    raw = sum(one == two for one, two in pairs) / len(pairs) if pairs else None
    return Agreement(len(pairs), raw, nominal_alpha(pairs))


def nominal_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal values: 1 is full agreement, 0 what chance would give.

    Each unit holds what the judges say of one thing, None where one says nothing; a unit with
    fewer than two values tells nothing and is left out. None where fewer than two values of any
    kind are left, or all values are the same (then nothing could have differed).

    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), by the coincidence matrix:
    of n values in units with two or more, n_c are c, and o_cc is the sum over units of
    n_uc (n_uc - 1) / (m_u - 1). Then alpha = ((n - 1) Σ o_cc - Σ n_c (n_c - 1)) /
    (n (n - 1) - Σ n_c (n_c - 1)).
    """
    totals: Counter[Hashable] = Counter()
    agreeing = 0.0
    for unit in units:
        counts = Counter(value for value in unit if value is not None)
        size = counts.total()
        if size > 1:
            totals.update(counts)
            agreeing += sum(count * (count - 1) for count in counts.values()) / (size - 1)
    n = totals.total()
    by_chance = sum(count * (count - 1) for count in totals.values())
    possible = n * (n - 1) - by_chance
    return ((n - 1) * agreeing - by_chance) / possible if possible else None
