"""Where in a sentence a place may be named: spans with everything that the gazetteer knows of them.

Two sources vote: the language model's entities, and the gazetteer on runs of capitalised words. A
name that the model takes for a person or body is a place only with strong reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.knowledge.gazetteer import Gazetteer, PlaceEntry
from tocsin.model.parse import Entity, Parse, Sentence
from tocsin.places.rules import PlaceRules

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_BLOCKING = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LANGUAGE"}
)
_NAMES = frozenset({"PERSON", "ORG", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "NORP"})
# Inside a name these may stand in lower case: "Bosnia and Herzegovina", "Strait of Hormuz".
_JOINTS = frozenset(
    {
        "of",
        "and",
        "the",
        "al",
        "el",
        "de",
        "la",
        "du",
        "-",
        "–",
        "ez",
        "ash",
        "upon",
        "del",
        "’",
        "'",
    }
)
_TAILS = frozenset(
    {
        "region", "province", "peninsula", "strip", "valley", "strait", "industrial", "zone",
        "complex", "line", "governorate", "island", "islands", "crossing", "river", "state",
        "airport", "nuclear", "base", "ri", "do", "ni", "dong", "in", "up", "gun", "si", "oblast",
        "municipality", "county", "district", "city", "sea",
    }
)  # fmt: skip
_LONGEST = 6
# Ten thousand people: below that a name needs a preposition of place, a region beside it, or the
# model's word for it.
TOWN = 4.0
CITY = 5.0
_COMPASS = frozenset(
    {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``first`` to ``stop`` of sentence ``sentence`` may name one of ``entries``.

    ``demonym`` for "Syrian"; ``embedded`` for a name inside another name ("Beirut Bar
    Association"), which is never literal; ``sure`` where the span needs no further support.
    """

    sentence: int
    first: int
    stop: int
    key: str
    entries: tuple[PlaceEntry, ...]
    demonym: bool = False
    embedded: bool = False
    sure: bool = True


def people_parts(parse: Parse) -> frozenset[str]:
    """Words that the text uses for persons more than for places: "Paris" after "Gavin Paris"."""
    balance: dict[str, int] = {}
    for sentence in parse.sentences:
        for entity in sentence.entities:
            if entity.label == "PERSON" or (entity.label in PLACE_LABELS):
                step = 1 if entity.label == "PERSON" else -1
                for token in sentence.tokens[entity.first : entity.stop]:
                    balance[token.text] = balance.get(token.text, 0) + step
    return frozenset(name for name, count in balance.items() if count > 0)


def _common_words(parse: Parse) -> frozenset[str]:
    """The nouns that the text also writes small: "Airport" is no town where "the airport" is."""
    return frozenset(
        token.text
        for sentence in parse.sentences
        for token in sentence.tokens
        if token.pos in {"NOUN", "ADJ", "VERB"} and token.text.islower()
    )


def candidates(parse: Parse, gazetteer: Gazetteer, rules: PlaceRules) -> list[Candidate]:
    """Return the candidates of all sentences from left to right; they do not overlap."""
    people, common = people_parts(parse), _common_words(parse)
    found = [
        candidate
        for sentence in parse.sentences
        for candidate in _in_sentence(parse.text, sentence, gazetteer, rules, people)
        if not _is_word(candidate, common, rules)
    ]
    countries = {candidate.entries[0].country for candidate in found}
    short = list(_short_names(parse, gazetteer, found, countries))
    if short:
        found.extend(short)
        found.sort(key=lambda candidate: (candidate.sentence, candidate.first))
    return found


def _is_word(candidate: Candidate, common: frozenset[str], rules: PlaceRules) -> bool:
    """True for a town whose name is a plain word here: Airport, Metro, Leader."""
    best, word = candidate.entries[0], candidate.key.lower()
    if candidate.demonym or best.kind not in {"town", "admin1", "admin2"} or best.weight >= 6:
        return False
    return word in common or word in rules.nouns_of_place or word in rules.kind_words


def _short_names(
    parse: Parse, gazetteer: Gazetteer, found: list[Candidate], countries: set[str | None]
) -> Iterator[Candidate]:
    """ "The North" in a text about both Koreas."""
    taken = {(c.sentence, i) for c in found for i in range(c.first, c.stop)}
    for sentence in parse.sentences:
        for match in gazetteer.short_names.longest([token.text for token in sentence.tokens]):
            first, name = match.first + 1, match.values[0]
            if name.needs <= countries and (sentence.index, first) not in taken:
                text = parse.text[
                    sentence.tokens[first].start : sentence.tokens[match.stop - 1].end
                ]
                following = sentence.tokens[match.stop : match.stop + 1]
                if following and following[0].pos == "PROPN" and following[0].text[0].isupper():
                    continue  # "the North Star"
                yield Candidate(sentence.index, first, match.stop, f"the {text}", (name.place,))


def _in_sentence(
    text: str, sentence: Sentence, gazetteer: Gazetteer, rules: PlaceRules, people: frozenset[str]
) -> Iterator[Candidate]:
    tokens = sentence.tokens
    covering: dict[int, Entity] = {}
    for entity in sentence.entities:
        for i in range(entity.first, entity.stop):
            covering[i] = entity
    common = {
        match.first: match
        for match in gazetteer.common_names.longest([token.lower for token in tokens])
    }
    at = 0
    while at < len(tokens):
        if at in common:
            stop = common[at].stop
            name = text[tokens[at].start : tokens[stop - 1].end]
            yield Candidate(sentence.index, at, stop, name, common[at].values)
            at = stop
            continue
        if not tokens[at].text[0].isupper() or tokens[at].lower == "the":
            at += 1
            continue
        found = _at(text, sentence, at, gazetteer, rules, people, covering)
        if found is None:
            at += 1
        else:
            yield found
            at = found.stop


def _ends(sentence: Sentence, at: int) -> list[int]:
    """Where a name that starts at ``at`` may end (exclusive), longest first."""
    tokens = sentence.tokens
    ends: list[int] = []
    for stop in range(at + 1, min(at + _LONGEST, len(tokens)) + 1):
        last = tokens[stop - 1]
        if last.text[0].isupper() or last.text in _TAILS:
            ends.append(stop)
        elif last.text not in _JOINTS:
            break
    ends.reverse()
    return ends


def _at(
    text: str,
    sentence: Sentence,
    at: int,
    gazetteer: Gazetteer,
    rules: PlaceRules,
    people: frozenset[str],
    covering: dict[int, Entity],
) -> Candidate | None:
    tokens = sentence.tokens
    for stop in _ends(sentence, at):
        name = text[tokens[at].start : tokens[stop - 1].end]
        country = gazetteer.demonym(name)
        if country is not None and not _blocked(covering.get(at)):
            if stop - at == 1 and tokens[at].text in rules.not_places and at not in covering:
                continue
            entity = covering.get(at)
            embedded = _embedded(entity, at, stop)
            return Candidate(
                sentence.index, at, stop, name, (country,), demonym=True, embedded=embedded
            )
        entries = gazetteer.find(name)
        if stop - at == 1 and name in rules.short_regions and at > 0:
            region = rules.short_regions[name]
            before = tokens[at - 1].text
            # "Red Oak, Iowa", but the party label "(R-Iowa)" is no place.
            if before == "," or (name.endswith(".") and before == "-"):
                return Candidate(
                    sentence.index,
                    at,
                    stop,
                    region,
                    gazetteer.find(region),
                    embedded=before == "-",
                )
        if not entries:
            continue
        verdict = _accept(sentence, at, stop, name, entries, rules, people, covering)
        if verdict is not None:
            embedded, sure = verdict
            embedded = embedded or _party_label(sentence, at)
            return Candidate(sentence.index, at, stop, name, entries, embedded=embedded, sure=sure)
    return None


def _party_label(sentence: Sentence, at: int) -> bool:
    """True in "(R-Utah)"."""
    tokens = sentence.tokens
    return at > 1 and tokens[at - 1].text == "-" and tokens[at - 2].text in {"R", "D", "I"}


def _blocked(entity: Entity | None) -> bool:
    return entity is not None and entity.label in _BLOCKING


def _embedded(entity: Entity | None, first: int, stop: int) -> bool:
    """True for a proper part of the name of a body, event or work."""
    if entity is None or entity.label not in _NAMES or entity.label in {"PERSON", "NORP"}:
        return False
    return entity.first < first or stop < entity.stop


def _accept(
    sentence: Sentence,
    first: int,
    stop: int,
    name: str,
    entries: tuple[PlaceEntry, ...],
    rules: PlaceRules,
    people: frozenset[str],
    covering: dict[int, Entity],
) -> tuple[bool, bool] | None:
    """Return (embedded, sure) where the span may be a place, or None."""
    tokens = sentence.tokens
    best = entries[0]
    known = best.kind not in {"town", "admin1", "admin2"} or best.capital or best.weight >= 6
    entity = covering.get(first)
    single = stop - first == 1
    person = single and name in people and (not known or best.kind == "town")
    if _blocked(entity) or (single and name in _COMPASS):
        return None
    if name.isupper() and len(name.replace(".", "")) <= 3 and not known:
        return None  # initials, not towns
    if len(name) <= 3 and known and not name.isupper() and len(best.name) > 4:
        return None  # "Us" is no country
    near = located(sentence, first, rules)
    paired = _paired(sentence, stop)
    label = entity.label if entity is not None else None
    if person and not paired and not known:
        return None
    if label in PLACE_LABELS and not near and person:
        return None
    if single and name in rules.not_places:
        exact = entity is not None and _whole(sentence, entity, first, stop)
        if not (exact and near and label in PLACE_LABELS):
            return None
    if entity is None:
        return _accept_bare(sentence, first, stop, name, best, person, known, near, paired)
    whole = _whole(sentence, entity, first, stop) or (entity.first >= first and entity.stop <= stop)
    if label in PLACE_LABELS:
        if whole or known or best.weight >= TOWN or near:
            return False, True
        return None
    if label == "PERSON":
        if not whole or (person and not near):
            return None
        return (False, True) if known or best.weight >= CITY or near or paired else None
    if whole:
        if known or best.weight >= CITY or (near and best.weight >= 3) or paired:
            return False, True
        return (False, False) if near else None
    if entity.stop == stop and first - 2 >= entity.first and best.weight >= 3:
        # "Special Forces in Manbij" taken for one name; "Al Qaeda in Iraq" is one.
        body, link = tokens[first - 2].text, tokens[first - 1].text
        if link in {"in", "near", "outside"} and body not in {"Qaeda", "Qaida", "State"}:
            return False, True
    if known or (best.weight >= CITY and entity.first == first):
        return True, True
    return None


def _accept_bare(
    sentence: Sentence,
    first: int,
    stop: int,
    name: str,
    best: PlaceEntry,
    person: bool,
    known: bool,
    near: bool,
    paired: bool,
) -> tuple[bool, bool] | None:
    """The same for a span that the language model does not know."""
    tokens = sentence.tokens
    last = tokens[stop - 1]
    if last.pos not in {"PROPN", "ADJ", "NOUN"} and not last.text.isupper():
        return None
    if first == 0 and stop < len(tokens) and name.isupper() and best.weight >= 3:
        return (False, True) if len(name) > 3 or known else None
    if person and not near:
        return None
    touching = _touching(sentence, first, stop)
    if known:
        return (False, True) if not touching or near else None
    if touching and not paired:
        return None
    if near or paired:
        return False, best.weight >= TOWN or paired
    if last.pos != "PROPN":
        return None
    if first == 0:
        follows = tokens[stop].pos if stop < len(tokens) else ""
        return (False, True) if best.weight >= CITY and follows in {"AUX", "VERB"} else None
    if best.weight >= CITY:
        return False, True
    # "fired on Qamishli", "in Hilversum and Almelo": a village in the company of its country.
    before = tokens[first - 1]
    if before.pos == "ADP" or before.dep == "cc" or before.text == ",":
        return (False, False) if best.weight >= 3 else None
    return None


def _whole(sentence: Sentence, entity: Entity, first: int, stop: int) -> bool:
    """True where the span is the entity, but for an article before or a mark behind."""
    start, end = entity.first, entity.stop
    while start < first and sentence.tokens[start].lower in {"the", "a", "'"}:
        start += 1
    while end > stop and sentence.tokens[end - 1].lower in {"'s", "’s", "'", "’", ".", ","}:
        end -= 1
    return (start, end) == (first, stop)


def located(sentence: Sentence, first: int, rules: PlaceRules) -> bool:
    """True after "in", "near the", "city of", ..."""
    tokens = sentence.tokens
    at = first - 1
    while at >= 0 and (
        tokens[at].lower in {"the", "northern", "southern", "eastern", "western", "central"}
        or tokens[at].lower.endswith(("eastern", "western"))
    ):
        at -= 1
    if at < 0:
        return False
    word = tokens[at].lower
    if word == "of" and at > 0:
        return tokens[at - 1].lemma in rules.nouns_of_place
    if word == "to":
        return at == 0 or tokens[at - 1].lower not in {"according", "due", "thanks"}
    return word in rules.prepositions_of_place or word == "from"


def _paired(sentence: Sentence, stop: int) -> bool:
    """True before ", Name": a region may follow."""
    tokens = sentence.tokens
    return (
        stop + 1 < len(tokens)
        and tokens[stop].text == ","
        and tokens[stop + 1].text[0].isupper()
        and tokens[stop + 1].pos == "PROPN"
    )


def _touching(sentence: Sentence, first: int, stop: int) -> bool:
    """True where another capitalised name stands directly beside: "London Breed"."""
    tokens = sentence.tokens
    before = first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].text[0].isupper()
    after = stop < len(tokens) and tokens[stop].pos == "PROPN" and tokens[stop].text[0].isupper()
    return before or after
