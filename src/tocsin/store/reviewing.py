"""What a store tells of its incidents to those who look them over: which decisions speak of which
events, and how far the reports of each incident leave it unsure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tocsin.errors import OptionError
from tocsin.model.decision import Decision
from tocsin.store.filters import Filters
from tocsin.store.queries import sql_of

# The event that stands where a decision names a report, as linking finds it
# (tocsin.linking.decisions): its trigger overlaps, of the same type where there are several.
STANDING = (
    "WITH said AS (SELECT unnest(?::BIGINT[]) AS number, unnest(?::BIGINT[]) AS n, "
    "unnest(?::VARCHAR[]) AS document, unnest(?::VARCHAR[]) AS type, "
    'unnest(?::BIGINT[]) AS start, unnest(?::BIGINT[]) AS "end") '
    "SELECT number, arg_min(e.id, (e.type <> said.type, e.id)) FROM said "
    "JOIN current_events e ON e.document = said.document "
    "JOIN mentions m ON m.event = e.id AND m.coding = e.coding AND m.role = 'trigger' "
    'AND m.start < said."end" AND said.start < m."end" GROUP BY number, said.n'
)


def standing_values(decisions: Iterable[Decision]) -> list[list[Any]]:
    """The values that :data:`STANDING` takes: a row for each report that a decision names."""
    anchors = [
        (one.number, anchor) for one in decisions for group in one.groups for anchor in group
    ]
    return [
        [number for number, _ in anchors], list(range(len(anchors))),
        [one.document for _, one in anchors], [one.type for _, one in anchors],
        [one.start for _, one in anchors], [one.end for _, one in anchors],
    ]  # fmt: skip


#: Each doubt as SQL of 0 (none) to 1, over what :data:`_FACTS` knows of an incident.
DOUBTS: dict[str, str] = {
    "confidence": "1 - surest",
    "one report": "(reports = 1)::DOUBLE",
    "one source": "(reports > 1 AND sources = 1)::DOUBLE",
    "types": "coalesce(two_types, false)::DOUBLE",
    "statuses": "coalesce(two_statuses, false)::DOUBLE",
    "parties": "coalesce(two_parties, false)::DOUBLE",
    "days": "coalesce(two_days, false)::DOUBLE",
    # A logit of 0 is the bound: 1 there, and 0.5 where the odds are three times as good.
    "weak link": "CASE WHEN weakest IS NULL THEN 0.0 ELSE 2 / (1 + exp(least(weakest, 50))) END",
    # A pair without an edge is under the bound, or shares no key by which it would be compared.
    "loose": "CASE WHEN reports > 1 THEN "
    "1 - least(1, links / (reports * (reports - 1) / 2)) ELSE 0.0 END",
    # How far one pair alone is above the bound, though the groups as wholes are not.
    "near another": "CASE WHEN strongest IS NULL THEN 0.0 "
    "ELSE 1 - 2 / (1 + exp(least(strongest, 50))) END",
}
# Those who did it as one word, which is faster to compare than lists; NULL for nobody of a country.
_WHO = (
    "CASE WHEN len(e.actor_countries) > 1 THEN array_to_string(list_sort(e.actor_countries), ';') "
    "ELSE e.actor_countries[1] END"
)
# What differs is told by the least and the greatest: to count what is distinct takes three times
# as long. Of whatever coding an event of one id is, it says the same.
_FACTS = (
    "link AS MATERIALIZED (SELECT a.incident AS one, b.incident AS other, l.logit "
    "FROM link_edges l JOIN incident_reports a ON a.event = l.one "
    "JOIN incident_reports b ON b.event = l.other), "
    "inside AS (SELECT one AS incident, min(logit) AS weakest, count(*) AS links FROM link "
    "WHERE one = other GROUP BY one), "
    "across AS (SELECT incident, max(logit) AS strongest "
    "FROM (SELECT one AS incident, logit FROM link WHERE one <> other "
    "UNION ALL SELECT other, logit FROM link WHERE one <> other) GROUP BY incident), "
    "told AS MATERIALIZED (SELECT r.incident, max(e.confidence) AS surest, "
    "min(e.type) < max(e.type) AS two_types, min(e.status) < max(e.status) AS two_statuses, "
    f"min({_WHO}) < max({_WHO}) AS two_parties, "
    "min(e.date_start) < max(e.date_start) OR min(e.date_end) < max(e.date_end) AS two_days "
    "FROM incident_reports r JOIN events e ON e.id = r.event GROUP BY r.incident), "
    "facts AS (SELECT i.id, i.reports, i.sources, t.* EXCLUDE (incident), w.weakest, "
    "coalesce(w.links, 0) AS links, a.strongest FROM chosen i "
    "JOIN told t ON t.incident = i.id LEFT JOIN inside w ON w.incident = i.id "
    "LEFT JOIN across a ON a.incident = i.id)"
)

#: Of these incidents, the one that a pair of reports speaks most for putting each together with.
NEAR = (
    "WITH asked AS (SELECT event, incident FROM incident_reports "
    "WHERE incident IN (SELECT unnest(?::VARCHAR[]))), "
    "link AS (SELECT asked.incident, l.other AS event, l.logit FROM link_edges l "
    "JOIN asked ON asked.event = l.one UNION ALL "
    "SELECT asked.incident, l.one, l.logit FROM link_edges l JOIN asked ON asked.event = l.other) "
    "SELECT link.incident, max({'logit': logit, 'id': r.incident}).id FROM link "
    "JOIN incident_reports r ON r.event = link.event WHERE r.incident <> link.incident "
    "GROUP BY link.incident"
)


def doubts_sql(
    filters: Filters, weights: Mapping[str, float], without: Iterable[str], limit: int, offset: int
) -> tuple[str, dict[str, Any]]:
    """The SQL of the incidents that leave most in doubt, the most first, and its values.

    ``weights`` say how much each of :data:`DOUBTS` counts; those that it does not name count
    nothing. Incidents with any of the events ``without`` are left out. OptionError for a filter
    that incidents have not.
    """
    unknown = set(weights) - set(DOUBTS)
    if unknown:
        raise OptionError(f"there is no doubt {', '.join(unknown)}; there are {', '.join(DOUBTS)}")
    asked, values = sql_of("incidents", replace(filters, sort=None, limit=None, offset=None))
    counted = {f"weight_{n}": weight for n, weight in enumerate(weights.values())}
    score = (
        " + ".join(
            f"${value} * ({DOUBTS[name]})" for name, value in zip(weights, counted, strict=True)
        )
        or "0"
    )
    each = ", ".join(f'({DOUBTS[name]}) AS "{name}"' for name in weights)
    sql = (
        f"WITH chosen AS (SELECT id, reports, sources FROM ({asked}) c ANTI JOIN "
        "(SELECT incident FROM incident_reports WHERE event IN "
        "(SELECT unnest($without::VARCHAR[]))) seen "
        f"ON c.id = seen.incident), {_FACTS}, "
        f"first AS (SELECT *, {score} AS unsure FROM facts ORDER BY unsure DESC, id "
        "LIMIT $most OFFSET $passed) "
        f"SELECT f.*, {each} FROM first f ORDER BY unsure DESC, id"
    )
    return sql, values | counted | {"without": list(without), "most": limit, "passed": offset}
