"""The gazetteer: which places a name may stand for.

A compact file built by ``tools/build_gazetteer.py`` (sources in ``data/places/manifest.json``)
holds the towns of the world with 500 people or more and the first two levels of regions.
Hand-written tables beside it hold the countries with their demonyms, and seas, borders, islands,
disputed lands and sites, for the world and for each pack.

The built file is two sorted lists of text lines, cut into blocks that are compressed one by one, so
that opening it reads bytes only and a look-up inflates a few kilobytes::

    tocsin-gazetteer 1\\n
    {header as JSON}\\n            lengths of the sections, rows a block
    index of places               first key and length of each block, compressed
    index of aliases
    blocks of places              key, name, kind, country, admin1, lat, lon, people, id, radius
    blocks of aliases             key, numbers of the places

Keys are folded names (:func:`fold`).
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from tocsin.errors import KnowledgeError
from tocsin.knowledge.packs import load_pack
from tocsin.knowledge.phrases import PhraseTable
from tocsin.knowledge.resources import check_keys, exists, read_csv, resource

__all__ = ["Gazetteer", "PlaceEntry", "ShortName", "fold", "load_gazetteer"]

MAGIC = b"tocsin-gazetteer 1\n"
FEATURE_COLUMNS = (
    "name", "kind", "country", "lat", "lon", "radius_km", "weight", "geonameid", "aliases",
)  # fmt: skip
FEATURE_KINDS = frozenset(
    {"continent", "region", "area", "town", "sea", "island", "mountains", "river", "border", "site"}
)
COUNTRY_COLUMNS = ("country", "geonameid", "name", "lat", "lon", "aliases", "demonyms")
# A name that a table lists second ("Gensan" for Wonsan) is worth a factor of thirty in people less
# than a first name: rare spellings of big towns must not hide small towns that bear the name.
ALIAS_COST = 1.5
# Regions share names with their chief towns; the town is meant unless the text says "province".
REGION_COST = {"admin1": 1.0, "admin2": 2.5}
# There the state is the better known of the two: "Wyoming" is no town in Michigan.
STATES_BY_NAME = frozenset({"USA", "CAN", "AUS", "IND", "DEU"})
COUNTRY_WEIGHT = 9.0
_CACHED = 1 << 15

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d",
        "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l", "ı": "i", "þ": "th", "Þ": "th", "ħ": "h",
        "ə": "a", "Ə": "a", "-": " ", "–": " ", "—": " ", "/": " ", ".": None, "'": None, "’": None,
        "‘": None, "ʻ": None, "ʼ": None, "`": None, "´": None, "ʹ": None, "ʾ": None, "ʿ": None,
        ",": " ", "&": " and ",
    }
)  # fmt: skip
_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "an", "az"})
_ENDINGS = frozenset({"si", "up", "eup", "gun", "ri", "ni", "dong", "city"})
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ASCII = re.compile(r"[a-z0-9 ]+\Z")


def fold(name: str) -> str:
    """Return the key of a name: lower case, without marks, hyphens as spaces, "St." as "saint".

    A leading article is dropped ("the Donbas").
    """
    return _fold(name)


@lru_cache(maxsize=_CACHED)
def _fold(name: str) -> str:
    key = name.lower()
    if not _ASCII.match(key):
        key = unicodedata.normalize("NFKD", name.translate(_LETTERS)).lower()
        key = "".join(c for c in key if not unicodedata.combining(c))
    words = [_WORDS.get(word, word) for word in key.split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """One place that a name may stand for.

    ``kind`` is country, admin1, admin2, town, or a kind of the feature tables; ``country`` is ISO
    3166-1 alpha-3 (Kosovo: KOS), None where several states share it; ``admin1`` is GeoNames' code
    of the first level region ("TX", "11"); ``lat`` and ``lon`` are degrees (WGS 84); ``radius_km``
    is how far from that point a happening there may be. ``weight`` says how likely the place is
    meant when nothing else speaks: the decimal logarithm of a town's people, 9 for a country; an
    alias has less.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    radius_km: float
    people: int
    geonameid: int | None
    weight: float
    alias: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class ShortName:
    """A name that means ``place`` where the text speaks of all countries in ``needs``."""

    place: PlaceEntry
    needs: frozenset[str]


class _Blocks:
    """One sorted list of lines in compressed blocks."""

    __slots__ = ("_at", "_data", "_keys", "_lengths", "_read", "rows")

    def __init__(self, data: bytes, index: bytes, at: int, rows: int) -> None:
        keys: list[str] = []
        lengths: list[int] = []
        for line in zlib.decompress(index).decode("utf-8").splitlines():
            key, count = line.split("\t")
            keys.append(key)
            lengths.append(int(count))
        starts = [at]
        for size in lengths:
            starts.append(starts[-1] + size)
        self._data, self._keys, self._lengths, self._at = data, keys, lengths, starts
        self.rows = rows
        self._read = lru_cache(maxsize=256)(self._inflate)

    def _inflate(self, block: int) -> str:
        start = self._at[block]
        packed = self._data[start : start + self._lengths[block]]
        return "\n" + zlib.decompress(packed).decode("utf-8") + "\n"

    def __iter__(self) -> Iterator[str]:
        for block in range(len(self._keys)):
            yield from self._inflate(block).split("\n")[1:-1]

    def row(self, number: int) -> str:
        """The line with this number."""
        block, inside = divmod(number, self.rows)
        return self._read(block).split("\n", inside + 2)[inside + 1]

    def find(self, key: str) -> list[str]:
        """All lines whose first field is ``key``."""
        prefix = f"\n{key}\t"
        # A key that begins a block may also end the one before.
        first = max(bisect_left(self._keys, key) - 1, 0)
        found: list[str] = []
        for block in range(first, bisect_right(self._keys, key)):
            text = self._read(block)
            start = text.find(prefix)
            while start >= 0:
                end = text.index("\n", start + 1)
                found.append(text[start + 1 : end])
                start = text.find(prefix, end)
        return found


class Gazetteer:
    """Names to places; made by :func:`load_gazetteer`.

    ``common_names`` are the hand-written names in lower case ("demilitarized zone"), which no
    capital points to; ``short_names`` those that hold only where the text speaks of certain
    countries ("the North").
    """

    def __init__(
        self,
        data: bytes,
        *,
        hand: Mapping[str, tuple[PlaceEntry, ...]],
        demonyms: Mapping[str, PlaceEntry],
        countries: Mapping[str, PlaceEntry],
        common_names: PhraseTable[PlaceEntry],
        short_names: PhraseTable[ShortName],
        path: str = "places/gazetteer.bin",
    ) -> None:
        if not data.startswith(MAGIC):
            raise KnowledgeError("is no gazetteer of this version; run make data", path=path)
        end = data.index(b"\n", len(MAGIC))
        header = json.loads(data[len(MAGIC) : end])
        first = end + 1
        second = first + header["places_index"]
        body = second + header["aliases_index"]
        self._places = _Blocks(data, data[first:second], body, header["rows"])
        self._aliases = _Blocks(
            data, data[second:body], body + header["places_blocks"], header["rows"]
        )
        self._hand = hand
        self._demonyms = demonyms
        self.common_names = common_names
        self.short_names = short_names
        self._countries = countries
        self._find = lru_cache(maxsize=_CACHED)(self._look_up)

    def __iter__(self) -> Iterator[PlaceEntry]:
        """Every place once: hand-written ones first, then the built ones by name (slow)."""
        seen: set[tuple[str, int | None]] = set()
        for entries in self._hand.values():
            for entry in entries:
                if (entry.name, entry.geonameid) not in seen:
                    seen.add((entry.name, entry.geonameid))
                    yield entry
        for line in self._places:
            yield _entry(line, alias=False)

    def rows(self) -> Iterator[str]:
        """The built file's rows of places as they were written (for checks)."""
        return iter(self._places)

    def alias_rows(self) -> Iterator[str]:
        """The built file's rows of other names as they were written (for checks)."""
        return iter(self._aliases)

    def find(self, name: str) -> tuple[PlaceEntry, ...]:
        """Every place of this name, by falling weight; () when there is none."""
        return self._find(fold(name))

    def demonym(self, word: str) -> PlaceEntry | None:
        """The country whose people or things are called ``word`` ("Syrian"), or None."""
        return self._demonyms.get(word)

    def country(self, code: str) -> PlaceEntry | None:
        """The country with this ISO 3166-1 alpha-3 code, or None."""
        return self._countries.get(code)

    def _look_up(self, key: str) -> tuple[PlaceEntry, ...]:
        if not key:
            return ()
        found = list(self._hand.get(key, ()))
        known: set[int | None] = {e.geonameid for e in found if e.geonameid is not None}
        for line in self._places.find(key):
            entry = _entry(line, alias=False)
            if entry.geonameid not in known:
                known.add(entry.geonameid)
                found.append(entry)
        for line in self._aliases.find(key):
            for number in line.split("\t")[1].split(","):
                row = self._places.row(int(number))
                entry = _entry(row, alias=not _bare_name(row.split("\t", 1)[0], key))
                if entry.geonameid not in known:
                    known.add(entry.geonameid)
                    found.append(entry)
        found.sort(key=lambda entry: (-entry.weight, entry.geonameid or 0))
        return tuple(found)


def _bare_name(key: str, asked: str) -> bool:
    """True where ``asked`` is the name but for a native article or ending: (al) qamishli."""
    words = key.split()
    return len(words) > 1 and (
        (words[0] in _ARTICLES and " ".join(words[1:]) == asked)
        or (words[-1] in _ENDINGS and " ".join(words[:-1]) == asked)
    )


def town_radius(people: int) -> float:
    """Radius in km of a town: 10 for a village, 25 for a city of ten million."""
    return round(min(25.0, max(10.0, 10.0 + 5.0 * (log10(max(people, 1)) - 4.0))), 1)


def _entry(line: str, *, alias: bool) -> PlaceEntry:
    _, name, kind, country, admin1, lat, lon, people, geonameid, radius = line.split("\t")
    count = int(people)
    capital = kind == "capital"
    kind = "town" if capital else kind
    weight = log10(max(count, 100)) - (ALIAS_COST if alias else 0.0)
    if not (kind == "admin1" and country in STATES_BY_NAME):
        weight -= REGION_COST.get(kind, 0.0)
    return PlaceEntry(
        name=name,
        kind=kind,
        country=country or None,
        admin1=admin1 or None,
        lat=float(lat),
        lon=float(lon),
        radius_km=float(radius) if radius else town_radius(count),
        people=count,
        geonameid=int(geonameid),
        weight=weight + (1.0 if capital else 0.0),
        alias=alias,
        capital=capital,
    )


def load_gazetteer(packs: Iterable[str] = ("korea",)) -> Gazetteer:
    """Load the packaged gazetteer with the features of the world and of ``packs``.

    Raises KnowledgeError (file, row, allowed values) where a hand-written table is wrong or the
    built file is missing.
    """
    return _load(tuple(packs))


@lru_cache(maxsize=4)
def _load(packs: tuple[str, ...]) -> Gazetteer:
    try:
        data = resource("places", "gazetteer.bin").read_bytes()
    except FileNotFoundError as error:
        raise KnowledgeError("is missing; run make data", path="places/gazetteer.bin") from error
    hand: dict[str, list[PlaceEntry]] = {}
    demonyms: dict[str, PlaceEntry] = {}
    countries: dict[str, PlaceEntry] = {}
    radii = json.loads(resource("places", "country_radius.json").read_text(encoding="utf-8"))
    for row in read_csv("places", "countries.csv"):
        _check_row(row, COUNTRY_COLUMNS, "places/countries.csv")
        entry = PlaceEntry(
            name=row["name"],
            kind="country",
            country=row["country"],
            admin1=None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=float(radii.get(row["country"], 50.0)),
            people=0,
            geonameid=int(row["geonameid"]),
            weight=COUNTRY_WEIGHT,
        )
        countries[row["country"]] = entry
        for name in _names(row):
            _put(hand, name, entry)
        for word in _listed(row["demonyms"]):
            demonyms.setdefault(word, entry)
    common_names: PhraseTable[PlaceEntry] = PhraseTable()
    short_names: PhraseTable[ShortName] = PhraseTable()
    # A pack knows its own ground better than the world's table: its entries come first.
    folders = [load_pack(pack).parts for pack in packs]
    tables = [(*folder, "places.csv") for folder in folders if exists(*folder, "places.csv")]
    for table in (*tables, ("places", "features.csv")):
        for row in read_csv(*table):
            feature = _feature(row, "/".join(table))
            for name in _names(row):
                _put(hand, name, feature)
                if not name[0].isupper():
                    common_names.add(name, feature)
    gazetteer = Gazetteer(
        data,
        hand={key: tuple(entries) for key, entries in hand.items()},
        demonyms=demonyms,
        countries=countries,
        common_names=common_names,
        short_names=short_names,
    )
    for folder in folders:
        path = (*folder, "places_short.csv")
        if not exists(*path):
            continue
        for row in read_csv(*path):
            check_keys(row, allowed=("phrase", "place", "needs"), path="/".join(path))
            short_names.add(
                row["phrase"],
                ShortName(
                    _only(gazetteer, row["place"], "/".join(path), row["phrase"]),
                    frozenset(_listed(row["needs"])),
                ),
            )
    for row in read_csv("places", "demonyms.csv"):
        check_keys(row, allowed=("word", "place"), path="places/demonyms.csv", name=row.get("word"))
        place = _only(gazetteer, row["place"], "places/demonyms.csv", row["word"])
        demonyms.setdefault(row["word"], place)
    return gazetteer


def _only(gazetteer: Gazetteer, name: str, path: str, entry: str) -> PlaceEntry:
    places = gazetteer.find(name)
    if not places:
        raise KnowledgeError(f"no place is called {name!r}", path=path, entry=entry)
    return places[0]


def _put(hand: dict[str, list[PlaceEntry]], name: str, entry: PlaceEntry) -> None:
    entries = hand.setdefault(fold(name), [])
    if entry not in entries:
        entries.append(entry)


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["name"], *_listed(row["aliases"]))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _check_row(row: Mapping[str, str | None], columns: tuple[str, ...], path: str) -> None:
    check_keys(row, allowed=columns, path=path, name=row.get("name"))
    missing = [column for column in columns if row.get(column) is None]
    if missing:
        raise KnowledgeError(
            f"missing cells: {', '.join(missing)}", path=path, entry=row.get("name")
        )


def _feature(row: Mapping[str, str], path: str) -> PlaceEntry:
    _check_row(row, FEATURE_COLUMNS, path)
    if row["kind"] not in FEATURE_KINDS:
        raise KnowledgeError(
            f"unknown kind {row['kind']!r}; allowed: {', '.join(sorted(FEATURE_KINDS))}",
            path=path,
            entry=row["name"],
        )
    try:
        return PlaceEntry(
            name=row["name"],
            kind=row["kind"],
            country=row["country"] or None,
            admin1=None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=float(row["radius_km"]),
            people=0,
            geonameid=int(row["geonameid"]) if row["geonameid"] else None,
            weight=float(row["weight"]),
        )
    except ValueError as error:
        raise KnowledgeError(f"not a number: {error}", path=path, entry=row["name"]) from error
