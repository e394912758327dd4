"""Questions on what series, alarms and comparisons with others' series are made of."""

from __future__ import annotations

from typing import Final

from tocsin.model.imported import Imported
from tocsin.store.questions.question import WHERE, Question, plain

_EITHER = {
    "actor": "list_contains(countries, $actor)",
    "recipient": "list_contains(countries, $recipient)",
}

_RETOLD = (
    "(SELECT r.incident, list(e.id ORDER BY e.id) AS events, "
    "flatten(list(e.actor_countries || e.recipient_countries)) AS countries "
    "FROM incident_reports r JOIN current_events e ON e.id = r.event GROUP BY r.incident "
    "HAVING count(DISTINCT e.published) <> 1 OR count(e.published) <> count(*))"
)

SERIES: Final[dict[str, Question]] = {
    "imported": Question(
        purpose="the rows of others' event series",
        columns=plain(Imported._fields),
        source="imported",
        conditions={
            "id": "key = $id",
            "series": "series = $series",
            "actor": "actor_country = $actor",
            "recipient": "recipient_country = $recipient",
            "since": "day >= $since",
            "until": "day <= $until",
            "type": "type = $type",
            "mode": "mode = $mode",
            "quad": "quad = $quad",
            "country": "place_country = $country",
            "place": "contains(lower(place), lower($place))",
        },
        order="day, series, id, key",
    ),
    "measured_incidents": Question(
        purpose="of each incident what series are made of, whichever side of a dyad did it",
        columns={
            **plain(
                (
                    "id", "type", "mode", "quad", "score", "status", "contexts", "content_type",
                ),
                "i",
            ),
            "cardinality": "coalesce(i.cardinality, 'one')",
            "condition": "i.condition IS NOT NULL",
            "deadline": "coalesce(i.deadline_start, i.deadline_end) IS NOT NULL",
            "channel": "i.id IN (SELECT r.incident FROM current_states s JOIN incident_reports r "
            "ON r.event = s.record->>'$.event' WHERE s.record->>'$.category' = 'channel' "
            "AND s.state IN ('closed', 'suspended') "
            "AND s.status NOT IN ('predicted', 'hypothetical'))",
            **plain(
                (
                    "date_start", "date_end", "first_report", "actor_countries",
                    "recipient_countries", "documents", "families", "sources",
                ),
                "i",
            ),
            "counts": "CASE WHEN i.type = 'ASSAULT' THEN i.record->>'$.counts' END",
            **plain(("confidence", "cameo", "outlets"), "b"),
        },
        source="incidents i LEFT JOIN "
        "(SELECT r.incident, max(e.confidence) AS confidence, "
        "arg_max(e.cameo, (e.confidence, e.id)) AS cameo, "
        "list_sort(list(DISTINCT d.outlet) FILTER (d.outlet IS NOT NULL)) AS outlets "
        # Only the reports of these: all of them take half as long again.
        f"FROM incident_reports r SEMI JOIN (SELECT i.id FROM incidents i{WHERE}) w "
        "ON w.id = r.incident JOIN current_events e ON e.id = r.event "
        f"JOIN documents d ON d.id = r.document GROUP BY r.incident) b ON b.incident = i.id{WHERE}",
        conditions={
            "actor": "list_contains(i.actor_countries || i.recipient_countries, $actor)",
            "recipient": "list_contains(i.actor_countries || i.recipient_countries, $recipient)",
            "type": "i.type = $type",
            "status": "i.status = $status",
        },
        order="i.id",
    ),
    "retold_incidents": Question(
        purpose="the incidents whose reports are not all of one known day, each with its reports",
        columns=plain(("incident", "events")),
        source=_RETOLD,
        conditions=_EITHER,
        order="incident",
    ),
    "retold_reports": Question(
        purpose="the reports of incidents whose reports are not all of one known day: of each what "
        "series are made of; torn is whether one party is of several countries in them",
        columns={
            "incident": "r.incident",
            "id": "e.id",
            "article": "e.document",
            **plain(
                (
                    "published", "type", "mode", "contexts", "quad", "score", "cameo", "status",
                    "date_start", "date_end", "content_type", "content_mode",
                ),
                "e",
            ),
            "cardinality": "coalesce(e.cardinality, 'one')",
            "condition": "e.condition IS NOT NULL",
            "deadline": "coalesce(e.deadline_start, e.deadline_end) IS NOT NULL",
            **plain(("actor_countries", "recipient_countries", "sentence", "confidence"), "e"),
            "counted": "coalesce(contains(e.quantities, 'killed') "
            "OR contains(e.quantities, 'wounded'), false)",
            "told": "(coalesce(e.actor, e.actor_country, e.actor_sectors, e.actor_entity) "
            "IS NOT NULL)::INTEGER + (coalesce(e.recipient, e.recipient_country, "
            "e.recipient_sectors, e.recipient_entity) IS NOT NULL)::INTEGER "
            "+ (e.date_text IS NOT NULL)::INTEGER + (e.place IS NOT NULL)::INTEGER "
            "+ (e.quantities IS NOT NULL)::INTEGER",
            "torn": "r.incident IN (SELECT r.incident FROM incident_reports r JOIN parties p "
            "ON p.event = r.event WHERE p.role <> 'speaker' AND p.entity IS NOT NULL "
            "GROUP BY r.incident, p.role, p.entity "
            "HAVING count(DISTINCT coalesce(p.country, '')) > 1)",
        },
        source="incident_reports r JOIN current_events e ON e.id = r.event SEMI JOIN "
        f"(SELECT * FROM {_RETOLD}{WHERE}) w ON w.incident = r.incident",
        conditions=_EITHER,
        order="r.incident, e.published NULLS LAST, e.document, e.sentence_start, e.id",
    ),
    "incidents_with_deadline": Question(
        purpose="the incidents of which a report names a day by which something is asked or "
        "threatened",
        columns=plain(("incident", "countries")),
        source="(SELECT r.incident, "
        "list_distinct(flatten(list(e.actor_countries || e.recipient_countries))) AS countries "
        "FROM incident_reports r JOIN current_events e ON e.id = r.event GROUP BY r.incident "
        "HAVING count(coalesce(e.deadline_start, e.deadline_end)) > 0)",
        conditions=_EITHER,
        order="incident",
    ),
    "shutting_events": Question(
        purpose="the events by which a channel was shut or suspended",
        columns=plain(("event",)),
        source="(SELECT DISTINCT record->>'$.event' AS event FROM current_states "
        "WHERE record->>'$.category' = 'channel' AND state IN ('closed', 'suspended') "
        "AND status NOT IN ('predicted', 'hypothetical')) WHERE event IS NOT NULL",
        order="event",
    ),
    "measured_imported": Question(
        purpose="of each row of another's series what series are made of, whichever side of a "
        "dyad did it",
        columns=plain(
            (
                "key", "day", "actor_country", "recipient_country", "type", "mode", "quad", "cameo",
                "score", "scale", "sources", "articles", "publisher",
            )
        ),
        source="imported",
        conditions={
            "series": "series = $series",
            "actor": "$actor IN (actor_country, recipient_country)",
            "recipient": "$recipient IN (actor_country, recipient_country)",
            "type": "type = $type",
        },
        order="day, key",
    ),
    "articles_read": Question(
        purpose="how many articles of each day and outlet were read, copies of one text once; "
        "copies are of the day and outlet of their original",
        columns=plain(("day", "outlet", "articles")),
        source="(SELECT published AS day, outlet, count(*) AS articles FROM documents "
        "WHERE copy_of IS NULL GROUP BY published, outlet)",
        order="day NULLS LAST, outlet NULLS LAST",
    ),
    "rows_read": Question(
        purpose="how many rows of each series stand on each day, by publisher",
        columns=plain(("series", "day", "outlet", "articles")),
        source="(SELECT series, day, publisher AS outlet, count(*) AS articles "
        "FROM imported GROUP BY series, day, publisher)",
        conditions={"series": "series = $series"},
        order="day, outlet NULLS LAST, series",
    ),
}  # fmt: skip
