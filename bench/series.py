"""The tension index: how often its interval holds, and how long a large store takes.

::

    python -m bench.series [--histories 300] [--rows 83000] [--incidents 700000]

Coverage: histories of one dyad are made up, acts coming at random at a known rate, each as probable
as stands beside it; the index that this rate comes to in the mean is what the interval should hold.
Size: rows of another's series and incidents, made up too, are put into stores, and one dyad is
measured.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.measure import load_tension
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.imported import Imported, row_key
from tocsin.series import Effort, Observation, measure, rung_of, tension
from tocsin.store import open_store
from tocsin.store.tables import TableStore

_FIRST = date(2021, 1, 1)
_DAYS = 180
_TYPES = ("ACCUSE", "THREATEN", "ASSAULT", "MOBILIZE", "REQUEST", "CONSULT", "AGREE", "COERCE")
_STATES = tuple(f"X{n:02d}" for n in range(20))
_DYAD = ("X00", "X01")
_RATES = (0.05, 0.2, 1.0, 5.0)  # acts a day


def history(random: np.random.Generator, rate: float) -> Iterator[Observation]:
    """Acts of a dyad that come at random."""
    for number in range(int(random.poisson(rate * _DAYS))):
        type_ = str(random.choice(_TYPES[:5]))
        kind = load_ontology().types[type_]
        day = _FIRST + timedelta(days=int(random.integers(_DAYS)))
        yield Observation(
            id=f"{number}", source="incident", start=day, end=day, actors=frozenset(_DYAD[:1]),
            recipients=frozenset(_DYAD[1:]), type=type_, mode=None, quad=kind.quad,
            score=kind.score, goldstein=load_goldstein().of_kind(type_, None),
            rung=rung_of(type_), status="actual", sources=1,
            confidence=float(random.beta(4, 2)), families=1, documents=1, outlets=(),
            reported=day,
        )  # fmt: skip


def coverage(histories: int) -> None:
    """How often the interval of the last day holds the mean of all histories."""
    effort = Effort({_FIRST + timedelta(days=n): {"made": 20} for n in range(_DAYS)})
    last = _FIRST + timedelta(days=_DAYS - 1)
    print(f"interval of {load_tension().level:.0%}, {histories} histories of each rate")
    for rate in _RATES:
        random = np.random.Generator(np.random.PCG64(7))
        values, bounds = [], []
        for _ in range(histories):
            index = tension(list(history(random, rate)), effort, _DYAD, since=last, until=last)
            values.append(index.value(last) or 0.0)
            bounds.append(index.interval(last) or (0.0, 0.0))
        true = float(np.mean(values))
        held = np.mean([low <= true <= high for low, high in bounds])
        print(f"  {rate:g} acts a day: index {true:.2f} in the mean, held by {held:.3f}")


def rows(store: TableStore, count: int) -> None:
    """Rows of a year, between twenty states, a quarter of them of one dyad."""
    random = np.random.default_rng(1)
    sides = random.choice(_STATES, (count, 2))
    made = []
    for number, (actor, recipient) in enumerate(sides.tolist()):
        pair = _DYAD if number % 4 == 0 else (actor, recipient)
        raw = f'{{"n": {number}}}'
        made.append(
            Imported(
                "icews", row_key("icews", raw), raw, "made", number, str(number),
                _FIRST + timedelta(days=number % 365), "A", pair[0], None, "B", pair[1], None,
                "112", _TYPES[number % 8], None, "cameo", 3, -2.0, "intensity",
                publisher=f"Outlet {number % 40}",
            )
        )  # fmt: skip
    store.add_imported(made)


def incidents(store: TableStore, count: int) -> None:
    """Incidents of a thousand days, each of one report, written where linking would have."""
    db = store._db
    states = "[" + ", ".join(f"'{state}'" for state in _STATES) + "]"
    types = "[" + ", ".join(f"'{type_}'" for type_ in _TYPES) + "]"
    day = f"DATE '{_FIRST}' + (n % 1000)::INTEGER"
    given = {
        "coding": "'c'", "id": "'e' || n", "document": "'d' || (n // 4)",
        "type": f"{types}[1 + (n % 8)::INTEGER]", "quad": "3", "score": "-4.0",
        "cameo": "'112'", "status": "'actual'", "confidence": "0.5 + (n % 5) / 10.0",
        "date_start": f"CASE WHEN n % 2 = 0 THEN {day} END",
        "date_end": f"CASE WHEN n % 2 = 0 THEN {day} END", "first_report": day,
        "actor_countries": f"[{states}[1 + (hash(n) % 20)::INTEGER]]",
        "recipient_countries": f"[{states}[1 + (hash(n + 7) % 20)::INTEGER]]",
        "documents": "1", "families": "1", "sources": "1", "sentence": "repeat('word ', 20)",
    }  # fmt: skip

    def fill(table: str, size: int, **more: str) -> None:
        names = [row[0] for row in db.execute(f"DESCRIBE {table}").fetchall()]
        cells = ", ".join((given | more).get(name, "NULL") for name in names)
        db.execute(f"INSERT INTO {table} SELECT {cells} FROM range({size}) t(n)")

    now = "now()::TIMESTAMP"
    fill(
        "documents", count // 4 + 1, number="n", id="'d' || n", text_id="'t'", digest="'g'",
        outlet="'Outlet ' || (n % 40)", published=day, text="'x'", left_out="'[]'", path="'p'",
        line="n", added=now, shingles="''",
    )  # fmt: skip
    fill("coded", count // 4 + 1, document="'d' || n", done=now, events="4")
    fill("events", count, record="'{}'")
    fill("incidents", count, id="'i-e' || n", record="'{\"counts\": []}'", reports="1")
    fill("incident_reports", count, incident="'i-e' || n", event="'e' || n")


def size(name: str, source: str, count: int, make: Callable[[TableStore, int], None]) -> None:
    """Make a store, and say how long it takes to measure one dyad of it."""
    with open_store(name) as store:
        make(store, count)
    with open_store(name, read_only=True) as store:
        start = time.monotonic()
        measured = measure(store, _DYAD, source=source)
        loaded = time.monotonic()
        weeks = measured.counts("week")
        done = time.monotonic()
    print(
        f"{source}: {count:,}, {len(measured.observations):,} of the dyad: loaded in "
        f"{loaded - start:.1f} s, {len(weeks)} weeks with index and interval in "
        f"{done - loaded:.1f} s"
    )


def main() -> None:
    """Coverage, then size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--rows", type=int, default=83_000)
    parser.add_argument("--incidents", type=int, default=700_000)
    args = parser.parse_args()
    coverage(args.histories)
    with tempfile.TemporaryDirectory() as folder:
        size(str(Path(folder, "rows.duckdb")), "icews", args.rows, rows)
        size(str(Path(folder, "incidents.duckdb")), "incidents", args.incidents, incidents)


if __name__ == "__main__":
    main()
