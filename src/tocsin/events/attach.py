"""Giving an event its date, place and counts: those of its own clause, else of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tocsin.events.syntax import is_verb, surface_subjects
from tocsin.model.candidate import Candidate
from tocsin.model.mention import DateMention, Mention, PlaceMention, QuantityMention
from tocsin.model.parse import Sentence

M = TypeVar("M", bound=Mention)

# Clauses that have a time, place and number of their own.
_CLAUSES = ("relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "conj", "pcomp")

# "exchanged fire, leaving several dead": the count belongs to the exchange.
_RESULTS = {"leave", "kill", "wound", "injure", "cause", "claim", "displace"}


def date_of(
    sent: Sentence, candidate: Candidate, dates: Sequence[DateMention]
) -> DateMention | None:
    """The date of a candidate: a DATE or TIME of its clause, else of the clause around it.

    A speech verb's date ("said on Monday") belongs to what was said only where the saying is the
    event; a subordinate clause's date never belongs to the clause above.
    """
    usable = [d for d in dates if d.kind in ("DATE", "TIME") and d.value != "PAST_REF"]
    usable = [d for d in usable if d.value != "FUTURE_REF" and d.value != "PRESENT_REF"]
    return _nearest(sent, candidate, usable, climb=True)


def place_of(
    sent: Sentence, candidate: Candidate, places: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The place of a candidate: a literal place of its clause."""
    actors = {m.head for m in candidate.actors}
    usable = [p for p in places if p.literal and p.head not in actors]
    return _nearest(sent, candidate, usable, climb=False)


def quantities_of(
    sent: Sentence, candidate: Candidate, quantities: Sequence[QuantityMention]
) -> tuple[QuantityMention, ...]:
    """The counts of a candidate: those in its own clause and in what it led to, in order."""
    own = set(_clause(sent, candidate.head))
    for child in sent.children(candidate.head, "advcl", "conj", "ccomp", "dep"):
        token = sent.tokens[child]
        if token.tag == "VBG" and token.lemma in _RESULTS:
            own |= _clause(sent, child)
    return tuple(q for q in quantities if q.head in own)


def _nearest(
    sent: Sentence, candidate: Candidate, mentions: Sequence[M], *, climb: bool
) -> M | None:
    if not mentions:
        return None
    at = candidate.head
    own = _clause(sent, at)
    found = [m for m in mentions if m.head in own]
    steps = 0
    while not found and climb and steps < 3 and not _apart_in_time(sent, at):
        above = _clause_above(sent, at)
        if above is None:
            break
        at = above
        if _says(sent, at) and not _spoken(sent, candidate, at):
            break
        outer = _clause(sent, at)
        found = [m for m in mentions if m.head in outer]
        steps += 1
    if not found:
        return None
    return min(found, key=lambda m: (abs(m.head - candidate.head), m.first))


def _apart_in_time(sent: Sentence, head: int) -> bool:
    """Whether the clause of ``head`` lies before or after the one around it: "after he spoke"."""
    at = head
    while not is_verb(sent, at) and sent.tokens[at].head != at:
        at = sent.tokens[at].head
    marks = {sent.tokens[c].lower for c in sent.children(at, "mark", "advmod")}
    above = sent.tokens[sent.tokens[at].head].lower if sent.tokens[at].dep == "pcomp" else ""
    return bool((marks | {above}) & {"after", "before", "since", "until"})


def _clause(sent: Sentence, head: int) -> frozenset[int]:
    """Tokens of the clause of ``head``: below it, but not below an inner clause."""
    top = head
    while not is_verb(sent, top) and sent.tokens[top].head != top:
        if sent.tokens[top].dep in ("relcl", "acl", "advcl"):
            break
        top = sent.tokens[top].head
    found: list[int] = [top]
    for at in found:
        for child in sent.children(at):
            token = sent.tokens[child]
            if token.dep in _CLAUSES and is_verb(sent, child) and child != head:
                continue
            found.append(child)
    return frozenset({*found, head, *sent.subtree(head)} if not is_verb(sent, head) else found)


def _clause_above(sent: Sentence, head: int) -> int | None:
    """The verb of the clause around the one of ``head``."""
    at = head
    while not is_verb(sent, at) and sent.tokens[at].head != at:
        at = sent.tokens[at].head
    while sent.tokens[at].head != at:
        at = sent.tokens[at].head
        if is_verb(sent, at):
            return at
    return None


def _spoken(sent: Sentence, candidate: Candidate, verb: int) -> bool:
    """Whether the saying is the act: the demand of the one who says it."""
    speakers = surface_subjects(sent, verb)
    return any(m.head in speakers or m.first in speakers for m in candidate.actors)


def _says(sent: Sentence, verb: int) -> bool:
    clause = sent.child(verb, "ccomp", "parataxis")
    return clause is not None and is_verb(sent, clause)
