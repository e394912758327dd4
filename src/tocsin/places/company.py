"""Spots that no table has ("at the Central Mental Hospital"), put beside a place that one has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.knowledge.gazetteer import PlaceEntry
from tocsin.model.mention import PlaceMention
from tocsin.model.parse import Parse, Sentence
from tocsin.places.candidates import PLACE_LABELS, Candidate, located
from tocsin.places.literal import span_head
from tocsin.places.rules import PlaceRules

# How little a kind of place tells of the whereabouts of an unknown spot named near it, counted in
# sentences of distance: a town three sentences away tells more than the country in this one.
_RANK = {"town": 0, "site": 0, "admin2": 0, "island": 1, "admin1": 2, "area": 2, "country": 5}
_FAR = 4
LEAST_RADIUS_KM = 40.0
# Bodies that are also buildings: "at the Central Mental Hospital".
_BUILDINGS = frozenset(
    {
        "hospital", "church", "mosque", "temple", "school", "university", "college", "hotel",
        "stadium", "theatre", "theater", "museum", "prison", "court", "courthouse", "hall", "mall",
        "airport", "station", "center", "centre", "cathedral", "tower", "plant", "camp", "base",
    }
)  # fmt: skip


def unknown_spots(
    parse: Parse, found: Sequence[Candidate], rules: PlaceRules
) -> Iterator[tuple[Sentence, int, int]]:
    """Entities that must be places by the words before them, and that no candidate covers."""
    taken = {(c.sentence, i) for c in found if not c.embedded for i in range(c.first, c.stop)}
    for sentence in parse.sentences:
        tokens = sentence.tokens
        for entity in sentence.entities:
            first, stop = entity.first, entity.stop
            if tokens[stop - 1].lower in {"'s", "’s", "'", "’"}:
                stop -= 1
            if tokens[first].lower in {"the", "a"}:
                first += 1
            if first >= stop or any((sentence.index, i) in taken for i in range(first, stop)):
                continue
            if not tokens[first].text[0].isupper() or not located(sentence, first, rules):
                continue
            if stop - first == 1 and tokens[first].text in rules.not_places:
                continue
            if stop - first == 1 and first > entity.first:
                continue  # "the Bidens": a lone name with an article is a family or a thing
            building = entity.label == "ORG" and tokens[stop - 1].lower in _BUILDINGS
            if entity.label in PLACE_LABELS or building:
                yield sentence, first, stop


def place_by_company(
    parse: Parse,
    sentence: Sentence,
    first: int,
    stop: int,
    places: Sequence[tuple[int, int, PlaceEntry]],
) -> PlaceMention | None:
    """Put the spot at tokens ``first`` to ``stop`` where the nearest named place is.

    ``places`` are (sentence, first token, place) of the text. The point is that place's, the
    radius at least 40 km, and there is no geonameid. None where the text names no place.
    """
    ranked = [
        (
            min(abs(number - sentence.index), _FAR) + _RANK.get(entry.kind, 3),
            abs(number - sentence.index),
            abs(at - first),
            entry.name,
            entry,
        )
        for number, at, entry in places
        if entry.kind not in {"continent", "region", "sea"}
    ]
    if not ranked:
        return None
    entry = min(ranked, key=lambda item: item[:4])[4]
    start, end = sentence.offsets(first, stop)
    return PlaceMention(
        sentence=sentence.index,
        first=first,
        stop=stop,
        head=span_head(sentence, first, stop),
        start=start,
        end=end,
        text=parse.text[start:end],
        name=parse.text[start:end],
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        geonameid=None,
        literal=True,
        radius_km=max(LEAST_RADIUS_KM, entry.radius_km),
        why=f"not in the gazetteer; put near {entry.name}",
    )
