"""Filling the slots of a rule: who did it, to whom, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.events.fillers import AUTHOR, INSIDE, NO_PARTY, Fillers
from tocsin.events.matching import Conditions, Hit
from tocsin.events.syntax import (
    core,
    is_passive,
    is_verb,
    objects,
    owners,
    prepositional,
    subjects,
    surface_subjects,
)
from tocsin.knowledge.triggers import POSITIONS
from tocsin.model.candidate import Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Sentence

Mentions = tuple[ActorMention, ...]
# What is done to a place or thing is done to those whose it is.
_DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "RETREAT", "AID"})
# Clause verbs that pass a complement on: "threatened to continue to attack", "allow X to return".
_MAX_CHAIN = 3


class Frame:
    """The slots of one hit, looked up on demand."""

    def __init__(
        self,
        sent: Sentence,
        fillers: Fillers,
        conditions: Conditions,
        hit: Hit,
        built: Mapping[int, Candidate],
    ) -> None:
        self.sent = sent
        self.fillers = fillers
        self.conditions = conditions
        self.hit = hit
        self.built = built
        self.clause = self._content_clause()
        self.content = self._content()

    # Content -------------------------------------------------------------------------------

    def _content_clause(self) -> int | None:
        """The head of what the act is about, at the rule's content positions."""
        if self.hit.form == "auxiliary":
            return self.hit.head
        for position in self.hit.rule.content:
            for head in self._content_heads(position):
                return head
        return None

    def _content_heads(self, position: str) -> tuple[int, ...]:
        sent, hit = self.sent, self.hit
        anchors = [hit.head, *hit.trigger[1:]]
        if hit.clause is not None and hit.clause not in anchors:
            anchors.append(hit.clause)
        if hit.rule.type == "PROTEST" and sent.tokens[hit.head].dep in ("nsubj", "nsubjpass"):
            anchors.append(sent.tokens[hit.head].head)  # "a rally took place to denounce"
        if position == "to":
            # "accepted an invitation to visit": the infinitive may hang on the object
            verb = hit.form == "verb" and sent.tokens[hit.head].lemma not in ("have", "need", "get")
            things = sent.children(hit.head, "dobj") if verb else ()
            direct = self._infinitives(anchors)
            return direct or self._infinitives([t for t in things if t not in self.built], "acl")
        if position == "that":
            # "charges that he lied", but not "charges that a jury brought"
            links = ("ccomp", "acl", *(() if hit.rule.type == "ACCUSE" else ("relcl",)))
            return tuple(
                c
                for at in anchors
                for c in sent.children(at, *links)
                if _clausal(sent, c) and (sent.tokens[c].dep == "ccomp" or hit.form == "noun")
            )
        if position == "ing":
            links = ("xcomp", "ccomp", "dobj", *(("acl",) if hit.form == "noun" else ()))
            links = (*links, "advcl") if hit.rule.type == "PROTEST" else links
            own = [c for at in anchors for c in sent.children(at, *links)]
            own += [
                c
                for at in anchors
                for p in sent.children(at, "prep")
                for c in sent.children(p, "pcomp")
            ]
            return tuple(c for c in own if sent.tokens[c].tag == "VBG")
        if position == "predicate":  # "called the drill *reckless*", "are *an insult*"
            links = ("oprd", "acomp", "attr", "ccomp", "xcomp")
            if sent.child(hit.head, "dative", "iobj") is not None:  # "called Kim *a liar*"
                links = (*links, "dobj")
            own = [c for at in anchors for c in sent.children(at, *links)]
            own += [
                c  # "described it *as reckless*"
                for at in (*anchors, *sent.children(hit.head, "dobj"))
                for p in sent.children(at, "prep", "mark", "advcl")
                if sent.tokens[p].lower == "as"
                for c in sent.children(p)
            ]
            return tuple(own)
        if position == "object":
            if hit.form == "noun":
                return tuple(core(sent, h) for h in self.conditions.object_heads(hit))
            return tuple(core(sent, h) for h in objects(sent, hit.head))
        if position == "subject":
            return tuple(core(sent, h) for h in self.conditions.subject_heads(hit))
        return tuple(core(sent, h) for h in self.conditions.prepositional_heads(hit, position))

    def described(self) -> frozenset[str]:
        """The words with which the act describes somebody ("called it *reckless*")."""
        heads = self._content_heads("predicate")
        every = (each for h in heads for each in self._predicates(h))
        return frozenset(self.sent.tokens[i].lemma.lower() for i in every)

    def _predicates(self, head: int) -> tuple[int, ...]:
        """A predicate with what describes and joins it: "a reckless, hostile act"."""
        sent = self.sent
        below = (c for h in (head, *sent.children(head, "conj")) for c in (h, *sent.children(h)))
        words = ("amod", "acomp", "attr", "oprd", "compound", "conj")
        return tuple(c for c in below if c == head or sent.tokens[c].dep in words)

    def _infinitives(self, places: Sequence[int], *links: str) -> tuple[int, ...]:
        """The heads of the to-infinitives that hang on ``places``."""
        sent = self.sent
        return tuple(
            c
            for at in places
            for c in sent.children(at, *(links or ("xcomp", "acl", "ccomp", "advcl")))
            if is_verb(sent, c) and any(sent.tokens[a].tag == "TO" for a in sent.children(c))
        )

    def _content(self) -> Candidate | None:
        """The event that stands at a content position, or a little below it."""
        if self.hit.form == "auxiliary":
            return self.built.get(self.hit.head)
        for position in self.hit.rule.content:
            for head in self._content_heads(position):
                found = self._event_at(head, 0)
                if found is not None and self.hit.head not in found.trigger:
                    return found
        return None

    def _event_at(self, head: int, depth: int) -> Candidate | None:
        if head in self.built:
            return self.built[head]
        if depth >= _MAX_CHAIN:
            return None
        steps = ("xcomp", "ccomp", "dobj", "acl", "attr", "acomp", "conj")
        for child in self.sent.children(head, *steps):
            # A clause with a subject of its own is another matter ("confirm whether it ...").
            own = self.sent.tokens[child].dep == "ccomp" and self.sent.child(child, "nsubj")
            unlike = self.sent.tokens[child].dep == "conj" and (
                self.sent.tokens[child].tag != self.sent.tokens[head].tag
            )
            if child == self.hit.head or own or unlike:
                continue
            found = self._event_at(child, depth + 1)
            if found is not None:
                return found
        return None

    # Slots ---------------------------------------------------------------------------------

    def actors(self) -> Mentions:
        """Who did it."""
        hit = self.hit
        positions = hit.rule.actor
        if hit.form == "noun":
            # "Meng's arrest": an owner that the rule takes for the one who suffers does not act.
            own = [p for p in ("owner", "by", "between") if p not in hit.rule.recipient]
            positions = (*positions, *own)
        return self._first(positions, role="actor", taken=())

    def recipients(self, actors: Mentions) -> Mentions:
        """To whom, and never to the actor itself."""
        positions = self.hit.rule.recipient
        rule = self.hit.rule
        done = self.hit.form == "verb" and rule.type in _DONE_TO and not rule.known
        if done and "object" in positions and "inside" not in positions:
            # "bombed a village in Syria": the one that is known within it, before the thing itself
            positions = (*positions, "inside")
        return self._first(positions, role="recipient", taken=actors)

    def partners(self, actors: Mentions) -> Mentions:
        """Those with whom several actors act together, besides each other."""
        return self._first(("with", "between"), role="actor", taken=actors)

    def elsewhere(self, positions: tuple[str, ...], actors: Mentions) -> Mentions:
        """To whom, looked for outside of the rule's own slots."""
        return self._first(positions, role="recipient", taken=actors)

    def _first(self, positions: tuple[str, ...], *, role: str, taken: Mentions) -> Mentions:
        """The mentions at the first position that has any; an unknown noun only if none has."""
        for known in (True, False):
            for position in positions:
                found = tuple(
                    m
                    for m in (self._at(position, role) if known else self._unknown(position, role))
                    if m not in taken and not _same(m, taken) and not _own(m, taken)
                )
                if found:
                    return found
        return ()

    def _unknown(self, position: str, role: str) -> Mentions:
        """A noun phrase that no table knows, where a recipient would stand."""
        rule = self.hit.rule
        if role != "recipient" or rule.known or rule.reciprocal or rule.mode == "weapons":
            return ()
        if position == "object":
            if self.hit.form == "noun":
                return self._nominal(prepositional(self.sent, self.hit.head, "of"))
            return self._nominal(self.conditions.object_heads(self.hit))
        if position in POSITIONS:
            return ()
        return self._nominal(self.conditions.prepositional_heads(self.hit, position))

    def _at(self, position: str, role: str) -> Mentions:
        sent, hit, fillers = self.sent, self.hit, self.fillers
        if position == "subject":
            return self._named_or_inside(self.conditions.subject_heads(hit), role)
        if position == "object":
            heads = self.conditions.object_heads(hit)
            if hit.form == "noun":
                heads = prepositional(sent, hit.head, "of")
            return self._named_or_inside(heads, role)
        if position == "indirect":
            heads = sent.children(hit.clause, "dative", "iobj") if hit.clause is not None else ()
            heads = tuple(h for h in heads if sent.tokens[h].pos != "ADP")
            heads = heads or self.conditions.prepositional_heads(hit, "to")
            return self._named_or_inside(heads, role)
        if position == "owner" and hit.rule.mode == "investigate":
            # "Mueller's probe" is by him, "the Russia probe" into Russia
            links = ("poss", "amod") if role == "actor" else ("compound", "nmod")
            return fillers.named(sent.children(hit.head, *links))
        if position == "owner":
            return fillers.named(owners(sent, hit.head))
        if position == "clause-subject":
            if self.clause is None or not _clausal(sent, self.clause):
                return ()
            clause_subjects = (
                subjects(sent, self.clause)
                if is_passive(sent, self.clause)
                else surface_subjects(sent, self.clause)
            )
            return self._named_or_inside(clause_subjects, role)
        if position == "topic":
            return self._named_or_inside(self.conditions.topic_heads(hit), role)
        if position == "speaker":
            return self._named_or_inside(self.conditions.speaker_heads(hit), role)
        if position == "content":
            if self.content is None and hit.rule.type == "PROTEST" and self.clause is not None:
                # "a rally demanding the ouster of X": against X
                return self._named_or_inside(objects(sent, self.clause), role)
            return self.content.recipients if self.content else ()
        if position == "content-actor":
            return self.content.actors if self.content else ()
        if position == "inside":
            heads = (hit.head,) if hit.form == "noun" else self.conditions.object_heads(hit)
            if self.clause is not None:
                heads = (*heads, self.clause)
            return fillers.inside(heads)
        if position == "anywhere":
            return self._anywhere()
        if position == "sentence":
            return self._sentence(role)
        if position == "between" and hit.form == "noun":
            # "summits such as the one between": looked for inside the noun's phrase too.
            direct = self._named_or_inside(self.conditions.prepositional_heads(hit, position), role)
            whose = "owner" in hit.rule.recipient  # "the Russia probe": not by Russia
            apart = frozenset({"as", "between"})
            return direct or (() if whose else fillers.inside((hit.head,), apart))
        heads = self.conditions.prepositional_heads(hit, position)
        if role == "recipient":  # "accused of selling oil to Iran": not to Iran
            heads = tuple(h for h in heads if not is_verb(sent, h))
        return self._named_or_inside(heads, role)

    def _named_or_inside(self, heads: tuple[int, ...], role: str) -> Mentions:
        named = self.fillers.named(heads)
        if named and any(m.country or m.sectors or m.via != "nominal" for m in named):
            return named
        inside = self.fillers.inside(heads, AUTHOR if role == "actor" else INSIDE)
        return inside or named

    def _nominal(self, heads: tuple[int, ...]) -> Mentions:
        for head in heads:
            at = core(self.sent, head)
            mention = self.fillers.nominal(at)
            if mention is not None and self.sent.tokens[at].lemma not in NO_PARTY:
                return (mention,)
        return ()

    def _sentence(self, role: str) -> Mentions:
        """The last state or body (or pair of them) named before the trigger; not the actor's."""
        own = {m.country for m in self.actors()} if role == "recipient" else set()
        found = [
            m
            for m in self.fillers.mentions
            if m.head < self.hit.head
            and m.country
            and m.country not in own
            and "JRN" not in m.sectors
        ]
        return tuple(m for m in found if (m.start, m.end) == (found[-1].start, found[-1].end))

    def _apart(self, head: int, top: int) -> bool:
        """Whether a clause of its own lies between a mention and the trigger's clause."""
        at = head
        while at != top and self.sent.tokens[at].head != at:
            token = self.sent.tokens[at]
            clause = token.tag in ("VBD", "VBZ", "VBP", "VBG") and is_verb(self.sent, at)
            if clause and token.dep in ("advcl", "conj", "parataxis"):
                return True
            at = token.head
        return False

    def _anywhere(self) -> Mentions:
        """The actor nearest to the trigger below the verb that carries it."""
        top = self.hit.clause if self.hit.clause is not None else self.hit.head
        below = set(self.sent.subtree(top))
        taken = {
            i for head in self.conditions.subject_heads(self.hit) for i in self.sent.subtree(head)
        }
        found = [
            m
            for m in self.fillers.mentions
            if m.head in below
            and m.head not in taken
            and m.head != self.hit.head
            and m.via not in ("pronoun",)
            and (m.country or m.sectors)
            and "JRN" not in m.sectors
            and not self._apart(m.head, top)
        ]
        found.sort(key=lambda m: (m.head < self.hit.head, abs(m.head - self.hit.head)))
        return tuple(found[:1])


def _clausal(sent: Sentence, head: int) -> bool:
    """Whether a word heads a clause; base forms are often taken for nouns ("that he resign")."""
    return is_verb(sent, head) or sent.child(head, "nsubj") is not None


def _same(mention: ActorMention, others: Mentions) -> bool:
    """Whether this is one of ``others`` under another span (a pronoun, a repeated name)."""
    if mention.entity is None:
        return False
    return any(o.entity == mention.entity and o.head != mention.head for o in others)


def _own(mention: ActorMention, others: Mentions) -> bool:
    """Whether this is the actor itself or its own instrument: "its leader", "its troops"."""
    instrument = mention.via == "nominal" and "MIL" in mention.sectors
    return (instrument or mention.via == "pronoun") and any(
        mention.country is not None and mention.country == o.country for o in others
    )
