"""Giving an event its date, place and counts: those of its own clause, else of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from tocsin.events.syntax import is_verb, surface_subjects
from tocsin.knowledge.modality import load_modality
from tocsin.model.candidate import Attribution, Candidate
from tocsin.model.mention import DateMention, Mention, PlaceMention, QuantityMention
from tocsin.model.parse import Sentence

M = TypeVar("M", bound=Mention)

# Clauses that have a time, place and number of their own.
_CLAUSES = ("relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "conj", "pcomp")

# Before the noun of a deed these set it apart from the clause: "after the raid", "over the raid".
_APART = {"after", "before", "since", "until", "following", "despite", "over", "about", "from"}
_DURING = {"in", "during", "throughout", "at"}
_OTHER_TIME = {"after", "before", "since", "until", "despite", "without"}
# A forum "held in Rome from Monday on": the day and place of who attends it.
_HELD = frozenset(("hold", "stage", "host", "convene"))
_BEFORE_NOUN = ("nummod", "compound", "nmod", "amod", "poss")
# What a deed sets out from is where it happened only if it flies, fires or leaves.
_FROM = frozenset(("MOBILIZE", "ASSAULT", "RETREAT", "COERCE"))

# Acts that are done by saying them.
_VERBAL = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))

# "exchanged fire, leaving several dead": the count belongs to the exchange.
_RESULTS = {
    "leave", "kill", "wound", "injure", "cause", "claim", "displace", "bring", "raise", "push",
    "take",
}  # fmt: skip


def date_of(
    sent: Sentence,
    candidate: Candidate,
    dates: Sequence[DateMention],
    said: Sequence[Attribution] = (),
) -> DateMention | None:
    """The date of a candidate: a DATE or TIME of its clause, else of the clause around it.

    A speech verb's date ("said on Monday") belongs to what was said only where the saying is the
    event: the demand, refusal or promise of who speaks, or of the speaker's state (``said`` is on
    whose word the event is told). A subordinate clause's date never belongs to the clause above.
    """
    usable = [d for d in dates if d.kind in ("DATE", "TIME") and d.value != "PAST_REF"]
    usable = [d for d in usable if d.value != "FUTURE_REF" and d.value != "PRESENT_REF"]
    usable = [d for d in usable if not _of_another_noun(sent, candidate, d)]
    return _nearest(sent, candidate, usable, climb=True, said=said)


def place_of(
    sent: Sentence, candidate: Candidate, places: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The place of a candidate: a literal place of its clause, the finest of one country."""
    actors = {m.head for m in candidate.actors}
    usable = [p for p in places if p.literal and p.head not in actors]
    usable = [p for p in usable if not _is_seat(sent, p) and not _is_origin(sent, candidate, p)]
    place = _nearest(sent, candidate, usable, climb=False)
    if place is None or place.radius_km is None:
        return place
    # "the Ukrainian city of Kharkiv"
    finer = [
        p
        for p in usable
        if p.country == place.country and p.radius_km and p.radius_km < place.radius_km
    ]
    return _nearest(sent, candidate, finer, climb=False) or place


def quantities_of(
    sent: Sentence, candidate: Candidate, quantities: Sequence[QuantityMention]
) -> tuple[QuantityMention, ...]:
    """The counts of a candidate: those in its own clause and in what it led to, in order."""
    own = set(_clause(sent, candidate.head))
    for child in sent.children(candidate.head, "advcl", "conj", "ccomp", "dep"):
        token = sent.tokens[child]
        if token.tag == "VBG" and token.lemma in _RESULTS:
            own |= _clause(sent, child)
    if sent.tokens[candidate.head].dep == "advcl":
        # "80 people were killed and 12 injured when bombers attacked the rally"
        above = sent.tokens[candidate.head].head
        around = set(_clause(sent, above))
        while sent.tokens[above].dep == "conj":
            above = sent.tokens[above].head
            around |= _clause(sent, above)
        own |= {q.head for q in quantities if q.casualty and q.head in around}
    return tuple(q for q in quantities if q.head in own)


def _nearest(
    sent: Sentence,
    candidate: Candidate,
    mentions: Sequence[M],
    *,
    climb: bool,
    said: Sequence[Attribution] = (),
) -> M | None:
    if not mentions:
        return None
    at = candidate.head
    own = _clause(sent, at)
    found = [m for m in mentions if m.head in own]
    if _is_only_spoken_of(sent, candidate):
        inside = set(sent.subtree(at))
        found = [m for m in found if m.head in inside]
        climb = False
    steps = 0
    while not found and climb and steps < 3 and not _apart_in_time(sent, at):
        above = _clause_above(sent, at)
        if above is None:
            break
        at = above
        if _says(sent, at) and not _spoken(sent, candidate, at, said):
            break
        outer = _clause(sent, at)
        found = [m for m in mentions if m.head in outer]
        steps += 1
    if not found:
        return None
    return min(found, key=lambda m: (abs(m.head - candidate.head), m.first))


def _is_only_spoken_of(sent: Sentence, candidate: Candidate) -> bool:
    """Whether the deed is a noun that its clause tells of: "recounted a meeting", "after the raid".

    The day and place of the clause are then those of the telling, or of what came after.
    """
    at, phrases = candidate.head, 0
    while not is_verb(sent, at) and sent.tokens[at].head != at:
        token = sent.tokens[at]
        phrases += token.dep == "prep"
        if phrases > 1:
            return True  # "promised to deal with violators of the sanctions"
        if token.dep == "prep" and token.lower in _APART and at != candidate.head:
            return True
        subject = token.dep in ("nsubj", "nsubjpass")
        at = token.head
        if is_verb(sent, at) and not subject and at not in candidate.trigger:
            return sent.tokens[at].lemma in _telling()
    return False


@cache
def _telling() -> frozenset[str]:
    """Verbs that tell of a deed, and do not do it."""
    rules = load_modality()
    by = rules.speech_by_word
    return frozenset((*by["verb"], *by["accusation"])) - rules.words["light"]


def _of_another_noun(sent: Sentence, candidate: Candidate, date: DateMention) -> bool:
    """Whether a date stands before a noun that is not the deed: "the 2015 deal", "Monday's talks".

    The subject's date is the verb's: "Monday's raid killed two".
    """
    token = sent.tokens[date.head]
    if token.dep not in _BEFORE_NOUN or is_verb(sent, token.head):
        return token.dep == "pobj" and _since_of_noun(sent, token.head)
    noun = token.head
    of = sent.tokens[noun]
    if noun == candidate.head or noun in candidate.trigger:
        return False
    if of.pos == "PROPN" and not token.text.isdigit():
        return False  # "on Saturday Trump said": the parser joins what only meets
    if of.dep == "pobj" and sent.tokens[of.head].lower in _DURING:
        return False  # "interfered in the 2016 campaign"
    return not (token.dep == "poss" and of.dep in ("nsubj", "nsubjpass"))


def _since_of_noun(sent: Sentence, prep: int) -> bool:
    """ "The first talks since 2015": the year of others."""
    token = sent.tokens[prep]
    return token.lower == "since" and not is_verb(sent, token.head)


def _is_seat(sent: Sentence, place: PlaceMention) -> bool:
    """Whether a place is where somebody sits: "a Geneva-based group"."""
    after = [token.lower for token in sent.tokens[place.stop : place.stop + 2]]
    return after[-1:] == ["based"] or after[:1] == ["based"]


def _is_origin(sent: Sentence, candidate: Candidate, place: PlaceMention) -> bool:
    """Whether a place is where somebody came from: "visits from Rome"."""
    token = sent.tokens[place.head]
    while token.dep == "conj" and token.head != token.i:
        token = sent.tokens[token.head]
    of = sent.tokens[token.head]
    return token.dep == "pobj" and of.lower == "from" and candidate.type not in _FROM


def _apart_in_time(sent: Sentence, head: int) -> bool:
    """Whether the clause of ``head`` lies before or after the one around it: "after he spoke"."""
    at = head
    while not is_verb(sent, at) and sent.tokens[at].head != at:
        at = sent.tokens[at].head
    marks = {sent.tokens[c].lower for c in sent.children(at, "mark", "advmod")}
    above = sent.tokens[sent.tokens[at].head].lower if sent.tokens[at].dep == "pcomp" else ""
    return bool((marks | {above}) & _OTHER_TIME)


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
            held = token.dep == "acl" and token.tag == "VBN" and token.lemma in _HELD
            if token.dep in _CLAUSES and is_verb(sent, child) and child != head and not held:
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


def _spoken(sent: Sentence, candidate: Candidate, verb: int, said: Sequence[Attribution]) -> bool:
    """Whether the saying is the act: the demand of the one who says it, or of his state."""
    if candidate.type not in _VERBAL:
        return False  # "said on Monday that it had fired a missile"
    speakers = surface_subjects(sent, verb)
    if any(m.head in speakers or m.first in speakers for m in candidate.actors):
        return True
    if sent.tokens[candidate.head].tag in ("VBD", "VBN"):
        return False  # "said on Monday that they had agreed"
    states = {m.country for m in candidate.actors} - {None}
    return any(
        link.speaker is not None
        and link.sentence == sent.index
        and link.cue[0] == verb
        and link.speaker.country in states
        for link in said
    )


def _says(sent: Sentence, verb: int) -> bool:
    clause = sent.child(verb, "ccomp", "parataxis")
    return clause is not None and is_verb(sent, clause)
