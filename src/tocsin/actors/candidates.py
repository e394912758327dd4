"""Whom a pronoun might mean: the mentions before it, alone and in groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence, Token

# So many sentences back a pronoun may reach.
_REACH = 3
# Names that the parser cannot place are somebody's only with these labels.
_PERSON = frozenset({"PERSON", "PROPN", ""})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Mentions that a pronoun might stand for together: one, or those of "Iran and Russia".

    ``back`` counts the sentences from the pronoun's to theirs, ``sentence``; ``keys`` is by what
    its members are known again.
    """

    members: tuple[Found, ...]
    sentence: Sentence
    back: int
    keys: frozenset[Hashable]

    @property
    def first(self) -> Found:
        """The mention that leads."""
        return self.members[0]

    @property
    def token(self) -> Token:
        """The head of the mention that leads."""
        return self.sentence.tokens[self.first.head]

    @property
    def many(self) -> bool:
        """Whether it is more than one: a list, a pair, a plural noun."""
        return len(self.members) > 1 or self.first.several or self.first.plural


def identity(one: Found) -> Hashable:
    """By what a party is known again: its person, its state or body, or its noun and state."""
    if one.person is not None:
        return one.person.name
    if one.entity is not None:
        return one.entity
    if one.kind == "agent" and one.office is None:
        return one.country, one.noun or one.sectors, one.plural
    if one.kind in ("agent", "country"):
        return one.country, one.office
    return one.country, one.name


def is_body(one: Found, token: Token, lexicon: Lexicon) -> bool:
    """Whether a mention with the head ``token`` is of a body: "the ministry", "the group"."""
    if one.kind != "agent":
        return one.kind in ("org", "country")
    return lexicon.has("bodies", (one.noun or token.lemma).lower())


def gather(
    around: Around, sentence: Sentence, token: Token, found: list[Found]
) -> Iterator[Candidate]:
    """Yield the candidates for ``token``, its own sentence's first; none that holds the word.

    A mention that stands behind the pronoun in its sentence is one too, if it is the subject of
    the clause that a fronted phrase with the pronoun runs ahead of.
    """
    for one in _alone_and_together(around, sentence, found, 0):
        told = one.token.i < token.i or _runs_ahead(sentence, token, one.token)
        if told and all(member.head != token.i for member in one.members):
            yield one
    for before, others in around.previous(_REACH, sentence):
        yield from _alone_and_together(around, before, others, sentence.index - before.index)


def may_be(kind: str, candidate: Candidate, gender: str | None, lexicon: Lexicon) -> bool:
    """Whether number and nature allow it: "he" is one person, "it" is one that is none."""
    if kind == "many":
        return True
    one = candidate.first
    if len(candidate.members) > 1 or one.several or (one.plural and one.kind == "agent"):
        return False
    body = is_body(one, candidate.token, lexicon)
    if kind == "body":
        return body or one.kind == "unknown"
    own = one.person.gender if one.person is not None else one.gender
    return not body and own in (None, gender) and (one.kind != "unknown" or one.label in _PERSON)


def _alone_and_together(
    around: Around, sentence: Sentence, found: list[Found], back: int
) -> Iterator[Candidate]:
    seen: set[int] = set()
    for one in found:
        if one.gone or one.head in seen or not (one.country or one.sectors or one.name):
            continue
        seen.add(one.head)
        here = tuple(other for other in found if other.head == one.head)
        yield _candidate(here, sentence, back)
        together = tuple(dict.fromkeys(around.together(sentence, found, one)))
        if len({other.head for other in together}) > 1:
            yield _candidate(together, sentence, back)


def _candidate(members: tuple[Found, ...], sentence: Sentence, back: int) -> Candidate:
    return Candidate(members, sentence, back, frozenset(identity(one) for one in members))


def _runs_ahead(sentence: Sentence, token: Token, subject: Token) -> bool:
    """As in "In his letter, Kim said": ``subject`` is that of the clause that the phrase opens."""
    if subject.dep not in SUBJECT or subject.i < token.i:
        return False
    below = token.i
    for above in sentence.ancestors(token.i):
        if above == subject.head:
            return sentence.tokens[below].dep in ("prep", "advcl", "npadvmod", "advmod")
        below = above
    return False
