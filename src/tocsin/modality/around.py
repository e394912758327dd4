"""The words around a node of the parse that may be cues: modifiers, auxiliaries, openers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.knowledge.modality import Cue, ModalityRules
from tocsin.modality.clauses import SUBJECTS, is_infinitive
from tocsin.model.parse import Sentence

_MODIFIERS = frozenset(("amod", "advmod", "neg", "compound", "det", "nmod", "preconj"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "csubj", "dobj", "attr", "dative", "pobj", "oprd"))
_OPENED = frozenset(
    ("advcl", "ccomp", "ROOT", "conj", "xcomp", "parataxis", "acl", "prep", "csubj", "relcl")
)
_GOALS = frozenset(("dobj", "pobj", "attr", "dative", "oprd"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A cue that has a say: the category it gives, and the tokens ``first`` to ``stop`` it is."""

    cue: Cue
    category: str
    first: int
    stop: int


class Around:
    """Asks the words around the nodes of one sentence."""

    def __init__(self, rules: ModalityRules, sentence: Sentence) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._by = rules.by_word
        self._named = {cue.id: cue for cue in rules.cues}

    def local(self, node: int, own: frozenset[int]) -> Iterator[Finding]:
        tokens = self._tokens
        for child in self._sentence.children(node):
            if child in own:
                continue
            token = tokens[child]
            if token.dep in ("aux", "auxpass") or token.tag == "MD":
                yield from self._auxiliary(child, node)
            elif token.dep in _MODIFIERS or token.lower in ("not", "n't", "n’t", "never"):
                yield from self._words("modifier", child, own, after=node)
            if token.dep in _ARGUMENTS or token.dep == "det":
                yield from self._participant(child, own)
        if tokens[node].dep in ("acl", "relcl"):
            # "any raider attacking"; and "hardly anyone protested", which the parser takes for one
            pronoun = tokens[tokens[node].head].pos == "PRON"
            antecedent = tokens[node].head
            for word in (antecedent, *self._sentence.children(antecedent, "det", "advmod")):
                for finding in self._words("participant", word, own, after=antecedent):
                    if pronoun or finding.cue.id == "any-actor":
                        yield finding
        if tokens[node].dep == "xcomp" and self._sentence.child(node, *SUBJECTS) is None:
            # "no hostages are believed to be held": the subject is that of the infinitive
            raised = self._sentence.child(tokens[node].head, "nsubjpass")
            for finding in self._participant(raised, own) if raised is not None else ():
                if finding.category == "negated":
                    yield finding
        if tokens[node].dep == "conj" and tokens[node].tag in ("VB", "VBG", "VBN"):
            first = tokens[node].head
            shares = self._sentence.child(node, *SUBJECTS) is None
            # "must resign or be impeached": the passive shares the modal of the active
            passive = any(tokens[c].lower == "be" for c in self._sentence.children(node, "auxpass"))
            if shares and (passive or tokens[first].tag == tokens[node].tag):
                yield from self._shared(first, own)

    def _shared(self, first: int, own: frozenset[int]) -> Iterator[Finding]:
        """What a verb shares with the conjunct before it: "should not cut ties and go back"."""
        for child in self._sentence.children(first):
            token = self._tokens[child]
            if token.dep == "aux" and token.tag == "MD":
                yield from self._auxiliary(child, first)
            elif token.dep == "neg":
                yield from self._words("modifier", child, own, after=first)

    def _auxiliary(self, aux: int, verb: int) -> Iterator[Finding]:
        lower = self._tokens[aux].lower
        perfect = any(
            self._tokens[c].lemma == "have" and c > aux
            for c in self._sentence.children(verb, "aux")
        )
        for _, cue in self._by["auxiliary"].get(lower, ()):
            if cue.perfect is None or cue.perfect == perfect:
                yield Finding(cue, cue.category, aux, aux + 1)

    def _participant(self, child: int, own: frozenset[int]) -> Iterator[Finding]:
        tokens = self._tokens
        around = [child, *self._sentence.children(child, "det", "neg", "amod", "advmod", "preconj")]
        for word in around:
            if word in own:
                continue
            if tokens[child].dep == "pobj" and word == child:
                continue
            for finding in self._words("participant", word, own, after=child):
                # "fired no shots" is no firing; but "denied any part" is a denial, and "probed the
                # alleged theft" a probe
                if finding.category == "negated" or tokens[child].dep not in _GOALS:
                    yield finding

    def _words(
        self, scope: str, word: int, own: frozenset[int], *, after: int
    ) -> Iterator[Finding]:
        """Cues of ``scope`` whose first word is the token ``word``."""
        tokens = self._tokens
        token = tokens[word]
        table = self._by[scope]
        for key in dict.fromkeys((token.lower, token.lemma)):
            for rest, cue in table.get(key, ()):
                if rest and not all(self.near(word, other) for other in rest):
                    continue
                following = tokens[word + 1].lower if word + 1 < len(tokens) else ""
                if following in cue.pseudo:
                    continue
                # "no longer in use" behind the verb says nothing of the verb
                if rest == ("no",) and word > after and tokens[after].pos != "AUX":
                    continue
                yield Finding(cue, cue.category, word, word + 1)
                return

    def near(self, word: int, other: str) -> bool:
        tokens = self._tokens
        if any(
            tokens[c].lower == other or tokens[c].lemma == other
            for c in self._sentence.children(word)
        ):
            return True
        return any(
            0 <= at < len(tokens) and tokens[at].lower == other
            for at in (word - 2, word - 1, word + 1)
        )

    def openers(self, node: int, *, local: bool) -> Iterator[Finding]:
        tokens, sentence = self._tokens, self._sentence
        token = tokens[node]
        if token.dep in _OPENED:
            for child in sentence.children(node):
                opener = tokens[child]
                if opener.dep in ("mark", "advmod") and child < node:
                    yield from self._opening(child, node)
                if opener.dep == "prep" and opener.lemma == "accord":
                    yield from self._according(child)
            aux = sentence.child(node, "aux")
            subject = sentence.child(node, *SUBJECTS)
            if aux is not None and subject is not None and aux < subject:
                yield from self._inversion(node, aux)
        if token.dep == "advcl" and is_infinitive(sentence, node):
            yield self.purpose(node)
        if token.dep in ("pobj", "pcomp"):
            yield from self._prepositions(node)
        for child in sentence.children(node, "advcl"):
            # The main clause of a condition shares its status, where it has a future of its own.
            if local and self._is_condition(child) and self.has_modal(node):
                mark = next(iter(sentence.children(child, "mark", "advmod")), child)
                cue = self._named["conditional-main"]
                yield Finding(cue, cue.category, mark, mark + 1)

    def _inversion(self, node: int, aux: int) -> Iterator[Finding]:
        """A condition by inversion: "should rebels cross", "had they joined", "were it to"."""
        opens = self._tokens[aux].lower in ("should", "had", "were")
        if opens and self._tokens[node].dep == "advcl":
            cue = self._named["if"]
            yield Finding(cue, cue.category, aux, aux + 1)

    def purpose(self, verb: int) -> Finding:
        cue = self._named["purpose"]
        mark = next(c for c in self._sentence.children(verb) if self._tokens[c].tag == "TO")
        return Finding(cue, cue.category, mark, mark + 1)

    def _prepositions(self, node: int) -> Iterator[Finding]:
        """Prepositions that open the phrase of ``node``: without, instead of, rather than."""
        tokens = self._tokens
        prep = tokens[node].head
        words = [prep]
        if tokens[prep].lower in ("of", "than"):
            words.append(prep - 1)
        for word in words:
            if word < 0 or tokens[word].lower == "to":
                continue
            for rest, cue in self._by["clause"].get(tokens[word].lower, ()):
                if (not rest and word == prep) or tokens[prep].lower in rest:
                    yield Finding(cue, cue.category, word, prep + 1)
                    return

    def _opening(self, child: int, node: int) -> Iterator[Finding]:
        tokens = self._tokens
        if tokens[child].lower == "than" and child and tokens[child - 1].lower == "rather":
            child -= 1
        for rest, cue in self._by["clause"].get(tokens[child].lower, ()):
            if tokens[child].lower in ("should", "to", "once"):
                continue
            if rest and not (
                tokens[child + 1].lower in rest
                or any(tokens[c].lower in rest for c in self._sentence.children(node, "aux"))
                or tokens[child - 1].lower in rest
            ):
                continue
            past = tokens[node].tag == "VBD" and not self.has_modal(tokens[node].head)
            if tokens[child].lower in ("until", "till") and past:
                continue
            yield Finding(cue, cue.category, child, child + 1)

    def _according(self, prep: int) -> Iterator[Finding]:
        inside = self._sentence.subtree(prep)
        for rest, cue in self._by["clause"].get("accord", ()):
            for word in inside:
                if self._tokens[word].lemma in rest:
                    held = self._sentence.children(word, "poss", "prep", "compound")
                    if not held:
                        yield Finding(cue, cue.category, prep, word + 1)
                        return

    def _is_condition(self, clause: int) -> bool:
        tokens = self._tokens
        return any(
            tokens[c].lower in ("if", "unless", "provided", "should")
            for c in self._sentence.children(clause, "mark", "aux")
        )

    def has_modal(self, node: int) -> bool:
        return any(self._tokens[c].tag == "MD" for c in self._sentence.children(node, "aux"))
