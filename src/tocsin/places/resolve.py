"""Which of its namesakes a place name stands for: weight, company, and what the text calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, log2, radians

from tocsin.knowledge.gazetteer import PlaceEntry, fold
from tocsin.model.parse import Parse
from tocsin.places.candidates import Candidate
from tocsin.places.rules import PlaceRules

# In units of weight (powers of ten of people). The values were set on one half of the labelled
# articles and confirmed on the other; see tocsin.evaluation.places.
INSIDE = 8.0  # "Springfield, Illinois": a town with its region wins over any namesake
COUNTRY_STEP, COUNTRY_MOST = 0.4, 0.8  # per doubling of the mentions of the country
SIBLING_STEP, SIBLING_MOST = 0.5, 2.0  # per place of the same first-level region
NEAR = ((100.0, 2.0), (300.0, 1.0))  # another place of the text within so many km
CLEAR = 3.5  # from this weight a name without rivals abroad is evidence of its country
CALLED = 3.0  # "the city of", "province" beside the name


# What may stand between a place and the region it lies in: "Homs, in central Syria", "Maiduguri
# Borno State", "Red Oak (Iowa".
_LINKS = frozenset({",", "(", "in", "/", "the", "state", "of", "central", "'s", "’s"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The entry chosen, and the reason in words."""

    entry: PlaceEntry
    why: str


def distance_km(a: PlaceEntry, b: PlaceEntry) -> float:
    """Distance on the ground, good to a few per cent below 2,000 km."""
    width = (b.lon - a.lon + 180) % 360 - 180
    return 111.2 * hypot(b.lat - a.lat, width * cos(radians((a.lat + b.lat) / 2)))


def resolve(parse: Parse, found: Sequence[Candidate], rules: PlaceRules) -> dict[int, Choice]:
    """Choose for each candidate (by its number in ``found``); one name has one sense per text,
    unless a region stands beside it."""
    pairs = _pairs(parse, found)
    fixed: dict[int, Choice] = {}
    for number, other in pairs.items():
        joint = _joint(found[number].entries, found[other].entries)
        if joint is not None:
            inner, outer = joint
            fixed[number] = Choice(inner, f"in {outer.name}")
            fixed.setdefault(other, Choice(outer, f"{inner.name} lies in it"))
    by_key: dict[str, list[int]] = {}
    for number, candidate in enumerate(found):
        by_key.setdefault(fold(candidate.key), []).append(number)
    # One sense per text: a name once given with its region keeps it.
    for numbers in by_key.values():
        given = [fixed[n].entry for n in numbers if n in fixed]
        if given and len({e.geonameid for e in given}) == 1:
            for n in numbers:
                fixed.setdefault(n, Choice(given[0], "as elsewhere in the text"))
    evidence = _Evidence(found, fixed)
    settled: list[PlaceEntry] = [choice.entry for choice in fixed.values()]
    out = dict(fixed)
    rest: dict[str, list[int]] = {}
    for key, numbers in by_key.items():
        open_numbers = [n for n in numbers if n not in fixed]
        if open_numbers:
            rest[key] = open_numbers
    # The clearest first, so that they can help the others.
    order = sorted(rest, key=lambda key: (-_margin(found[rest[key][0]].entries), rest[key][0]))
    for key in order:
        numbers = rest[key]
        called = {_called(parse, found[n], rules) for n in numbers} - {None}
        entries = found[numbers[0]].entries
        entry, score = max(
            ((entry, _score(entry, key, called, evidence, settled)) for entry in entries),
            key=lambda pair: pair[1],
        )
        settled.append(entry)
        for n in numbers:
            out[n] = Choice(entry, f"score {score:.1f} of {len(entries)}")
    return out


def _score(
    entry: PlaceEntry,
    key: str,
    called: set[str | None],
    evidence: _Evidence,
    settled: Sequence[PlaceEntry],
) -> float:
    score = entry.weight
    if entry.country is not None:
        others = evidence.country(entry.country, beside=key)
        score += min(COUNTRY_MOST, COUNTRY_STEP * log2(1 + others))
        if entry.admin1 is not None:
            mentions = evidence.region(entry.country, entry.admin1, beside=key)
            score += min(SIBLING_MOST, SIBLING_STEP * mentions)
    if entry.kind in called:
        score += CALLED
    if entry.kind in {"town", "admin2"}:
        nearest = min(
            (
                distance_km(entry, other)
                for other in settled
                if other.kind not in {"country", "continent", "region"}
                and other.geonameid != entry.geonameid
            ),
            default=1e9,
        )
        score += next((bonus for km, bonus in NEAR if nearest <= km), 0.0)
    return score


def _margin(entries: Sequence[PlaceEntry]) -> float:
    """How far the first entry leads over the first of another country."""
    rivals = [e.weight for e in entries[1:] if e.country != entries[0].country]
    return entries[0].weight - (rivals[0] if rivals else 0.0)


class _Evidence:
    """How often the text speaks of each country and first-level region, by clear names only.

    A name is no evidence for itself: every question names the key that is being resolved.
    """

    def __init__(self, found: Sequence[Candidate], fixed: Mapping[int, Choice]) -> None:
        self._countries: dict[str, dict[str, int]] = {}
        self._regions: dict[tuple[str, str], dict[str, float]] = {}
        for number, candidate in enumerate(found):
            if number in fixed:
                entry = fixed[number].entry
            elif _margin(candidate.entries) >= 1.5 and candidate.entries[0].weight >= CLEAR:
                entry = candidate.entries[0]
            else:
                continue
            if entry.country is None:
                continue
            # Georgia and its like: a country whose name a region of another country bears proves
            # nothing by its bare name.
            rivals = {e.country for e in candidate.entries if e.kind == "admin1"} - {entry.country}
            if entry.kind == "country" and rivals and not candidate.demonym and number not in fixed:
                continue
            key = fold(candidate.key)
            by_key = self._countries.setdefault(entry.country, {})
            by_key[key] = by_key.get(key, 0) + 1
            if entry.admin1 is not None:
                # The region's own name tells twice what one of its towns tells.
                weight = 2.0 if entry.kind == "admin1" else 1.0
                self._regions.setdefault((entry.country, entry.admin1), {})[key] = weight

    def country(self, code: str, *, beside: str) -> float:
        """Mentions of the country by other names than ``beside``."""
        return sum(n for key, n in self._countries.get(code, {}).items() if key != beside)

    def region(self, country: str, admin1: str, *, beside: str) -> float:
        """Weight of the names of the region and its towns other than ``beside``."""
        names = self._regions.get((country, admin1), {})
        return sum(weight for key, weight in names.items() if key != beside)


def _pairs(parse: Parse, found: Sequence[Candidate]) -> dict[int, int]:
    """Neighbours "A, B" (also "A (B)", "A in B"): number of A to number of B."""
    out: dict[int, int] = {}
    for number in range(len(found) - 1):
        a, b = found[number], found[number + 1]
        if a.sentence != b.sentence or a.demonym or b.demonym:
            continue
        tokens = parse.sentences[a.sentence].tokens
        between = [t.lower for t in tokens[a.stop : b.first]]
        if b.stop < len(tokens) and tokens[b.stop].lower in ("'s", "’s"):
            continue  # "in Kaesong, the South's ministry said": the second is somebody, no region
        if len(between) <= 3 and all(w in _LINKS or w.endswith("ern") for w in between):
            out[number] = number + 1
    return out


def _joint(
    inner: Sequence[PlaceEntry], outer: Sequence[PlaceEntry]
) -> tuple[PlaceEntry, PlaceEntry] | None:
    """The best pair of which the first lies in the second, or None."""
    best: tuple[float, PlaceEntry, PlaceEntry] | None = None
    for b in outer:
        if b.kind not in {"country", "admin1", "admin2", "area", "island"}:
            continue
        if b.kind == "country" and inner[0].kind in {"country", "continent", "region", "sea"}:
            continue  # "Mexico, the United States and Canada" is a list
        for a in inner:
            if not _lies_in(a, b):
                continue
            score = a.weight + b.weight
            if best is None or score > best[0]:
                best = (score, a, b)
    return None if best is None else (best[1], best[2])


def _lies_in(a: PlaceEntry, b: PlaceEntry) -> bool:
    if a.kind in {"country", "continent", "region", "sea"} or a.geonameid == b.geonameid:
        return False
    if b.country is None or a.country != b.country:
        return False
    if b.kind == "country":
        return True
    if b.kind == "admin1":
        if a.admin1 is not None:
            return a.admin1 == b.admin1 and a.kind != "admin1"
        return distance_km(a, b) <= 1.5 * b.radius_km
    return a.kind == "town" and distance_km(a, b) <= 1.5 * b.radius_km


def _called(parse: Parse, candidate: Candidate, rules: PlaceRules) -> str | None:
    """What the text calls it: admin1 for "Idlib province", town for "the city of Idlib"."""
    tokens = parse.sentences[candidate.sentence].tokens
    if candidate.stop < len(tokens):
        kind = rules.kind_words.get(tokens[candidate.stop].lower)
        if kind:
            return kind
    at = candidate.first - 1
    if at > 0 and tokens[at].lower == "of":
        return rules.kind_words.get(tokens[at - 1].lemma)
    if at >= 0:
        return rules.kind_words.get(tokens[at].lemma)
    return None
