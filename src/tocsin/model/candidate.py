"""Candidates: what the events stage finds, before modality has judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.model.mention import ActorMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger with its frame in one sentence.

    ``trigger`` are the token indices of the trigger (not always adjacent: "cut ties *off*"),
    ``head`` the one that carries the clause (the verb of a light verb, the noun of a nominal).
    ``object`` is the head token of what is acted upon, where it is no actor (the office that was
    blown up). ``content`` is what a THREATEN, REQUEST, AGREE or REJECT is about. ``spans`` are
    the token ranges that the rule looked at, as evidence. ``consumed`` are tokens that already had
    their say in the type (the "will not" of a refusal) and must not change the status again.
    ``model`` is the relation model's probability of the type, None where it was not asked.
    """

    sentence: int
    head: int
    trigger: tuple[int, ...]
    rule: str
    type: str
    mode: str | None
    contexts: tuple[str, ...] = ()
    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    object: int | None = None
    content: Candidate | None = None
    content_clause: int | None = None
    nominal: bool = False
    weight: float = 0.0
    consumed: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    model: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A pair that the relation model was asked about: ``model`` is its answer, a probability per
    type and for NONE; ``shares`` the same after the rules' votes. Both are None where it was not
    asked, since no event could have come of it. A side of None was left open.
    """

    sentence: int
    actor: ActorMention | None
    recipient: ActorMention | None
    model: Mapping[str, float] | None
    shares: Mapping[str, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so (``speaker``, None for words like "reportedly"), by which cue, how.

    ``cue`` is a token range (first, stop) of sentence ``sentence``; ``stance`` is asserts, denies
    or neither.
    """

    speaker: ActorMention | None
    sentence: int
    cue: tuple[int, int]
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What modality says of a candidate.

    ``status`` is one of the statuses of the public record, or None when the candidate is no event
    (negated, asked, opined): ``dropped`` then says why. ``condition`` is a token range of the
    sentence; ``deadline`` likewise (the range of a time expression such as "before long").
    ``cues`` are (rule id, first, stop) of every cue that had a say, as evidence. ``reasons`` are
    what spoke loudest for (above 0) or against the deed being told as known, where that was asked.
    ``cardinality`` is that of the public record: one, several or habitual.
    """

    status: str | None
    attribution: tuple[Attribution, ...] = ()
    condition: tuple[int, int] | None = None
    deadline: tuple[int, int] | None = None
    cues: tuple[tuple[str, int, int], ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
    dropped: str | None = None
    cardinality: str = "one"
