"""Freeze per-case results, so that a diff shows which cases flipped.

::

    python -m bench.freeze                    # the example articles
    python -m bench.freeze --relations FILE   # the labelled pairs too, and the floors' figures

``bench/frozen/examples.jsonl`` holds one line per event of the example articles (they are ours),
``bench/frozen/relations.jsonl`` ids and answers of the labelled pairs, never their text.
``bench/baseline.json`` holds the floors that tests/test_accuracy.py keeps: raise them freely;
lowering one needs ``--lower``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tocsin import Coder, Event
from tocsin.evaluation.relations import evaluate_relations
from tocsin.ingest import read_documents

BENCH = Path(__file__).parent
EXAMPLES = BENCH.parent / "examples" / "articles"
FROZEN = BENCH / "frozen"
BASELINE = BENCH / "baseline.json"
# The one example without a date of its own (examples/README.md).
PUBLISHED = date(2020, 6, 16)
# A floor stands this much below what was measured: the figures of two machines may differ a little.
_MARGIN = 0.005


def frozen_examples(coder: Coder) -> list[str]:
    """Code the example articles; one JSON line per event with what a reader would check."""

    def refuse(problem: Exception) -> None:
        raise problem

    documents = read_documents([EXAMPLES], published=PUBLISHED, on_problem=refuse)
    return [
        json.dumps(_summary(event), ensure_ascii=False)
        for document in documents
        for event in coder.code(document)
    ]


def _summary(event: Event) -> dict[str, Any]:
    return {
        "document": event.document,
        "trigger": f"{event.trigger.start}:{event.trigger.text}",
        "type": "/".join(filter(None, (event.type, event.mode))),
        "actors": [f"{a.text or a.via} {a.country or '?'}" for a in event.actors],
        "recipients": [f"{r.text or r.via} {r.country or '?'}" for r in event.recipients],
        "status": event.status,
        "content": event.content.type if event.content else None,
        "date": str(event.date.start) if event.date else None,
        "place": event.place.name if event.place else None,
        "said": [link.speaker.text if link.speaker else None for link in event.attribution],
        "rule": event.evidence[0].rule,
    }


def digest(path: Path) -> str:
    """SHA-256 of a labelled set, so that a floor is only held against the set that set it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Freeze what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relations", type=Path, help="the labelled pairs")
    parser.add_argument("--lower", action="store_true", help="allow a floor to fall")
    options = parser.parse_args(arguments)
    coder = Coder()
    _write(FROZEN / "examples.jsonl", frozen_examples(coder))
    if options.relations:
        scores = evaluate_relations(options.relations, coder)
        keep = ("id", "gold", "answer", "rule")
        _write(
            FROZEN / "relations.jsonl",
            (json.dumps({key: case[key] for key in keep}) for case in scores.cases),
        )
        figures = scores.as_dict()
        floors = {
            name: round(figures[name] - _MARGIN, 4)
            for name in ("root_macro_f1", "quad_macro_f1", "found")
        }
        old = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
        for name, floor in old.get("relations", {}).get("floors", {}).items():
            if floors[name] < floor and not options.lower:
                raise SystemExit(f"{name} fell from {floor} to {floors[name]}; --lower allows it")
        old["relations"] = {"sha256": digest(options.relations), "floors": floors}
        BASELINE.write_text(json.dumps(old, indent=2) + "\n", encoding="utf-8")
        print(scores.table())


if __name__ == "__main__":
    main()
