"""Whether confidence means something: expected calibration error and the reliability plot."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tocsin.evaluation.intervals import wilson

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Cases of similar confidence: ``low`` to ``high``, their ``mean``, the share ``right``."""

    low: float
    high: float
    n: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins in order of confidence."""

    bins: tuple[Bin, ...]

    @property
    def n(self) -> int:
        """How many cases there are."""
        return sum(bin_.n for bin_ in self.bins)

    @property
    def ece(self) -> float:
        """The expected calibration error: the mean, over cases, of how far a bin's mean confidence
        is from its share of right answers. 0 is perfect. NaN without a case.
        """
        n = self.n
        gaps = math.fsum(bin_.n * abs(bin_.mean - bin_.right) for bin_ in self.bins)
        return gaps / n if n else math.nan

    def table(self) -> str:
        """The bins for people."""
        lines = [f"{'confidence':<13} {'mean':>6} {'right':>6} {'n':>5}"]
        lines += [
            f"{f'{b.low:.2f} to {b.high:.2f}':<13} {b.mean:>6.3f} {b.right:>6.3f} {b.n:>5}"
            for b in self.bins
        ]
        return "\n".join(lines)


def calibrate(cases: Iterable[tuple[float, bool]], *, bins: int = BINS) -> Calibration:
    """Put ``(confidence, right)`` cases into up to ``bins`` bins of equal mass.

    Equal mass: the cases are sorted by confidence and cut into ``bins`` runs of the same length;
    those of one confidence never part, but go together to the run in which their middle falls. So
    the order of the input cannot matter, and where many cases have the same confidence there are
    fewer bins, of unequal size.
    """
    if bins < 1:
        raise ValueError(f"{bins} bins are none")
    totals: Counter[float] = Counter()
    rights: Counter[float] = Counter()
    for confidence, right in cases:
        if not 0 <= confidence <= 1:
            raise ValueError(f"{confidence} is no confidence: it goes from 0 to 1")
        totals[confidence] += 1
        rights[confidence] += bool(right)
    n, before = totals.total(), 0
    groups: dict[int, list[float]] = {}
    for confidence in sorted(totals):
        # Twice the rank of the middle case: whole numbers, so that no rounding decides.
        middle = 2 * before + totals[confidence]
        groups.setdefault(middle * bins // (2 * n), []).append(confidence)
        before += totals[confidence]
    return Calibration(tuple(_bin(group, totals, rights) for group in groups.values()))


def reliability_svg(calibration: Calibration, *, title: str = "") -> str:
    """The reliability plot as SVG: the share of right answers over the confidence of each bin.

    The diagonal is perfect; bars are Wilson's 95 % intervals, the area of a point is the number of
    its cases. The same bins give the same bytes.
    """
    import altair as alt
    import vl_convert

    rows = []
    for bin_ in calibration.bins:
        share = wilson(bin_.right * bin_.n, bin_.n)
        assert share is not None
        limits = {"low": share.low, "high": share.high}
        rows.append({"mean": bin_.mean, "right": bin_.right, "n": bin_.n, **limits})
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".1f", gridColor="#e8e6e0")
    x = alt.X("mean:Q", scale=scale, axis=axis, title="confidence")
    y = alt.Y("right:Q", scale=scale, axis=axis, title="share of right answers")
    diagonal = (
        alt.Chart(alt.InlineData(values=[{"mean": 0, "right": 0}, {"mean": 1, "right": 1}]))
        .mark_line(color="#5d6166", strokeDash=[4, 4])
        .encode(x=x, y=y)
    )
    base = alt.Chart(alt.InlineData(values=rows))
    low = alt.Y("low:Q", scale=scale, axis=axis, title="share of right answers")
    bars = base.mark_rule(color="#005a91").encode(x=x, y=low, y2="high:Q")
    points = base.mark_circle(color="#005a91", opacity=1).encode(
        x=x,
        y=y,
        size=alt.Size("n:Q", title="cases", scale=alt.Scale(rangeMin=30, rangeMax=250, zero=True)),
    )
    words = f"{calibration.n:,} cases, bins of equal mass"
    if calibration.n:
        words += f", expected calibration error {calibration.ece:.3f}"
    chart = (
        alt.layer(diagonal, bars, points)
        .properties(
            width=360,
            height=360,
            title=alt.TitleParams(text=title or "Reliability", subtitle=words, anchor="start"),
        )
        .configure_view(stroke="#d9d6cf")
    )
    spec: dict[str, Any] = chart.to_dict()
    return vl_convert.vegalite_to_svg(spec)


def _bin(group: list[float], totals: Counter[float], rights: Counter[float]) -> Bin:
    n = sum(totals[value] for value in group)
    return Bin(
        low=group[0],
        high=group[-1],
        n=n,
        mean=math.fsum(value * totals[value] for value in group) / n,
        right=sum(rights[value] for value in group) / n,
    )
