"""Names of countries as codes, as tables of others write them.

The names are those of the actors (``actors/countries/names.csv``, whatever the day on which they
hold), of the gazetteer (``places/countries.csv``), and the spellings and codes of single series
(``series/countries.csv``). The codes are those of our records: ISO 3166-1 alpha-3, dependencies
under their state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_csv
from tocsin.knowledge.spelling import fold

PATH = "series/countries.csv"


@dataclass(frozen=True, slots=True)
class Countries:
    """``codes`` by folded name, of these ``states``; ``names`` are the usual names of codes."""

    codes: Mapping[str, str]
    states: frozenset[str]
    names: Mapping[str, str]

    def code(self, said: str) -> str | None:
        """The code of a name, or of a code itself; None where it means no country, or several."""
        if said in self.states:
            return said
        return self.codes.get(_key(said))


@lru_cache(maxsize=8)
def load_countries(series: str | None = None) -> Countries:
    """The countries, with the own words of ``series`` before all others.

    KnowledgeError where a row of the table of series gives no country of ours.
    """
    several: dict[str, set[str]] = {}
    for row in read_csv("actors", "countries", "names.csv"):
        if row["form"] == "name" and not row["doubt"]:
            for name in row["names"].split("|"):
                several.setdefault(_key(name), set()).add(row["country"])
    own = {code for codes in several.values() for code in codes}
    states, names, folded = set(), {}, {}
    for row in read_csv("places", "countries.csv"):
        code, key = row["country"], _key(row["name"])
        if code in own:
            states.add(code)
            names[code] = row["name"]
            several.setdefault(key, {code})
        elif len(several.get(key, ())) == 1:
            (folded[_key(code)],) = several[key]
    codes = folded | {name: next(iter(of)) for name, of in several.items() if len(of) == 1}
    for row in read_csv("series", "countries.csv"):
        check_keys(row, allowed=("series", "name", "country"), path=PATH)
        if row["country"] not in states:
            message = f"{row['country']!r} is no country of ours"
            raise KnowledgeError(message, path=PATH, entry=row["name"])
        if row["series"] == series:
            codes[_key(row["name"])] = row["country"]
    return Countries(codes, frozenset(states), names)


def _key(name: str) -> str:
    return fold(name).casefold()
