"""Fit the weights by which two reports are put together, on judged pairs.

    python tools/fit_incidents.py --pairs bench/incident_pairs.jsonl \\
        --articles FILE... --events FILE...

EVENTS are what ``tocsin code`` wrote for the ARTICLES that the pairs are of. The weights start from
those set by judgement (``incidents_by_judgement.yaml``) and are drawn to them: the pairs were drawn
near the border, and say little of what is far from it. Draws whose name begins with "held" are left
out: they say how good the weights are. The figures are those of eight folds by article. Prints the
weights for ``data/linking/incidents.yaml``.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from logistic_fit import fit, show, write_weights
from tocsin.ingest.reading import read_items
from tocsin.linking.incidents.features import features
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.stories import Article
from tocsin.model.codec import from_json_line
from tocsin.model.document import Document
from tocsin.model.event import Event

STRENGTH = 4.0  # of the pull to the weights set by judgement; 2 to 8 give the same figures
FOLDS = 8
_START = Path(__file__).with_name("incidents_by_judgement.yaml")

Place = tuple[str, str, int, int]


def load_reports(articles: list[Path], events: list[Path]) -> dict[Place, Report]:
    """The reports of coded articles by document, type and trigger."""
    coded: dict[str, list[Event]] = defaultdict(list)
    for path in events:
        for line in path.read_text(encoding="utf-8").splitlines():
            event = from_json_line(line)
            coded[event.document].append(event)
    found: dict[Place, Report] = {}
    for item in read_items([str(path) for path in articles]):
        if isinstance(item.found, Document) and item.found.id in coded:
            for report in reports_of(coded[item.found.id], Article.of(item.found)):
                found[_place(report)] = report
    return found


def _place(report: Report) -> Place:
    event = report.event
    return event.document, event.type, event.trigger.start, event.trigger.end


def judged(path: Path, reports: dict[Place, Report]) -> Iterator[tuple[Report, Report, bool]]:
    """The pairs that were decided and are still coded: two reports, and whether they are of one
    happening."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["draw"].startswith("held"):
            continue
        one, other = (
            reports.get((end["document"], end["type"], end["start"], end["end"]))
            for end in (row["one"], row["other"])
        )
        if one is not None and other is not None and row["same"] is not None:
            yield one, other, row["same"]


def main() -> None:
    """Fit, show the figures, print the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--events", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    rows = list(judged(args.pairs, load_reports(args.articles, args.events)))
    start = yaml.safe_load(_START.read_text(encoding="utf-8"))["weights"]
    names = list(start)
    prior = np.array([start[name] for name in names])
    found = [features(one, other) for one, other, _ in rows]
    x = np.array([[said.get(name, 0.0) for name in names] for said in found])
    y = np.array([float(same) for _, _, same in rows])
    fold = np.array(
        [zlib.crc32(min(a.document.id, b.document.id).encode()) % FOLDS for a, b, _ in rows]
    )
    p = np.zeros(len(y))
    for number in range(FOLDS):
        inside = fold != number
        theta = fit(x[inside], y[inside], start=prior, strength=STRENGTH)
        p[~inside] = 1 / (1 + np.exp(-x[~inside] @ theta))
    order = np.argsort(np.argsort(p))
    positive = y.sum()
    area = (order[y == 1].sum() - positive * (positive - 1) / 2) / positive / (len(y) - positive)
    show(
        f"{len(y)} pairs, {int(positive)} of them of one happening; area under the curve {area:.3f}"
    )
    for bound in (0.5, 0.6, 0.7, 0.8, 0.9):
        called = p > bound
        show(
            f"from {bound}: called one {called.sum()}, right {y[called].mean():.3f}, "
            f"found {called[y == 1].mean():.3f}"
        )
    write_weights(names, fit(x, y, start=prior, strength=STRENGTH))


if __name__ == "__main__":
    main()
