"""From a parsed text to its place mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.knowledge.gazetteer import Gazetteer, PlaceEntry
from tocsin.model.mention import ActorMention, PlaceMention
from tocsin.model.parse import Parse, Sentence
from tocsin.places.candidates import TOWN, Candidate, candidates
from tocsin.places.company import place_by_company, unknown_spots
from tocsin.places.literal import Reading, read, span_head
from tocsin.places.resolve import Choice, resolve
from tocsin.places.rules import load_rules


def find_places(
    parse: Parse, gazetteer: Gazetteer, *, actors: tuple[ActorMention, ...] = ()
) -> tuple[PlaceMention, ...]:
    """Find the places that a text names, resolved to points, in the text's order.

    Offsets count in ``parse.text``. ``literal`` is False where the name stands for a government,
    a people or a body ("Seoul said", "the Russian army"); with ``actors`` a name that acts as one
    of them is never literal.
    """
    rules = load_rules()
    found = list(candidates(parse, gazetteer, rules))
    choices = resolve(parse, found, rules)
    acting = _acting(parse, actors)
    out = []
    for number, candidate in enumerate(found):
        sentence = parse.sentences[candidate.sentence]
        choice = choices[number]
        if not candidate.sure and not _supported(choice.entry, found, choices, number):
            continue
        if candidate.embedded:
            reading = Reading(False, "part of a longer name")
        elif (candidate.sentence, candidate.first, candidate.stop) in acting:
            reading = Reading(False, "acts")
        else:
            reading = read(
                sentence,
                candidate.first,
                candidate.stop,
                rules,
                demonym=candidate.demonym,
                state=_acts(choice.entry),
            )
        if choice.entry.kind == "site" and not reading.literal:
            continue  # "the White House said": the actor's business
        out.append(_mention(parse, sentence, candidate, choice, reading))
    named = [(c.sentence, c.first, choices[n].entry) for n, c in enumerate(found)]
    for sentence, first, stop in unknown_spots(parse, found, rules):
        spot = place_by_company(parse, sentence, first, stop, named)
        if spot is not None and read(sentence, first, stop, rules, state=False).literal:
            out.append(spot)
    out.sort(key=lambda place: place.start)
    return tuple(out)


def resolve_spans(
    parse: Parse, gazetteer: Gazetteer, spans: Iterable[tuple[int, int]]
) -> tuple[PlaceMention | None, ...]:
    """Resolve given spans (offsets into ``parse.text``), each to a place or None.

    For text whose place names are known: every span is taken for a place, whatever it looks like.
    """
    rules = load_rules()
    wanted = list(spans)
    given: list[tuple[int, Candidate]] = []
    for number, (start, end) in enumerate(wanted):
        candidate = _given(parse, gazetteer, start, end)
        if candidate is not None:
            given.append((number, candidate))
    taken = [(c.sentence, c.first, c.stop) for _, c in given]
    others = [
        c
        for c in candidates(parse, gazetteer, rules)
        if not any(s == c.sentence and a < c.stop and c.first < b for s, a, b in taken)
    ]
    found = [(number, c) for number, c in given]
    found.extend((-1, c) for c in others)
    found.sort(key=lambda pair: (pair[1].sentence, pair[1].first, pair[1].stop))
    choices = resolve(parse, [c for _, c in found], rules)
    out: list[PlaceMention | None] = [None] * len(wanted)
    for at, (number, candidate) in enumerate(found):
        if number >= 0:
            sentence = parse.sentences[candidate.sentence]
            reading = read(
                sentence, candidate.first, candidate.stop, rules, demonym=candidate.demonym
            )
            out[number] = _mention(parse, sentence, candidate, choices[at], reading)
    resolved = [choices[at].entry for at in range(len(found))]
    places = [(c.sentence, c.first, e) for (_, c), e in zip(found, resolved, strict=True)]
    for number, (start, end) in enumerate(wanted):
        at_tokens = _tokens(parse, start, end) if out[number] is None else None
        if at_tokens is not None:
            out[number] = place_by_company(parse, *at_tokens, places)
    return tuple(out)


def _tokens(parse: Parse, start: int, end: int) -> tuple[Sentence, int, int] | None:
    """The sentence and token range that a span touches, or None."""
    for sentence in parse.sentences:
        inside = [t.i for t in sentence.tokens if t.start < end and start < t.end]
        if inside:
            return sentence, inside[0], inside[-1] + 1
    return None


def _given(parse: Parse, gazetteer: Gazetteer, start: int, end: int) -> Candidate | None:
    """The candidate at a given span: the whole name, else the longest part that is known."""
    at_tokens = _tokens(parse, start, end)
    if at_tokens is not None:
        sentence, first, stop = at_tokens
        whole = parse.text[start:end]
        rules = load_rules()
        short = rules.short_regions.get(whole)
        country = gazetteer.demonym(whole)
        if short:
            return Candidate(sentence.index, first, stop, short, gazetteer.find(short))
        if country is not None:
            return Candidate(sentence.index, first, stop, whole, (country,), demonym=True)
        best: tuple[float, str, tuple[PlaceEntry, ...]] | None = None
        words = whole.split()
        for size in range(len(words), 0, -1):
            for at in range(len(words) - size + 1):
                name = " ".join(words[at : at + size]).strip(".,;:()'’\"“”")
                people = gazetteer.demonym(name)
                entries = gazetteer.find(name) or ((people,) if people is not None else ())
                if not entries:
                    continue
                best_entry = entries[0]
                if name.isupper() and len(name) <= 4 and best_entry.kind in {"town", "admin2"}:
                    continue  # initials of a body
                if size == len(words):
                    return Candidate(sentence.index, first, stop, name, entries)
                # A part of the name counts where it is a place in its own right.
                weight = best_entry.weight
                if name in rules.not_places or name.lower() in rules.nouns_of_place:
                    continue
                if weight < TOWN or not name[0].isupper():
                    continue
                if best is None or weight > best[0]:
                    best = (weight, name, entries)
        if best is not None:
            return Candidate(sentence.index, first, stop, best[1], best[2])
    return None


def _acts(entry: PlaceEntry) -> bool:
    """Can the name stand for a government: a country, its capital, the seat of one."""
    return (
        entry.kind in {"country", "continent"}
        or entry.capital
        or (entry.kind in {"site", "region"} and entry.weight >= 7)
        or entry.name in _SEATS
    )


# Towns whose name stands for a body though they are no capital that the gazetteer marks.
_SEATS = frozenset({"Washington", "Kyiv", "Beijing", "Jerusalem", "Sanaa", "Brussels", "The Hague"})


def _acting(parse: Parse, actors: Sequence[ActorMention]) -> frozenset[tuple[int, int, int]]:
    """Token ranges of names that act: subjects known as actors."""
    out = set()
    for actor in actors:
        if actor.via not in {"name", "capital"}:
            continue
        tokens = parse.sentences[actor.sentence].tokens
        if tokens[actor.head].dep in {"nsubj", "agent"}:
            out.add((actor.sentence, actor.first, actor.stop))
    return frozenset(out)


def _supported(
    entry: PlaceEntry, found: Sequence[Candidate], choices: dict[int, Choice], number: int
) -> bool:
    """A village needs the company of its country."""
    return any(
        other != number and choices[other].entry.country == entry.country
        for other in range(len(found))
    )


def _mention(
    parse: Parse, sentence: Sentence, candidate: Candidate, choice: Choice, reading: Reading
) -> PlaceMention:
    start, end = sentence.offsets(candidate.first, candidate.stop)
    entry = choice.entry
    return PlaceMention(
        sentence=candidate.sentence,
        first=candidate.first,
        stop=candidate.stop,
        head=span_head(sentence, candidate.first, candidate.stop),
        start=start,
        end=end,
        text=parse.text[start:end],
        name=entry.name,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        geonameid=entry.geonameid,
        literal=reading.literal,
        radius_km=entry.radius_km,
        admin1=entry.admin1,
        why=f"{entry.kind}: {choice.why}; {reading.why}",
    )
