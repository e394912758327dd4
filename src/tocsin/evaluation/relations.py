"""End to end on sentences: is the event between the given actor and recipient found and typed?

The set is JSON lines of ``{id, text, actor: [{start, end}], recipient: [{start, end}], type,
quad}``, with the 15 root types of the PLV set (CONCEDE and RETREAT are one, YIELD). An event
answers for a pair when one of its actors overlaps a given actor span and one of its recipients a
given recipient span; of several the surest counts. No such event is a wrong answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tocsin.errors import InputError
from tocsin.evaluation.scores import (
    as_rows,
    class_lines,
    class_scores,
    confusion_table,
    macro_f1,
)
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event

_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_FIELDS = ("text", "actor", "recipient", "type", "quad")


class Codes(Protocol):
    """What is asked of a coder."""

    def code(self, document: Document) -> Sequence[Event]:
        """The events of one document."""


@dataclass(frozen=True, slots=True)
class RelationScores:
    """The scores of one run. ``cases`` hold ids and answers, never the text."""

    cases: list[dict[str, Any]]

    @property
    def root_pairs(self) -> list[tuple[str, str | None]]:
        """Gold and answered root type per case."""
        return [(case["gold"], case["answer"]) for case in self.cases]

    @property
    def quad_pairs(self) -> list[tuple[str, str | None]]:
        """Gold and answered quad class per case, as strings."""
        return [
            (str(case["gold_quad"]), str(case["quad"]) if case["quad"] else None)
            for case in self.cases
        ]

    def as_dict(self) -> dict[str, Any]:
        """Numbers of the run: ``root_macro_f1``, ``quad_macro_f1``, ``found``, per class."""
        root, quad = class_scores(self.root_pairs), class_scores(self.quad_pairs)
        n = len(self.cases)
        return {
            "n": n,
            "root_macro_f1": round(macro_f1(root), 4),
            "quad_macro_f1": round(macro_f1(quad), 4),
            "root_accuracy": round(sum(g == a for g, a in self.root_pairs) / n, 4) if n else 0.0,
            "found": round(sum(a is not None for _, a in self.root_pairs) / n, 4) if n else 0.0,
            "sentences_coded": round(sum(c["events"] > 0 for c in self.cases) / n, 4) if n else 0.0,
            "classes": as_rows(root),
        }

    def table(self) -> str:
        """The same for people, with the confusion table."""
        numbers = self.as_dict()
        lines = [
            *class_lines(numbers["classes"]),
            "",
            confusion_table(self.root_pairs),
            "",
            f"pairs {numbers['n']}, pair found {numbers['found']:.3f}, "
            f"sentences coded {numbers['sentences_coded']:.3f}",
            f"root macro-F1 {numbers['root_macro_f1']:.4f}  "
            f"quad macro-F1 {numbers['quad_macro_f1']:.4f}  "
            f"root accuracy {numbers['root_accuracy']:.4f}",
        ]
        return "\n".join(lines)


def evaluate_relations(path: Path | str, coder_of: Callable[[str], Codes]) -> RelationScores:
    """Code every sentence of the set and compare; ``coder_of`` gives the coder, by id.

    InputError names a bad line.
    """
    cases = []
    for row in read_relations(Path(path)):
        document = Document.of(row["text"], id=row["id"])
        cases.append(_case(row, coder_of(row["id"]).code(document)))
    return RelationScores(cases)


def read_relations(path: Path, fields: Sequence[str] = _FIELDS) -> list[dict[str, Any]]:
    """Read the set; InputError with the line where one has not all ``fields``."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            missing = [name for name in fields if name not in row]
        except (json.JSONDecodeError, TypeError) as error:
            raise InputError(f"is no JSON object: {error}", path=str(path), line=number) from error
        if missing:
            raise InputError(f"lacks {', '.join(missing)}", path=str(path), line=number)
        row.setdefault("id", str(number))
        rows.append(row)
    return rows


def _case(row: Mapping[str, Any], events: Sequence[Event]) -> dict[str, Any]:
    answers = [
        event
        for event in events
        if _overlaps(event.actors, row["actor"]) and _overlaps(event.recipients, row["recipient"])
    ]
    answers.sort(key=lambda event: -event.confidence)
    best = answers[0] if answers else None
    return {
        "id": row["id"],
        "gold": _YIELD.get(row["type"], row["type"]),
        "answer": _YIELD.get(best.type, best.type) if best else None,
        "gold_quad": row["quad"],
        "quad": _quad(best) if best else None,
        "rule": best.evidence[0].rule if best else None,
        "confidence": best.confidence if best else None,
        "events": len(events),
    }


def _quad(event: Event) -> int:
    """The event's quad class; the set's YIELD is one class, of quad 2."""
    return 2 if event.type in _YIELD else event.quad


def _overlaps(found: Sequence[Actor], given: Sequence[Mapping[str, int]]) -> bool:
    if not given:
        return True
    return any(
        actor.start is not None
        and actor.end is not None
        and actor.start < span["end"]
        and span["start"] < actor.end
        for actor in found
        for span in given
    )
