"""State candidates of a document: things, state words, dates; before modality has judged them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tocsin.events.attach import date_of
from tocsin.events.channels.frames import StateHit, state_hits
from tocsin.events.channels.mentions import ThingMention, Things, is_party
from tocsin.events.fillers import AUTHOR, INSIDE, Fillers
from tocsin.events.syntax import is_verb, prepositional, subjects, surface_subjects
from tocsin.knowledge.channels import ChannelRules, Kind, KnownThing, KnownThings, StateRule
from tocsin.model.candidate import Candidate
from tocsin.model.channel import Change, State
from tocsin.model.mention import ActorMention, DateMention, PlaceMention
from tocsin.model.parse import Parse, Sentence

#: The type under which modality is asked about a state: none of PLOVER's.
TYPE = "STATE"
#: The rule of a thing that is named with the day it was made: "the 1953 armistice".
DATED = "channels#dated"
# A stretch of many years is when something else was: "in the decades of the war".
_TOO_WIDE = timedelta(days=10 * 366)
_WITH = ("with", "to", "from", "against", "and", "between", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCandidate:
    """A state that a sentence gives a thing. ``frame`` is what modality is to judge.

    ``first`` to ``stop`` are the state's words. ``known`` says that the words take it for granted
    ("the closed border"): there is nothing to judge. ``date`` is that of the state, where the
    sentence gives one, ``own_date`` whether its own clause does.
    """

    thing: ThingMention
    rule: str
    state: State
    toward: State | None
    change: Change
    temporary: bool
    first: int
    stop: int
    frame: Candidate
    known: bool
    date: DateMention | None
    own_date: bool


class StateFinder:
    """Finds what a document says of the states of channels and agreements.

    ``known`` are the things of the world and of all packs that may be on.
    """

    def __init__(self, rules: ChannelRules, known: KnownThings) -> None:
        self._rules = rules
        self._known = known

    def find(
        self,
        parse: Parse,
        *,
        actors: Sequence[ActorMention],
        places: Sequence[PlaceMention],
        dates: Sequence[DateMention],
        packs: Sequence[str],
        published: date | None,
    ) -> tuple[StateCandidate, ...]:
        """Return the candidates of a document in the order of its text.

        ``packs`` are the names of the packs that are on for it.
        """
        things = Things(
            self._rules, self._known, parse,
            actors=actors, places=places, dates=dates, packs=packs, published=published,
        )  # fmt: skip
        who: dict[int, list[ActorMention]] = defaultdict(list)
        when: dict[int, list[DateMention]] = defaultdict(list)
        for actor in actors:
            who[actor.sentence].append(actor)
        for one in dates:
            when[one.sentence].append(one)
        found: list[StateCandidate] = []
        for sent in parse.sentences:
            mentions = things.in_sentence(sent)
            if mentions:
                reader = _Reader(
                    self._rules, things, parse.text, sent, mentions, who[sent.index],
                    when[sent.index],
                )  # fmt: skip
                found.extend(reader.read())
                mentions = reader.mentions
            things.remember(mentions)
        return tuple(found)


class _Reader:
    """One sentence."""

    def __init__(
        self,
        rules: ChannelRules,
        things: Things,
        text: str,
        sent: Sentence,
        mentions: Sequence[ThingMention],
        actors: Sequence[ActorMention],
        dates: Sequence[DateMention],
    ) -> None:
        self.rules = rules
        self.things = things
        self.sent = sent
        self.dates = dates
        self.fillers = Fillers(text, sent, actors)
        self.at = {mention.head: mention for mention in mentions}

    @property
    def mentions(self) -> list[ThingMention]:
        """The things of the sentence, by now with all that its clauses say of them."""
        return list(self.at.values())

    def read(self) -> Iterator[StateCandidate]:
        """The candidates, one for each thing and state."""
        found: dict[tuple[int, State], StateCandidate] = {}
        words: dict[tuple[int, int, bool], StateRule] = {}
        for hit in state_hits(self.sent, self.rules):
            thing = self.at.get(hit.thing)
            if thing is None or thing.kind.name not in hit.rule.kinds:
                continue
            if hit.rule.state == "threatened" and self.sent.tokens[hit.thing].pos == "PRON":
                continue  # "groups that threaten them": people, as a rule
            thing = self._resolved(thing, hit)
            if thing is None or (hit.presupposed and not self._taken_for_granted(thing, hit)):
                continue
            # "put on hold" comes before "put"
            key = (thing.head, hit.trigger[0], hit.rule.negated)
            if words.setdefault(key, hit.rule) is not hit.rule:
                continue
            self.at[hit.thing] = thing
            candidate = self._candidate(thing, hit)
            before = found.get((thing.head, hit.rule.state))
            # said twice ("ended with a truce signed in May"): the one that gives a day
            if before is None or (before.date is None and candidate.date is not None):
                found[thing.head, hit.rule.state] = candidate
        for head in sorted(self.at):
            dated = self._dated(self.at[head])
            if dated is not None:
                found.setdefault((head, dated.state), dated)
        yield from found.values()

    def _taken_for_granted(self, thing: ThingMention, hit: StateHit) -> bool:
        """Whether "the closed border" is one border that is closed, and no "closed borders"."""
        in_force = hit.rule.predicates and hit.trigger[0] > thing.head
        return thing.definite or thing.known is not None or bool(in_force)

    # -- whose -----------------------------------------------------------------------------

    def _resolved(self, thing: ThingMention, hit: StateHit) -> ThingMention | None:
        """The thing with what its clause says of it; None where it stays unclear which it is."""
        around = self._around(hit, thing)
        if thing.known is not None:
            if not thing.tentative or (
                self._is_among(thing.known)
                and (thing.kind.directed or self._agrees(thing.known, around))
            ):
                return replace(thing, tentative=False)
            # a common noun, said of others: "the US and Egypt will open liaison offices"
            if len(around) < 2 or thing.kind.needs != "parties":
                return None
            return replace(thing, known=None, name=thing.words, parties=around, tentative=False)
        if thing.kind.needs == "name":
            return None
        if thing.kind.directed:
            return self._directed(thing, hit)
        parties = tuple(sorted({*thing.parties, *around}))
        if len(thing.parties) == 1 and self._is_between(thing):
            return None  # "accords between Egypt and its neighbours"
        if len(thing.parties) > 1:
            if self._with(
                thing
            ):  # "the crossings with Egypt and Libya": of the one who closed them
                thing = replace(thing, parties=parties)
            return thing if thing.resolved else None
        thing = replace(self.things.usual(thing, parties), parties=parties)
        if thing.known is not None:
            return replace(thing, parties=thing.known.parties)
        return thing if thing.resolved and len(parties) < 4 else None

    @staticmethod
    def _agrees(thing: KnownThing, around: tuple[str, ...]) -> bool:
        """Whether what the clause names are the thing's parties."""
        return not thing.parties or set(around) <= {*thing.parties, *thing.others}

    def _is_among(self, thing: KnownThing) -> bool:
        """Whether a sentence that names states names one of the thing's."""
        named = {m.country for m in self.fillers.mentions if m.country and is_party(m)}
        return not named or not thing.parties or bool(named & {*thing.parties, *thing.others})

    def _is_between(self, thing: ThingMention) -> bool:
        words = {self.sent.tokens[c].lower for c in self.sent.children(thing.head, "prep")}
        return "between" in words or "among" in words

    def _with(self, thing: ThingMention) -> bool:
        """Whether the phrase names the other side only: "with Egypt and Libya"."""
        sent = self.sent
        owned = any(
            self.fillers.named((child,))
            for child in sent.children(thing.head, "poss", "amod", "compound", "nmod")
        )
        words = {sent.tokens[c].lower for c in sent.children(thing.head, "prep")}
        return "with" in words and "between" not in words and not owned

    def _directed(self, thing: ThingMention, hit: StateHit) -> ThingMention | None:
        doers = self._countries(hit.actors, AUTHOR)
        owners, targets = thing.owners, thing.targets
        if not targets:
            reached = [
                country
                for word in thing.kind.directed[:2]
                for country in self._countries(prepositional(self.sent, hit.head, word))
            ]
            targets = tuple(reached)
        if not targets and doers and owners and owners[0] not in doers:
            if "on" in thing.kind.directed:
                owners, targets = doers, owners  # "Kenya imposed Iran sanctions"
            else:
                targets = doers  # "Kenya expelled the ambassador of Egypt"
        owners = owners or doers
        if not owners or not targets or owners[0] == targets[0]:
            return None
        parties = (owners[0], targets[0])
        thing = replace(thing, parties=parties, owners=owners[:1], targets=targets[:1])
        return self.things.usual(thing, parties)

    def _around(self, hit: StateHit, thing: ThingMention) -> tuple[str, ...]:
        """Countries of who did it and with whom."""
        verb = hit.head
        heads = [*hit.actors]
        if is_verb(self.sent, verb):
            heads.extend(h for h in subjects(self.sent, verb) if h != hit.thing)
        for word in _WITH:
            heads.extend(prepositional(self.sent, verb, word))
        if hit.nominal or hit.presupposed:
            heads.extend(hit.actors)
        found = set(self._countries((h for h in heads if h not in self.at), kind=thing.kind))
        return tuple(sorted(found))

    def _countries(
        self,
        heads: Iterable[int],
        prepositions: frozenset[str] = INSIDE,
        kind: Kind | None = None,
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for head in heads:
            named = self.fillers.named((head,)) or self.fillers.inside((head,), prepositions)
            for mention in named:
                if is_party(mention, kind) and mention.country:
                    found[mention.country] = None
        return tuple(found)

    # -- what and when ---------------------------------------------------------------------

    def _candidate(self, thing: ThingMention, hit: StateHit) -> StateCandidate:
        threat = self._threat(hit, thing)
        head = hit.head if threat is None else threat
        trigger = hit.trigger if threat is None else (*hit.trigger, threat)
        doers = self.fillers.named(hit.actors) or self.fillers.inside(hit.actors)
        nominal = hit.nominal if threat is None else not is_verb(self.sent, threat)
        if threat is not None:
            subject = subjects(self.sent, threat) if not nominal else ()
            doers = self.fillers.named(subject) or self.fillers.inside(subject) or doers
        frame = Candidate(
            sentence=self.sent.index, head=head, trigger=tuple(sorted({*trigger, head})),
            rule=f"channels#{hit.rule.id}", type=TYPE, mode=None, actors=doers, recipients=(),
            nominal=nominal, consumed=hit.consumed,
        )  # fmt: skip
        when, begun = None, False
        if not hit.presupposed:
            when, begun = self._when(frame, held=hit.change == "held")
        if when is None and hit.rule.state == "in force" and hit.change == "began":
            when = thing.year  # "brokered a 2013 accord"
        change: Change = hit.change
        if threat is not None or begun:
            change = "began"
        state = hit.rule.state
        if hit.rule.one_sided and len(thing.parties) != 2:
            state = "left"  # what one of many says is void is so for that one
        return StateCandidate(
            thing=thing,
            rule=frame.rule,
            state=state if threat is None else "threatened",
            toward=None if threat is None else state,
            change=change,
            temporary=self._is_temporary(hit),
            first=min(hit.trigger),
            stop=max(hit.trigger) + 1,
            frame=frame,
            known=hit.presupposed,
            date=when,
            own_date=when is not None and self._hangs_on(when, head),
        )

    def _when(self, frame: Candidate, *, held: bool) -> tuple[DateMention | None, bool]:
        """The date of a state, and whether it is when the state began: "since January".

        A state that held has a date of its own clause only.
        """
        for mention in self.dates:
            if self._word_before(mention) == "since" and self._hangs_on(mention, frame.head):
                return (mention, True) if mention.kind in ("DATE", "TIME") else (None, False)
        when = date_of(self.sent, frame, self.dates)
        if when is not None and self._word_before(when) in ("until", "till", "through"):
            return None, False
        if when is not None and when.since and when.until and when.until - when.since > _TOO_WIDE:
            return None, False
        if when is not None and (held or frame.nominal) and not self._hangs_on(when, frame.head):
            return None, False
        return when, False

    def _word_before(self, mention: DateMention) -> str:
        if self.sent.tokens[mention.first].lower == "since":
            return "since"
        return self.sent.tokens[mention.first - 1].lower if mention.first else ""

    def _hangs_on(self, mention: DateMention, head: int) -> bool:
        verb = head
        while not is_verb(self.sent, verb) and self.sent.tokens[verb].head != verb:
            verb = self.sent.tokens[verb].head
        for at in self.sent.ancestors(mention.head):
            if at in (head, verb):
                return True
            if is_verb(self.sent, at):
                return self.sent.tokens[head].head == at
        return False

    def _is_temporary(self, hit: StateHit) -> bool:
        around = [hit.head, *hit.trigger]
        return any(
            self.sent.tokens[c].lower in self.rules.temporary
            for at in around
            for c in self.sent.children(at)
        )

    def _threat(self, hit: StateHit, thing: ThingMention) -> int | None:
        """The word that threatens with the state: "threatened to scrap", "its threat to close"."""
        rules, sent = self.rules, self.sent
        if hit.rule.state not in rules.threatened:
            return None
        at = hit.head
        for _ in range(5):
            token = sent.tokens[at]
            above = token.head
            if above == at or token.dep in ("relcl", "advcl", "nsubj", "nsubjpass", "parataxis"):
                return None
            lemma = sent.tokens[above].lemma
            if lemma in rules.threat_nouns and not is_verb(sent, above):
                return above
            if lemma in rules.threat_verbs and is_verb(sent, above):
                if lemma == "warn" and token.dep != "ccomp":
                    return None  # "warned Egypt not to leave the accord"
                return above if self._own_threat(at, above, hit) else None
            at = above
        return None

    def _own_threat(self, clause: int, verb: int, hit: StateHit) -> bool:
        """Whether who threatens is who would do it; others only warn that it may come."""
        if self.sent.tokens[clause].dep != "ccomp":
            return True
        own = surface_subjects(self.sent, clause)
        above = surface_subjects(self.sent, verb)
        if any(self.sent.tokens[i].pos == "PRON" for i in own):
            return True
        return bool(set(self._countries(own)) & set(self._countries(above)))

    def _dated(self, thing: ThingMention) -> StateCandidate | None:
        """ "The 1953 armistice": it was made in that year."""
        if thing.kind.category != "agreement" or thing.kind.directed or thing.year is None:
            return None
        if not thing.resolved or (thing.year.since is None):
            return None
        made = thing.known.since if thing.known else None
        until = thing.year.until or date.max
        if made is not None and not thing.year.since <= made <= until:
            return None  # the year of something else: "the accord of 2018 and 2023"
        frame = Candidate(
            sentence=self.sent.index, head=thing.head, trigger=(thing.head,),
            rule=DATED, type=TYPE, mode=None, actors=(), recipients=(), nominal=True,
        )  # fmt: skip
        return StateCandidate(
            thing=thing, rule=frame.rule, state="in force", toward=None, change="began",
            temporary=False, first=thing.year.first, stop=thing.year.stop, frame=frame, known=True,
            date=thing.year, own_date=True,
        )  # fmt: skip
