"""The numbers of a comparison with raters: shares with intervals, by measure, rater and round."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.evaluation.intervals import Z95, Estimate, wilson


@dataclass(frozen=True, slots=True)
class Measure:
    """What is compared (``relevant``, ``deed``, ``quad``, ``root``) and on which terms."""

    field: str
    scope: str = ""

    @property
    def name(self) -> str:
        """Such as ``root first``."""
        return f"{self.field} {self.scope}".rstrip()


MEASURES = (
    Measure("relevant"),
    Measure("deed"),
    *(Measure(field, scope) for field in ("quad", "root") for scope in ("first", "any", "both")),
    Measure("quad", "all"),
    Measure("root", "all"),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence and one reference: that of the others than ``rater``, or of all (None).

    ``rater_credit`` and ``coder_credit`` are 0 to 1; ``tied`` says that several classes lead.
    """

    measure: str
    sentence: str
    rater: int | None
    tied: bool
    rater_credit: float | None
    coder_credit: float


@dataclass(frozen=True, slots=True)
class RatedScores:
    """All trials per round, in order; ``cases`` are those of the last round."""

    sentences: int
    rounds: Mapping[str, Sequence[Trial]]
    cases: list[dict[str, Any]]

    @property
    def last(self) -> str | None:
        """The round that is the yardstick."""
        return next(reversed(list(self.rounds)), None)

    def as_dict(self) -> dict[str, Any]:
        """Per round and measure: ``n`` sentences, ``raters``, ``coder``, ``difference``, each with
        its interval; the coder against all raters; the same with ties; each rater.
        """
        return {
            "sentences": self.sentences,
            "yardstick": self.last,
            "coded": sum(bool(case["coder"]) for case in self.cases),
            "rounds": {
                name: {
                    "raters": len({t.rater for t in trials} - {None}),
                    "measures": {
                        measure.name: _numbers([t for t in trials if t.measure == measure.name])
                        for measure in MEASURES
                    },
                }
                for name, trials in self.rounds.items()
            },
        }

    def table(self) -> str:
        """The yardstick round in full, every round in short."""
        numbers = self.as_dict()
        if self.last is None:
            return "no sentence"
        last = numbers["rounds"][self.last]
        lines = [
            f"sentences {numbers['sentences']}, coded {numbers['coded']}, "
            f"round {self.last} with {last['raters']} raters",
            "",
            f"{'':<12} {'n':>4}   {'each rater':<19} {'coder':<19} {'coder - rater':<18} "
            f"{'with ties':<11}  coder",
            f"{'measure':<12} {'':>4}   {'against the others':<19} {'in their place':<19} {'':<18} "
            f"{'rater coder':<11}  against all",
        ]
        for name, m in last["measures"].items():
            gap = m["difference"]
            ties = m["with_ties"]
            lines.append(
                f"{name:<12} {m['n']:>4}   {_shown(m['raters']):<19} {_shown(m['coder']):<19} "
                + (f"{gap['value']:+.3f} ±{gap['half']:.3f}" if gap else "-").ljust(19)
                + f"{_share(ties['raters']):>5} {_share(ties['coder']):>5}  "
                + f"{_shown(m['coder_against_all'])}"
            )
        raters = sorted({name for m in last["measures"].values() for name in m["each"]})
        lines += ["", "each rater   " + " ".join(f"{name:>6}" for name in raters) + "    mean"]
        for name, m in last["measures"].items():
            cells = [_share(m["each"].get(rater)) for rater in raters]
            lines.append(f"{name:<12} " + " ".join(f"{c:>6}" for c in [*cells, _share(m["mean"])]))
        shown = ("relevant", "deed", "quad first", "root first")
        lines += ["", "by round: each rater / coder", f"{'round':<7}{'raters':<8}{'n':<5}"]
        shown = ("relevant", "deed", "quad first", "root first")
        lines[-1] += "".join(f"{name:<16}" for name in shown)
        for name, part in numbers["rounds"].items():
            parts = [part["measures"][measure] for measure in shown]
            cells = [f"{_share(m['raters'])} / {_share(m['coder'])}" for m in parts]
            head = f"{name:<7}{part['raters']:<8}{parts[0]['n']:<5}"
            lines.append(head + "".join(f"{cell:<16}" for cell in cells))
        return "\n".join(line.rstrip() for line in lines)


def _numbers(trials: Sequence[Trial]) -> dict[str, Any]:
    paired = [t for t in trials if t.rater is not None]
    clear = [t for t in paired if not t.tied]
    alone = [t for t in trials if t.rater is None]
    rater = [(t.sentence, t.rater_credit or 0.0) for t in clear]
    coder = [(t.sentence, t.coder_credit) for t in clear]
    each: dict[str, list[float]] = defaultdict(list)
    for t in clear:
        each[f"#{(t.rater or 0) + 1}"].append(t.rater_credit or 0.0)
    shares = {name: math.fsum(got) / len(got) for name, got in sorted(each.items())}
    return {
        "n": len({name for name, _ in rater}),
        "raters": _rounded(_pooled(rater)),
        "coder": _rounded(_pooled(coder)),
        "difference": _difference(clear),
        "coder_against_all": _rounded(
            _pooled((t.sentence, t.coder_credit) for t in alone if not t.tied)
        ),
        "with_ties": {
            "raters": _rounded(_pooled((t.sentence, t.rater_credit or 0.0) for t in paired)),
            "coder": _rounded(_pooled((t.sentence, t.coder_credit) for t in paired)),
            "coder_against_all": _rounded(_pooled((t.sentence, t.coder_credit) for t in alone)),
        },
        "each": {name: {"value": round(share, 4)} for name, share in shares.items()},
        "mean": {"value": round(math.fsum(shares.values()) / len(shares), 4)} if shares else None,
    }


def _pooled(pairs: Iterable[tuple[str, float]]) -> Estimate | None:
    """The mean credit with Wilson's interval, the number of sentences for n.

    Several references of one sentence are no independent cases, so they do not narrow it.
    """
    pairs = list(pairs)
    if not pairs:
        return None
    n = len({sentence for sentence, _ in pairs})
    share = math.fsum(credit for _, credit in pairs) / len(pairs)
    return wilson(min(share * n, n), n)


def _difference(trials: Sequence[Trial]) -> dict[str, float] | None:
    """The coder's mean credit less the raters', with half of its 95 % interval.

    Paired by sentence: the standard error of a ratio of sums over sentences.
    """
    if not trials:
        return None
    gaps: dict[str, list[float]] = defaultdict(list)
    for t in trials:
        gaps[t.sentence].append(t.coder_credit - (t.rater_credit or 0.0))
    total = len(trials)
    value = math.fsum(math.fsum(gap) for gap in gaps.values()) / total
    squares = math.fsum((math.fsum(gap) - value * len(gap)) ** 2 for gap in gaps.values())
    n = len(gaps)
    half = Z95 * math.sqrt(squares * n / (n - 1)) / total if n > 1 else 1.0
    return {"value": round(value, 4), "half": round(half, 4)}


def _rounded(estimate: Estimate | None) -> dict[str, float] | None:
    return None if estimate is None else estimate.as_dict()


def _share(estimate: Mapping[str, float] | None) -> str:
    return "-" if estimate is None else f"{estimate['value']:.3f}"


def _shown(estimate: Mapping[str, float] | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate['value']:.3f} {estimate['low']:.2f}-{estimate['high']:.2f}"
