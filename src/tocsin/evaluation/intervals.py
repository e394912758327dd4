"""Intervals for shares, rates and their ratios: those that hold up where counts are small.

Standard library only. ``z`` is the normal quantile of the level; the default is 95 %, two-sided.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; ``n`` is the number of cases behind it (the effective number,
    where cases weigh differently).
    """

    value: float
    low: float
    high: float
    n: float

    def as_dict(self) -> dict[str, float]:
        """Rounded, for JSON."""
        return {
            "value": round(self.value, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "n": round(self.n, 1),
        }


def wilson(right: float, n: float, *, z: float = Z95) -> Estimate | None:
    """The share ``right / n`` with Wilson's score interval; None where ``n`` is 0.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927). Unlike the share plus or minus its standard error
    it stays within 0 and 1, and is no point where all or none are right. Neither number has to be
    whole: weighted shares come with an effective ``n``.
    """
    if not 0 <= right <= n:
        raise ValueError(f"{right} of {n} is no share")
    if not n:
        return None
    share = right / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    # At the ends the interval ends exactly there; elsewhere rounding must not shut out the share.
    return Estimate(
        share,
        0.0 if right == 0 else max(0.0, min(low, share)),
        1.0 if right == n else min(1.0, max(high, share)),
        n,
    )


def effective_n(weights: Iterable[float]) -> float:
    """How many equal cases carry as much as these weighted ones: (Σw)² / Σw² (L. Kish, 1965)."""
    weights = list(weights)
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0


def weighted_wilson(cases: Iterable[tuple[float, bool]], *, z: float = Z95) -> Estimate | None:
    """The weighted share of ``(weight, right)`` cases, with Wilson's interval at the effective n.

    Weights are above 0. None where there is no case.
    """
    cases = list(cases)
    if not cases:
        return None
    total = math.fsum(weight for weight, _ in cases)
    wrong = any(not right for _, right in cases)
    share = math.fsum(weight for weight, right in cases if right) / total if wrong else 1.0
    n = effective_n(weight for weight, _ in cases)
    return wilson(min(share * n, n), n, z=z)


def weighted_rate(cases: Iterable[tuple[float, float]], *, z: float = Z95) -> Estimate | None:
    """The weighted mean of ``(weight, count)`` cases with a score interval; None without a case.

    The score interval of a Poisson mean, at the effective n; where counts vary more than Poisson's
    (their variance is above their mean) that number is divided by the ratio of both. A mean of 0
    has the upper limit z² / n.
    """
    cases = list(cases)
    if not cases:
        return None
    total = math.fsum(weight for weight, _ in cases)
    mean = math.fsum(weight * count for weight, count in cases) / total
    n = effective_n(weight for weight, _ in cases)
    if mean:
        variance = math.fsum(w * (count - mean) ** 2 for w, count in cases) / total
        n /= max(1.0, variance / mean)
    centre = mean + z * z / (2 * n)
    spread = z * math.sqrt(mean / n + z * z / (4 * n * n))
    low = max(0.0, min(centre - spread, mean)) if mean else 0.0
    return Estimate(mean, low, max(centre + spread, mean), n)


def ratio_limits(over: Estimate, under: Estimate) -> tuple[float, float]:
    """The limits of ``over / under``, two independent estimates of which none is negative.

    MOVER-R (A. Donner and G. Y. Zou, Stat. Methods Med. Res. 21, 2012): it needs only the limits
    of both and holds where ``over`` is 0. The upper limit is infinite where ``under`` may be 0.
    """
    a, b = over.value, under.value
    product = a * b

    def root(value: float) -> float:
        return math.sqrt(max(0.0, value))

    high_part = under.high * (2 * b - under.high)
    if high_part > 0:
        inner = root(product**2 - over.low * (2 * a - over.low) * high_part)
        low = (product - inner) / high_part
    else:
        low = over.low / under.high if under.high else 0.0
    low_part = under.low * (2 * b - under.low)
    if low_part <= 0:
        return max(0.0, low), math.inf
    inner = root(product**2 - over.high * (2 * a - over.high) * low_part)
    return max(0.0, low), (product + inner) / low_part
