"""Which cues have a say over a trigger: a climb from the trigger to the root of its sentence.

At every step the words around the node are asked (modifiers, auxiliaries, participants, the words
that open its clause), then the link to the node's governor: whether the governor is a cue that
governs by such a link. What can stop the climb: a relative clause, a clause of time or reason, a
definite noun ("could condemn the attack": the attack is a fact).
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.around import Around, Finding
from tocsin.modality.clauses import is_definite, is_infinitive
from tocsin.modality.governors import Governors
from tocsin.modality.links import Link, link_of
from tocsin.model.parse import Sentence

_PREPOSITIONS = frozenset(("prep:of", "prep:in", "prep:for", "prep:with", "prep:from", "prep:to"))
_EXAMPLES = frozenset(("prep:as", "prep:like", "prep:including", "prep:than"))


class Scope:
    """Finds the cues of one sentence's triggers."""

    def __init__(self, rules: ModalityRules, sentence: Sentence) -> None:
        self._rules = rules
        self._sentence = sentence
        self._tokens = sentence.tokens
        self._by = rules.by_word
        self._light = rules.words["light"]
        self._held = rules.words["claims"] | rules.words["plans"]
        self._around = Around(rules, sentence)
        self._governors = Governors(rules, sentence, self._around)

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
                around = self._around.local(node, own)
                # "an ambush could follow": a subject shares its verb's modal, not its "not"
                # and the "not" of a cue has had its say in what the cue means ("did not fail to")
                for finding in around:
                    unsaid = modal and finding.cue.scope != "auxiliary"
                    if not unsaid and not (spent and finding.category == "negated"):
                        found.append(finding)
            link = link_of(self._sentence, node)
            openers = list(self._around.openers(node, local=local))
            if link is not None and link.kind == "whether":
                # an indirect question is what its governor makes of it
                openers = list(self._governors.find(link, own, noun=noun)) or openers
                found.extend(openers)
            elif link is not None:
                found.extend(openers)
                found.extend(self._governors.find(link, own, noun=noun))
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
            if kind in ("prep:in", "prep:by") and not noun:
                return local, True  # "should take the lead in defending"
            return False, kind in ("prep:of", "prep:for") and not noun
        return False, True

    def _reporting(self) -> frozenset[str]:
        return self._rules.words["reporting"]

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
