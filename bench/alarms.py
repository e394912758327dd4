"""How often alarms ring where nothing changes, and how late after a step.

::

    python -m bench.alarms [--histories 100]

Histories of a dyad are made up: acts come at random (Poisson) at a constant rate for a year and a
half; then in half of the histories the rate rises to four times that, and stays. Printed are the
alarms in a year in which nothing changed, once the first quarter of a year is over, and for level
and change point the share of the steps after which one rang within 60 days, and how many days after
the step.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.alarm import KINDS
from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.ringing import watch
from tocsin.series.effort import Effort
from tocsin.series.ladder import rung_of
from tocsin.series.observations import Observation

_FIRST = date(2021, 1, 4)
_STEP, _DAYS = 455, 515
_TIMES = 4
_TYPES = ("ACCUSE", "THREATEN", "REJECT", "COERCE", "CONSULT")
_RATES = (0.2, 1.0, 5.0)  # acts a day


def versions(random: np.random.Generator, rate: float, *, step: bool) -> Iterator[Version]:
    """Acts that come at random, each known on its day."""
    number = 0
    for at in range(_DAYS):
        here = rate * (_TIMES if step and at >= _STEP else 1)
        for _ in range(int(random.poisson(here))):
            type_ = str(random.choice(_TYPES))
            kind = load_ontology().types[type_]
            day = _FIRST + timedelta(days=at)
            number += 1
            one = Observation(
                id=f"i{number}", source="icews", start=day, end=day, actors=frozenset({"AAA"}),
                recipients=frozenset({"BBB"}), type=type_, mode=None, quad=kind.quad,
                score=kind.score, goldstein=load_goldstein().of_kind(type_, None),
                rung=rung_of(type_), status="actual", sources=1, confidence=None, families=1,
                documents=1, outlets=(), reported=None,
            )  # fmt: skip
            yield Version(one, day)


def history(random: np.random.Generator, rate: float, *, step: bool) -> History:
    """A made-up history of which a hundred articles a day were read."""
    days = [_FIRST + timedelta(days=n) for n in range(_DAYS)]
    return History(
        dyad=("AAA", "BBB"), source="icews", versions=tuple(versions(random, rate, step=step)),
        effort=Effort({day: {"made": 100} for day in days}), first=days[0], last=days[-1],
    )  # fmt: skip


def main() -> None:
    """Alarms by rate, of quiet histories and of those with a step."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--histories", type=int, default=100)
    args = parser.parse_args()
    years = args.histories * (_DAYS - 91) / 365.25
    step = _FIRST + timedelta(days=_STEP)
    for rate in _RATES:
        random = np.random.Generator(np.random.PCG64(3))
        rang = Counter(
            alarm.kind
            for _ in range(args.histories)
            for alarm in watch(history(random, rate, step=False)).alarms
        )
        quiet = ", ".join(f"{kind} {rang[kind] / years:.2f}" for kind in KINDS if rang[kind])
        print(f"{rate:g} acts a day, nothing changes: alarms a year: {quiet or 'none'}")
        late: dict[str, list[int]] = {"level": [], "change point": []}
        for _ in range(args.histories):
            after = watch(history(random, rate, step=True)).alarms
            for kind, days in late.items():
                found = [one.day for one in after if one.kind == kind and one.day >= step]
                days += [(found[0] - step).days] if found else []
        for kind, days in late.items():
            low, middle, high = np.quantile(days, [0.05, 0.5, 0.95]) if days else (0, 0, 0)
            print(
                f"  {_TIMES} times as many: {kind} rang in {len(days)} of {args.histories}, "
                f"{middle:.0f} days after the step ({low:.0f} to {high:.0f})"
            )


if __name__ == "__main__":
    main()
