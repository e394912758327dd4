"""Which way a time expression looks: read off the verb on which it hangs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from tocsin.model.parse import Sentence, Token

Tense = Literal["past", "present", "future"]

_WILL = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "ca"))
_MODAL = frozenset(("can", "could", "may", "might", "should", "must"))
# Prepositions by which a planned thing takes its day, even when the planning is past:
# "scheduled talks for Monday" looks ahead, "agreed on Monday" does not.
_AHEAD = frozenset(("for", "by", "until", "till", "before"))
_UNTIL = frozenset(("when", "if", "once", "until", "till", "unless", "before", "after"))


def tense(
    sentence: Sentence, i: int, *, prospective: Collection[str], scheduled: Collection[str]
) -> Tense | None:
    """The tense in which token ``i`` is spoken of; None where no verb says.

    ``prospective`` are lemmas of words that look ahead ("plan", "due", "schedule"), ``scheduled``
    of verbs whose present tense does ("the talks begin Friday").
    """
    preposition = sentence.tokens[sentence.tokens[i].head].lower
    if preposition in ("since", "ago"):
        return "past"
    for at in (i, *sentence.ancestors(i)):
        token = sentence.tokens[at]
        if token.pos in ("VERB", "AUX"):
            found = _verb(sentence, token, prospective, preposition)
            if found == "present" and (token.lemma in scheduled or _not_yet(sentence, token)):
                return "future"
            if found is not None:
                return found
        elif token.lemma in prospective and token.pos in ("ADJ", "NOUN"):
            return "future"
    return None


def _verb(
    sentence: Sentence, token: Token, prospective: Collection[str], preposition: str
) -> Tense | None:
    helpers = [sentence.tokens[c] for c in sentence.children(token.i, "aux", "auxpass")]
    lowers = {helper.lower for helper in helpers}
    perfect = bool(lowers & {"have", "has", "had", "having", "'ve", "’ve"})
    if lowers & _WILL:
        return "past" if perfect else "future"
    if lowers & _MODAL:
        return "past" if perfect else "future"
    ahead = token.lemma in prospective
    if any(helper.tag == "TO" for helper in helpers):
        if perfect:
            return "past"
        return _infinitive(sentence, token, prospective)
    if token.tag == "VBD":
        return "future" if ahead and preposition in _AHEAD else "past"
    if token.tag == "VBN":
        if ahead and preposition in (_AHEAD | {"in", "on", "at"}) and not perfect:
            return "future"
        if any(h.tag in ("VBZ", "VBP") and h.lemma == "be" for h in helpers) and not perfect:
            return "future" if ahead else "present"
        return "past"
    if token.tag == "VBG":
        if any(helper.tag in ("VBZ", "VBP", "MD") for helper in helpers) and not perfect:
            return "future"
        if any(helper.tag == "VBD" for helper in helpers):
            return "past"
        return None
    if token.tag in ("VBZ", "VBP"):
        return "future" if ahead else "present"
    if token.tag == "VB":
        return "past" if "did" in lowers else "present"
    return None


def _not_yet(sentence: Sentence, token: Token) -> bool:
    """Is the clause one of what is still to come: "when they meet in January", "if ..."?"""
    openers = sentence.children(token.i, "mark", "advmod")
    return token.dep == "advcl" and any(sentence.tokens[c].lower in _UNTIL for c in openers)


def _infinitive(sentence: Sentence, token: Token, prospective: Collection[str]) -> Tense | None:
    """ "To"-infinitives take their way from what governs them: plans ahead, "managed to" back."""
    if token.head == token.i:
        return "future"
    governor = sentence.tokens[token.head]
    if governor.lemma in prospective or governor.lemma in ("be", "have", "go"):
        return "future"
    if governor.pos in ("NOUN", "PROPN", "ADJ"):
        return "future"
    return None
