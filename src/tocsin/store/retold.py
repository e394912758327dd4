"""What is asked of a store's incidents by their ids and neighbourhoods, for what looks back at
them: their reports of several days, and which of them may have ended a threat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tocsin.model.document import Document
from tocsin.model.following import Reach

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_RETOLD = "count(DISTINCT e.published) <> 1 OR count(e.published) <> count(*)"
_REPORTS = "incident_reports r JOIN current_events e ON e.id = r.event"
# Stands for the side of those who act without a country.
_NAMELESS = ""
_BY_NAMELESS = (
    "(SELECT DISTINCT r.incident FROM incident_reports r JOIN parties p ON p.event = r.event "
    "WHERE p.role = 'actor' AND p.country IS NULL)"
)


class RetoldIncidents:
    """The questions that are asked with many values at once; a part of a store's links."""

    _db: DuckDBPyConnection

    def retold(self, incidents: Iterable[str]) -> dict[str, list[str]]:
        """Those of these incidents whose reports are not all of one known day, with the events that
        they are of."""
        rows = self._db.execute(
            f"SELECT r.incident, list(e.id ORDER BY e.id) FROM {_REPORTS} "
            "WHERE r.incident IN (SELECT unnest(?::VARCHAR[])) "
            f"GROUP BY r.incident HAVING {_RETOLD} ORDER BY r.incident",
            [list(incidents)],
        ).fetchall()
        return dict(rows)

    def heads(self, documents: Iterable[str], *, lines: int) -> dict[str, Document]:
        """Documents by their ids, of their text its first lines alone, and with what says whose
        they are: outlet, address and author."""
        rows = self._db.execute(
            "SELECT id, array_to_string(string_split(text, chr(10))[1:?], chr(10)), outlet, url, "
            "author FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))",
            [lines, list(documents)],
        ).fetchall()
        return {
            id_: Document(id=id_, text=text, outlet=outlet, url=url, author=author)
            for id_, text, outlet, url, author in rows
        }

    def may_act(
        self,
        reaches: Sequence[tuple[Reach, date]],
        countries: Collection[str],
        *,
        news_days: int,
    ) -> list[str]:
        """The incidents that name one of these countries and may, as they are now or as they once
        were told, lie within one of the reaches and have been known by its day; and some more.

        News without a day begins at most ``news_days`` before it was first reported.
        """
        rows = [
            [side, one.since, one.until, known, None if one.types is None else sorted(one.types)]
            for one, known in reaches
            for side in sorted(_sides(one, countries))
        ]
        if not rows:
            return []
        found = self._db.execute(
            "WITH wanted AS (SELECT unnest($sides::VARCHAR[]) AS side, "
            "unnest($since::DATE[]) AS since, unnest($until::DATE[]) AS until, "
            "unnest($known::DATE[]) AS known, unnest($types::VARCHAR[][]) AS types), "
            "named AS MATERIALIZED (SELECT i.* EXCLUDE (record) FROM incidents i "
            "WHERE list_has_any(i.actor_countries || i.recipient_countries, "
            "$countries::VARCHAR[])), "
            "told AS (SELECT id, actor_countries AS sides, [type] AS types, "
            "coalesce(date_start, first_report - $news::INTEGER) AS first, first AS last, "
            "first_report AS known FROM named UNION ALL "
            "SELECT r.incident, flatten(list(e.actor_countries)), "
            # Whoever decided on a report may have made another type of it.
            "list(DISTINCT e.type) || (SELECT coalesce(list(DISTINCT record->>'$.type'), []) "
            "FROM decisions), "
            "min(least(e.date_start, e.published - $news::INTEGER)), "
            "max(greatest(e.date_start, e.published - $news::INTEGER)), min(e.published) "
            f"FROM {_REPORTS} SEMI JOIN named n ON n.id = r.incident GROUP BY r.incident "
            f"HAVING {_RETOLD}), "
            "acting AS (SELECT DISTINCT id, unnest(list_append(sides, "
            f"CASE WHEN id IN {_BY_NAMELESS} THEN '{_NAMELESS}' END)) AS side, "
            "types, first, last, known FROM told) "
            "SELECT DISTINCT a.id FROM acting a JOIN wanted w ON a.side = w.side "
            "AND a.last >= w.since AND a.first <= w.until AND a.known <= w.known "
            "AND (w.types IS NULL OR list_has_any(w.types, a.types)) ORDER BY a.id",
            dict(
                zip(
                    ("sides", "since", "until", "known", "types"),
                    (list(column) for column in zip(*rows, strict=True)),
                    strict=True,
                )
            )
            | {"countries": list(countries), "news": news_days},
        ).fetchall()
        return [row[0] for row in found]


def _sides(reach: Reach, countries: Collection[str]) -> set[str]:
    """The countries of a reach; others who have none are found by that."""
    return {side if side in countries else _NAMELESS for side in reach.sides}
