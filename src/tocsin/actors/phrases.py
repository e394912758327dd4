"""Noun phrases that may act: puts the pieces of one phrase together to one mention.

The piece that leads a phrase gets the countries and sectors of the others. A phrase without such
a head ("North Korean nuclear tests") leaves its modifier as the mention.
"""

from __future__ import annotations

from dataclasses import replace

from tocsin.actors.found import (
    BODIES,
    Found,
    determiner,
    is_former,
    is_plural,
    is_state,
    join_sectors,
)
from tocsin.actors.groups import Groups
from tocsin.actors.items import MODIFIERS, Item, slice_text
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.readings import Context, in_office
from tocsin.model.mention import Via
from tocsin.model.parse import Sentence

# The prepositions by which an agent noun takes its country from a following name.
_OF = ("of", "from", "for", "in", "at", "with", "inside", "within", "across")


class Phrases:
    """The noun phrases of one sentence; :meth:`found` gives the mentions."""

    def __init__(
        self,
        sentence: Sentence,
        items: list[Item],
        context: Context,
        lexicon: Lexicon,
    ) -> None:
        self.sentence = sentence
        self.context = context
        self.lexicon = lexicon
        grouping = Groups(sentence, items)
        self.groups = grouping.groups
        self._climb = grouping.climb
        self._owners = grouping.owners
        self._done: dict[int, list[Found]] = {}

    def found(self) -> list[Found]:
        """All mentions of the sentence in order, those taken in by others left out."""
        for key in sorted(self.groups):
            self.resolve(key)
        everything = [found for key in sorted(self._done) for found in self._done[key]]
        return [found for found in everything if not found.gone]

    def resolve(self, key: int) -> list[Found]:
        """The mentions of the phrase led by token ``key``."""
        if key in self._done:
            return self._done[key]
        self._done[key] = []
        items = self.groups[key]
        leads = [item for item in items if item.first <= key < item.stop]
        lead = min(leads, key=_rank, default=None)
        if lead is None:
            lead = items[-1]
        states = any(item.kind == "country" for item in items)
        if lead.kind == "country" or (lead.label == "PROPN" and states):
            result = [
                found
                for item in items
                if item.kind in ("country", "person", "org")
                for found in self._country(item)
            ]
        elif lead.kind == "agent" and self._only_adjective(lead, items):
            result = []
        else:
            result = self._actor(key, lead, items)
        for found in result:
            self._lift(found)
        self._done[key] = result
        return result

    def _only_adjective(self, lead: Item, items: list[Item]) -> bool:
        """As in "military tensions": an agent noun as a mere adjective names nobody."""
        token = self.sentence.tokens[lead.root]
        return token.pos == "ADJ" and token.dep in MODIFIERS and len(items) == 1

    def _lift(self, found: Found) -> None:
        """As in "dozens of protesters": the amount is where the clause hangs."""
        tokens = self.sentence.tokens
        token = tokens[found.head]
        if token.dep == "pobj" and tokens[token.head].lower == "of":
            amount = tokens[tokens[token.head].head]
            if amount.pos == "NUM" or self.lexicon.has("amounts", amount.lower):
                found.also.add(amount.i)

    def _country(self, item: Item) -> list[Found]:
        entry = item.entries[0] if item.entries else None
        result = []
        for entry in item.entries:
            found = Found(
                self.sentence.index, item.first, item.stop, item.root, item.kind,
                country=entry.country, sectors=entry.sectors, entity=entry.entity,
                via=entry.via, state_media=entry.state_media, why=item.why,
                several=len(item.entries) > 1,
            )  # fmt: skip
            found.plural = len(item.entries) > 1 or entry.form == "people"
            result.append(found)
        return result

    def _actor(self, key: int, lead: Item, items: list[Item]) -> list[Found]:
        """A person, body or agent noun with its modifiers, owner and complement."""
        tokens = self.sentence.tokens
        base = Found(
            self.sentence.index,
            min(lead.first, *(item.first for item in items)),
            max(key + 1, lead.stop, *(item.stop for item in items)),
            key,
            lead.kind if lead.kind != "unknown" else _UNKNOWN.get(lead.label, "unknown"),
            label=lead.label,
            plural=is_plural(self.sentence, key),
        )
        if base.kind == "person":
            base.name = slice_text(self.sentence, lead.first, lead.stop)
        agents = [item for item in items if item.agent is not None]
        # the agent noun that leads, even where an unknown body's name covers it
        head_agent = next((a for a in agents if a.first <= key < a.stop), None)
        modifiers = [
            a for a in agents if a is not head_agent and not _is_inside_name(a, base, lead)
        ]
        base.agent = head_agent.agent if head_agent else None
        base.noun = tokens[key].lemma if head_agent else ""
        base.office = self._held_office(agents, items, lead)
        self._identify(base, lead, head_agent, modifiers)
        if base.kind == "person" or base.person is not None:
            self._camp(base)
        if base.kind == "agent" and tokens[key].lemma in self.lexicon.words["relational"]:
            return self._relational(base, items, key)
        owners = [
            found for owner in self._owners.get(key, ()) for found in self._with_conjuncts(owner)
        ]
        others = [item for item in items if item is not lead and item.countries]
        around = tuple(
            sector
            for item in (*modifiers, *(i for i in items if _is_body(i) and i is not lead))
            for sector in (item.agent.sectors if item.agent else item.entries[0].sectors)
        )
        around += tuple(
            s for owner in owners if owner.kind in ("agent", "org") for s in owner.sectors
        )
        if self.lexicon.has("bodies", base.noun) and base.sectors == ("GOV",):
            # a communist regime is no party
            around = tuple(s for s in around if s not in ("PTY", "REL"))
        base.sectors = join_sectors(base.sectors, around)
        if owners:
            base.first = min(base.first, *(owner.first for owner in owners))
        for owner in owners:
            self._take(owner)
        former = self.lexicon.words["former"]
        starts = [base.first, *(item.first for item in agents)]
        was = any(is_former(self.sentence, at, former) for at in starts) or any(
            tokens[child].lower in former for child in self.sentence.children(key, "amod")
        )
        if is_state(base.sectors) and was and not self._holds_another(base, lead):
            base.sectors = ("ELI",)
        if base.country and lead.common:
            other = self._of_other_state(base, key, lead, others, owners)
            if other:
                return other
        if base.country:
            for item in others:
                base.say(item.why)
            bodies = [i for i in others if i.kind == "org" and BODIES.intersection(i.countries)]
            # "UN spokeswoman Ann Miller"; whom the tables know keeps his state, as does an envoy
            sent = any(a.agent is not None and a.agent.office == "ambassador" for a in agents)
            if bodies and base.kind == "person" and base.entity is None and not sent:
                base.country = bodies[0].countries[0]
            return [base]
        split = self._split(base, others, key)
        if split:
            return split
        carriers = [item for item in others if not (item.based and is_state(base.sectors))]
        if carriers:
            item = carriers[0]
            base.country = item.countries[0]
            if base.kind == "agent":
                base.via = item.entries[0].via if item.entries else "name"
            base.say(item.why)
            if len(item.entries) > 1:
                return self._copies(base, [entry.country for entry in item.entries])
            return [base]
        resolved = [owner for owner in owners if owner.country]
        if resolved:
            base.via = resolved[0].via if base.kind == "agent" else base.via
            return self._copies(base, [o.country for o in resolved], [o.why for o in resolved])
        return self._complement(base, key) or [base]

    def _of_other_state(
        self, base: Found, key: int, lead: Item, others: list[Item], owners: list[Found]
    ) -> list[Found]:
        """As in "the Hungarian Workers' Party", "the Foreign Ministry of Peru": the state's that is
        named with it, whoever else has a body of this name."""
        states = [
            (item.countries[0], item.why)
            for item in others
            if item.kind == "country" and item.stop <= lead.first and not item.based
        ]
        states = states or [(owner.country, owner.why) for owner in owners if owner.country]
        known = base.country, base.entity
        base.entity = None
        if states:
            base.country = states[-1][0]
            base.say(states[-1][1])
            if base.country == known[0]:
                base.entity = known[1]
            return [base]
        result = self._complement(base, key)
        if not result or result == [base]:
            base.country, base.entity = known
        return result

    def _held_office(self, agents: list[Item], items: list[Item], lead: Item) -> str | None:
        """The state's office that the phrase names, if it is no body's and no deputy's."""
        if any(i is not lead and (i.kind == "org" or i.label == "ORG") for i in items):
            return None
        for item in agents:
            if item.agent is None or item.agent.office is None:
                continue
            at = item.first - 1
            while at >= 0 and self.sentence.tokens[at].text in ("-", "–"):
                at -= 1
            if at >= 0 and self.lexicon.has("deputies", self.sentence.tokens[at].lower):
                continue
            return item.agent.office
        return None

    def _identify(
        self, base: Found, lead: Item, head_agent: Item | None, modifiers: list[Item]
    ) -> None:
        """Fill in what the leading piece itself tells."""
        base.say(lead.why)
        if lead.entries:
            entry = lead.entries[0]
            base.country, base.sectors = entry.country, entry.sectors
            base.entity, base.via, base.state_media = entry.entity, entry.via, entry.state_media
            base.office = entry.office or base.office
            if entry.kind == "person" and not in_office(entry, self.context.published):
                past = (
                    entry.until and self.context.published and entry.until < self.context.published
                )
                base.sectors = ("ELI",) if past else ()
                base.say(f"out of office ({entry.office})" if past else "not yet in office")
            if lead.kind == "person":
                self._by_title(base, head_agent, modifiers)
            if modifiers and not base.sectors:
                base.sectors = tuple(s for m in modifiers if m.agent for s in m.agent.sectors)
            return
        if lead.person is not None:
            person = lead.person
            base.person, base.country = person, person.country
            base.sectors, base.entity = person.sectors, person.entity
            base.office = base.office or person.office
            base.why = "" if lead.why != f"{lead.label} by the parser" else base.why
            base.say(
                f"named in sentence {person.first + 1}"
                if base.name == person.name
                else person.why_again()
            )
            return
        if head_agent is not None and head_agent.agent is not None:
            agent = head_agent.agent
            base.sectors = agent.sectors
            base.anonymous = agent.anonymous
            base.state_media = agent.state_media
            base.say(head_agent.why)
        if lead.kind == "agent":
            base.via = "nominal"
        base.country = lead.country

    def _camp(self, base: Found) -> None:
        """As in "the Miller campaign": a body named after somebody, not the person."""
        token = self.sentence.tokens[base.head]
        noun = self.sentence.tokens[token.head]
        if token.dep not in MODIFIERS or noun.i != base.stop or token.i > noun.i:
            return
        sectors = self.lexicon.camps.get(noun.lemma)
        if sectors:
            base.kind, base.entity, base.person, base.office = "org", None, None, None
            base.sectors, base.head, base.stop = sectors, noun.i, noun.i + 1
            base.say(f"actors/words.yaml: {noun.lemma}")

    def _holds_another(self, base: Found, lead: Item) -> bool:
        """As in "former spy chief X", whom the tables know in another office on the day."""
        entry = lead.entries[0] if lead.kind == "person" and lead.entries else None
        if entry is None or self.context.published is None or not (entry.since or entry.until):
            return False
        said = slice_text(self.sentence, base.first, base.stop).lower()
        this = entry.office is not None and entry.office in said
        return not this and in_office(entry, self.context.published)

    def _by_title(self, base: Found, head: Item | None, modifiers: list[Item]) -> None:
        """As in "President X", of no known day: the title says that the office is still held."""
        titles = [item for item in (head, *modifiers) if item and item.agent and item.agent.office]
        if titles and base.sectors == ("ELI",) and self.context.published is None:
            agent = titles[0].agent
            base.sectors = agent.sectors if agent else ()

    def _relational(self, base: Found, items: list[Item], key: int) -> list[Found]:
        """As in "the U.S. ally": somebody else than the state named, if anybody known."""
        tokens = self.sentence.tokens
        states = [item for item in items if item.kind == "country"]
        beside = [i for i in states if i.stop < key and tokens[i.stop].lower in ("and", "or", ",")]
        if beside:
            base.first = min(key, *(a.first for a in items if a.agent is not None))
            return [*(found for item in beside for found in self._country(item)), base]
        for item in states:
            for known in self.lexicon.descriptions:
                if (
                    known.of in item.countries
                    and known.noun == self.sentence.tokens[key].lemma
                    and not base.plural
                    and determiner(self.sentence, key) == "the"
                    and any(self.context.named[country] for country in known.among)
                ):
                    base.country, base.sectors = known.country, ("GOV",)
                    base.say(f"reference/actors.yaml: the {known.of} {known.noun}")
        return [base]

    def _split(self, base: Found, others: list[Item], key: int) -> list[Found]:
        """As in "Chinese and Indian forces": one mention for each of the coordinated states."""
        states = [item for item in others if item.kind == "country" and not item.based]
        if len({country for item in states for country in item.countries}) < 2:
            return []
        run = [states[0]]
        for item in states[1:]:
            between = self.sentence.tokens[run[-1].stop : item.first]
            if 0 < len(between) <= 5 and all(
                t.lower in ("and", "or", ",", "-", "–", "/", "the", "both") or t.tag == "POS"
                for t in between
            ):
                run.append(item)
            else:
                break
        if len(run) < 2:
            return []
        result = []
        for item in run:
            last = item is run[-1]
            found = replace(
                base,
                first=item.first,
                stop=base.stop if last else item.stop,
                country=item.countries[0],
                via=item.entries[0].via if last else "conjunct",
                also={item.root} | base.also,
                plural=True,
                several=True,
            )
            found.say(item.why)
            result.append(found)
        return result

    def _copies(
        self, base: Found, countries: list[str | None], whys: list[str] | None = None
    ) -> list[Found]:
        result: list[Found] = []
        for n, country in enumerate(countries):
            if country is None or any(found.country == country for found in result):
                continue
            found = replace(base, country=country, also=set(base.also))
            if whys:
                found.say(whys[n])
            result.append(found)
        for found in result:
            found.several = len(result) > 1
        return result

    def _take(self, found: Found) -> None:
        """Take a mention into another: it is no mention of its own any more."""
        found.gone = True

    def _with_conjuncts(self, key: int) -> list[Found]:
        """The mentions of a phrase and of the phrases coordinated with it."""
        result = list(self.resolve(key))
        for child in self.sentence.children(key, "conj"):
            target = self._climb(child)
            if target in self.groups and target != key:
                result.extend(self._with_conjuncts(target))
        return result

    def _complement(self, base: Found, key: int) -> list[Found]:
        """As in "the president of South Korea", "police in Japan", "a spokesman for the army"."""
        tokens = self.sentence.tokens
        named = base.kind in ("person", "unknown") and base.agent is None and base.label != "ORG"
        if named and base.kind != "person":
            return []
        for prep in self.sentence.children(key, "prep"):
            word = tokens[prep].lower
            if prep < key or word not in _OF or (named and word != "of"):
                continue
            if any(tokens[n].text == "," for n in range(key + 1, prep)):
                continue
            pobj = self.sentence.child(prep, "pobj")
            if pobj is None:
                continue
            target = self._climb(pobj)
            if target not in self.groups or target == key:
                continue
            inner = [found for found in self._with_conjuncts(target) if not found.gone]
            if not self._may_complement(word, base, inner, key):
                continue
            if named and inner[0].kind != "country":  # "Xi of China", no "Ann Miller of the Post"
                continue
            lead = inner[0]
            if lead.kind == "person" and tokens[key].pos == "PROPN" and lead.first > prep + 1:
                return self._titled(base, lead)
            if lead.kind in ("agent", "org"):
                base.sectors = join_sectors(base.sectors, lead.sectors if word != "in" else ())
            if lead.kind != "country":
                if base.office and lead.label == "ORG" and not lead.sectors:
                    base.sectors = ()  # the president of some body is no state's
                base.office = None
            office: Via = "role" if base.agent is not None and base.agent.office else "nominal"
            if base.kind == "agent":
                base.via = office
            base.stop = max(base.stop, *(found.stop for found in inner))
            for found in inner:
                self._take(found)
            if base.kind == "agent" and not lead.country and lead.label in ("ORG",):
                base.say(lead.why)
                return [base]
            return self._copies(base, [f.country for f in inner], [f.why for f in inner]) or [base]
        return []

    def _titled(self, base: Found, person: Found) -> list[Found]:
        """As in "Director of National Intelligence Ann Miller": a title with its bearer's name."""
        base.kind, base.name, base.via = "person", person.name, "name"
        base.stop = max(base.stop, person.stop)
        base.person, base.entity = person.person, person.entity
        base.country = person.country
        base.sectors = person.sectors if person.entity else base.sectors or person.sectors
        base.also |= {person.head} | person.also
        base.say(person.why)
        self._take(person)
        return [base]

    def _may_complement(self, word: str, base: Found, inner: list[Found], key: int) -> bool:
        if not inner:
            return False
        kind = inner[0].kind
        if base.label == "ORG" and word != "of":
            seated = is_state(base.sectors) or any(
                self.lexicon.has("seated", token.lower)
                for token in self.sentence.tokens[base.first : base.stop]
            )
            return word == "in" and kind == "country" and seated
        lemma = self.sentence.tokens[key].lemma
        if word == "of":
            return True
        if word in ("for", "with"):
            return lemma in self.lexicon.words["bearers"] and kind != "person"
        if word == "at":
            return kind in ("org", "agent")
        if word == "from":
            return kind != "person"
        if any(
            self.lexicon.has("elsewhere", self.sentence.tokens[child].lower)
            for child in self.sentence.children(key, "amod")
        ):  # "Southeast Asian ministers in Bangkok" only meet there
            return False
        armed = "MIL" in base.sectors or "REB" in base.sectors
        return kind == "country" and not armed and inner[0].via != "demonym"


def _is_body(item: Item) -> bool:
    """Whether a name stands for a body whose sectors pass on: "Pentagon spokesman"."""
    return item.kind == "org" or bool(item.entries and item.entries[0].form == "seat")


_UNKNOWN = {"PERSON": "person", "ORG": "org", "GPE": "unknown", "NORP": "unknown"}


def _rank(item: Item) -> tuple[int, int]:
    """Which of the pieces over a head leads it: a known name, then an unknown one, then a noun."""
    order = {"person": 0, "org": 1, "unknown": 2, "country": 2, "agent": 3}
    return (order[item.kind] if item.label != "NORP" else 4, item.first - item.stop)


def _is_inside_name(agent: Item, base: Found, lead: Item) -> bool:
    """Whether a noun is part of a person's name: "Christian Porter"."""
    return base.kind == "person" and lead.first <= agent.first < lead.stop
