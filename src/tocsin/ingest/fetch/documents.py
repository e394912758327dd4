"""From a page's answer to its document, with what the list that named it says besides."""

from __future__ import annotations

from dataclasses import replace

from tocsin.errors import InputError
from tocsin.ingest.fetch.addresses import place_of
from tocsin.ingest.fetch.network import Response
from tocsin.ingest.fetch.problems import NO_ARTICLE, RefusedError
from tocsin.ingest.items import Link
from tocsin.ingest.pages import page_document
from tocsin.model.document import Document
from tocsin.model.ids import content_id


def answered_document(response: Response, link: Link | None) -> Document:
    """The article of a page; RefusedError where it holds none.

    What the page does not say of its title, outlet and day is the list's word.
    """
    said = response.headers.get("content-type", "")
    try:
        found = page_document(response.body, response.address, content_type=said)
    except InputError as error:
        raise RefusedError(error.message, reason=NO_ARTICLE, path=response.address) from error
    host = place_of(response.address)[0].removeprefix("www.")
    if link is not None:
        named = found.outlet if (found.outlet or "").removeprefix("www.") != host else None
        moment = found.moment
        if moment is None and link.moment and found.published in (None, link.moment.date()):
            moment = link.moment
        found = replace(
            found,
            title=found.title or link.title,
            outlet=named or link.outlet or found.outlet,
            published=found.published or link.published,
            moment=moment,
        )
    return identified(found, response.address)


def identified(document: Document, address: str) -> Document:
    """``document`` as that of ``address``, under which it goes from here on.

    Its id tells address and text: the same text at two addresses is two publications, a new text
    at the same address a new version.
    """
    return replace(document, url=address, id=content_id([address, document.text]))
