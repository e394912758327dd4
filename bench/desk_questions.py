"""How long a desk of analysts waits: every question that it asks, timed on a large store.

::

    python -m bench.desk_questions PATH.duckdb [--runs 20] [--slower-than MS]

Prints for each the median and the 95th percentile of so many runs, in milliseconds, how many rows
came, and how many there are on all pages. Values are taken from the store, so any will do;
``bench.desk_store`` makes a large one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tocsin.store import Filters, open_store
from tocsin.store.tables import TableStore

_PAGE = 50
Act = Callable[[], Any]


def asked(store: TableStore) -> Iterator[tuple[str, Act, str, Filters | None]]:
    """Yield what is timed: in words, what does it, and where it is a question, that too."""
    page = {"limit": _PAGE, "sort": "-day"}
    (first, *_) = store.ask("dyads", Filters(limit=1))
    dyad = (first["actor"], first["recipient"])
    (incident, *_) = store.ask("incidents", Filters(sort="-reports", dyad=dyad, limit=1))
    reports = store.ask("incident_reports", Filters(id=incident["id"]))
    (place, *_) = store.ask("places", Filters(limit=1))
    (outlet, *_) = store.ask("outlets", Filters(limit=1))
    (copied, *_) = [*store.ask("copies", Filters(limit=1)), {"document": ""}]
    (actor, *_) = store.ask("actors", Filters(limit=1))
    (settled, *_) = [
        row["outcome_incident"] for row in store.ask("threats", Filters(sort="-outcome_incident"))
    ]
    last = incident["last_report"]
    year = {"since": date(last.year, 1, 1), "until": date(last.year, 12, 31)}
    word = max(incident["sentence"].lower().split(), key=len)
    rare = max((incident["object"] or word).split(), key=len)
    questions: list[tuple[str, str, dict[str, Any]]] = [
        ("incidents", "first page", page),
        ("incidents", "page 500", {**page, "offset": 500 * _PAGE}),
        ("incidents", "by reports", {"limit": _PAGE, "sort": "-reports"}),
        ("incidents", "dyad", {**page, "dyad": dyad}),
        ("incidents", "type", {**page, "type": "ASSAULT"}),
        ("incidents", "status", {**page, "status": "denied"}),
        ("incidents", "quad", {**page, "quad": 4}),
        ("incidents", "words", {**page, "words": word}),
        ("incidents", "common word", {**page, "words": "today"}),
        ("incidents", "place", {**page, "where": place["place"][:5]}),
        ("incidents", "outlet", {**page, "outlet": outlet["outlet"]}),
        ("incidents", "id", {"id": incident["id"]}),
        ("incidents", "document", {"document": reports[0]["document"]}),
        ("incident_records", "first page", page),
        ("incident_records", "id", {"id": incident["id"]}),
        ("incident_reports", "id", {"id": incident["id"]}),
        ("events", "first page", page),
        ("events", "dyad", {**page, "dyad": dyad}),
        ("events", "words", {**page, "words": word}),
        ("events", "document", {"document": reports[0]["document"]}),
        ("events", "id", {"id": reports[0]["event"]}),
        ("records", "first page", page),
        ("claims", "first page", page),
        ("claims", "id", {"id": incident["id"]}),
        ("claims", "dyad", {**page, "dyad": dyad}),
        ("documents", "first page", page),
        ("documents", "outlet", {**page, "outlet": outlet["outlet"]}),
        ("documents", "words", {**page, "words": word}),
        ("documents", "document", {"document": reports[0]["document"]}),
        ("search", "common word", {"words": "harbor", "limit": _PAGE}),
        ("search", "two words", {"words": f"{word} the", "limit": _PAGE}),
        ("search", "rare word", {"words": rare, "limit": _PAGE}),
        ("copies", "document", {"document": copied["document"]}),
        ("stories", "first page", page),
        ("stories", "document", {"document": reports[0]["document"]}),
        ("threats", "first page", page),
        ("threats", "settled by", {"settled_by": settled or ""}),
        ("channels", "all", {}),
        ("places", "all", {}),
        ("places", "dyad", {"dyad": dyad}),
        ("places", "year", year),
        ("actors", "first page", {"limit": _PAGE}),
        ("actors", "country", {"limit": _PAGE, "where": dyad[0]}),
        ("actors", "name", {"limit": _PAGE, "words": (actor["name"] or "a")[:4]}),
        ("actors", "year", {"limit": _PAGE, **year}),
        ("dyads", "all", {}),
        ("dyads", "year", year),
        ("outlets", "all", {}),
        ("outlets", "year", year),
    ]
    for question, words, given in questions:
        filters = Filters(**given)
        yield words, lambda q=question, f=filters: store.ask(q, f), question, filters
    events = [row["event"] for row in reports]
    many = [row["id"] for row in store.ask("events", Filters(limit=200, dyad=dyad))]
    yield "an incident", lambda: [store.incident(incident["id"])], "", None
    yield "by its event", lambda: [store.incident(events[-1])], "", None
    yield "one not there", lambda: [store.incident("i-nothing")], "", None
    yield "an event", lambda: [store.event(events[0])], "", None
    yield "a document", lambda: [store.document(reports[0]["document"])], "", None
    yield "its events", lambda: store.links.events_by_id(events), "", None
    yield "200 events", lambda: store.links.events_by_id(many), "", None


def main() -> None:
    """Ask everything so many times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--slower-than", type=float, default=0.0, metavar="MS")
    args = parser.parse_args()
    with open_store(args.path, read_only=True) as store:
        print(f"{'':<32} {'p50':>7} {'p95':>7} {'rows':>6} {'of':>9} {'count p50':>10}")
        for words, act, question, filters in asked(store):
            times, rows = _times(act, args.runs)
            line = f"{question or 'store':<17}{words:<15} {_at(times, 0.5)} {_at(times, 0.95)} "
            line += f"{len(rows):>6,}"
            if filters is not None:
                counted, of = _times(lambda q=question, f=filters: store.count(q, f), args.runs)
                line += f" {of:>9,} {_at(counted, 0.5):>10}"
            if _ms(times, 0.95) >= args.slower_than:
                print(line, flush=True)


def _times(act: Act, runs: int) -> tuple[list[float], Any]:
    """How long it took, shortest first, and what came of it; a first run is not counted."""
    found = act()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return sorted(times), found


def _ms(times: list[float], share: float) -> float:
    return 1000 * times[min(len(times) - 1, round(share * (len(times) - 1)))]


def _at(times: list[float], share: float) -> str:
    return f"{_ms(times, share):7.1f}"


if __name__ == "__main__":
    main()
