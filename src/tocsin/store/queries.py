"""The named questions that a store answers, the same from every face.

A question is SQL over the tables of :mod:`tocsin.store.migrations`, with the filters that it
takes; values never become part of the SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from tocsin.errors import OptionError
from tocsin.model.imported import Imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a question is narrowed to; None and empty mean all.

    ``dyad`` is an ordered pair of countries, either of which may be "*"; ``since`` and ``until``
    days, both included, of the event itself or, where it has none, of its article; ``where`` a
    country's code or part of a place's name; ``words`` words of the sentence or the text;
    ``sources`` how many independent sources an incident has at least; ``stance`` and ``speaker``
    are those of a claim, ``series`` the name of another's event series; ``kind``,
    ``outcome`` and ``state`` are those of a threat, a demand, a channel or an agreement; ``id`` is
    that of a channel or agreement, or the key of a row of another's series.
    """

    dyad: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    where: str | None = None
    outlet: str | None = None
    document: str | None = None
    words: str | None = None
    least: float | None = None
    sources: int | None = None
    stance: str | None = None
    speaker: str | None = None
    series: str | None = None
    kind: str | None = None
    outcome: str | None = None
    state: str | None = None
    id: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it is for, its columns, and for each filter that it takes the condition,
    in which ``?`` stands for the filter's value."""

    purpose: str
    select: str
    conditions: dict[str, str]
    order: str


_DAY = "coalesce(date_start, published)"
# What is told to go on since a day goes on at least until it is told.
_LAST_DAY = "coalesce(date_end, greatest(date_start, published))"

_OF_EVENTS = {
    "actor": "list_contains(actor_countries, ?)",
    "recipient": "list_contains(recipient_countries, ?)",
    "since": f"{_LAST_DAY} >= ?",
    "until": f"{_DAY} <= ?",
    "type": "type = ?",
    "mode": "mode = ?",
    "status": "status = ?",
    "country": "place_country = ?",
    "place": "contains(lower(place), lower(?))",
    "outlet": "document IN (SELECT id FROM documents WHERE outlet = ?)",
    "document": "document = ?",
    "words": "contains(lower(sentence), lower(?))",
    "least": "confidence >= ?",
}
_EVENT_ORDER = f"{_DAY} NULLS LAST, document, sentence_start, id"

_INCIDENT_DAY = "coalesce(date_start, first_report)"
_OF_INCIDENTS = {
    "actor": _OF_EVENTS["actor"],
    "recipient": _OF_EVENTS["recipient"],
    "since": "coalesce(date_end, greatest(date_start, last_report)) >= ?",
    "until": f"{_INCIDENT_DAY} <= ?",
    "type": "type = ?",
    "mode": "mode = ?",
    "status": "status = ?",
    "country": "place_country = ?",
    "place": "contains(lower(place), lower(?))",
    "outlet": "id IN (SELECT r.incident FROM incident_reports r JOIN documents d "
    "ON r.document = d.id WHERE d.outlet = ?)",
    "document": "id IN (SELECT incident FROM incident_reports WHERE document = ?)",
    "words": "id IN (SELECT r.incident FROM incident_reports r JOIN current_events e "
    "ON r.event = e.id WHERE contains(lower(e.sentence), lower(?)))",
    "sources": "sources >= ?",
}

# Of either side of a dyad, whichever of the two did it.
_BETWEEN = {
    "actor": "list_contains(actor_countries || recipient_countries, ?)",
    "recipient": "list_contains(actor_countries || recipient_countries, ?)",
    "since": _OF_INCIDENTS["since"],
    "until": _OF_INCIDENTS["until"],
}

_OF_THREATS = {
    "actor": "list_contains(speaker_countries, ?)",
    "recipient": "list_contains(addressee_countries, ?)",
    "since": "coalesce(made_end, made_start) >= ?",
    "until": "made_start <= ?",
    "kind": "kind = ?",
    "outcome": "outcome = ?",
    "type": "content_type = ?",
    "speaker": "contains(lower(speaker), lower(?))",
    "words": "contains(lower(sentence), lower(?))",
}
_OF_CHANNELS = {
    "id": "id = ?",
    "actor": "list_contains(countries, ?)",
    "recipient": "list_contains(countries, ?)",
    "since": "last >= ?",
    "until": "first <= ?",
    "kind": "kind = ?",
    "state": "state = ?",
    "words": "contains(lower(concat_ws(' ', name, aliases)), lower(?))",
}

QUESTIONS: Final[dict[str, Question]] = {
    "events": Question(
        "the events of the newest coding of each document",
        "SELECT * EXCLUDE (record, actor_countries, recipient_countries) FROM current_events",
        _OF_EVENTS,
        _EVENT_ORDER,
    ),
    "records": Question(
        "the same, each as the JSON of its record",
        "SELECT record FROM current_events",
        _OF_EVENTS,
        _EVENT_ORDER,
    ),
    "incidents": Question(
        "what happened: the reports of one happening put together",
        "SELECT * EXCLUDE (record, actor_countries, recipient_countries) FROM incidents",
        _OF_INCIDENTS,
        f"{_INCIDENT_DAY} NULLS LAST, id",
    ),
    "incident_records": Question(
        "the same, each as the JSON of its record",
        "SELECT record FROM incidents",
        _OF_INCIDENTS,
        f"{_INCIDENT_DAY} NULLS LAST, id",
    ),
    "between_records": Question(
        "what happened between two sides, whichever of them did it, each as the JSON of its record",
        "SELECT record FROM incidents",
        _BETWEEN,
        f"{_INCIDENT_DAY} NULLS LAST, id",
    ),
    "evidence": Question(
        "the reports of the same incidents: each sentence with its article's outlet and address",
        "SELECT r.incident, e.id AS event, e.document, e.sentence, e.status, e.published, "
        "d.outlet, d.url FROM incident_reports r "
        "JOIN current_events e ON e.id = r.event AND e.document = r.document "
        "JOIN documents d ON d.id = r.document",
        {
            name: f"r.incident IN (SELECT id FROM incidents WHERE {condition})"
            for name, condition in _BETWEEN.items()
        },
        "r.incident, e.published NULLS LAST, e.id",
    ),
    "claims": Question(
        "who says of which incident that it happened, that it did not, or neither",
        "SELECT * FROM claims",
        {
            name: f"incident IN (SELECT id FROM incidents WHERE {condition})"
            for name, condition in _OF_INCIDENTS.items()
        }
        | {"speaker": "contains(lower(speaker), lower(?))", "stance": "stance = ?"},
        "first NULLS LAST, incident, stance, speaker NULLS LAST",
    ),
    "reports": Question(
        "the records, each with its document's address and outlet and when that was added",
        "SELECT record, "
        "(SELECT url FROM documents WHERE documents.id = document) AS url, "
        "(SELECT outlet FROM documents WHERE documents.id = document) AS outlet, "
        "(SELECT added FROM documents WHERE documents.id = document) AS added "
        "FROM current_events",
        _OF_EVENTS,
        _EVENT_ORDER,
    ),
    "imported": Question(
        "the rows of others' event series",
        f"SELECT {', '.join(Imported._fields)} FROM imported",
        {
            "id": "key = ?",
            "series": "series = ?",
            "actor": "actor_country = ?",
            "recipient": "recipient_country = ?",
            "since": "day >= ?",
            "until": "day <= ?",
            "type": "type = ?",
            "mode": "mode = ?",
            "country": "place_country = ?",
            "place": "contains(lower(place), lower(?))",
        },
        "day, series, id, key",
    ),
    "measured_incidents": Question(
        "of each incident what series are made of, whichever side of a dyad did it",
        "SELECT i.id, i.type, i.mode, i.quad, i.score, i.status, i.contexts, i.content_type, "
        "coalesce(i.cardinality, 'one') AS cardinality, i.condition IS NOT NULL AS condition, "
        "coalesce(i.deadline_start, i.deadline_end) IS NOT NULL AS deadline, "
        "i.id IN (SELECT r.incident FROM current_states s JOIN incident_reports r "
        "ON r.event = s.record->>'$.event' WHERE s.record->>'$.category' = 'channel' "
        "AND s.state IN ('closed', 'suspended') AND s.status NOT IN ('predicted', 'hypothetical')) "
        "AS channel, "
        "i.date_start, i.date_end, i.first_report, i.actor_countries, i.recipient_countries, "
        "i.documents, i.families, i.sources, "
        "CASE WHEN i.type = 'ASSAULT' THEN i.record->>'$.counts' END AS counts, "
        "b.confidence, b.cameo, b.outlets FROM incidents i LEFT JOIN "
        "(SELECT r.incident, max(e.confidence) AS confidence, "
        "arg_max(e.cameo, (e.confidence, e.id)) AS cameo, "
        "list_sort(list(DISTINCT d.outlet) FILTER (d.outlet IS NOT NULL)) AS outlets "
        "FROM incident_reports r JOIN current_events e ON e.id = r.event "
        "JOIN documents d ON d.id = r.document GROUP BY r.incident) b ON b.incident = i.id",
        {
            "actor": "list_contains(i.actor_countries || i.recipient_countries, ?)",
            "recipient": "list_contains(i.actor_countries || i.recipient_countries, ?)",
            "type": "i.type = ?",
            "status": "i.status = ?",
        },
        "i.id",
    ),
    "retold_incidents": Question(
        "the incidents whose reports are not all of one known day, each with its reports",
        "SELECT incident, events FROM (SELECT r.incident, list(e.id ORDER BY e.id) AS events, "
        "flatten(list(e.actor_countries || e.recipient_countries)) AS countries "
        "FROM incident_reports r JOIN current_events e ON e.id = r.event GROUP BY r.incident "
        "HAVING count(DISTINCT e.published) <> 1 OR count(e.published) <> count(*))",
        {
            "actor": "list_contains(countries, ?)",
            "recipient": "list_contains(countries, ?)",
        },
        "incident",
    ),
    "incidents_with_deadline": Question(
        "the incidents of which a report names a day by which something is asked or threatened",
        "SELECT incident, countries FROM (SELECT r.incident, "
        "list_distinct(flatten(list(e.actor_countries || e.recipient_countries))) AS countries "
        "FROM incident_reports r JOIN current_events e ON e.id = r.event GROUP BY r.incident "
        "HAVING count(coalesce(e.deadline_start, e.deadline_end)) > 0)",
        {
            "actor": "list_contains(countries, ?)",
            "recipient": "list_contains(countries, ?)",
        },
        "incident",
    ),
    "shutting_events": Question(
        "the events by which a channel was shut or suspended",
        "SELECT event FROM (SELECT DISTINCT record->>'$.event' AS event FROM current_states "
        "WHERE record->>'$.category' = 'channel' AND state IN ('closed', 'suspended') "
        "AND status NOT IN ('predicted', 'hypothetical')) WHERE event IS NOT NULL",
        {},
        "event",
    ),
    "measured_imported": Question(
        "of each row of another's series what series are made of, whichever side of a dyad did it",
        "SELECT key, day, actor_country, recipient_country, type, mode, quad, cameo, score, scale, "
        "sources, articles, publisher FROM imported",
        {
            "series": "series = ?",
            "actor": "? IN (actor_country, recipient_country)",
            "recipient": "? IN (actor_country, recipient_country)",
            "type": "type = ?",
        },
        "day, key",
    ),
    "articles_read": Question(
        "how many articles of each day and outlet were read, copies of one text once; copies are "
        "of the day and outlet of their original",
        "SELECT * FROM (SELECT published AS day, outlet, count(*) AS articles FROM documents "
        "WHERE copy_of IS NULL GROUP BY published, outlet)",
        {},
        "day NULLS LAST, outlet NULLS LAST",
    ),
    "rows_read": Question(
        "how many rows of each series stand on each day, by publisher",
        "SELECT * FROM (SELECT series, day, publisher AS outlet, count(*) AS articles "
        "FROM imported GROUP BY series, day, publisher)",
        {"series": "series = ?"},
        "day, outlet NULLS LAST",
    ),
    "threats": Question(
        "what was threatened or demanded, and what became of it",
        "SELECT * EXCLUDE (record, speaker_countries, addressee_countries) FROM threats",
        _OF_THREATS,
        "made_start NULLS LAST, id",
    ),
    "threat_records": Question(
        "the same, each as the JSON of its record",
        "SELECT record FROM threats",
        _OF_THREATS,
        "made_start NULLS LAST, id",
    ),
    "channels": Question(
        "channels and agreements: the state of each, and how it came to it",
        "SELECT * EXCLUDE (record, countries) FROM channels",
        _OF_CHANNELS,
        "category, name, id",
    ),
    "channel_records": Question(
        "the same, each as the JSON of its record",
        "SELECT record FROM channels",
        _OF_CHANNELS,
        "category, name, id",
    ),
    "stories": Question(
        "articles that have the same main news",
        "SELECT * FROM stories",
        {
            "since": "last >= ?",
            "until": "first <= ?",
            "outlet": "id IN (SELECT s.story FROM story_documents s JOIN documents d "
            "ON s.document = d.id WHERE d.outlet = ?)",
            "document": "id IN (SELECT story FROM story_documents WHERE document = ?)",
            "words": "id IN (SELECT s.story FROM story_documents s JOIN documents d "
            "ON s.document = d.id WHERE contains(lower(d.text), lower(?)))",
            "sources": "sources >= ?",
        },
        "first NULLS LAST, id",
    ),
    "documents": Question(
        "the documents, with how many events the newest coding of each has",
        "SELECT d.id, d.published, d.outlet, d.title, d.url, d.author, d.copy_of, d.copy_kind, "
        "d.version_of, d.path, d.line, n.coding, c.events FROM documents d "
        "LEFT JOIN newest n ON d.id = n.document "
        "LEFT JOIN coded c ON c.document = n.document AND c.coding = n.coding",
        {
            "since": "d.published >= ?",
            "until": "d.published <= ?",
            "outlet": "d.outlet = ?",
            "document": "d.id = ?",
            "words": "(contains(lower(d.text), lower(?)))",
        },
        "d.published NULLS LAST, d.number",
    ),
    "set_aside": Question(
        "what could not be used, and why",
        "SELECT path, line, document, reason FROM set_aside",
        {"document": "document = ?"},
        "path, line",
    ),
    "codings": Question(
        "by what the events were coded, and how many",
        "SELECT k.id, k.tocsin, k.options, count(c.document) AS documents, "
        "coalesce(sum(c.events), 0) AS events FROM codings k "
        "LEFT JOIN coded c ON c.coding = k.id",
        {},
        "k.since, k.id",
    ),
}


def sql_of(question: str, filters: Filters) -> tuple[str, list[Any]]:
    """The SQL of a named question and its values; OptionError for a filter that it has not."""
    if question not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        raise OptionError(f"there is no question {question!r}; there are {known}")
    asked = QUESTIONS[question]
    conditions: list[str] = []
    values: list[Any] = []
    for name, value in _given(filters):
        if name not in asked.conditions:
            allowed = ", ".join(asked.conditions) or "none"
            raise OptionError(f"{question} cannot be narrowed by {name}; by: {allowed}")
        conditions.append(asked.conditions[name])
        values.append(value)
    sql = asked.select
    if conditions:
        sql += " WHERE " + " AND ".join(conditions)
    if question == "codings":
        sql += " GROUP BY k.id, k.tocsin, k.options, k.since"
    sql += f" ORDER BY {asked.order}"
    if filters.limit is not None:
        sql += " LIMIT ?"
        values.append(filters.limit)
    return sql, values


def _given(filters: Filters) -> list[tuple[str, Any]]:
    """The filters that are given, by the names of conditions."""
    given: list[tuple[str, Any]] = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value is None or field.name == "limit":
            continue
        if field.name == "dyad":
            names = zip(("actor", "recipient"), value, strict=True)
            given += [(name, code) for name, code in names if code != "*"]
        elif field.name == "where":
            is_code = len(value) == 3 and value.isupper()
            given.append(("country" if is_code else "place", value))
        else:
            given.append((field.name, value))
    return given
