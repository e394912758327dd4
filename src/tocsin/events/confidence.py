"""How sure an event is: one visible list of features, one list of weights.

Every feature is a number with a name; their weighted sum, through the logistic function, is the
probability that a reader finds type and parties right. The weights stand in
``data/rules/confidence.yaml`` with the measurement that set them, and ``tocsin explain`` shows the
features that spoke loudest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from tocsin.events.combination import NONE
from tocsin.model.candidate import Asked, Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Sentence

# Probabilities nearer to 0 or 1 than this are all alike: the model has seen too little to tell.
_NEAREST = 0.005
_FAR = 8  # arcs of the parse; longer ways are all alike
_QUOTES = frozenset({'"', "“", "”", "``", "''"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What the model said of the pairs of one sentence, by the heads of their sides."""

    by_heads: Mapping[tuple[int | None, int | None], Asked]

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> Answers:
        """Index the pairs of a sentence."""
        return cls({(_head(one.actor), _head(one.recipient)): one for one in asked})

    def of_pair(
        self, actor: ActorMention | None, recipient: ActorMention | None
    ) -> Mapping[str, float] | None:
        """Return the model's answer; None where it was not asked."""
        found = self.by_heads.get((_head(actor), _head(recipient)))
        return found.model if found else None


def features(
    sent: Sentence,
    candidate: Candidate,
    status: str | None,
    answers: Answers,
    others: Sequence[Candidate],
) -> dict[str, float]:
    """Return the features of a candidate; those that are 0 may be left out.

    ``status`` is what modality said of it, ``others`` are all candidates of its sentence.
    """
    inside = {head for pair in answers.by_heads for head in pair if head is not None}
    actor = next((m for m in candidate.actors if m.head in inside), None)
    recipient = next(
        (m for m in candidate.recipients if m.head in inside and m.head != _head(actor)), None
    )
    out = {"always": 1.0, "share": _logit(candidate.weight)}
    out.update(_of_model(candidate.type, actor, recipient, answers))
    out.update(_of_sides(candidate, actor, recipient))
    out.update(_of_place(sent, candidate, actor, recipient, len(inside)))
    out[f"type {candidate.type}"] = 1.0
    if status is not None:
        out[f"status {status}"] = 1.0
    if candidate.rule.startswith("relation#"):
        out[candidate.rule.partition("#")[2]] = 1.0
    elif not candidate.rule.startswith(candidate.type.lower()):
        out["changed"] = 1.0
    if candidate.nominal:
        out["noun"] = 1.0
    rivals = sum(
        other is not candidate and other.type != candidate.type and _meet(other, actor, recipient)
        for other in others
    )
    out["rivals"] = float(min(rivals, 3))
    return out


def _of_model(
    type_: str, actor: ActorMention | None, recipient: ActorMention | None, answers: Answers
) -> Iterator[tuple[str, float]]:
    """The model's answer for the pair, or for the one side with the other left open."""
    answer = answers.of_pair(actor, recipient)
    if answer is None:
        yield "not asked", 1.0
        return
    side = "pair" if actor and recipient else "actor" if actor else "recipient"
    yield f"{side} has the type", _logit(answer.get(type_, 0.0))
    yield f"{side} has none", _logit(answer.get(NONE, 0.0))
    if side != "pair":
        yield f"{side} alone", 1.0


def _of_sides(
    candidate: Candidate, actor: ActorMention | None, recipient: ActorMention | None
) -> Iterator[tuple[str, float]]:
    for name, side, mention in (
        ("actor", candidate.actors, actor),
        ("recipient", candidate.recipients, recipient),
    ):
        if side and mention is None:
            # "the two Koreas signed": one word names both sides
            both = actor is not None and any(m.head == actor.head for m in side)
            yield "one word for both" if both else f"{name} implied", 1.0
        if mention is not None:
            if mention.via == "pronoun":
                yield f"{name} is a pronoun", 1.0
            if mention.country is None:
                yield f"{name} without a state", 1.0
            if not mention.sectors:
                yield f"{name} without a sector", 1.0
    if actor is not None and recipient is not None and actor.country is not None:
        yield "one state", float(actor.country == recipient.country)


def _of_place(
    sent: Sentence,
    candidate: Candidate,
    actor: ActorMention | None,
    recipient: ActorMention | None,
    parties: int,
) -> Iterator[tuple[str, float]]:
    """Where the words stand: on which ways the parse joins them, and in what a sentence."""
    yield "parties", log(1 + parties)
    yield "tokens", log(1 + len(sent.tokens))
    # News stand first in a text; what follows explains and recalls.
    yield "sentence", log(1 + min(sent.index, 40))
    yield "first sentence", float(sent.index == 0)
    depth = sum(1 for _ in sent.ancestors(candidate.head))
    yield "depth", float(min(depth, _FAR))
    yield "main word", float(depth == 0)
    for name, mention in (("actor", actor), ("recipient", recipient)):
        if mention is None:
            continue
        way = _way(sent, mention.head, candidate.head)
        yield f"way to {name}", float(min(len(way), _FAR))
        deps = {sent.tokens[i].dep for i in way}
        if "conj" in deps:
            yield f"conjunct on the way to {name}", 1.0
        if deps & {"relcl", "ccomp", "advcl", "acl", "parataxis"}:
            yield f"clause on the way to {name}", 1.0
        dep = sent.tokens[mention.head].dep
        if len(way) == 1 and dep in ("nsubj", "agent", "dobj", "nsubjpass", "poss"):
            yield f"{name} is {dep}", 1.0
    if actor is not None and recipient is not None:
        yield "recipient first", float(recipient.head < actor.head)
        between = _way(sent, actor.head, recipient.head)
        if between and all(sent.tokens[i].dep == "conj" for i in between):
            yield "listed together", 1.0
    if sum(token.text in _QUOTES for token in sent.tokens[: candidate.head]) % 2:
        yield "quoted", 1.0


def _way(sent: Sentence, one: int, other: int) -> list[int]:
    """The tokens whose arcs lead from one token to another, up and down."""
    up, down = [one, *sent.ancestors(one)], [other, *sent.ancestors(other)]
    below = set(down)
    meeting = next((i for i in up if i in below), None)
    if meeting is None:
        return [*up, *down]
    return [*up[: up.index(meeting)], *down[: down.index(meeting)]]


def _meet(other: Candidate, actor: ActorMention | None, recipient: ActorMention | None) -> bool:
    return any(m.head == _head(actor) for m in other.actors) and any(
        m.head == _head(recipient) for m in other.recipients
    )


def _head(mention: ActorMention | None) -> int | None:
    return None if mention is None else mention.head


def _logit(share: float) -> float:
    share = min(max(share, _NEAREST), 1 - _NEAREST)
    return log(share / (1 - share))
