"""Sources and effort: what was read, of whom, when, and when nothing was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.report.crisis.material import Material
from tocsin.report.crisis.references import is_state_media
from tocsin.report.view import days_words
from tocsin.series.effort import UNKNOWN
from tocsin.series.periods import Period, periods

_MOST_OUTLETS = 20
_MOST_MONTHS = 15
_LEAST_GAP = 3
_MOST_GAPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """An outlet: its articles in each column, copies of one text once, and how many copies it
    printed besides."""

    name: str
    state_media: bool
    cells: tuple[int, ...]
    total: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The table and its sums. ``columns`` are months, or years where there are too many; ``sums``
    the sum of each. ``articles`` counts texts, copies as one, and ``copies`` what copies them."""

    columns: tuple[str, ...]
    rows: tuple[OutletRow, ...]
    others: int
    sums: tuple[int, ...]
    articles: int
    outlets: int
    copies: int
    state_share: float
    days: int
    unread: int
    gaps: tuple[str, ...]
    more_gaps: int
    undated: int


def sources(material: Material) -> Sources:
    """What was read in the period; the articles are those by which the index is divided."""
    effort = material.sides[0].measured.effort
    cuts = _cuts(material.since, material.until)
    read: dict[str, Counter[int]] = {}
    for day, outlets in effort.by_day.items():
        place = next((n for n, (_, cut) in enumerate(cuts) if cut.start <= day <= cut.end), None)
        if place is not None:
            for name, number in outlets.items():
                read.setdefault(name, Counter())[place] += number
    copies = Counter(
        one.outlet or UNKNOWN for one in material.published() if one.copy_of is not None
    )
    rows = sorted(
        (
            _row(name, read.get(name, Counter()), copies[name], len(cuts))
            for name in {*read, *copies}
        ),
        key=lambda row: (-row.total, row.name),
    )
    articles = sum(row.total for row in rows)
    gaps = list(_gaps(material.since, material.until, effort.days))
    longest = sorted(gaps, key=lambda gap: (-_length(gap), gap.start))[:_MOST_GAPS]
    named = [gap for gap in longest if _length(gap) >= _LEAST_GAP]
    return Sources(
        columns=tuple(name for name, _ in cuts),
        rows=tuple(rows[:_MOST_OUTLETS]),
        others=len(rows) - len(rows[:_MOST_OUTLETS]),
        sums=tuple(sum(row.cells[n] for row in rows) for n in range(len(cuts))),
        articles=articles,
        outlets=sum(row.total > 0 for row in rows),
        copies=sum(copies.values()),
        state_share=sum(row.total for row in rows if row.state_media) / articles if articles else 0,
        days=(material.until - material.since).days + 1,
        unread=sum(map(_length, gaps)),
        gaps=tuple(
            f"{days_words(gap.start, gap.end)} ({_length(gap):,} days)"
            for gap in sorted(named, key=lambda gap: gap.start)
        ),
        more_gaps=len(gaps) - len(named),
        undated=effort.undated,
    )


def _row(name: str, read: Counter[int], copies: int, columns: int) -> OutletRow:
    return OutletRow(
        name="outlet unknown" if name == UNKNOWN else name,
        state_media=is_state_media(name),
        cells=tuple(read[n] for n in range(columns)),
        total=sum(read.values()),
        copies=copies,
    )


def _cuts(since: date, until: date) -> list[tuple[str, Period]]:
    """The columns by name: months, or years where these are too many."""
    months = [(f"{cut.start:%Y-%m}", cut) for cut in periods(since, until, "month")]
    if len(months) <= _MOST_MONTHS:
        return months
    return [
        (str(year), Period(max(since, date(year, 1, 1)), min(until, date(year, 12, 31))))
        for year in range(since.year, until.year + 1)
    ]


def _gaps(since: date, until: date, read: Mapping[date, int]) -> Iterator[Period]:
    """The stretches of days of the period on which nothing was read."""
    one = timedelta(days=1)
    before = since - one
    for day in [*sorted(day for day in read if since <= day <= until), until + one]:
        if (day - before).days > 1:
            yield Period(before + one, day - one)
        before = day


def _length(gap: Period) -> int:
    return (gap.end - gap.start).days + 1
