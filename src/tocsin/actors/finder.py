"""The actors of a document: names, agents, people, and the words that refer back to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from tocsin.actors.apposition import join_appositions
from tocsin.actors.asked import Watch
from tocsin.actors.day import likely_day
from tocsin.actors.found import Found, is_state
from tocsin.actors.items import Item, find_items
from tocsin.actors.lexicon import Lexicon, load_lexicon
from tocsin.actors.people import People, Person
from tocsin.actors.phrases import Phrases
from tocsin.actors.readings import Context, in_office, read_context
from tocsin.actors.reference import References
from tocsin.actors.setting import Setting
from tocsin.knowledge.actors import ActorEntry, ActorTable
from tocsin.model.mention import ActorMention, PlaceMention
from tocsin.model.parse import Parse, Sentence

# Offices whose holders newsrooms name by the surname alone.
RULERS = frozenset({"president", "prime minister", "leader", "supreme leader", "chancellor"})


class ActorFinder:
    """Finds the actors of parsed documents with one table; holds no state between documents.

    ``watch`` is called with every pronoun and noun whose meaning is weighed, with its options.
    """

    def __init__(
        self, table: ActorTable, lexicon: Lexicon | None = None, watch: Watch | None = None
    ) -> None:
        self.table = table
        self.watch = watch
        self.lexicon = lexicon or load_lexicon()

    def find(
        self,
        parse: Parse,
        *,
        published: date | None = None,
        title: str | None = None,
        places: Iterable[PlaceMention] = (),
        packs: Collection[str] | None = None,
    ) -> tuple[ActorMention, ...]:
        """Return the mentions of a document, sorted by sentence and first token.

        ``published`` bounds offices and names in time; without it a day on which those named held
        their offices together is taken, else the latest reading of each name.
        ``title`` counts as context before the first sentence. ``places`` are the document's
        places, where they are known by now: "Istanbul court" is Turkish by them. Mentions of
        several states at once ("the two Koreas") come as several mentions with one span. Of the
        table's packs the rows of those in ``packs`` count, of all when it is None.
        """
        context = read_context(parse, self.table, published=published, title=title, packs=packs)
        if published is None:
            named = (entry for found in context.matches for m in found for entry in m.values)
            day = likely_day(named)
            if day is not None:
                context = read_context(parse, self.table, published=day, title=title, packs=packs)
        people = People(self.lexicon.words["surname_first"])
        references = References(self.lexicon, context.home, self.watch)
        done: list[tuple[Sentence, list[Found]]] = []
        located: dict[int, dict[int, str]] = {}
        for place in places:
            if place.country:
                of = located.setdefault(place.sentence, {})
                of.update((i, place.country) for i in range(place.first, place.stop))
        for sentence in parse.sentences:
            where = located.get(sentence.index, {})
            items = find_items(sentence, self.table, context, people, self.lexicon, where)
            self._rulers(sentence, items, context)
            found = Phrases(sentence, items, context, self.lexicon).found()
            found = join_appositions(sentence, found, self.lexicon)
            for one in found:
                self._person(one, sentence, context, people)
                self._office(one, sentence, context)
            found = references.resolve(sentence, _outermost(found))
            for one in found:
                if one.person is not None:
                    one.person.last = sentence.index
            done.append((sentence, found))
        Setting(done, self.lexicon, context.home, self.watch).fill()
        return tuple(m for sentence, found in done for m in _written(found, parse, sentence))

    def _person(self, one: Found, sentence: Sentence, context: Context, people: People) -> None:
        """Note a person that is named, by title and surname if need be."""
        if one.kind != "person" or not one.name:
            return
        if one.entity is None and one.office and (entry := self._holder(one, context)):
            one.entity, one.country, one.via = entry.entity, entry.country, "role"
            one.sectors = entry.sectors or one.sectors
            one.say(entry.row)
        if one.entity is None and one.country is None and one.person is None:
            self._ruler(one, context)
        name = one.entity.name if one.entity is not None else one.name
        if one.person is None:
            one.person = people.add(name, one.country)
            if one.person.first < 0:
                one.person.first = sentence.index
        person = one.person
        person.last = sentence.index
        person.country = person.country or one.country
        person.sectors = person.sectors or one.sectors
        person.entity = person.entity or one.entity
        person.office = person.office or one.office
        person.holds_office = person.holds_office or (
            one.entity is not None and is_state(one.sectors)
        )
        person.gender = person.gender or one.gender
        if person.gender is None:
            before = sentence.tokens[one.first - 1].lower if one.first else ""
            words = [before, *(token.lower for token in sentence.tokens[one.first : one.stop])]
            genders = (self.lexicon.gender.get(word) for word in words)
            person.gender = next((gender for gender in genders if gender), None)
        if person.gender is None:
            person.gender = self._by_given_name(person)

    def _by_given_name(self, person: Person) -> str | None:
        """The gender that a name tells; None where it is anybody's or not in the list."""
        parts = person.name.lower().split()
        if len(parts) < 2:
            return None
        eastern = parts[0] in map(str.lower, person.surnames)
        return self.lexicon.given.get("-".join(parts[1:]) if eastern else parts[0])

    def _office(self, one: Found, sentence: Sentence, context: Context) -> None:
        """Name the bearer of "the South Korean president" on the day."""
        if one.kind != "agent" or one.office is None or one.plural:
            return
        words = " ".join(token.lower for token in sentence.tokens[one.first : one.stop])
        only = next((w for w in (words, one.office) if w in self.lexicon.only_of), None)
        if one.country is None and only is not None:
            one.country = self.lexicon.only_of[only]
            one.say(f"actors/words.yaml: the only {only}")
        if one.country is None:
            return
        if one.entity is not None or context.published is None or not is_state(one.sectors):
            return
        held = [
            entry
            for entry in self.table.offices.get((one.country, one.office), ())
            if in_office(entry, context.published) and context.holds(entry)
        ]
        if len({entry.entity for entry in held}) == 1:
            one.entity = held[0].entity
            one.say(held[0].row)

    def _rulers(self, sentence: Sentence, items: list[Item], context: Context) -> None:
        """Tell the country of "the Bush administration", whoever of that name it was."""
        for item in items:
            after = sentence.tokens[item.stop] if item.stop < len(sentence.tokens) else None
            if (
                after is None
                or item.kind != "unknown"
                or item.label not in ("PERSON", "PROPN")
                or item.countries
                or item.stop - item.first > 1
                or not self.lexicon.has("state_bodies", after.lower)
            ):
                continue
            surname = sentence.tokens[item.first].text
            held = [
                entry
                for _, entry in self.table.surnames.get(surname, ())
                if context.holds(entry)
                and (
                    entry.since is None
                    or context.published is None
                    or entry.since <= context.published
                )
            ]
            countries = {entry.country for entry in held}
            if len(countries) == 1:
                item.country = countries.pop()
                item.why = held[-1].row

    def _ruler(self, one: Found, context: Context) -> None:
        """As in "Kim said": the head of a state that the text names, by the surname alone."""
        if " " in one.name or one.agent is not None:
            return
        held = [
            entry
            for office, entry in self.table.surnames.get(one.name, ())
            if office in RULERS
            and entry.country
            and context.named[entry.country]
            and in_office(entry, context.published)
            and context.holds(entry)
        ]
        if context.published is None and held:
            last = max(entry.until or date.max for entry in held)
            held = [entry for entry in held if (entry.until or date.max) == last]
        if len({entry.entity for entry in held}) == 1:
            entry = held[-1]
            one.entity, one.country, one.via = entry.entity, entry.country, "role"
            one.sectors = entry.sectors or one.sectors
            one.say(entry.row)

    def _holder(self, one: Found, context: Context) -> ActorEntry | None:
        """Who of this surname held the office on the day: "President Moon"."""
        surname = one.name.split()[-1]
        held = [
            entry
            for office, entry in self.table.surnames.get(surname, ())
            if office == one.office
            and in_office(entry, context.published)
            and context.holds(entry)
            and (one.country is None or one.country == entry.country)
        ]
        if len({entry.entity for entry in held}) == 1:
            return held[-1]
        return None


def find_actors(
    parse: Parse,
    table: ActorTable,
    *,
    published: date | None,
    title: str | None = None,
    places: Iterable[PlaceMention] = (),
) -> tuple[ActorMention, ...]:
    """Return the actors of one document; for many, keep one :class:`ActorFinder`."""
    return ActorFinder(table).find(parse, published=published, title=title, places=places)


def _outermost(found: list[Found]) -> list[Found]:
    """Leave out what stands inside the phrase of another: "State" in "Secretary of State Kerry"."""
    return [
        one
        for one in found
        if not any(
            outer.first <= one.first
            and one.stop <= outer.stop
            and outer.stop - outer.first > one.stop - one.first
            and outer.kind in ("person", "org", "agent")
            and outer.head != one.head
            for outer in found
        )
    ]


def _written(found: list[Found], parse: Parse, sentence: Sentence) -> list[ActorMention]:
    mentions = []
    for one in sorted(found, key=lambda f: (f.first, f.stop, f.country or "")):
        start, end = sentence.offsets(one.first, one.stop)
        mentions.append(
            ActorMention(
                sentence=sentence.index,
                first=one.first,
                stop=one.stop,
                head=one.head,
                start=start,
                end=end,
                text=parse.text[start:end],
                country=one.country,
                sectors=one.sectors,
                entity=one.entity,
                via=one.via,
                state_media=one.state_media,
                anonymous=one.anonymous,
                why=one.why,
                also=tuple(sorted(one.also - {one.head})),
                acts=one.acts,
            )
        )
    return mentions
