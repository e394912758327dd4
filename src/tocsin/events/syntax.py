"""Who stands where around a verb or noun: subjects, objects and prepositions of a parsed sentence.

Positions are *deep*: the object of a passive is its surface subject, its subject the by-agent.
Every function returns token indices of phrase heads, conjuncts included.
"""

from __future__ import annotations

from tocsin.model.parse import Sentence

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
PREPOSITIONS = ("prep", "dative", "agent", "prt")
_RELATIVE = {"who", "which", "that", "whom"}
# Verbs whose infinitive's subject is their own subject although they have an object
# ("promised Seoul to withdraw"); with all others the object is meant ("urged Seoul to withdraw").
_SUBJECT_CONTROL = {"promise", "threaten", "vow", "pledge", "use", "take", "need"}
# Prepositions before a gerund that say what the verb's object did ("accused Moscow of sending").
_OBJECT_GERUND = {"of", "for", "from", "over"}
# Nouns that only measure or part what they stand before: the phrase is about its "of".
_PARTITIVE = {
    "part", "number", "lot", "series", "group", "dozen", "hundred", "thousand", "million", "total",
    "member", "piece", "type", "kind", "rest", "majority", "all", "some", "many", "several", "one",
    "two", "three", "most", "half", "score", "couple", "handful", "team", "crowd", "range", "set",
    "batch", "wave", "round", "spate", "string", "any", "none", "each", "both", "act",
}  # fmt: skip


def with_conjuncts(sent: Sentence, head: int) -> tuple[int, ...]:
    """``head`` and the heads that are joined to it by "and", "or" or commas."""
    found = [head]
    for at in found:
        found.extend(c for c in sent.children(at, "conj") if is_verb(sent, c) == is_verb(sent, at))
    return tuple(found)


def core(sent: Sentence, head: int) -> int:
    """The head that a partitive stands for: "parts of the road" is about the road."""
    for _ in range(3):
        if sent.tokens[head].lemma not in _PARTITIVE and sent.tokens[head].pos != "NUM":
            return head
        of = next((p for p in sent.children(head, "prep") if sent.tokens[p].lower == "of"), None)
        inner = sent.child(of, "pobj") if of is not None else None
        if inner is None:
            return head
        head = inner
    return head


def is_verb(sent: Sentence, i: int) -> bool:
    """Whether token ``i`` is a verb form."""
    return sent.tokens[i].pos in ("VERB", "AUX")


def is_passive(sent: Sentence, verb: int) -> bool:
    """Whether the verb is passive: by its auxiliary, its subject, or as a bare participle."""
    token = sent.tokens[verb]
    if sent.child(verb, "auxpass", *PASSIVE_SUBJECTS) is not None:
        return True
    if token.tag != "VBN" or sent.child(verb, "aux", *SUBJECTS) is not None:
        return False
    if token.dep in ("acl", "relcl", "advcl", "amod"):
        return True
    return token.dep == "conj" and is_verb(sent, token.head) and is_passive(sent, token.head)


def is_negated(sent: Sentence, i: int) -> bool:
    """Whether a "not", "never" or "no" stands on token ``i`` itself."""
    return any(
        sent.tokens[c].dep == "neg" or sent.tokens[c].lower in ("never", "no", "n't", "n’t", "not")
        for c in sent.children(i)
        if sent.tokens[c].dep in ("neg", "advmod", "det", "preconj")
    )


def antecedent(sent: Sentence, i: int) -> int:
    """What a relative pronoun stands for; any other token stands for itself."""
    token = sent.tokens[i]
    if token.lower not in _RELATIVE or token.tag not in ("WP", "WDT", "IN", "DT"):
        return i
    if token.dep == "det":
        return i
    for above in sent.ancestors(i):
        if sent.tokens[above].dep == "relcl":
            return sent.tokens[above].head
    return i


def _expand(sent: Sentence, heads: tuple[int, ...]) -> tuple[int, ...]:
    found: list[int] = []
    for head in heads:
        for each in with_conjuncts(sent, antecedent(sent, head)):
            if each not in found:
                found.append(each)
    return tuple(found)


def surface_subjects(sent: Sentence, verb: int, depth: int = 0) -> tuple[int, ...]:
    """Heads of the grammatical subject, followed through control, conjunction and relatives."""
    own = sent.children(verb, "nsubj", "csubj", *PASSIVE_SUBJECTS)
    if own:
        return _expand(sent, own)
    token = sent.tokens[verb]
    if token.head == verb or depth > 6:
        return ()
    above = token.head
    if token.dep == "relcl" and sent.child(verb, "dobj") is not None:
        return (above,)
    if token.dep == "acl":
        return _subjects_of_noun_clause(sent, verb, above, depth)
    if token.dep in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis") and is_verb(
        sent, above
    ):
        if token.dep in ("xcomp", "ccomp"):
            controlled = sent.children(above, "dobj")
            if controlled and sent.tokens[above].lemma not in _SUBJECT_CONTROL:
                return _expand(sent, controlled)
            if is_passive(sent, above) and token.dep == "xcomp":
                return surface_subjects(sent, above, depth + 1)
        return surface_subjects(sent, above, depth + 1)
    if token.dep in ("xcomp", "advcl", "ccomp", "conj"):  # "is ready to attack"
        return surface_subjects(sent, above, depth + 1)
    if token.dep == "pcomp":
        return _subjects_of_gerund(sent, above, depth)
    if token.dep in ("acomp", "attr"):
        return surface_subjects(sent, above, depth + 1)
    return ()


def _subjects_of_noun_clause(sent: Sentence, verb: int, noun: int, depth: int) -> tuple[int, ...]:
    """Subjects of a verb that hangs on a noun: "forces attacking", "plans by rebels to launch"."""
    if sent.tokens[verb].tag in ("VBG", "VBN"):
        return _expand(sent, (noun,))
    by = prepositional(sent, noun, "by") or prepositional(sent, noun, "of")
    if by:
        return by
    owners = sent.children(noun, "poss")
    if owners:
        return _expand(sent, owners)
    above = sent.tokens[noun].head
    if sent.tokens[noun].dep in ("dobj", "attr", "pobj") and above != noun:
        if not is_verb(sent, above):
            above = sent.tokens[above].head
        if is_verb(sent, above):
            return surface_subjects(sent, above, depth + 1)
    return ()


def _subjects_of_gerund(sent: Sentence, preposition: int, depth: int) -> tuple[int, ...]:
    """Subjects of a gerund after a preposition: "accused Moscow of sending", "by sending"."""
    above = sent.tokens[preposition].head
    if above == preposition:
        return ()
    if is_verb(sent, above):
        if sent.tokens[preposition].lower in _OBJECT_GERUND:
            found = objects(sent, above)
            if found:
                return found
        return surface_subjects(sent, above, depth + 1)
    if sent.tokens[above].dep in ("acomp", "attr"):  # "is guilty of violating"
        return surface_subjects(sent, above, depth + 1)
    if sent.tokens[above].dep == "dobj" and is_verb(sent, sent.tokens[above].head):
        if sent.tokens[preposition].lower in _OBJECT_GERUND:
            return _expand(sent, (above,))
        return surface_subjects(sent, sent.tokens[above].head, depth + 1)
    return ()


def subjects(sent: Sentence, verb: int) -> tuple[int, ...]:
    """Deep subjects: who does it. Of a passive, the by-agent."""
    if not is_passive(sent, verb):
        return surface_subjects(sent, verb)
    found: list[int] = []
    for by in sent.children(verb, "agent"):
        found.extend(sent.children(by, "pobj"))
    if not found:
        found.extend(prepositional(sent, verb, "by"))
    return _expand(sent, tuple(found))


def objects(sent: Sentence, verb: int) -> tuple[int, ...]:
    """Deep objects: what it is done to. Of a passive, the surface subject."""
    if is_passive(sent, verb):
        return surface_subjects(sent, verb)
    own = sent.children(verb, "dobj") or _infinitive_subjects(sent, verb)
    if own:
        return _expand(sent, own)
    token = sent.tokens[verb]
    if token.dep == "relcl" and sent.child(verb, "nsubj") is not None:
        subject = sent.child(verb, "nsubj")
        if subject is not None and antecedent(sent, subject) == subject:
            return (token.head,)
    return ()


def _infinitive_subjects(sent: Sentence, verb: int) -> tuple[int, ...]:
    """Objects that the parser made inner subjects: "announced a halt to begin in March"."""
    return tuple(
        c
        for clause in sent.children(verb, "ccomp", "xcomp")
        for c in sent.children(clause, "nsubj", "nsubjpass")
        if _starts_infinitive(sent, c)
    )


def prepositional(sent: Sentence, head: int, word: str) -> tuple[int, ...]:
    """Heads of the phrases that hang on ``head`` by the preposition ``word``."""
    found: list[int] = []
    for p in sent.children(head, *PREPOSITIONS):
        if sent.tokens[p].lower == word:
            found.extend(sent.children(p, "pobj", "pcomp"))
            for inner in sent.children(p, "prep"):  # "out of", "from within"
                found.extend(sent.children(inner, "pobj"))
    return _expand(sent, tuple(found)) if found else ()


def owners(sent: Sentence, noun: int) -> tuple[int, ...]:
    """Possessors and pre-modifiers of a noun that may name its owner ("Israel's", "Israeli")."""
    found: list[int] = []
    for child in sent.children(noun, "poss", "amod", "compound", "nmod"):
        if child < noun:
            found.extend(with_conjuncts(sent, child))
    return tuple(found)


def governing_verb(sent: Sentence, noun: int) -> int | None:
    """The verb whose object (or passive subject) a noun is, through partitives and "of"."""
    at = noun
    for _ in range(4):
        token = sent.tokens[at]
        above = token.head
        if above == at:
            return None
        if token.dep in ("dobj", *PASSIVE_SUBJECTS) and is_verb(sent, above):
            return above
        if _starts_infinitive(sent, at):
            return sent.tokens[above].head
        if token.dep == "nsubj" and is_verb(sent, above):
            return None
        if token.dep in ("conj", "pobj", "prep", "nmod", "compound"):
            at = above
            continue
        return None
    return None


def _starts_infinitive(sent: Sentence, noun: int) -> bool:
    """Whether the parser made an object the inner subject: "announced a halt to begin in March"."""
    token = sent.tokens[noun]
    return (
        token.dep in ("nsubj", "nsubjpass")
        and sent.tokens[token.head].dep in ("ccomp", "xcomp")
        and any(sent.tokens[c].lower == "to" for c in sent.children(token.head, "aux"))
    )
