"""The governors of a node that are cues: by which link, in which voice, negated or not."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.around import Around, Finding
from tocsin.modality.clauses import FACTIVE_WH, is_definite, is_negated, is_passive, is_tough
from tocsin.modality.links import OBJECTS, Link
from tocsin.model.parse import Sentence

_EXTRAPOSED = frozenset(
    ("be", "seem", "appear", "become", "remain", "call", "make", "find", "have")
)


class Governors:
    """Asks the governors of one sentence's nodes."""

    def __init__(self, rules: ModalityRules, sentence: Sentence, around: Around) -> None:
        self._rules = rules
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._around = around
        self._by = rules.by_word
        self._named = {cue.id: cue for cue in rules.cues}

    def find(self, link: Link, own: frozenset[int], *, noun: bool) -> Iterator[Finding]:
        """Whether the governor is a cue that governs by this link."""
        if link.parent in own:
            return
        tokens, sentence = self._tokens, self._sentence
        kinds = {link.kind}
        if link.kind in ("that", "to", "whether", "prep:of", "compound", "prep:about"):
            up = tokens[link.parent]
            if up.pos == "NOUN" and (up.dep in OBJECTS or up.dep == "nsubj"):
                held = {k for k in ("claim", "plan") if up.lemma in self._rules.words[f"{k}s"]}
                if held:
                    yield from self._match(up.head, held, link)
        if link.kind == "that" and any(
            tokens[c].lower in FACTIVE_WH for c in sentence.children(link.child, "advmod")
        ):
            kinds = {"whether"} if is_tough(sentence, link.parent) else set()
        if tokens[link.parent].dep == "conj" and tokens[link.parent].lemma in ("deny", "confirm"):
            first = tokens[link.parent].head
            if tokens[first].lemma in ("confirm", "deny") and is_negated(sentence, first):
                kinds_found = list(self._match(first, kinds, link))
                if kinds_found:
                    yield from kinds_found
                    return
        found: list[Finding] = []
        for governor in self._governors(link, noun=noun):
            found = list(self._match(governor, kinds, link)) if kinds else []
            if found:
                break
        if link.kind == "that":
            found = list(self._mistagged_denial(link)) or found
        if not found and link.kind == "to":
            found = list(self._bare_infinitive(link))
        yield from found

    def _governors(self, link: Link, *, noun: bool) -> Iterator[int]:
        """The words that may govern the link's child: its parent, and what stands for it.

        In "it is unclear whether" and "called it a lie that" it is the adjective or noun beside the
        verb; in "accused troops of looting" the parser often hangs "of" on the troops.
        """
        tokens, sentence = self._tokens, self._sentence
        parent = tokens[link.parent]
        if link.kind in ("that", "whether", "to") and parent.lemma in _EXTRAPOSED:
            yield from (
                c
                for c in sentence.children(link.parent, "acomp", "attr", "oprd", "dobj")
                if c != link.child
            )
        yield link.parent
        if (
            link.kind.startswith("prep:")
            and parent.dep in ("dobj", "nsubjpass")
            and not (noun and is_definite(sentence, link.child))
        ):
            yield parent.head

    def _mistagged_denial(self, link: Link) -> Iterator[Finding]:
        """ "Tehran rejects claims that": the parser may take "rejects" for a noun that claims."""
        subject = self._sentence.child(link.parent, "nsubj")
        if subject is None or self._tokens[subject].tag != "NNS" or subject != link.parent - 1:
            return
        lemma = self._tokens[subject].lemma
        for rest, cue in self._by["governor"].get(lemma, ()):
            if "claim" in cue.links and not rest and cue.category == "denied":
                yield Finding(cue, cue.category, subject, subject + 1)
                return

    def _bare_infinitive(self, link: Link) -> Iterator[Finding]:
        """An infinitive under a word that does not say that the deed was done is a purpose."""
        tokens, sentence = self._tokens, self._sentence
        parent = tokens[link.parent]
        if parent.lemma == "be":
            # "is to visit" is a plan, "is able to visit" is its adjective's matter
            modal = self._around.has_modal(link.parent)
            if not modal and sentence.child(link.parent, "acomp", "attr", "prep") is None:
                cue = self._named["is-to"]
                yield Finding(cue, cue.category, link.parent, link.parent + 1)
            return
        if parent.lemma in self._rules.words["implicative"] or parent.pos == "AUX":
            return
        if any(
            tokens[c].lower in ("first", "second", "third", "last", "only", "latest", "next")
            for c in (link.parent, *sentence.children(link.parent))
        ):
            return
        if tokens[link.child].dep in ("xcomp", "acl") and parent.pos in ("VERB", "NOUN"):
            yield self._around.purpose(link.child)

    def _match(self, governor: int, kinds: set[str], link: Link) -> Iterator[Finding]:
        tokens, sentence = self._tokens, self._sentence
        token = tokens[governor]
        for rest, cue in self._by["governor"].get(token.lemma, ()):
            if not cue.links & kinds:
                continue
            if cue.pos and token.pos not in cue.pos:
                continue
            if rest and not all(self._around.near(governor, other) for other in rest):
                continue
            if cue.id == "going" and not self._is_going(governor):
                continue
            if cue.indefinite and is_definite(sentence, link.child):
                continue
            if cue.voice == "passive" and not is_passive(sentence, governor):
                continue
            if cue.voice == "tough" and not is_tough(sentence, governor):
                continue
            if cue.perfect and not self._is_perfect(link.child):
                continue
            category = cue.category
            if is_negated(sentence, governor):
                if cue.negated is None:
                    if category != "unconfirmed":
                        continue
                else:
                    category = cue.negated
            elif cue.id == "decline-comment":
                continue
            stop = governor + 1
            yield Finding(cue, category, governor, stop)
            return

    def _is_going(self, verb: int) -> bool:
        """ "is going to attack", not "went to attack"."""
        return self._tokens[verb].tag == "VBG"

    def _is_perfect(self, verb: int) -> bool:
        return any(self._tokens[c].lemma == "have" for c in self._sentence.children(verb, "aux"))
