"""The coder with the relation model: types settled, events proposed, the reason in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tocsin import Coder, Document
from tocsin.errors import OptionError
from tocsin.events.combination import NONE
from tocsin.events.relation import Pair, Relation
from tocsin.model.event import Event


class Oracle:
    """A model that gives one answer where the actor stands first, and sees nothing else."""

    def __init__(self, answer: Mapping[str, float]) -> None:
        self.answer = answer

    def relate(self, text: str, pairs: Sequence[Pair]) -> tuple[Relation, ...]:
        assert text
        return tuple(
            Relation(self.answer if tuple(pair.actor) < tuple(pair.recipient) else {NONE: 1.0})
            for pair in pairs
        )


def code(text: str, answer: Mapping[str, float]) -> tuple[Event, ...]:
    coder = Coder(coder="full", model=Oracle(answer))  # type: ignore[arg-type]
    return coder.code(Document.of(text))


def test_a_sure_model_settles_the_type_and_says_so() -> None:
    (event,) = code("Iran seized a Greek tanker.", {"ASSAULT": 0.995, "COERCE": 0.003, NONE: 0.002})
    assert (event.type, event.mode) == ("ASSAULT", None)
    assert [(e.model, e.probability) for e in event.evidence if e.model] == [("relation", 0.995)]


def test_a_rule_stands_where_the_model_agrees() -> None:
    (event,) = code("Iran seized a Greek tanker.", {"COERCE": 0.6, "ASSAULT": 0.3, NONE: 0.1})
    assert (event.type, event.mode) == ("COERCE", "seize")
    assert event.evidence[0].rule is not None


def test_what_is_surely_no_relation_is_dropped() -> None:
    assert code("Iran seized a Greek tanker.", {NONE: 0.9999, "COERCE": 0.0001}) == ()


def test_a_pair_that_no_rule_saw_is_proposed() -> None:
    (event,) = code("Kenya puzzled Somalia on Monday.", {"COERCE": 0.95, NONE: 0.05})
    assert event.type == "COERCE"
    assert event.trigger.text == "puzzled"
    assert event.evidence[0].rule == "relation#inferred"


def asked_about(text: str) -> dict[tuple[str, str], bool]:
    """The pairs of two that were thought of, and whether the model was asked about them."""
    coder = Coder(coder="full", model=Oracle({NONE: 1.0}))  # type: ignore[arg-type]
    return {
        (one.actor.text, one.recipient.text): one.model is not None
        for one in coder.work(Document.of(text)).asked
        if one.actor and one.recipient
    }


def test_a_pair_that_no_word_joins_is_not_asked_about() -> None:
    asked = asked_about("Kenya, Peru and Chile puzzled Somalia.")
    assert asked["Kenya", "Somalia"]
    assert not asked["Kenya", "Peru"]


def test_a_pair_that_no_word_joins_is_asked_about_where_an_event_leaves_a_side_open() -> None:
    asked = asked_about("Kenyan, Somali: Kenya resumed missile tests.")
    assert asked["Kenyan", "Somali"]
    assert not asked["Somali", "Kenyan"]


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.6])
def test_a_doubtful_pair_is_not_proposed(share: float) -> None:
    assert code("Kenya puzzled Somalia on Monday.", {"COERCE": share, NONE: 1 - share}) == ()


def test_only_what_is_sure_enough_is_kept() -> None:
    text = "North Korea fired a missile on Monday. The South condemned the launch."
    document = Document.of(text, published=date(2022, 3, 1))
    every = {e.id: e.confidence for e in Coder(min_confidence=0.0).code(document)}
    low, high = sorted(every.values())[:2]
    bound = (low + high) / 2
    kept = {e.id for e in Coder(min_confidence=bound).code(document)}
    assert kept == {id_ for id_, sure in every.items() if sure >= bound}
    assert 0 < len(kept) < len(every)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"min_confidence": 1.5}, "from 0 to 1"), ({"min_confidence": 0.5, "coder": "rules"}, "full")],
)
def test_a_confidence_that_cannot_be_asked_for(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Coder(**options)
