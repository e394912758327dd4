"""Confidence: named features, one sum, and what it can be asked."""

from __future__ import annotations

import pytest

from tocsin import Coder, Document
from tocsin.events.combination import NONE
from tocsin.events.confidence import Answers, features
from tocsin.events.relation import Relation
from tocsin.knowledge.logistic import load_confidence
from tocsin.model.candidate import Asked
from tocsin.pipeline.stage import Work


@pytest.fixture(scope="module")
def work() -> Work:
    text = "Kenya and Peru watched as Iran bombed Iraq, a Swiss envoy said."
    return Coder(coder="rules").work(Document.of(text))


def found(work: Work, **answer: float) -> dict[str, float]:
    (candidate,) = [c for c in work.candidates if c.type == "ASSAULT"]
    actor, recipient = candidate.actors[0], candidate.recipients[0]
    asked = Asked(sentence=0, actor=actor, recipient=recipient, model=answer, shares=answer)
    return features(work.parse.sentences[0], candidate, "actual", Answers.of([asked]), [candidate])


def test_what_the_model_says_of_the_pair_is_a_feature(work: Work) -> None:
    sure = found(work, ASSAULT=0.9, NONE=0.1)
    assert sure["pair has the type"] == pytest.approx(2.197, abs=1e-3)
    assert sure["pair has none"] == pytest.approx(-2.197, abs=1e-3)
    assert not {"not asked", "actor alone"} & set(sure)


def test_where_the_parties_stand_is_a_feature(work: Work) -> None:
    here = found(work, ASSAULT=0.9, NONE=0.1)
    assert here["actor is nsubj"] == here["recipient is dobj"] == 1.0
    assert (here["type ASSAULT"], here["status actual"], here["recipient first"]) == (1, 1, 0)


def test_a_certain_model_stays_a_number(work: Work) -> None:
    here = found(work, ASSAULT=1.0, NONE=0.0)
    assert abs(here["pair has the type"]) < 6


def test_every_feature_of_a_text_has_a_weight() -> None:
    """A feature that was renamed would be without effect."""
    names = set()
    for text in SENTENCES:
        coder = Coder(coder="full", model=_Unsure())  # type: ignore[arg-type]
        for values in coder.work(Document.of(text)).reasons:
            names |= {name for name, value in values.items() if value}
    assert len(names) > 20
    assert names - set(load_confidence().weights) == set()


SENTENCES = (
    "Iran bombed Iraq.",
    'He said: "We have urged the protesters, Peru and Chile to meet him."',
    "After the talks with Kenya, the minister who visited Chad condemned the attack on Mali.",
)


class _Unsure:
    def relate(self, text: str, pairs: list[object]) -> tuple[Relation, ...]:
        assert text
        return tuple(Relation({"ASSAULT": 0.5, NONE: 0.5}) for _ in pairs)
