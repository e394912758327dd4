"""Given two phrases of a sentence: what does the one do to the other?

The way to check other event data against its text, and to measure the coder with the pair given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.model.document import Document
from tocsin.model.mention import ActorMention
from tocsin.pipeline.coder import Coder

Span = tuple[int, int]
Match = Literal["pair", "actor", "recipient", "sentence"]


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
    match: Match


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
        match: Match = "sentence"
        if acts and (suffers or not recipient):
            match = "pair"
        elif acts:
            match = "actor"
        elif suffers:
            match = "recipient"
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
