"""From a phrase to the actors in it: which mentions fill a slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tocsin.events.syntax import core, is_verb, with_conjuncts
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Sentence

# Prepositions that lead from a thing to the actor it belongs to ("an army base in Iraq",
# "sanctions on Iran", "a decision by the court").
INSIDE = frozenset({
    "of", "by", "in", "on", "against", "from", "with", "to", "at", "for", "near", "between", "as",
    "including", "like", "into", "across", "among", "toward", "towards", "over", "along", "inside",
})  # fmt: skip
# Those that lead to who acts: "the action by the council", not "a car bomb in Kyiv".
AUTHOR = frozenset({"of", "by", "from", "between", "as", "including"})

# Nouns of words, thoughts, deeds and papers: denied, refused, promised or raised, but no party to
# anything. A phrase that no table knows fills no slot where its head is one of them.
NO_PARTY = frozenset({
    "accusation", "act", "action", "aggression", "aid", "allegation", "amendment", "arm", "arms",
    "article", "attack", "attempt", "behavior", "behaviour", "bid", "bill", "call", "change",
    "charge", "claim", "comment", "concern", "condition", "cooperation", "crime", "cyberattack",
    "damage", "deal", "decision", "declaration", "demand", "demonstration", "denuclearization",
    "development", "drill", "effect", "effort", "exercise", "extent", "fact", "fee", "fire",
    "goal", "idea", "impeachment", "implementation", "incident", "influence", "interest",
    "invitation", "involvement", "issue", "launch", "letter", "license", "licence", "march",
    "matter", "measure",
    "meeting", "message", "motion", "move", "narrative", "need", "notion", "offer", "operation",
    "order", "pact", "path", "peace", "permit", "plan", "plot", "policy", "possibility", "premise",
    "prospect", "pressure", "principle", "problem", "program", "programme", "project", "proposal",
    "protest", "provocation", "question", "reason", "relation", "relationship", "remark", "renewal",
    "report", "request", "resignation", "resolution", "responsibility", "right", "role", "rumor",
    "rumour", "sanction", "scheme", "sea", "settlement", "situation", "solution", "speculation",
    "speech", "standard", "statement", "step", "story", "strategy", "strike", "suggestion",
    "support", "talk", "talks", "tactic", "technique", "tension", "term", "test", "theory",
    "threat", "tie", "topic", "treaty", "trend", "use", "value", "view", "violation", "violence",
    "war", "way", "weapon", "withdrawal", "word", "work",
})  # fmt: skip


class Fillers:
    """The actor mentions of one sentence, found by the phrase that they stand in."""

    def __init__(self, text: str, sent: Sentence, mentions: Iterable[ActorMention]) -> None:
        self.text = text
        self.sent = sent
        given = tuple(mentions)
        meanings = [(mention, _antecedent(mention, given)) for mention in given]
        self.mentions = tuple(dict.fromkeys(meant for _, meant in meanings))
        self._by_head: dict[int, list[ActorMention]] = defaultdict(list)
        self._covering: dict[int, list[ActorMention]] = defaultdict(list)
        for mention, meant in meanings:
            for head in {mention.head, *mention.also}:
                self._by_head[head].append(meant)
            for at in range(mention.first, mention.stop):
                self._covering[at].append(meant)

    def at(self, head: int) -> tuple[ActorMention, ...]:
        """Mentions that *are* the phrase headed by token ``head``."""
        return tuple(self._by_head.get(head) or self._covering.get(head) or ())

    def named(self, heads: Sequence[int]) -> tuple[ActorMention, ...]:
        """Mentions that are one of these phrases, or what a partitive phrase is about."""
        found: list[ActorMention] = []
        for head in heads:
            mentions = self.at(head) or self.at(core(self.sent, head))
            if not mentions:
                for apposition in self.sent.children(head, "appos"):
                    mentions = mentions or self.at(apposition)
            _add(found, mentions)
        return tuple(found)

    def inside(
        self, heads: Sequence[int], prepositions: frozenset[str] = INSIDE
    ) -> tuple[ActorMention, ...]:
        """Mentions within these phrases: owners first, then what hangs on ``prepositions``."""
        for head in heads:
            found = self._inside(head, prepositions, 0)
            if found:
                return found
        return ()

    def _inside(
        self, head: int, prepositions: frozenset[str], depth: int
    ) -> tuple[ActorMention, ...]:
        sent = self.sent
        modifiers = ["poss", "amod", "compound", "nmod", "appos"]
        if not is_verb(sent, head):
            # A noun has a subject where the parser took an apposition for a clause.
            modifiers.append("nsubj")
        below = sent.children(head, *modifiers)  # "his Russian counterpart": Russian before his
        for child in sorted(below, key=lambda c: sent.tokens[c].tag == "PRP$"):
            for each in with_conjuncts(sent, child):
                mentions = self.at(each)
                if mentions:
                    found = list(mentions)
                    for other in with_conjuncts(sent, each)[1:]:
                        _add(found, self.at(other))
                    return tuple(found)
        for word in sent.children(head, "prep", "agent", "dative"):
            if sent.tokens[word].lower not in prepositions:
                continue
            for inner in sent.children(word, "pobj"):
                found = list(self.named(with_conjuncts(sent, inner)))
                if found:
                    return tuple(found)
                if depth < 3 and (deeper := self._inside(inner, prepositions, depth + 1)):
                    return deeper
        for child in sent.children(head, "poss", "compound", "conj", "acl", "relcl", "nmod"):
            if depth < 2 and (deeper := self._inside(child, prepositions, depth + 1)):
                return deeper
        return ()

    def is_person(self, mention: ActorMention) -> bool:
        """Whether a mention holds the name of a person."""
        return mention.why.startswith("actors/roles.csv#") or any(
            entity.label == "PERSON" and entity.first < mention.stop and mention.first < entity.stop
            for entity in self.sent.entities
        )

    def is_state(self, mention: ActorMention) -> bool:
        """Whether a mention is a state, its government or its forces, and not a person."""
        public = {"GOV", "MIL"} & set(mention.sectors)
        return mention.country is not None and bool(public) and not self.is_person(mention)

    def nominal(self, head: int) -> ActorMention | None:
        """A mention made of a noun phrase that no table knows; None for pronouns and verbs."""
        sent = self.sent
        token = sent.tokens[head]
        if token.pos not in ("NOUN", "PROPN"):
            return None
        first = head
        for child in sent.children(head, "compound", "amod", "nmod", "nummod"):
            first = min(first, child)
        start, end = sent.offsets(first, head + 1)
        return ActorMention(
            sentence=sent.index, first=first, stop=head + 1, head=head, start=start, end=end,
            text=self.text[start:end], country=None, sectors=(), entity=None, via="nominal",
            why="a noun phrase that no table knows",
        )  # fmt: skip


def _add(found: list[ActorMention], mentions: Iterable[ActorMention]) -> None:
    for mention in mentions:
        if mention not in found:
            found.append(mention)


def _antecedent(mention: ActorMention, mentions: Sequence[ActorMention]) -> ActorMention:
    """A pronoun's name in the same sentence, which a reader of the record can use; else itself."""
    if mention.via != "pronoun" or not (mention.country or mention.entity or mention.sectors):
        return mention
    who = (mention.country, mention.sectors, mention.entity)
    names = [
        m
        for m in mentions
        if m.via != "pronoun" and (m.country, m.sectors, m.entity) == who and m is not mention
    ]
    return min(
        names,
        key=lambda m: (m.first > mention.first, abs(m.first - mention.first)),
        default=mention,
    )
