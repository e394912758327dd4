"""From a parsed sentence with its actors to event candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tocsin.events.fillers import Fillers
from tocsin.events.frames import Frame, Mentions
from tocsin.events.implied import fill_implied
from tocsin.events.matching import Attempt, Conditions, Hit, find_hits, operator_hits
from tocsin.events.syntax import governing_verb, is_passive, is_verb, with_conjuncts
from tocsin.knowledge.triggers import Rule, TriggerRules
from tocsin.model.candidate import Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence

# An event whose recipient was not in the rule's own slots is right less often.
_FALLBACK = 0.8
_FALLBACK_POSITIONS = ("inside", "content", "content-actor", "clause-subject", "anywhere")
# Crowds without a country are politics where they protest or die, and nowhere else.
_CROWD = frozenset({"CVL", "EDU", "MED", "JRN", "BUS", "LAB", "AGR", "CRM"})
# The types that take a stand on a deed: what they are about is told with them.
_STANCES = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "PROTEST", "CONCEDE", "THREATEN"})
_SOMEBODY = frozenset({"him", "her", "them", "us", "me", "you"})
_CIVIL = frozenset({"GOV", "LEG", "PTY", "OPP", "SPY", "ELI", "JRN", "JUD", "BUS", "EDU"})
# Who is merely named beside a launch, a deployment or a rally is not whom it is done to.
_NEAR_NOBODY = frozenset({"MOBILIZE"})
_OPINIONS = frozenset({"SUPPORT", "REJECT"})
# Thanks, praise and talks with crowds of one's own are routine.
_AMONG_STATES = frozenset({"SUPPORT", "CONSULT"})
_ROUTINE = _CROWD - {"LAB", "MED"}
_OF_CROWDS = frozenset({"PROTEST", "ASSAULT", "COERCE", "AID"})


class EventFinder:
    """Finds event candidates with trigger rules.

    ``find`` gives the candidates of a parse, ``find_in`` those of one sentence together with every
    attempt, for ``tocsin explain``.
    """

    def __init__(self, rules: TriggerRules) -> None:
        self.rules = rules

    def find(self, parse: Parse, actors: Sequence[ActorMention]) -> tuple[Candidate, ...]:
        """Return the candidates of all sentences in order, with what the text implies."""
        by_sentence: dict[int, list[ActorMention]] = defaultdict(list)
        for mention in actors:
            by_sentence[mention.sentence].append(mention)
        found: list[Candidate] = []
        for sent in parse.sentences:
            candidates, _ = self.find_in(parse.text, sent, by_sentence.get(sent.index, ()))
            found.extend(candidates)
        return fill_implied(parse, found)

    def find_in(
        self, text: str, sent: Sentence, actors: Sequence[ActorMention]
    ) -> tuple[tuple[Candidate, ...], tuple[Attempt, ...]]:
        """Return the candidates of one sentence and every rule that was tried."""
        search = _Search(self.rules, text, sent, actors)
        return search.run(), tuple(search.attempts)


class _Search:
    """The work on one sentence: innermost words first, so that contents exist when asked for."""

    def __init__(
        self, rules: TriggerRules, text: str, sent: Sentence, actors: Sequence[ActorMention]
    ) -> None:
        self.rules = rules
        self.sent = sent
        self.fillers = Fillers(text, sent, actors)
        self.conditions = Conditions(sent, self.fillers)
        self.built: dict[int, Candidate] = {}
        self.swallowed: set[int] = set()
        self.attempts: list[Attempt] = []

    def run(self) -> tuple[Candidate, ...]:
        hits: dict[int, list[Hit]] = defaultdict(list)
        for hit in find_hits(self.sent, self.rules):
            hits[hit.head].append(hit)
        depth = {t.i: sum(1 for _ in self.sent.ancestors(t.i)) for t in self.sent.tokens}
        for i in sorted(depth, key=lambda i: (-depth[i], i)):
            if i in hits:
                self._build(sorted(hits[i], key=_rank))
            if is_verb(self.sent, i):
                self._build(sorted(operator_hits(self.sent, i, self.rules), key=_rank))
        unique = {id(c): c for c in self.built.values()}.values()
        kept = [c for c in unique if id(c) not in self.swallowed]
        kept = _without_echoes(self.sent, kept)
        return tuple(sorted(kept, key=lambda c: (min(c.trigger), c.head)))

    def _build(self, hits: Sequence[Hit]) -> None:
        """Build a candidate by the first of ``hits`` (all on one word) that passes."""
        for hit in hits:
            stopped = self.conditions.missing(hit)
            candidate = content = None
            if stopped is None:
                frame = Frame(self.sent, self.fillers, self.conditions, hit, self.built)
                candidate, stopped = self._fill(hit, frame)
                content = frame.content
            self.attempts.append(Attempt(hit.rule.id, hit.head, stopped))
            if candidate is not None:
                self._keep(hit, candidate, content)
                return

    def _fill(self, hit: Hit, frame: Frame) -> tuple[Candidate | None, str | None]:
        rule = hit.rule
        content = frame.content
        if rule.needs_content and (content is None or content.type not in rule.needs_content):
            return None, "its content is no event of the rule's types"
        if rule.needs_clause and frame.clause is None:
            return None, "nothing stands where its content should"
        clause = frame.clause if frame.clause is not None else -1
        lemma = self.sent.tokens[clause].lemma if clause >= 0 and is_verb(self.sent, clause) else ""
        words = frame.described() if "predicate" in rule.content else {lemma}
        if rule.clause and not words & rule.clause:
            return None, "its content is none of the rule's"
        if lemma in rule.not_clause:
            return None, "its content is one that the rule excludes"
        actors = frame.actors()
        several = len(set(actors)) > 1
        mutual = rule.reciprocal or (rule.mutual and several)
        together = mutual and several
        recipients = frame.partners(actors) if together else frame.recipients(actors)
        weight = rule.weight
        if rule.known:
            recipients = tuple(
                m for m in recipients if m.country or m.sectors or m.via != "nominal"
            )
        open_ = not rule.needs_recipient and rule.type not in _NEAR_NOBODY and rule.mode != "demo"
        own = rule.known and "inside" not in rule.recipient and rule.type in _STANCES
        open_ = open_ and not own
        if not recipients and not mutual and open_ and not self._unnamed(hit):
            recipients = frame.elsewhere(_FALLBACK_POSITIONS, actors)
            if content is not None and content.type == "MOBILIZE":
                # "threatened to move troops": they are the threatener's own
                recipients = tuple(m for m in recipients if m.head != content.object)
            weight *= _FALLBACK
        if rule.mode == "weapons":  # a parade in one's own capital is shown to nobody
            recipients = tuple(m for m in recipients if not _at_home(actors, (m,)))
        if rule.type == "CONSULT" and mutual:  # who meets children or voters holds no talks
            actors, recipients = (
                tuple(m for m in side if not (m.sectors and _is_crowd(m)))
                for side in (actors, recipients)
            )
        if mutual:
            actors = tuple(dict.fromkeys((*actors, *recipients)))
            recipients = actors if len(actors) > 1 else ()
        stopped = self._unfilled(hit, actors, recipients, content)
        if stopped is not None:
            return None, stopped
        type_, mode = rule.type, rule.mode
        if content is not None:
            by_mode = rule.by_content.get(f"{content.type}/{content.mode}")
            type_, mode = by_mode or rule.by_content.get(content.type, (type_, mode))
        heads = self.conditions.object_heads(hit)
        consumed = tuple(t for t in hit.trigger if t != hit.head) if rule.auxiliaries else ()
        if "speaker" in rule.actor and hit.clause is not None:
            consumed = (*consumed, *self.sent.children(hit.clause, "aux"))
        if rule.negated and not rule.auxiliaries:
            consumed = _negations(self.sent, hit)
        trigger = hit.trigger
        if content is not None and hit.form == "auxiliary":
            trigger = tuple(sorted({*hit.trigger, *content.trigger}))
        return (
            Candidate(
                sentence=self.sent.index,
                head=hit.head,
                trigger=tuple(sorted(trigger)),
                rule=rule.id,
                type=type_,
                mode=mode,
                contexts=rule.contexts,
                actors=actors,
                recipients=recipients,
                object=heads[0] if heads else None,
                content=content if _speaks(type_) else None,
                content_clause=frame.clause,
                nominal=hit.form == "noun" and hit.clause is None,
                weight=round(weight, 4),
                consumed=consumed,
                spans=_ranges((*trigger, *((hit.clause,) if hit.clause is not None else ()))),
            ),
            None,
        )

    def _unfilled(
        self, hit: Hit, actors: Mentions, recipients: Mentions, content: Candidate | None
    ) -> str | None:
        """Say which slot the event cannot do without is empty."""
        rule = hit.rule
        if rule.reciprocal and rule.needs_recipient and len(set(actors)) < 2:
            return "only one side is known"
        if not actors and rule.needs_author:
            return "nobody is named who did it"
        if not actors and rule.needs_actor:
            if hit.form == "noun" and hit.clause is None:
                if not recipients and not _anaphoric(self.sent, hit.head):
                    return "nobody did it and it was done to nobody"
                if _supposed(self.sent, hit.head):
                    return "nobody is named who did it, and it may be any such deed"
            elif hit.form == "adjective" or hit.clause is None:
                return "nobody fills the actor"
            elif self.conditions.subject_heads(hit) or not self._agentless(hit.clause):
                return "the subject is no actor"
        if rule.needs_recipient and not recipients:
            return "nobody fills the recipient"
        if rule.type in _OPINIONS and self._at_large(actors):
            return "what a people thinks is no act"
        if rule.type in _AMONG_STATES and not _of_state(actors, recipients):
            return "one side is of no known country or body"
        if rule.type == "CONSULT" and len(set(actors)) > 1 and self._one_government(actors):
            return "a government meets itself"
        if rule.type == "THREATEN" and _of_others(actors, content):
            return "it is another's deed that is warned of"
        if rule.own and self._of_another(hit, actors):
            return "it is another country's"
        if rule.abroad and not any(m.country for m in recipients):
            return "the recipient is of no country"
        if rule.abroad and _at_home(actors, recipients, together=rule.reciprocal):
            return "actor and recipient are of one country"
        both = (*actors, *recipients)
        if rule.type == "ASSAULT" and _quarrel(actors, recipients):
            return "politicians of one country fight with words"
        known = any(m.country or m.sectors for m in both)
        if known and rule.type not in _OF_CROWDS and all(map(_is_crowd, both)):
            return "nobody but people of no known country"
        thing = self.conditions.object_heads(hit) or _anaphoric(self.sent, hit.head)
        if not known and (actors or not thing):
            return "no known actor on either side"
        return None

    def _unnamed(self, hit: Hit) -> bool:
        """Whether the object is a pronoun for somebody unknown: "accuses him of ties to Russia"."""
        heads = self.conditions.object_heads(hit) if hit.form == "verb" else ()
        return any(self.sent.tokens[h].lower in _SOMEBODY for h in heads)

    def _one_government(self, actors: Mentions) -> bool:
        """Whether all are officials or officers of one state: an internal meeting."""
        same = len({m.country for m in actors}) == 1 and actors[0].country is not None
        own = all(m.sectors and set(m.sectors) <= {"GOV", "MIL"} for m in actors)
        return same and own and all(m.via == "nominal" or self.fillers.is_person(m) for m in actors)

    def _at_large(self, actors: Mentions) -> bool:
        """Whether the actors are a people: "most Americans oppose the war"."""
        return bool(actors) and all(
            self.sent.tokens[m.head].tag == "NNPS" and set(m.sectors) <= {"CVL"} for m in actors
        )

    def _of_another(self, hit: Hit, actors: Mentions) -> bool:
        """Whether the object belongs to another country than the actor: "halt Kim's tests"."""
        whose = self.fillers.inside(self.conditions.object_heads(hit))
        mine = {m.country for m in actors if m.country}
        return bool(mine) and any(m.country and m.country not in mine for m in whose)

    def _agentless(self, clause: int) -> bool:
        """Whether the clause may leave out who did it: a passive, or a gerund as subject."""
        token = self.sent.tokens[clause]
        return is_passive(self.sent, clause) or (token.tag == "VBG" and token.dep == "csubj")

    def _keep(self, hit: Hit, candidate: Candidate, inner_content: Candidate | None) -> None:
        content = candidate.content
        inner = self.built.get(hit.head)
        if inner is not None and hit.form == "auxiliary":
            self.swallowed.add(id(inner))
        if content is not None:
            self.swallowed.add(id(content))
            clause = candidate.content_clause
            for top in {content.head, content.head if clause is None else clause}:
                for head in with_conjuncts(self.sent, top):
                    # "threatened to close and scrap", but not "would ban ... and asked".
                    alike = self.sent.tokens[head].tag == self.sent.tokens[top].tag
                    if head in self.built and alike:
                        self.swallowed.add(id(self.built[head]))
        # What somebody is accused of stands beside the accusation.
        if inner_content is not None and candidate.mode != "allege":
            self.swallowed.add(id(inner_content))
        self.built[hit.head] = candidate
        if hit.clause is not None and hit.form == "noun":
            self.built.setdefault(hit.clause, candidate)


def _rank(hit: Hit) -> tuple[int, int, float, str]:
    rule: Rule = hit.rule
    return (-len(hit.trigger), -rule.specificity, -rule.weight, rule.id)


def _speaks(type_: str) -> bool:
    """Whether events of this type are about another event."""
    return type_ in ("AGREE", "REQUEST", "REJECT", "THREATEN")


def _at_home(actors: Mentions, recipients: Mentions, *, together: bool = False) -> bool:
    """Whether both sides are of one country: a president in one of his own cities."""
    there = {m.country for m in recipients if m.country}
    if together:
        return len(there) < 2
    return bool(there) and there <= {m.country for m in actors}


def _quarrel(actors: Mentions, recipients: Mentions) -> bool:
    """Whether both sides are politics, press or business of one country."""
    both = (*actors, *recipients)
    same = len({m.country for m in both}) == 1 and both[0].country is not None if both else False
    civil = all(m.sectors and set(m.sectors) <= _CIVIL for m in both)
    civil = civil and any(set(m.sectors) != {"GOV"} for m in both)  # a state and its own ports
    # "attacks by Republicans"
    alone = bool(actors) and not recipients and not any("GOV" in m.sectors for m in actors)
    return civil and (alone or (same and bool(actors) and len(set(both)) > 1))


def _of_state(actors: Mentions, recipients: Mentions) -> bool:
    """Whether no side is only a crowd of no country: "thanked the workers of the mill"."""
    return all(
        any(m.country or m.entity or not set(m.sectors) <= _ROUTINE or not m.sectors for m in side)
        for side in (actors, recipients)
        if side
    )


def _is_crowd(mention: ActorMention) -> bool:
    """Whether a mention names only some people, of no known country or body."""
    return mention.country is None and mention.entity is None and set(mention.sectors) <= _CROWD


def _of_others(actors: Mentions, content: Candidate | None) -> bool:
    """Whether the deed that is warned of would be that of another country."""
    mine = {m.country for m in actors if m.country}
    theirs = {m.country for m in content.actors if m.country} if content is not None else set()
    return bool(mine and theirs) and not mine & theirs


def _supposed(sent: Sentence, noun: int) -> bool:
    """Whether an event noun speaks of any such deed ("an attack on the base"), not of one done."""
    token = sent.tokens[noun]
    if token.tag not in ("NN", "NNP") or token.dep in ("nsubj", "nsubjpass", "ROOT"):
        return False
    return any(sent.tokens[c].lower in ("a", "an", "any") for c in sent.children(noun, "det"))


def _anaphoric(sent: Sentence, noun: int) -> bool:
    """Whether an event noun speaks of something named before: "its destruction"."""
    return any(sent.tokens[c].tag == "PRP$" for c in sent.children(noun, "poss"))


def _negations(sent: Sentence, hit: Hit) -> tuple[int, ...]:
    places = {hit.head, hit.clause if hit.clause is not None else hit.head}
    return tuple(
        c
        for at in sorted(places)
        for c in sent.children(at)
        if sent.tokens[c].dep == "neg" or sent.tokens[c].lower in ("never", "no")
    )


def _ranges(tokens: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Adjacent tokens joined to (first, stop) ranges."""
    found: list[tuple[int, int]] = []
    for token in sorted(set(tokens)):
        if found and found[-1][1] == token:
            found[-1] = (found[-1][0], token + 1)
        else:
            found.append((token, token + 1))
    return tuple(found)


def _within_clause(sent: Sentence, below: int, above: int) -> bool:
    """Whether no verb of its own lies between a noun and the verb above it."""
    at = sent.tokens[below].head
    while at != above and sent.tokens[at].head != at:
        if is_verb(sent, at):
            return False
        at = sent.tokens[at].head
    return True


def _without_echoes(sent: Sentence, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop a nominal that repeats the act of the verb above it ("killed five in an attack")."""
    kept = []
    for candidate in candidates:
        noun = candidate.nominal or sent.tokens[candidate.head].pos == "NOUN"
        echo = noun and any(
            other.type == candidate.type
            and other is not candidate
            and is_verb(sent, other.head)
            and (candidate.nominal or governing_verb(sent, candidate.head) == other.head)
            and candidate.head in sent.subtree(other.head)
            and (
                not candidate.actors
                or {m.head for m in candidate.actors} & {m.head for m in other.actors}
            )
            for other in candidates
        )
        # "condemned the bombing": whose, is not said; the record is the condemnation's.
        topic = (candidate.nominal and not candidate.actors) and any(
            other.type in _STANCES
            and not other.nominal
            and candidate.head in sent.subtree(other.head)
            and _within_clause(sent, candidate.head, other.head)
            for other in candidates
        )
        if not echo and not topic:
            kept.append(candidate)
    return kept
