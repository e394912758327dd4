"""Which cues have a say over a trigger: a climb from the trigger to the root of its sentence.

At every step the words around the node are asked (modifiers, auxiliaries, participants, the words
that open its clause), then the link to the node's governor: whether the governor is a cue that
governs by such a link. What can stop the climb: a relative clause, a clause of time or reason, a
definite noun ("could condemn the attack": the attack is a fact).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.knowledge.modality import Cue, ModalityRules
from tocsin.modality.clauses import (
    FACTIVE_WH,
    SUBJECTS,
    is_definite,
    is_infinitive,
    is_negated,
    is_passive,
    is_tough,
)
from tocsin.modality.links import OBJECTS, Link, link_of
from tocsin.model.parse import Sentence

_MODIFIERS = frozenset(("amod", "advmod", "neg", "compound", "det", "nmod", "preconj"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "csubj", "dobj", "attr", "dative", "pobj", "oprd"))
_OPENED = frozenset(
    ("advcl", "ccomp", "ROOT", "conj", "xcomp", "parataxis", "acl", "prep", "csubj", "relcl")
)
_PREPOSITIONS = frozenset(("prep:of", "prep:in", "prep:for", "prep:with", "prep:from", "prep:to"))
_GOALS = frozenset(("dobj", "pobj", "attr", "dative", "oprd"))
_EXAMPLES = frozenset(("prep:as", "prep:like", "prep:including", "prep:than"))
_EXTRAPOSED = frozenset(
    ("be", "seem", "appear", "become", "remain", "call", "make", "find", "have")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A cue that has a say: the category it gives, and the tokens ``first`` to ``stop`` it is."""

    cue: Cue
    category: str
    first: int
    stop: int


class Scope:
    """Finds the cues of one sentence's triggers."""

    def __init__(self, rules: ModalityRules, sentence: Sentence) -> None:
        self._rules = rules
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._by = rules.by_word
        self._light = rules.words["light"]
        self._held = rules.words["claims"] | rules.words["plans"]
        self._named = {cue.id: cue for cue in rules.cues}

    def findings(self, head: int, trigger: tuple[int, ...], *, nominal: bool) -> list[Finding]:
        """Every cue that has a say over the trigger, innermost first."""
        found: list[Finding] = []
        own = frozenset((*trigger, head))
        node = head
        noun = nominal or self._tokens[head].pos in ("NOUN", "PROPN")
        local, modal, spent = True, False, False
        seen: set[int] = set()
        while node not in seen:
            seen.add(node)
            if local:
                around = self._local(node, own)
                # "an ambush could follow": a subject shares its verb's modal, not its "not"
                # and the "not" of a cue has had its say in what the cue means ("did not fail to")
                for finding in around:
                    unsaid = modal and finding.cue.scope != "auxiliary"
                    if not unsaid and not (spent and finding.category == "negated"):
                        found.append(finding)
            link = link_of(self._sentence, node)
            openers = list(self._openers(node, local=local))
            if link is not None and link.kind == "whether":
                # an indirect question is what its governor makes of it
                openers = list(self._governor(link, own, noun=noun)) or openers
                found.extend(openers)
            elif link is not None:
                found.extend(openers)
                found.extend(self._governor(link, own, noun=noun))
            else:
                found.extend(openers)
                break
            local, carry_on = self._passes(link, noun=noun, local=local)
            spent = (
                bool(found)
                and found[-1].cue.scope == "governor"
                and (found[-1].first == link.parent)
            )
            modal = link.kind == "subject" and self._tokens[link.parent].lemma not in self._light
            if not carry_on:
                break
            node = link.parent
            noun = self._tokens[node].pos in ("NOUN", "PROPN", "PRON", "NUM") and (
                self._tokens[node].dep not in ("ROOT", "ccomp", "advcl", "relcl")
            )
        found.extend(self._surface(head, own, found))
        return found

    # -- words around a node

    def _local(self, node: int, own: frozenset[int]) -> Iterator[Finding]:
        tokens = self._tokens
        for child in self._sentence.children(node):
            if child in own:
                continue
            token = tokens[child]
            if token.dep in ("aux", "auxpass") or token.tag == "MD":
                yield from self._auxiliary(child, node)
            elif token.dep in _MODIFIERS or token.lower in ("not", "n't", "never"):
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
        if tokens[node].dep == "conj" and tokens[node].tag in ("VB", "VBG", "VBN"):
            first = tokens[node].head
            shares = self._sentence.child(node, *SUBJECTS) is None
            if shares and tokens[first].tag == tokens[node].tag:
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
                if rest and not all(self._near(word, other) for other in rest):
                    continue
                following = tokens[word + 1].lower if word + 1 < len(tokens) else ""
                if following in cue.pseudo:
                    continue
                # "no longer in use" behind the verb says nothing of the verb
                if rest == ("no",) and word > after and tokens[after].pos != "AUX":
                    continue
                yield Finding(cue, cue.category, word, word + 1)
                return

    def _near(self, word: int, other: str) -> bool:
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

    # -- the words that open the node's clause

    def _openers(self, node: int, *, local: bool) -> Iterator[Finding]:
        tokens, sentence = self._tokens, self._sentence
        token = tokens[node]
        clause = self._by["clause"]
        if token.dep in _OPENED:
            for child in sentence.children(node):
                opener = tokens[child]
                if opener.dep in ("mark", "advmod") and child < node:
                    yield from self._opening(child, node)
                if opener.dep == "prep" and opener.lemma == "accord":
                    yield from self._according(child)
            aux = sentence.child(node, "aux")
            subject = sentence.child(node, *SUBJECTS)
            if aux is not None and subject is not None and aux < subject and token.dep == "advcl":
                for _, cue in clause.get(tokens[aux].lower, ()):
                    if tokens[aux].lower == "should":
                        yield Finding(cue, cue.category, aux, aux + 1)
        if token.dep == "advcl" and is_infinitive(sentence, node):
            yield self._purpose(node)
        if token.dep in ("pobj", "pcomp"):
            yield from self._prepositions(node)
        for child in sentence.children(node, "advcl"):
            # The main clause of a condition shares its status, where it has a future of its own.
            if local and self._is_condition(child) and self._has_modal(node):
                mark = next(iter(sentence.children(child, "mark", "advmod")), child)
                cue = self._named["conditional-main"]
                yield Finding(cue, cue.category, mark, mark + 1)

    def _purpose(self, verb: int) -> Finding:
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
            if tokens[child].lower in ("until", "till") and tokens[node].tag == "VBD":
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

    def _has_modal(self, node: int) -> bool:
        return any(self._tokens[c].tag == "MD" for c in self._sentence.children(node, "aux"))

    # -- governors

    def _governor(self, link: Link, own: frozenset[int], *, noun: bool) -> Iterator[Finding]:
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
            modal = self._has_modal(link.parent)
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
            yield self._purpose(link.child)

    def _match(self, governor: int, kinds: set[str], link: Link) -> Iterator[Finding]:
        tokens, sentence = self._tokens, self._sentence
        token = tokens[governor]
        for rest, cue in self._by["governor"].get(token.lemma, ()):
            if not cue.links & kinds:
                continue
            if cue.pos and token.pos not in cue.pos:
                continue
            if rest and not all(self._near(governor, other) for other in rest):
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

    # -- what the climb passes

    def _passes(self, link: Link, *, noun: bool, local: bool) -> tuple[bool, bool]:
        """Whether the governor's own words have a say too, and whether the climb goes on."""
        tokens, sentence = self._tokens, self._sentence
        parent = tokens[link.parent]
        kind = link.kind
        if kind in ("relcl", "appos", "agent", "npadvmod", "dep", "acl", "poss"):
            return False, False
        if kind in ("that", "whether"):
            return False, True
        if kind in ("to", "gerund"):
            return local and parent.lemma not in self._reporting(), True
        if kind == "conj":
            return False, True
        if kind == "advcl":
            # "could attack, killing thousands" shares the main verb's status; other clauses end it
            if is_infinitive(sentence, link.child):
                return False, True  # the purpose of what may itself be denied or doubted
            child = tokens[link.child]
            shares = child.tag == "VBG" and sentence.child(link.child, "mark", "advmod") is None
            return local and shares, shares
        if kind == "object" or kind == "subject":
            if not noun:
                return local, kind == "subject"
            known = is_definite(sentence, link.child)
            if kind == "subject":
                return local and not known, not known
            light = parent.lemma in self._light and parent.pos in ("VERB", "AUX")
            if known and sentence.child(link.parent, "prt") is not None:
                light = parent.lemma == "carry"  # "hold off the onslaught" is no holding
            return local and light, light or not known
        if kind == "compound":
            return local, True
        if kind in _EXAMPLES and noun:
            return local, True  # "provocations such as explosions"
        if kind.startswith("prep:"):
            if kind in _PREPOSITIONS and noun:
                if parent.lemma in self._rules.words["parts"] or parent.lemma in self._held:
                    return local, True
                light = kind == "prep:with" or parent.lemma in self._light
                follows = light and link.child > link.parent
                if parent.pos == "VERB" and not is_definite(sentence, link.child):
                    return local and follows, follows
            return False, kind in ("prep:of", "prep:in", "prep:for") and not noun
        return False, True

    def _reporting(self) -> frozenset[str]:
        return self._rules.words["reporting"]

    # -- what a wrong parse may have hidden

    def _surface(self, head: int, own: frozenset[int], found: list[Finding]) -> Iterator[Finding]:
        """A condition that opens the stretch of words in which the trigger stands."""
        if any(f.cue.id in ("if", "confirm", "not-say") for f in found):
            return
        tokens = self._tokens
        for at in range(head - 1, -1, -1):
            lower = tokens[at].lower
            if (tokens[at].pos == "PUNCT" and lower != "-") or lower in ("that", "then"):
                return
            if tokens[at].tag in ("VBD", "VBZ", "VBP", "MD") and tokens[at].head != head:
                return
            if lower == "long" and at and tokens[at - 1].lower in ("as", "so"):
                for _, cue in self._by["clause"].get("if", ()):
                    yield Finding(cue, cue.category, at - 1, at + 1)
                return
            if lower in ("if", "unless", "provided") and tokens[at].pos in ("SCONJ", "VERB", "ADV"):
                for _, cue in self._by["clause"].get(lower, ()):
                    yield Finding(cue, cue.category, at, at + 1)
                return
            if lower == "should" and at == 0 and tokens[-1].text != "?":
                for _, cue in self._by["clause"].get(lower, ()):
                    yield Finding(cue, cue.category, at, at + 1)
                return
