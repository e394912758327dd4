"""Questions on events: the reports of single acts."""

from __future__ import annotations

from typing import Final

from tocsin.model.flat import COLUMNS
from tocsin.store.migrations import superseded
from tocsin.store.questions.question import Question, plain

_DAY = "coalesce(date_start, published)"
# What is told to go on since a day goes on at least until it is told.
_LAST_DAY = "coalesce(date_end, greatest(date_start, published))"

_SOURCE = f"events e ANTI JOIN {superseded('e')}"
_CONDITIONS = {
    "actor": "list_contains(actor_countries, $actor)",
    "recipient": "list_contains(recipient_countries, $recipient)",
    "since": f"{_LAST_DAY} >= $since",
    "until": f"{_DAY} <= $until",
    "type": "type = $type",
    "mode": "mode = $mode",
    "quad": "quad = $quad",
    "status": "status = $status",
    "country": "place_country = $country",
    "place": "contains(lower(place), lower($place))",
    "outlet": "document IN (SELECT id FROM documents WHERE outlet = $outlet)",
    "document": "document = $document",
    "words": "contains(lower(sentence), lower($words))",
    "least": "confidence >= $least",
    "id": "id = $id",
}
_ORDER = f"{_DAY} NULLS LAST, document, sentence_start, id"
_COLUMNS = plain(("coding", *COLUMNS))
_SORTS = {"day": _DAY, **_COLUMNS}

EVENTS: Final[dict[str, Question]] = {
    "events": Question(
        purpose="the events of the newest coding of each document",
        columns=_COLUMNS,
        source=_SOURCE,
        conditions=_CONDITIONS,
        order=_ORDER,
        row="e.rowid",
        sorts=_SORTS,
    ),
    "records": Question(
        purpose="the same, each as the JSON of its record",
        columns=plain(("record",)),
        source=_SOURCE,
        conditions=_CONDITIONS,
        order=_ORDER,
        row="e.rowid",
        sorts=_SORTS,
    ),
    "reports": Question(
        purpose="the records, each with its document's address and outlet and when that was added",
        columns={
            "record": "record",
            "url": "(SELECT url FROM documents WHERE documents.id = document)",
            "outlet": "(SELECT outlet FROM documents WHERE documents.id = document)",
            "added": "(SELECT added FROM documents WHERE documents.id = document)",
        },
        source=_SOURCE,
        conditions=_CONDITIONS,
        order=_ORDER,
        row="e.rowid",
        sorts={"day": _DAY},
    ),
}
