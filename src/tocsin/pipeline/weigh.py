"""Confidence: what model, rules and the place of the words say together; the improbable goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tocsin.events.confidence import Answers, features
from tocsin.events.deciding import INFERRED, PROPOSED
from tocsin.knowledge.logistic import Logistic
from tocsin.model.candidate import Asked, Candidate, Judgement
from tocsin.pipeline.stage import Work

IMPROBABLE = "improbable"


def weighed(work: Work, confidence: Logistic) -> dict[str, Any]:
    """Return the candidates with their probability as ``weight``; judgements, in which those that
    are too improbable are dropped; and the features of each, as ``reasons``."""
    candidates, judgements, reasons = [], [], []
    for candidate, judgement, found in _described(work):
        share = confidence.probability(found)
        proposed = candidate.rule in (PROPOSED, INFERRED)
        least = confidence.bounds["keep_proposed" if proposed else "keep"]
        if judgement.status is not None and share < least:
            judgement = replace(judgement, status=None, dropped=IMPROBABLE)
        candidates.append(replace(candidate, weight=share))
        judgements.append(judgement)
        reasons.append(found)
    return {
        "candidates": tuple(candidates),
        "judgements": tuple(judgements),
        "reasons": tuple(reasons),
    }


def _described(work: Work) -> Iterator[tuple[Candidate, Judgement, dict[str, float]]]:
    """Yield each candidate with its judgement and its features."""
    asked: dict[int, list[Asked]] = defaultdict(list)
    for one in work.asked:
        asked[one.sentence].append(one)
    answers = {index: Answers.of(found) for index, found in asked.items()}
    by_sentence: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in work.candidates:
        by_sentence[candidate.sentence].append(candidate)
    nothing = Answers({})
    for candidate, judgement in zip(work.candidates, work.judgements, strict=True):
        index = candidate.sentence
        found = features(
            work.parse.sentences[index],
            candidate,
            judgement.status,
            answers.get(index, nothing),
            by_sentence[index],
        )
        yield candidate, judgement, found
