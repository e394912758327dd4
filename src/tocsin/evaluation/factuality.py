"""Scores of status against event factuality: ``python -m tocsin.evaluation.factuality FILE``.

The set is JSON lines of ``{id, text, dct, events: [{start, end, certainty, polarity}]}``, as
MEANTIME has them. Three classes are compared, those that both sides can tell apart:

========  =====================================  =====================================
class     given                                  ours
========  =====================================  =====================================
fact      CERTAIN and POS                        actual, background, future auxiliary
no-deed   polarity NEG                           dropped as negated, denied
unsure    POSSIBLE, PROBABLE, UNDERSPECIFIED     all others
========  =====================================  =====================================

MEANTIME calls a planned or intended future certain ("will supply", "a contract to supply"), our
record calls it predicted or hypothetical: for an event given as CERTAIN and FUTURE both are right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.evaluation.scores import class_scores, confusion_table, macro_f1
from tocsin.knowledge.logistic import load_background
from tocsin.knowledge.modality import load_modality
from tocsin.language.parser import Parser
from tocsin.modality import Modality
from tocsin.model.candidate import Candidate, Judgement
from tocsin.model.parse import Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityCase:
    """One event: its offsets, the given and our class, our status and why; never the text."""

    document: str
    start: int
    end: int
    given: str
    ours: str
    status: str | None
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactualityScores:
    """The cases of one run."""

    cases: tuple[FactualityCase, ...]

    @property
    def pairs(self) -> list[tuple[str, str | None]]:
        """Given and our class per event."""
        return [(case.given, case.ours) for case in self.cases]

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the three classes."""
        return macro_f1(class_scores(self.pairs))

    def table(self) -> str:
        """The scores for people."""
        lines = [
            f"{name:<8} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f} n {s.support}"
            for name, s in class_scores(self.pairs).items()
        ]
        return "\n".join([*lines, f"macro-F1 {self.macro_f1:.3f}", confusion_table(self.pairs)])


def evaluate_factuality(path: Path | str, parser: Parser, modality: Modality) -> FactualityScores:
    """Judge every given event as if it were a candidate. InputError where the file is not so."""
    cases: list[FactualityCase] = []
    for row in _rows(Path(path)):
        parse = parser.parse(row["text"])
        placed = [(event, _candidate(parse, event)) for event in row["events"]]
        kept = [(e, c) for e, c in placed if c is not None and e.get("certainty")]
        judged = modality.judge(
            parse,
            [c for _, c in kept],
            actors=(),
            dates=(),
            published=date.fromisoformat(row["dct"]) if row.get("dct") else None,
        )
        for (event, _), judgement in zip(kept, judged, strict=True):
            given = _given(event)
            cases.append(
                FactualityCase(
                    document=row["id"],
                    start=event["start"],
                    end=event["end"],
                    given=given,
                    ours=_ours(judgement, given, event),
                    status=judgement.status,
                    cues=tuple(rule for rule, _, _ in judgement.cues),
                )
            )
    return FactualityScores(tuple(cases))


def _given(event: dict[str, Any]) -> str:
    if event["polarity"] == "NEG":
        return "no-deed"
    return "fact" if event["certainty"] == "CERTAIN" else "unsure"


def _ours(judgement: Judgement, given: str, event: dict[str, Any]) -> str:
    if judgement.dropped == "negated" or judgement.status == "denied":
        return "no-deed"
    if judgement.status in ("actual", "background"):
        return "fact"
    if judgement.dropped is not None and judgement.dropped != "question":
        return "fact"  # generic and idiom say nothing of certainty
    if given == "fact" and event.get("time") == "FUTURE":
        return "fact"
    return "unsure"


def _candidate(parse: Parse, event: dict[str, Any]) -> Candidate | None:
    for sentence in parse.sentences:
        if sentence.start <= event["start"] < sentence.end:
            inside = tuple(
                t.i for t in sentence.tokens if t.start < event["end"] and event["start"] < t.end
            )
            if not inside:
                return None
            head = next((i for i in inside if sentence.tokens[i].head not in inside), inside[0])
            return Candidate(
                sentence=sentence.index,
                head=head,
                trigger=inside,
                rule="given",
                type="ASSAULT",
                mode=None,
                actors=(),
                recipients=(),
                nominal=sentence.tokens[head].pos in ("NOUN", "PROPN"),
            )
    return None


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if not {"id", "text", "events"} <= set(row):
                raise InputError("lacks id, text or events", path=str(path), line=number)
            rows.append(row)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores for a file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    given = options.parse_args(arguments)
    print(
        evaluate_factuality(
            given.file, Parser(), Modality(load_modality(), load_background())
        ).table()
    )


if __name__ == "__main__":
    main()
