"""How well places are found, resolved and told apart from governments.

Measures against labelled articles, JSON lines with ``text`` and ``toponyms`` (``start``, ``end`` in
code points, end exclusive; ``kind``; ``lat``, ``lon``, ``geonameid``), as in GeoWebNews.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from tocsin.errors import InputError
from tocsin.knowledge.gazetteer import Gazetteer, load_gazetteer
from tocsin.language.parser import Parser
from tocsin.places import find_places, resolve_spans

__all__ = ["PlaceScores", "evaluate_places"]

# GeoWebNews' kinds: a place name that is a place, and one that stands for something else. Its
# "expressions" (city, troops) are no names and are left out.
LITERAL = frozenset({"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"})
ASSOCIATIVE = frozenset(
    {
        "Metonymic", "Non_Literal_Modifier", "Demonym", "Language", "Embedded_Non_Lit", "Homonym",
    }
)  # fmt: skip
WITHIN_KM = 161.0
Half = Literal["all", "first", "second"]


@dataclass(slots=True)
class PlaceScores:
    """Counts over all articles, and the shares that are reported.

    ``resolved`` to ``near``: literal names given as gold spans. ``found`` and ``named``: names of
    any kind found in raw text. ``kept``: literal names that are reported as literal; ``rejected``:
    associative names that are not. ``misses`` says, one line each, what went wrong.
    """

    resolved: int = 0
    given: int = 0
    country: int = 0
    country_given: int = 0
    near: int = 0
    found: int = 0
    named: int = 0
    matched: int = 0
    literal_found: int = 0
    literal_matched: int = 0
    kept: int = 0
    literal: int = 0
    rejected: int = 0
    associative: int = 0
    misses: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """The shares by name, each between 0 and 1."""
        precision, recall = _share(self.matched, self.found), _share(self.matched, self.named)
        exact = _share(self.literal_matched, self.literal_found)
        kept = _share(self.kept, self.literal)
        return {
            "country_accuracy": _share(self.country, self.country_given),
            "within_161km": _share(self.near, self.given),
            "resolved": _share(self.resolved, self.given),
            "detection_precision": precision,
            "detection_recall": recall,
            "detection_f1": _f1(precision, recall),
            "literal_precision": exact,
            "literal_recall": kept,
            "literal_f1": _f1(exact, kept),
            "associative_rejected": _share(self.rejected, self.associative),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def evaluate_places(
    path: str | Path,
    *,
    half: Half = "all",
    parser: Parser | None = None,
    gazetteer: Gazetteer | None = None,
) -> PlaceScores:
    """Measure on the labelled articles in ``path``; ``half`` takes every other one.

    Raises InputError with the line where the file is not as described.
    """
    parser = parser or Parser()
    gazetteer = gazetteer or load_gazetteer()
    where = _Countries(gazetteer)
    scores = PlaceScores()
    for article in _read(Path(path), half):
        parse = parser.parse(article["text"])
        gold = _distinct(article["toponyms"])
        _score_resolution(article["id"], article["text"], gold, parse, gazetteer, where, scores)
        _score_detection(article["id"], article["text"], gold, parse, gazetteer, scores)
    return scores


def _read(path: Path, half: Half) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if half != "all" and number % 2 == (half == "first"):
                continue
            try:
                article = json.loads(line)
                text, toponyms = article["text"], article["toponyms"]
            except (ValueError, KeyError) as error:
                raise InputError(
                    f"no labelled article: {error!r}", path=str(path), line=number + 1
                ) from error
            # Labels that do not sit on their text cannot be measured against.
            article["toponyms"] = [
                t for t in toponyms if t["start"] >= 0 and text[t["start"] : t["end"]] == t["text"]
            ]
            yield article


def _distinct(toponyms: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names only, each span once; where a span bears two labels, one with a point first."""
    chosen: dict[tuple[int, int], dict[str, Any]] = {}
    for t in sorted(toponyms, key=lambda t: (t["start"], t["end"], t["lat"] is None, t["kind"])):
        if t["kind"] in LITERAL | ASSOCIATIVE:
            chosen.setdefault((t["start"], t["end"]), t)
    return list(chosen.values())


def _score_resolution(
    name: str,
    text: str,
    gold: Sequence[dict[str, Any]],
    parse: Any,
    gazetteer: Gazetteer,
    where: _Countries,
    scores: PlaceScores,
) -> None:
    wanted = [t for t in gold if t["kind"] in LITERAL and t["lat"] is not None and t["geonameid"]]
    places = resolve_spans(parse, gazetteer, [(t["start"], t["end"]) for t in wanted])
    for t, place in zip(wanted, places, strict=True):
        scores.given += 1
        country = where.of(int(t["geonameid"]), t["lat"], t["lon"])
        scores.country_given += country is not None
        line = f"{name} [{t['text']}] {t['kind']} gold {country} {t['lat']:.1f},{t['lon']:.1f}"
        if place is None or place.lat is None or place.lon is None:
            scores.misses.append(f"unresolved {line}")
            continue
        scores.resolved += 1
        if country is not None:
            scores.country += place.country == country
        away = kilometres(t["lat"], t["lon"], place.lat, place.lon)
        scores.near += away <= WITHIN_KM
        if away > WITHIN_KM or (country is not None and place.country != country):
            scores.misses.append(
                f"wrong {line}: {place.name} {place.country} {away:.0f} km ({place.why})"
            )


def _score_detection(
    name: str,
    text: str,
    gold: Sequence[dict[str, Any]],
    parse: Any,
    gazetteer: Gazetteer,
    scores: PlaceScores,
) -> None:
    places = find_places(parse, gazetteer)
    scores.found += len(places)
    scores.named += len(gold)
    scores.literal_found += sum(place.literal for place in places)
    for place in places:
        over = [t for t in gold if t["start"] < place.end and place.start < t["end"]]
        scores.matched += bool(over)
        scores.literal_matched += place.literal and any(t["kind"] in LITERAL for t in over)
        if not over:
            scores.misses.append(
                f"false {name} {_context(text, place.start, place.end)} "
                f"{'literal' if place.literal else 'associative'} ({place.why})"
            )
    for t in gold:
        over_places = [p for p in places if t["start"] < p.end and p.start < t["end"]]
        literal = any(p.literal for p in over_places)
        line = f"{name} {_context(text, t['start'], t['end'])} {t['kind']}"
        why = over_places[0].why if over_places else "not found"
        if t["kind"] in LITERAL:
            scores.literal += 1
            scores.kept += literal
            if not literal:
                scores.misses.append(f"lost {line} ({why})")
        else:
            scores.associative += 1
            scores.rejected += not literal
            if literal:
                scores.misses.append(f"kept {line} ({why})")
            elif not over_places:
                scores.misses.append(f"unfound {line}")


def _context(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    return f"{before}[[{text[start:end]}]]{after}".replace("\n", " ")


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees, on a sphere of radius 6,371 km."""
    a, b = radians(lat), radians(other_lat)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


class _Countries:
    """The country of a labelled place: by its id, else that of the nearest town of ours."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._by_id: dict[int, str | None] = {}
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for entry in gazetteer:
            if entry.geonameid is not None:
                self._by_id.setdefault(entry.geonameid, entry.country)
            if entry.kind == "town" and entry.country is not None:
                cell = (round(entry.lat), round(entry.lon))
                self._cells.setdefault(cell, []).append((entry.lat, entry.lon, entry.country))

    def of(self, geonameid: int, lat: float, lon: float) -> str | None:
        if geonameid in self._by_id:
            return self._by_id[geonameid]
        around = [
            (kilometres(lat, lon, a, b), country)
            for row in (-1, 0, 1)
            for column in (-1, 0, 1)
            for a, b, country in self._cells.get((round(lat) + row, round(lon) + column), ())
        ]
        return min(around)[1] if around else None
