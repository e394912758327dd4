"""Conditions and deadlines of threats, demands, refusals and promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.clauses import extent
from tocsin.model.candidate import Candidate
from tocsin.model.mention import DateMention
from tocsin.model.parse import Sentence

_SURE = frozenset((("provided", "that"), ("on", "condition"), ("as", "long"), ("in", "case")))
_DEADLINE_WORDS = frozenset(("by", "within", "before", "until", "till"))


def content_heads(sentence: Sentence, candidate: Candidate) -> tuple[int, ...]:
    """The trigger's head and the heads of what it is about, outermost first."""
    heads = [candidate.head]
    if candidate.content is not None and candidate.content.sentence == candidate.sentence:
        heads.append(candidate.content.head)
    if candidate.content_clause is not None:
        heads.append(candidate.content_clause)
    for child in sentence.children(candidate.head, "xcomp", "ccomp", "acl"):
        heads.append(child)
    return tuple(dict.fromkeys(heads))


def find_condition(
    sentence: Sentence, candidate: Candidate, rules: ModalityRules
) -> tuple[int, int] | None:
    """Token range of the condition on the candidate or its content, None without one."""
    single = {p for p in rules.words["conditions"] if " " not in p}
    several = [tuple(p.split()) for p in sorted(rules.words["conditions"]) if " " in p]
    heads = list(content_heads(sentence, candidate))
    for head in heads:
        for child in sentence.children(head, "advcl", "prep", "ccomp"):
            if child in heads:
                continue
            first, stop = extent(sentence, child)
            words = tuple(t.lower for t in sentence.tokens[first : first + 3])
            if _opens(sentence, child, words, single, several, first):
                return first, stop
        # "as long as" hangs on its own adverb, "on condition that" on its noun
        for child in sentence.children(head, "advmod", "npadvmod"):
            first, stop = extent(sentence, child)
            words = tuple(t.lower for t in sentence.tokens[first : first + 3])
            if any(words[: len(phrase)] == phrase for phrase in several):
                return first, stop
    # the noun of a light verb carries the content: "issued a warning that"
    noun = any(sentence.tokens[i].tag.startswith("NN") for i in candidate.trigger)
    return _on_the_surface(sentence, candidate.head, nominal=noun)


def _on_the_surface(sentence: Sentence, head: int, *, nominal: bool) -> tuple[int, int] | None:
    """A condition that the parser hung elsewhere: from its word to the next comma or the end."""
    lowers = [token.lower for token in sentence.tokens]
    for first in range(head + 1, len(lowers) - 2):
        if lowers[first] != "unless" and tuple(lowers[first : first + 2]) not in _SURE:
            continue
        stop = first + 1
        while stop < len(lowers) and sentence.tokens[stop].pos != "PUNCT":
            stop += 1
        return first, stop
    # "issued a warning that they will fight if …": the content hangs elsewhere, its "if" follows
    for token in sentence.tokens[head + 1 :] if nominal else ():
        clause = sentence.tokens[token.head]
        if token.lower == "if" and token.dep == "mark" and clause.dep == "advcl":
            above = sentence.children(clause.head, "aux")
            if any(sentence.tokens[c].tag == "MD" for c in above):
                return extent(sentence, clause.i)
    return None


def _opens(
    sentence: Sentence,
    clause: int,
    words: tuple[str, ...],
    single: set[str],
    several: Sequence[tuple[str, ...]],
    first: int,
) -> bool:
    if any(words[: len(phrase)] == phrase for phrase in several):
        return True
    if not words or words[0] not in single:
        return words[:2] == ("even", "if")
    if sentence.tokens[clause].dep == "prep":
        # "until Friday" and "without delay" are no conditions; "without a deal" is
        return words[0] in ("without", "unless") and len(words) > 1
    return sentence.tokens[first].dep != "nsubj"


def find_deadline(
    sentence: Sentence,
    candidate: Candidate,
    dates: Sequence[DateMention],
    rules: ModalityRules,
) -> tuple[int, int] | None:
    """Token range of the time by which the content is due, with its preposition."""
    inside: set[int] = set()
    for head in content_heads(sentence, candidate)[1:]:
        inside.update(sentence.subtree(head))
    around = set(sentence.subtree(candidate.head))
    for first, stop in _due(sentence, dates):
        if first in inside or (first in around and first > candidate.head):
            return first, stop
    lowers = [token.lower for token in sentence.tokens]
    for phrase in rules.phrases["deadlines"]:
        for first in range(candidate.head + 1, len(lowers) - len(phrase) + 1):
            if tuple(lowers[first : first + len(phrase)]) == phrase and (
                first in inside or first in around
            ):
                return first, first + len(phrase)
    return None


def _due(sentence: Sentence, dates: Sequence[DateMention]) -> Iterator[tuple[int, int]]:
    """Time expressions after by, within, before, until; and "giving them 15 days"."""
    tokens = sentence.tokens
    for date in dates:
        if date.sentence != sentence.index:
            continue
        before = tokens[date.first - 1] if date.first else None
        if before is not None and before.lower in _DEADLINE_WORDS:
            yield date.first - 1, date.stop
        elif tokens[date.first].lower in _DEADLINE_WORDS or (
            date.kind == "DURATION"
            and any(
                tokens[up].lemma in ("give", "allow", "grant")
                for up in sentence.ancestors(date.head)
            )
        ):
            yield date.first, date.stop
