"""The day of publication where the article was sent from."""

from __future__ import annotations

from tocsin.ingest import dated, dateline
from tocsin.knowledge.gazetteer import load_gazetteer
from tocsin.model.document import Dated, Document
from tocsin.places.zones import zone_at

_FIRST_LINES = 4


def published_there(document: Document) -> Dated | None:
    """The day of publication, and how it is known.

    Where the input gives a moment with its zone and the text a dateline, it is the day at the place
    of the dateline: what is sent at 20:30 UTC from Seoul is sent on the next day.
    """
    known = dated(document)
    if known is None or known.by != "given" or document.moment is None:
        return known
    name = _place(document.text)
    found = load_gazetteer().find(name) if name else ()
    zone = zone_at(found[0].lat, found[0].lon) if found else None
    if zone is None:
        return known
    try:
        return Dated(document.moment.astimezone(zone).date(), "given", known.confidence)
    except OverflowError:
        return known


def _place(text: str) -> str | None:
    for line in text.split("\n")[:_FIRST_LINES]:
        head = dateline(line.strip())
        if head is not None and head.place is not None:
            return line.strip()[slice(*head.place)].split(",")[0].strip()
    return None
