"""Actors that a sentence leaves out because the text has named them: "It was demolished"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.model.candidate import Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence

# How many sentences back an act is still the one that a definite phrase speaks of: few where the
# phrase is a general word ("the facility"), more where it is the same word ("the office").
_NEAR = 5
_FAR = 30
_GENERAL = {
    "facility", "building", "site", "complex", "structure", "place", "area", "compound", "vessel",
    "ship", "plane", "aircraft", "group", "man", "woman", "people", "victim", "target",
}  # fmt: skip
# Deeds are spoken of again ("the attack"); "the threat" or "the talks" may be anybody's.
_DEEDS = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "RETREAT"}
_DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "his", "her"}


def fill_implied(parse: Parse, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Give candidates without an actor those of the act that they speak of again.

    The earlier act is of the same type and mode and the object (or the act itself) is definite.
    What is filled in is marked ``via="implied"``. Candidates that then still have no known actor
    on either side are dropped: nobody is in them.
    """
    known: list[Candidate] = []
    filled: list[Candidate] = []
    for candidate in candidates:
        sent = parse.sentences[candidate.sentence]
        deed = candidate.type in _DEEDS and not candidate.actors
        if deed and _definite(sent, candidate):
            earlier = _earlier(parse, candidate, known)
            if earlier is not None:
                candidate = _fill(candidate, earlier)
        elif candidate.content is not None and not candidate.recipients:
            candidate = _fill_addressee(candidate, known)
        if candidate.actors:
            known.append(candidate)
        if any(m.country or m.sectors for m in (*candidate.actors, *candidate.recipients)):
            filled.append(candidate)
    return tuple(filled)


def _definite(sent: Sentence, candidate: Candidate) -> bool:
    """Whether the object, or the event noun itself, is something the text has spoken of."""
    heads = [candidate.head] if candidate.nominal else []
    if candidate.object is not None:
        heads.append(candidate.object)
    return any(
        sent.tokens[child].lower in _DEFINITE
        for head in heads
        for child in sent.children(head, "det", "poss")
    )


def _earlier(parse: Parse, candidate: Candidate, known: Sequence[Candidate]) -> Candidate | None:
    thing = _thing(parse, candidate)
    for other in reversed(known):
        distance = candidate.sentence - other.sentence
        if distance > _FAR:
            return None
        if (other.type, other.mode) != (candidate.type, candidate.mode) or other is candidate:
            continue
        if thing is not None and thing == _thing(parse, other):
            return other
        if distance <= _NEAR and (thing is None or thing in _GENERAL):
            return other
    return None


def _thing(parse: Parse, candidate: Candidate) -> str | None:
    """The lemma of what was acted upon; None where only the act is named ("its destruction")."""
    if candidate.object is None:
        return None
    return parse.sentences[candidate.sentence].tokens[candidate.object].lemma


def _fill(candidate: Candidate, earlier: Candidate) -> Candidate:
    actors = tuple(replace(m, via="implied") for m in earlier.actors)
    countries = {m.country for m in actors}
    # What was found as recipient only because it lies there ("in the North's border city") is not
    # the recipient when it is the actor's own country.
    recipients = tuple(m for m in candidate.recipients if m.country not in countries)
    if not any(m.country or m.sectors for m in recipients):
        recipients = tuple(_implied(m) for m in earlier.recipients) or recipients
    return replace(candidate, actors=actors, recipients=recipients)


def _fill_addressee(candidate: Candidate, known: Sequence[Candidate]) -> Candidate:
    """Give a threat or promise without addressee that of the deed that it is about."""
    content = candidate.content
    countries = {m.country for m in candidate.actors if m.country}
    for other in reversed(known):
        same = content is not None and (other.type, other.mode) == (content.type, content.mode)
        if same and other.recipients and countries & {m.country for m in other.actors}:
            return replace(candidate, recipients=tuple(_implied(m) for m in other.recipients))
    return candidate


def _implied(mention: ActorMention) -> ActorMention:
    return replace(mention, via="implied")
