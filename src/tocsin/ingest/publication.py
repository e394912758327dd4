"""The day on which an article was published, where its input does not say so.

Tried in turn, surest first: the day in the address, a line that gives nothing but the day, the
dateline, and the only day that the text gives in full. Each answer carries how it was found and how
often such answers are right. Only what is at least ``SURE`` is taken for the day of publication;
the rest is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tocsin.ingest.cleaning import plain_text
from tocsin.ingest.dateline import MONTH, dateline
from tocsin.model.document import Dated, Document

#: From this confidence on the day is taken: a wrong one puts every "Monday" in a wrong week.
SURE = 0.75
# How often the day was right on 2,638 articles of four collections whose day was hidden (tocsin
# evaluate published): of the address in 1,454 of 1,456, of the dateline in 18 of 19 where a weekday
# confirms the year and in 36 of 58 where not, of the only full date in 61 of 168.
# No article there had a line of its own for the day, or a dateline with a year: set by judgement.
_GIVEN, _URL_RIGHT, _LINE_RIGHT, _DATELINE_RIGHT = 1.0, 0.99, 0.9, 0.9
_WEEKDAY_RIGHT, _YEAR_GUESSED, _ONLY_RIGHT = 0.95, 0.6, 0.35

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = r"(?P<y>19[89]\d|20\d\d)"
_URL = re.compile(
    rf"(?<!\d){_YEAR}(?P<sep>[/_.-]?)(?P<m>0?[1-9]|1[0-2]|{'|'.join(_MONTHS)})(?P=sep)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|(?<=[/_-])[1-9])(?!\d)"
)
_FULL = re.compile(
    rf"\b(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{MONTH}),? {_YEAR.replace('<y>', '<y2>')}"
    rf"|{_YEAR.replace('<y>', '<y3>')}-(?P<m3>\d\d)-(?P<d3>\d\d))\b"
)
_SHORT = re.compile(rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}})\b|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH})\b")
_ANY_YEAR = re.compile(rf"(?<![\d.,-]){_YEAR}(?![\d,]\d|-\d)")
# Beside the day a line may say that it is the day of publication, the time, and who wrote it.
_LINE = re.compile(
    r"(?:\W|\b(?:published|posted|updated|last|modified|first|on|at|date|by|am|pm|a\.m\.|p\.m\."
    r"|[a-z]{2,4}t|gmt|utc|"
    + "|".join(f"{day}|{day[:3]}" for day in _DAYS)
    + r")\b|\d{1,2}:\d\d)+",
    re.IGNORECASE,
)
_EDGE_LINES = 8
_LONGEST_LINE = 90


def dated(document: Document) -> Dated | None:
    """Return the day of publication and how it is known; None where nothing tells it."""
    if document.published is not None:
        return Dated(document.published, "given", _GIVEN)
    text = plain_text(document.text)
    return _of_url(document.url or "") or _of_line(text) or _of_dateline(text) or _only(text)


def sure_day(known: Dated | None) -> date | None:
    """The day to reckon from, None where none is known well enough."""
    return known.day if known is not None and known.confidence >= SURE else None


def full_day(words: str) -> date | None:
    """The first day that ``words`` give in full, its month as a word or in ISO 8601."""
    match = _FULL.search(words)
    return None if match is None else _day(match)


def _of_url(url: str) -> Dated | None:
    day = next(filter(None, map(_day, _URL.finditer(url.lower()))), None)
    return None if day is None else Dated(day, "url", _URL_RIGHT)


def _of_line(text: str) -> Dated | None:
    """The day of a line near the top or the end that holds little else."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-2:]):
        if len(line) > _LONGEST_LINE:
            continue
        match = _FULL.search(line)
        if match and not _LINE.sub("", line[: match.start()] + " " + line[match.end() :]):
            day = _day(match)
            return None if day is None else Dated(day, "line", _LINE_RIGHT)
    return None


def _of_dateline(text: str) -> Dated | None:
    """The day of the dateline; its year from the weekday or the years that the text names."""
    for line in text.split("\n")[:_EDGE_LINES]:
        head = dateline(line.strip())
        if head is None or head.date is None:
            continue
        written = line.strip()[slice(*head.date)]
        full = _FULL.search(written)
        if full:
            day = _day(full)
            return None if day is None else Dated(day, "dateline", _DATELINE_RIGHT)
        short = _SHORT.search(written)
        return _with_year(short, text) if short else None
    return None


def _with_year(match: re.Match[str], text: str) -> Dated | None:
    """The day in the latest year that the text names, or the next where the weekday says so."""
    years = [int(found["y"]) for found in _ANY_YEAR.finditer(text)]
    if not years:
        return None
    days = [day for year in (max(years), max(years) + 1) if (day := _day(match, year))]
    for day in days:
        if re.search(rf"\b{_DAYS[day.weekday()]}\b", text[:600], re.IGNORECASE):
            return Dated(day, "dateline", _WEEKDAY_RIGHT)
    return Dated(days[0], "dateline", _YEAR_GUESSED) if days else None


def _only(text: str) -> Dated | None:
    """The only day that the text gives in full, but for captions, if no later year is named."""
    matches = [match for match in _FULL.finditer(text) if not _in_caption(match, text)]
    days = {day for match in matches if (day := _day(match))}
    if len(days) != 1:
        return None
    (day,) = days
    latest = max((int(found["y"]) for found in _ANY_YEAR.finditer(text)), default=day.year)
    return Dated(day, "text", _ONLY_RIGHT) if latest <= day.year else None


def _in_caption(match: re.Match[str], text: str) -> bool:
    """Whether a day is that of a photograph: "…, January 17, 2019. (Ann Miller/Reuters)"."""
    return re.match(r"[.,]? ?(?:\(|REUTERS|AP\b|Getty)", text[match.end() :]) is not None


def _day(match: re.Match[str], year: int | None = None) -> date | None:
    """The day of a match, None where there is no such day."""
    parts = match.groupdict()
    year = year or int(next(_any(parts, "y", "y2", "y3")))
    month = next(_any(parts, "m", "m2", "m3"))
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(year, number, int(next(_any(parts, "d", "d2", "d3"))))
    except ValueError:
        return None


def _any(parts: dict[str, str | None], *names: str) -> Iterator[str]:
    return (value for name in names if (value := parts.get(name)))
