"""Given two phrases of a sentence: what does the one do to the other?

The way to check other event data against its text, and to measure the coder with the pair given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.events.combination import NONE, Vote, best_of, decide, match_of
from tocsin.events.relation import Pair, RelationModel
from tocsin.knowledge.combination import load_combination
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.document import Document
from tocsin.model.mention import ActorMention
from tocsin.pipeline.coder import Coder

Span = tuple[int, int]
# How often the best answer is right by what of the pair it matched: 89 and 81 % of the labelled
# pairs; on hand-written pairs without a relation an answer that matches the actor alone is wrong
# more often than right, hence the cut.
_SHARE = {"pair": 1.0, "actor": 0.55}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the rules say of a pair: a type with its mode and status, and how much of it matched.

    ``match`` is ``pair`` when both given phrases fill the event's slots, ``actor`` or
    ``recipient`` when one does, ``sentence`` when the event is only in the same sentence.
    """

    type: str
    mode: str | None
    status: str
    weight: float
    rule: str
    match: str


def rule_answers(
    coder: Coder, text: str, actor: Sequence[Span], recipient: Sequence[Span]
) -> tuple[Found, ...]:
    """Return what the rules find between the given spans of ``text``, the best match first.

    The given phrases count as actors whatever the tables know of them. Spans are code points of
    ``text``, end exclusive.
    """
    work = coder.work(Document.of(text), given=(*actor, *recipient))
    acting = [span for span in (work.clean.clean_span(*s) for s in actor) if span]
    suffering = [span for span in (work.clean.clean_span(*s) for s in recipient) if span]
    found = []
    for candidate, judgement in zip(work.candidates, work.judgements, strict=True):
        if judgement.status is None:
            continue
        acts = _touches(candidate.actors, acting)
        suffers = _touches(candidate.recipients, suffering)
        match = match_of(acts, suffers, open_=not actor or not recipient)
        found.append(
            Found(
                type=candidate.type,
                mode=candidate.mode,
                status=judgement.status,
                weight=candidate.weight,
                rule=candidate.rule,
                match=match,
            )
        )
    order = ("pair", "actor", "recipient", "sentence")
    return tuple(sorted(found, key=lambda f: (order.index(f.match), -f.weight, f.rule)))


def _touches(mentions: Sequence[ActorMention], spans: Sequence[Span]) -> bool:
    return any(m.start < end and start < m.end for m in mentions for start, end in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What the one does to the other: a PLOVER type or ``NONE``, and how sure that is (0 to 1).

    ``model`` is the relation model's own probability of the type, None without the model;
    ``rule`` the rule that speaks for it, None where only the model does.
    """

    type: str
    mode: str | None
    quad: int | None
    status: str | None
    probability: float
    rule: str | None
    model: float | None


class Relater:
    """Says of pairs what the one does to the other, by rules and, unless ``model`` is None, by the
    relation model, put together in :mod:`tocsin.events.combination`."""

    def __init__(self, coder: Coder, model: RelationModel | None) -> None:
        self.coder = coder
        self.model = model
        self.weights = load_combination()

    def relate(self, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Relation:
        """Say what the phrases at ``actor`` do to those at ``recipient`` in ``text``.

        Spans are code points, end exclusive; ValueError where one lies outside the text.
        """
        answers = rule_answers(self.coder, text, actor, recipient)
        if self.model is None:
            return self._by_rules(answers)
        (asked,) = self.model.relate(text, [Pair(actor=actor, recipient=recipient)])
        votes = [Vote(a.type, a.match, a.weight) for a in answers]
        shares = decide(votes, asked.probabilities, self.weights)
        best = best_of(shares)
        return _relation(
            best,
            next((a for a in answers if a.type == best), None),
            answers[0].status if answers and best != NONE else None,
            shares[best],
            asked.probabilities.get(best, 0.0),
            asked.mode_of(best, at_least=self.weights.mode),
        )

    def _by_rules(self, answers: Sequence[Found]) -> Relation:
        known = [a for a in answers if a.match in _SHARE]
        if not known:
            return _relation(NONE, None, None, 0.5, None)
        best = known[0]
        return _relation(best.type, best, best.status, best.weight * _SHARE[best.match], None)


def _relation(
    type_: str,
    answer: Found | None,
    status: str | None,
    probability: float,
    model: float | None,
    mode: str | None = None,
) -> Relation:
    return Relation(
        type=type_,
        mode=(answer.mode if answer else None) or mode,
        quad=None if type_ == NONE else load_ontology().types[type_].quad,
        status=None if type_ == NONE else status or "actual",
        probability=round(probability, 4),
        rule=answer.rule if answer else None,
        model=None if model is None else round(model, 4),
    )
