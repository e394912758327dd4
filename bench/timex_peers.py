"""Time expressions beside other libraries, on the same labelled set in one run.

::

    pip install dateparser parsedatetime      # the peers; Tocsin does not need them
    python -m bench.timex_peers FILE          # as tocsin evaluate timex

dateparser (``search_dates``) and parsedatetime (``nlp``) give points in time and no TimeML values:
an answer counts as the right value where its day is the first day of the given one, so that
``2020-06`` and ``2020`` are right by any day in them. Tocsin is scored by the same kinder rule
beside its own.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from tocsin.evaluation.timex import labelled_until
from tocsin.language import Parser
from tocsin.timex import find_dates

# Start, end, day, and the value where the library has one.
Found = tuple[int, int, date | None]
Finder = Callable[[str, date | None], Iterable[Found]]


def _tocsin() -> Finder:
    parser = Parser()

    def find(text: str, day: date | None) -> Iterator[Found]:
        for mention in find_dates(parser.parse(text), published=day):
            yield mention.start, mention.end, mention.since

    return find


def _dateparser() -> Finder:
    from dateparser.search import search_dates  # type: ignore[import-not-found]

    def find(text: str, day: date | None) -> Iterator[Found]:
        base = datetime.combine(day, datetime.min.time()) if day else None
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"} if base else {}
        at = 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or ():
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                yield start, at, moment.date()

    return find


def _parsedatetime() -> Finder:
    from parsedatetime import Calendar  # type: ignore[import-not-found]

    calendar = Calendar()

    def find(text: str, day: date | None) -> Iterator[Found]:
        base = datetime.combine(day, datetime.min.time()) if day else None
        for moment, _, start, end, _ in calendar.nlp(text, sourceTime=base) or ():
            yield start, end, moment.date()

    return find


def _agrees(value: str, day: date | None) -> bool:
    """Whether ``day`` lies in the year, month, week or day that a TimeML value names."""
    if day is None:
        return False
    if re.fullmatch(r"\d{4}", value):
        return day.year == int(value)
    if re.fullmatch(r"\d{4}-\d\d", value):
        return (day.year, day.month) == (int(value[:4]), int(value[5:]))
    if re.fullmatch(r"\d{4}-W\d\d", value):
        year, week, _ = day.isocalendar()
        return (year, week) == (int(value[:4]), int(value[6:]))
    return value[:10] == day.isoformat()


def main() -> None:
    """Score each and print a table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    file = ask.parse_args().file
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    print(f"{'':<14} {'precision':>9} {'recall':>7} {'relaxed F1':>10} {'day F1':>7}")
    for name, make in (
        ("tocsin", _tocsin),
        ("dateparser", _dateparser),
        ("parsedatetime", _parsedatetime),
    ):
        try:
            find = make()
        except ImportError as missing:
            print(f"{name:<14} left out: {missing}")
            continue
        given = found = matched = hit = right = 0
        for row in rows:
            day = date.fromisoformat(row["dct"]) if row.get("dct") else None
            ours = [one for one in find(row["text"], day) if one[0] < labelled_until(row)]
            wanted = row["timex"]
            given, found = given + len(wanted), found + len(ours)
            for start, end, _ in ours:
                hit += any(t["start"] < end and start < t["end"] for t in wanted)
            for t in wanted:
                over = [o for o in ours if o[0] < t["end"] and t["start"] < o[1]]
                matched += bool(over)
                right += any(_agrees(t["value"], o[2]) for o in over)
        precision, recall = hit / max(found, 1), matched / max(given, 1)
        relaxed = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{name:<14} {precision:>9.3f} {recall:>7.3f} {relaxed:>10.3f} "
            f"{2 * right / max(given + found, 1):>7.3f}"
        )


if __name__ == "__main__":
    main()
