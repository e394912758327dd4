"""The dateline of an article: where, when and by which agency it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.knowledge.litter import load_litter

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ -][A-ZÀ-Þ.'’]+){0,3}"
_TITLE = r"[A-ZÀ-Þ][\w.'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]+|of|de|la|the)){0,3}"
_REGION = rf"(?:, (?!{MONTH} \d){_TITLE})?"
_MORE_PLACES = rf"(?:(?:/| and )(?:{_CAPITALS}|{_TITLE}){_REGION})*"
_DATELINE = re.compile(
    rf"(?:(?P<place>(?:(?P<capitals>{_CAPITALS})|{_TITLE}){_REGION}{_MORE_PLACES}),? ?)?"
    rf"(?:(?P<date>{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?),? ?)?"
    r"(?:[(/](?P<agency>[^()/]{2,40})[)/])? ?"
    r"(?P<dash>--+|[—–―]|-(?= |$))? *(?=[\w\"'“‘$£€(]|$)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a paragraph begins with before its first sentence.

    ``place`` and ``date`` are (start, end) in the paragraph, None where the dateline has none;
    ``agency`` is as written; ``end`` is where the sentence begins.
    """

    place: tuple[int, int] | None
    date: tuple[int, int] | None
    agency: str | None
    end: int


def dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that ``paragraph`` begins with, such as "SEOUL (Reuters) - "; or None.

    A dateline is a place in capitals and a dash, or a place or nothing and a known agency in
    brackets. What only looks like one ("UPDATE — ", "He said (laughing) - ") is none.
    """
    match = _DATELINE.match(paragraph)
    if match is None or not match.end():
        return None
    known = load_litter()
    agency = match["agency"]
    if agency is not None:
        if agency.strip() not in known.agencies:
            return None
    else:
        capitals = match["capitals"]
        if not capitals or not match["dash"] or capitals in known.no_places:
            return None
        rest = paragraph[match.end() :].lstrip("\"'“‘(")
        if rest[:1].islower():
            return None
    return Dateline(
        place=match.span("place") if match["place"] else None,
        date=match.span("date") if match["date"] else None,
        agency=agency.strip() if agency else None,
        end=match.end(),
    )
