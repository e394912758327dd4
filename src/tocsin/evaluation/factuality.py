"""Scores of status: against event factuality, and against sentences that say their own status.

The set is JSON lines. A row ``{id, text, trigger, type, status}`` (``published`` where it matters)
asks for the status of the words ``trigger``; "none" is no event. A row
``{id, text, dct, events: [{start, end, certainty, polarity}]}`` is one of MEANTIME's documents, of
which three classes are compared, those that both sides can tell apart:

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

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.evaluation.scores import class_scores, confusion_table, macro_f1
from tocsin.knowledge.cardinality import load_cardinality
from tocsin.knowledge.logistic import load_background
from tocsin.knowledge.modality import load_modality
from tocsin.language.parser import Parser
from tocsin.modality import Modality
from tocsin.model.candidate import Candidate, Judgement
from tocsin.model.parse import Parse
from tocsin.timex import find_dates

_SENTENCE = frozenset(("id", "text", "trigger", "type", "status"))


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
        """Mean F1 of the classes."""
        return macro_f1(class_scores(self.pairs))

    def as_dict(self) -> dict[str, float]:
        """The figures by name: shares between 0 and 1, and what they are counted on."""
        right = sum(given == ours for given, ours in self.pairs)
        numbers: dict[str, float] = {
            "events": len(self.pairs),
            "status_macro_f1": round(self.macro_f1, 4),
            "status_accuracy": round(right / len(self.pairs), 4) if self.pairs else 0.0,
        }
        of = {f"{name}_f1": round(s.f1, 4) for name, s in class_scores(self.pairs).items()}
        return numbers | of

    def table(self) -> str:
        """The scores for people."""
        lines = [
            f"{name:<12} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f} n {s.support}"
            for name, s in class_scores(self.pairs).items()
        ]
        return "\n".join([*lines, f"macro-F1 {self.macro_f1:.3f}", confusion_table(self.pairs)])


def evaluate_factuality(
    path: Path | str, parser: Parser | None = None, modality: Modality | None = None
) -> FactualityScores:
    """Judge every given event as if it were a candidate. InputError where the file is not so."""
    parser = parser or Parser()
    modality = modality or Modality(load_modality(), load_background(), load_cardinality())
    cases: list[FactualityCase] = []
    for row in _rows(Path(path)):
        document = _document_cases if "events" in row else _sentence_case
        cases.extend(document(row, parser, modality))
    return FactualityScores(tuple(cases))


def _sentence_case(row: dict[str, Any], parser: Parser, modality: Modality) -> list[FactualityCase]:
    """One sentence with its status."""
    start = row["text"].index(row["trigger"])
    event = {"start": start, "end": start + len(row["trigger"])}
    parse = parser.parse(row["text"])
    found = _candidate(parse, event, row["type"])
    if found is None:
        return []
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    dates = find_dates(parse, published=published)
    judged = modality.judge(parse, [found], actors=(), dates=dates, published=published)[0]
    return [_case(row["id"], event, row["status"], judged.status or "none", judged)]


def _document_cases(
    row: dict[str, Any], parser: Parser, modality: Modality
) -> list[FactualityCase]:
    """The events of one of MEANTIME's documents."""
    parse = parser.parse(row["text"])
    placed = [(event, _candidate(parse, event)) for event in row["events"]]
    kept = [(e, c) for e, c in placed if c is not None and e.get("certainty")]
    published = date.fromisoformat(row["dct"]) if row.get("dct") else None
    judged = modality.judge(
        parse,
        [c for _, c in kept],
        actors=(),
        dates=find_dates(parse, published=published),
        published=published,
    )
    return [
        _case(row["id"], event, _given(event), _ours(judgement, _given(event), event), judgement)
        for (event, _), judgement in zip(kept, judged, strict=True)
    ]


def _case(
    document: str, event: dict[str, Any], given: str, ours: str, judgement: Judgement
) -> FactualityCase:
    return FactualityCase(
        document=document,
        start=event["start"],
        end=event["end"],
        given=given,
        ours=ours,
        status=judgement.status,
        cues=tuple(rule for rule, _, _ in judgement.cues),
    )


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


def _candidate(parse: Parse, event: dict[str, Any], type_: str = "ASSAULT") -> Candidate | None:
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
                type=type_,
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
            if not ({"id", "text", "events"} <= set(row) or set(row) >= _SENTENCE):
                raise InputError(
                    "lacks id, text and events, or id, text, trigger, type and status",
                    path=str(path),
                    line=number,
                )
            if "events" not in row and row["trigger"] not in row["text"]:
                raise InputError("the trigger is not in the text", path=str(path), line=number)
            rows.append(row)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    return rows
