"""Questions on incidents, their reports, and who says what of them."""

from __future__ import annotations

from typing import Final

from tocsin.model.flat_incident import CLAIM_COLUMNS, INCIDENT_COLUMNS
from tocsin.store.migrations import superseded
from tocsin.store.questions.question import WHERE, Question, plain

DAY: Final = "coalesce(date_start, first_report)"
LAST_DAY: Final = "coalesce(date_end, greatest(date_start, last_report))"

#: The conditions on a row of ``incidents``.
CONDITIONS: Final = {
    "actor": "list_contains(actor_countries, $actor)",
    "recipient": "list_contains(recipient_countries, $recipient)",
    "since": f"{LAST_DAY} >= $since",
    "until": f"{DAY} <= $until",
    "type": "type = $type",
    "mode": "mode = $mode",
    "quad": "quad = $quad",
    "status": "status = $status",
    "country": "place_country = $country",
    "place": "contains(lower(place), lower($place))",
    "outlet": "id IN (SELECT r.incident FROM incident_reports r JOIN documents d "
    "ON r.document = d.id WHERE d.outlet = $outlet)",
    "document": "id IN (SELECT incident FROM incident_reports WHERE document = $document)",
    # Of any coding: an event's id is a hash of its words too.
    "words": "id IN (SELECT incident FROM incident_reports WHERE event IN "
    "(SELECT id FROM events WHERE contains(lower(sentence), lower($words))))",
    "sources": "sources >= $sources",
    "party": "id IN (SELECT r.incident FROM incident_reports r JOIN parties p ON p.event = r.event "
    "WHERE p.entity = $party OR p.name = $party)",
    "id": "id = $id",
}
# Of either side of a dyad, whichever of the two did it.
_BETWEEN = {
    "actor": "list_contains(actor_countries || recipient_countries, $actor)",
    "recipient": "list_contains(actor_countries || recipient_countries, $recipient)",
    "since": CONDITIONS["since"],
    "until": CONDITIONS["until"],
}
_ORDER = f"{DAY} NULLS LAST, id"
_COLUMNS = plain(INCIDENT_COLUMNS)
_SORTS = {"day": DAY, **_COLUMNS}

INCIDENTS: Final[dict[str, Question]] = {
    "incidents": Question(
        purpose="what happened: the reports of one happening put together",
        columns=_COLUMNS,
        source="incidents",
        row="rowid",
        conditions=CONDITIONS,
        order=_ORDER,
        sorts=_SORTS,
    ),
    "incident_records": Question(
        purpose="the same, each as the JSON of its record",
        columns=plain(("record",)),
        source="incidents",
        row="rowid",
        conditions=CONDITIONS,
        order=_ORDER,
        sorts=_SORTS,
    ),
    "between_records": Question(
        purpose="what happened between two sides, whichever of them did it, each as the JSON of "
        "its record",
        columns=plain(("record",)),
        source="incidents",
        row="rowid",
        conditions=_BETWEEN,
        order=_ORDER,
        sorts=_SORTS,
    ),
    "incident_reports": Question(
        purpose="the reports of an incident as they were published, each with its article's "
        "outlet, address and title",
        columns={
            "incident": "r.incident",
            "event": "e.id",
            **plain(
                ("document", "sentence", "status", "published", "type", "mode", "confidence"), "e"
            ),
            **plain(("outlet", "url", "title"), "d"),
        },
        # The events are found by their ids alone before their sentences are read.
        source="(SELECT r.incident, r.document, e.rowid AS one FROM incident_reports r "
        "JOIN events e ON e.id = r.event AND e.document = r.document) r "
        "JOIN events e ON e.rowid = r.one JOIN documents d ON d.id = r.document "
        f"ANTI JOIN {superseded('e')}",
        conditions={
            "id": "r.incident = $id",
            "document": "r.document = $document",
            "outlet": "d.outlet = $outlet",
            "status": "e.status = $status",
        },
        order="r.incident, e.published NULLS LAST, e.document, e.sentence_start, e.id",
        sorts={"day": "e.published"},
    ),
    "evidence": Question(
        purpose="the reports of the same incidents: each sentence with its article's outlet and "
        "address",
        columns={
            "incident": "r.incident",
            "event": "e.id",
            **plain(("document", "sentence", "status", "published"), "e"),
            **plain(("outlet", "url"), "d"),
        },
        source="incident_reports r JOIN current_events e ON e.id = r.event "
        "AND e.document = r.document JOIN documents d ON d.id = r.document",
        conditions={
            name: f"r.incident IN (SELECT id FROM incidents WHERE {condition})"
            for name, condition in _BETWEEN.items()
        },
        order="r.incident, e.published NULLS LAST, e.id",
    ),
    "claims": Question(
        purpose="who says of which incident that it happened, that it did not, or neither",
        columns=plain(CLAIM_COLUMNS),
        source="claims",
        row="rowid",
        conditions={
            name: f"incident IN (SELECT id FROM incidents WHERE {condition})"
            for name, condition in CONDITIONS.items()
        }
        | {
            "speaker": "contains(lower(speaker), lower($speaker))",
            "stance": "stance = $stance",
            "id": "incident = $id",
        },
        order="first NULLS LAST, incident, stance, speaker NULLS LAST, speaker_country NULLS LAST, "
        "events, state_media, anonymous",
        sorts={"day": "first"},
    ),
    "places": Question(
        purpose="where incidents happened, by the place that most of their reports give; "
        "radius_km is how uncertain its coordinates are",
        columns=plain(
            (
                "place", "country", "lat", "lon", "radius_km", "incidents", "conflict",
                "cooperation", "first", "last",
            )
        ),
        # The record is read of one incident of each place only: it is the widest column.
        source="(SELECT p.*, (i.record->>'$.sites[0].radius_km')::DOUBLE AS radius_km FROM "
        "(SELECT place, place_country AS country, lat, lon, count(*) AS incidents, "
        "count(*) FILTER (quad > 2) AS conflict, count(*) FILTER (quad <= 2) AS cooperation, "
        f"min({DAY}) AS first, max({LAST_DAY}) AS last, arg_min(rowid, id) AS one "
        f"FROM incidents{WHERE} GROUP BY place, place_country, lat, lon "
        "HAVING place IS NOT NULL) p JOIN incidents i ON i.rowid = p.one)",
        conditions=CONDITIONS,
        order="incidents DESC, place, country NULLS LAST, lat NULLS LAST, lon NULLS LAST",
    ),
}  # fmt: skip
