"""One step up the parse: from a node to what governs it, and by which kind of link."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.modality.clauses import WH, is_finite, is_infinitive
from tocsin.model.parse import Sentence

OBJECTS = frozenset(("dobj", "nsubjpass", "attr", "oprd"))


@dataclass(frozen=True, slots=True)
class Link:
    """From ``child`` to its governor ``parent``.

    ``kind`` is that, to, whether, gerund, object, subject, compound, ``prep:of`` and the like, or
    the dependency itself where a cue never governs by it (conj, advcl, relcl, ...).
    """

    child: int
    parent: int
    kind: str


def link_of(sentence: Sentence, node: int) -> Link | None:
    """The step from ``node`` to its governor, or None at the root."""
    token = sentence.tokens[node]
    dep, parent = token.dep, token.head
    if parent == node:
        return None
    if dep in ("pobj", "pcomp"):
        return _through_preposition(sentence, node)
    if dep in ("ccomp", "xcomp", "acl", "csubj", "parataxis", "csubjpass"):
        return Link(node, parent, _clause_kind(sentence, node))
    if dep == "relcl" and (_mark(sentence, node) == "that" or _has_two_objects(sentence, node)):
        return Link(node, parent, "that")  # "claims that", which the parser may confuse
    if dep in OBJECTS:
        return Link(node, parent, "object")
    if dep == "nsubj":
        return Link(node, parent, "subject")
    if dep in ("compound", "nmod") or (dep == "amod" and token.tag == "VBG"):
        return Link(node, parent, "compound")
    return Link(node, parent, dep)


def _has_two_objects(sentence: Sentence, node: int) -> bool:
    """Whether "that" was taken for the object of a verb that has another: it only opens."""
    objects = sentence.children(node, "dobj")
    return len(objects) > 1 and sentence.tokens[objects[0]].lower == "that"


def _mark(sentence: Sentence, node: int) -> str | None:
    mark = sentence.child(node, "mark")
    return None if mark is None else sentence.tokens[mark].lower


def _through_preposition(sentence: Sentence, node: int) -> Link | None:
    tokens = sentence.tokens
    at = tokens[node].head
    kind = tokens[at].lower
    while tokens[at].dep in ("prep", "agent") and tokens[tokens[at].head].dep == "prep":
        at = tokens[at].head
    if tokens[at].head == at:
        return None
    up = tokens[at].head
    if tokens[up].pos == "ADV" and tokens[up].dep == "advmod":
        up = tokens[up].head  # "stopped short of"
    return Link(node, up, f"prep:{kind}")


def _clause_kind(sentence: Sentence, node: int) -> str:
    token = sentence.tokens[node]
    if _mark(sentence, node) in ("whether", "if") or _asks(sentence, node):
        return "whether"
    if is_infinitive(sentence, node):
        return "to"
    if not is_finite(sentence, node):
        if token.dep == "acl":
            return "acl"
        if token.tag == "VBG":
            return "gerund"
    return "that"


def _asks(sentence: Sentence, node: int) -> bool:
    """Whether the clause is an indirect question: who shot, what was hit."""
    tokens = sentence.tokens
    return any(
        tokens[child].lower in WH and tokens[child].tag in ("WP", "WDT", "WP$")
        for child in sentence.children(node)
    )
