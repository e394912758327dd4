"""The pair given: is the type of what the one does to the other right, and is none told from some?

The set is JSON lines of ``{id, text, actor: [{start, end}], recipient: [{start, end}], type}``;
types are PLOVER's, YIELD for CONCEDE and RETREAT as one, and NONE for pairs without a relation. An
answer of NONE for a pair with a relation is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tocsin.evaluation.relations import read_relations
from tocsin.evaluation.scores import (
    as_rows,
    class_lines,
    class_scores,
    confusion_table,
    macro_f1,
)
from tocsin.knowledge.ontology import load_ontology
from tocsin.pipeline.relate import Relation, Span

NONE = "NONE"
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


class Relates(Protocol):
    """What is asked of a relater."""

    def relate(self, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Relation:
        """Say what the one does to the other."""


@dataclass(frozen=True, slots=True)
class PairScores:
    """The scores of one run. ``cases`` hold ids and answers, never the text."""

    cases: Sequence[Mapping[str, Any]]

    def _pairs(self, quads: bool = False) -> list[tuple[str, str]]:
        read = _quad if quads else str
        return [(read(c["gold"]), read(c["answer"])) for c in self.cases if c["gold"] != NONE]

    def as_dict(self) -> dict[str, Any]:
        """``root_macro_f1``, ``quad_macro_f1``, per class, and how NONE is told, where asked."""
        root, quad = class_scores(self._pairs()), class_scores(self._pairs(quads=True))
        related = [c for c in self.cases if c["gold"] != NONE]
        said = [c for c in self.cases if c["answer"] == NONE]
        none = len(self.cases) - len(related)
        hits = sum(c["gold"] == NONE for c in said)
        out: dict[str, Any] = {"n": len(self.cases)}
        if related:
            out |= {
                "root_macro_f1": round(macro_f1(root), 4),
                "quad_macro_f1": round(macro_f1(quad), 4),
                "called_none": round(sum(c["answer"] == NONE for c in related) / len(related), 4),
                "classes": as_rows(root),
            }
        if none:
            out["none"] = {
                "n": none,
                "precision": round(hits / len(said), 4) if said else 0.0,
                "recall": round(hits / none, 4),
            }
        return out

    def table(self) -> str:
        """The same for people."""
        numbers = self.as_dict()
        lines = []
        if "classes" in numbers:
            lines = [
                *class_lines(numbers["classes"]),
                "",
                confusion_table(self._pairs()),
                "",
                f"root macro-F1 {numbers['root_macro_f1']:.4f}  "
                f"quad macro-F1 {numbers['quad_macro_f1']:.4f}  "
                f"called NONE {numbers['called_none']:.3f}",
            ]
        if "none" in numbers:
            none = numbers["none"]
            lines.append(
                f"NONE: precision {none['precision']:.3f}  recall {none['recall']:.3f}  "
                f"n {none['n']}"
            )
        return "\n".join([*lines, f"pairs {numbers['n']}"])


def evaluate_pairs(path: Path | str, relater_of: Callable[[str], Relates]) -> PairScores:
    """Ask about every pair of the set and compare; ``relater_of`` gives whom to ask, by id."""
    cases = []
    for row in read_relations(Path(path), fields=("text", "actor", "recipient", "type")):
        spans = [[(s["start"], s["end"]) for s in row[side]] for side in ("actor", "recipient")]
        answer = relater_of(row["id"]).relate(row["text"], *spans)
        cases.append(
            {
                "id": row["id"],
                "gold": _YIELD.get(row["type"], row["type"]),
                "answer": _YIELD.get(answer.type, answer.type),
                "probability": answer.probability,
                "rule": answer.rule,
            }
        )
    return PairScores(cases)


def _quad(type_: str) -> str:
    if type_ in (NONE, "YIELD"):
        return NONE if type_ == NONE else "2"
    return str(load_ontology().types[type_].quad)
