"""How much was read on each day: without it more news looks like more events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tocsin.series.loading import INCIDENTS, Asks
from tocsin.store.filters import Filters

#: The outlet of articles of which none is known.
UNKNOWN = "(unknown)"


@dataclass(frozen=True, slots=True)
class Effort:
    """Articles read by day and outlet, copies of one text as one; of others' series their rows of
    all dyads, by publisher. ``undated`` are articles without a day of publication."""

    by_day: Mapping[date, Mapping[str, int]]
    undated: int = 0
    days: Mapping[date, int] = field(init=False)

    def __post_init__(self) -> None:
        sums = {day: sum(read.values()) for day, read in sorted(self.by_day.items())}
        object.__setattr__(self, "days", {day: read for day, read in sums.items() if read})

    @property
    def first(self) -> date | None:
        """The first day on which something was read."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """The last one."""
        return max(self.days, default=None)

    def outlets(self) -> list[str]:
        """All outlets, those of which most was read first."""
        read: Counter[str] = Counter()
        for day in self.by_day.values():
            read.update(day)
        return sorted(read, key=lambda name: (-read[name], name))

    def without(self, outlet: str) -> Effort:
        """The same without what an outlet wrote."""
        kept = {
            day: {name: number for name, number in read.items() if name != outlet}
            for day, read in self.by_day.items()
        }
        return Effort(kept, self.undated)


def load_effort(store: Asks, source: str = INCIDENTS) -> Effort:
    """What was read for the observations of ``source``."""
    if source == INCIDENTS:
        rows = store.ask("articles_read")
    else:
        rows = store.ask("rows_read", Filters(series=source))
    by_day: dict[date, dict[str, int]] = {}
    undated = 0
    for row in rows:
        if row["day"] is None:
            undated += row["articles"]
        else:
            by_day.setdefault(row["day"], {})[row["outlet"] or UNKNOWN] = row["articles"]
    return Effort(by_day, undated)
