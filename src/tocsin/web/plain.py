"""Reasons and steps of the record as a page tells them: days as everywhere else on it, kinds and
countries by their names. Programs get them as they are kept, with days and codes to compute with.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from tocsin.knowledge.kind_names import kind_name
from tocsin.knowledge.ontology import load_ontology
from tocsin.report.crisis import wording
from tocsin.report.view import days_words

_DAY = r"\d{4}-\d\d-\d\d"
_DAYS = re.compile(rf"\b({_DAY})(?: to ({_DAY}))?\b")
_SOME = re.compile(r"^some time\b")
_PAIR = re.compile(r"\b[A-Z]{3}(?:-[A-Z]{3})+\b")


def plain(words: str) -> str:
    """``words`` with their days and codes in words."""
    told = _kinds().sub(lambda found: kind_name(found[1], found[2]), words)
    told = _PAIR.sub(lambda found: "–".join(map(wording.country, found[0].split("-"))), told)
    return _DAYS.sub(_days, _SOME.sub("at some time", told))


def sentence(words: str) -> str:
    """The same where it stands alone."""
    told = plain(words)
    return told[:1].upper() + told[1:]


def sides(codes: str) -> str:
    """One side of an event by the names of its countries: ``USA, PRK`` as United States, North
    Korea."""
    return ", ".join(map(wording.country, codes.split(", ")))


def _days(found: re.Match[str]) -> str:
    try:
        first = dt.date.fromisoformat(found[1])
        last = dt.date.fromisoformat(found[2]) if found[2] else first
    except ValueError:
        return found[0]
    return days_words(first, last)


@lru_cache(maxsize=1)
def _kinds() -> re.Pattern[str]:
    """A type, or a type and one of its modes."""
    types = load_ontology().types
    modes = sorted({mode for one in types.values() for mode in one.mode_scores}, key=len)
    return re.compile(rf"\b({'|'.join(types)})(?:/({'|'.join(map(re.escape, modes[::-1]))}))?\b")
