"""Small questions to a parsed sentence: subjects, noun phrases, negation, voice."""

from __future__ import annotations

from tocsin.model.parse import Sentence

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
QUOTES = frozenset('"“”„‟«»') | {"``", "''"}
_INSIDE = frozenset(
    ("det", "amod", "compound", "nmod", "poss", "case", "nummod", "quantmod", "predet", "neg")
)
_NOBODY = frozenset(("nobody", "none", "no-one", "nothing", "neither"))
_MUTE = frozenset(("refuse", "decline", "fail", "unable"))
WH = frozenset(("who", "whom", "whose", "which", "what", "whether", "if"))
FACTIVE_WH = frozenset(("why", "how", "when", "where"))


def base_phrase(sentence: Sentence, head: int) -> tuple[int, int]:
    """Token range of the noun phrase of ``head`` from its first modifier to the head itself."""
    first = head
    for child in sentence.children(head):
        if child < head and sentence.tokens[child].dep in _INSIDE:
            first = min(first, sentence.subtree(child)[0])
    return first, head + 1


def extent(sentence: Sentence, head: int) -> tuple[int, int]:
    """Token range of everything under ``head``, without punctuation at its ends."""
    inside = sentence.subtree(head)
    first, stop = inside[0], inside[-1] + 1
    while first < stop - 1 and sentence.tokens[first].pos == "PUNCT":
        first += 1
    while stop > first + 1 and sentence.tokens[stop - 1].pos == "PUNCT":
        stop -= 1
    return first, stop


def subject(sentence: Sentence, verb: int) -> int | None:
    """The subject of a verb: its own, or the one it shares with the verb that it hangs on."""
    tokens = sentence.tokens
    seen = 0
    at = verb
    while seen < 6:
        found = sentence.child(at, "nsubj", "nsubjpass")
        if found is not None and found != verb:
            return _antecedent(sentence, found)
        token = tokens[at]
        if token.dep == "conj" or token.dep in ("xcomp", "advcl"):
            at = token.head
        elif token.dep == "acl" or token.dep == "relcl":
            return token.head
        elif token.dep == "pcomp" and tokens[token.head].dep == "prep":
            at = tokens[token.head].head
        else:
            return None
        seen += 1
    return None


def _antecedent(sentence: Sentence, found: int) -> int:
    """The noun behind a relative pronoun."""
    token = sentence.tokens[found]
    if token.lower in ("who", "which", "that") and token.tag in ("WP", "WDT", "IN"):
        verb = sentence.tokens[token.head]
        if verb.dep == "relcl":
            return verb.head
    return found


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is in the passive (also reduced: "reported to have")."""
    tokens = sentence.tokens
    if sentence.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    # "a poll found that": an active past that the parser took for a participle
    active = sentence.child(verb, "ccomp") is not None and tokens[verb].dep in ("acl", "ROOT")
    return tokens[verb].tag == "VBN" and sentence.child(verb, "aux") is None and not active


def is_negated(sentence: Sentence, word: int) -> bool:
    """Whether a cue word is itself negated: by not, never, no, nobody, neither."""
    tokens = sentence.tokens
    at = word
    for _ in range(3):
        for child in sentence.children(at):
            lower = tokens[child].lower
            if tokens[child].dep == "neg" and lower != "no":
                following = tokens[child + 1].lower if child + 1 < len(tokens) else ""
                if following not in ("only", "just", "merely"):
                    return True
            if lower in ("no", "neither", "hardly", "scarcely") and child < at:
                return True
            if tokens[child].dep in SUBJECTS and (lower in _NOBODY or _has_no(sentence, child)):
                return True
        token = tokens[at]
        # "has not been able to", "would neither confirm nor deny", "it is not clear"
        carries = token.dep == "acomp" or (token.dep == "attr" and token.pos == "NOUN")
        joined = token.dep == "conj" and sentence.child(at, *SUBJECTS) is None
        if carries or (joined and _nor(sentence, at)):
            at = token.head
        elif token.dep == "xcomp" and tokens[token.head].lemma in _MUTE:
            return True
        elif token.dep == "dobj" and tokens[token.head].lemma in ("have", "find", "see", "give"):
            at = token.head
        else:
            return False
    return False


def _has_no(sentence: Sentence, noun: int) -> bool:
    return any(sentence.tokens[c].lower in ("no", "neither") for c in sentence.children(noun))


def _nor(sentence: Sentence, conjunct: int) -> bool:
    """Whether ``conjunct`` is joined by "nor" (then the first conjunct's negation holds)."""
    head = sentence.tokens[conjunct].head
    return any(sentence.tokens[c].lower == "nor" for c in sentence.children(head))


def is_infinitive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is marked by "to"."""
    return any(
        sentence.tokens[c].lower == "to" and sentence.tokens[c].tag == "TO"
        for c in sentence.children(verb)
    )


def is_finite(sentence: Sentence, verb: int) -> bool:
    """Whether a clause has a tense of its own."""
    if sentence.tokens[verb].tag in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        sentence.tokens[c].tag in ("VBD", "VBZ", "VBP", "MD")
        for c in sentence.children(verb, "aux", "auxpass", "cop")
    )


def is_definite(sentence: Sentence, noun: int) -> bool:
    """Whether a noun phrase stands for something known: the, this, its, a name's, a date."""
    for child in sentence.children(noun):
        token = sentence.tokens[child]
        if token.dep == "compound" and token.pos == "PROPN" and not _is_indefinite(sentence, noun):
            return True  # "U.N. sanctions"
        if token.dep == "poss" or token.lower in ("the", "this", "that", "these", "those", "both"):
            return True
    return False


def _is_indefinite(sentence: Sentence, noun: int) -> bool:
    return any(sentence.tokens[c].lower in ("a", "an", "any") for c in sentence.children(noun))


def is_tough(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is what is hard, easy, impossible to do ("hard to see how")."""
    head = sentence.tokens[verb].head
    adjectives = ("hard", "difficult", "easy", "impossible", "tough")
    if sentence.tokens[head].lemma in adjectives:
        return True
    return sentence.tokens[verb].dep == "xcomp" and any(
        sentence.tokens[c].lemma in adjectives for c in sentence.children(head, "acomp")
    )


def is_question(sentence: Sentence, head: int) -> bool:
    """Whether the sentence asks what stands at ``head``.

    It ends in a question mark; where only its quotation asks ("he shouted: “Who fired?”"), the
    words before the quotation do not.
    """
    quoted = False
    for token in reversed(sentence.tokens):
        if token.text in QUOTES or token.text in ("'", "’", "‘"):
            quoted = True
            continue
        if not token.text.startswith("?"):
            return False
        opening = [t.i for t in sentence.tokens[: token.i] if t.text in QUOTES]
        return not (quoted and opening and head < opening[-1])
    return False


def is_headline(sentence: Sentence) -> bool:
    """Whether the sentence lacks its full stop, as headlines do."""
    last = sentence.tokens[-1]
    return last.pos != "PUNCT" and not last.text.endswith(".")
