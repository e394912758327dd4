"""Fingerprints: all that is kept of an article to know its copies by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.errors import InputError
from tocsin.ingest.fetch.addresses import canonical
from tocsin.linking.shingles import Shingles, shingles, words_digest
from tocsin.model.document import Document


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An article as the index knows it."""

    id: str
    digest: str
    url: str | None
    outlet: str | None
    published: date | None
    shingles: Shingles


def fingerprint_of(document: Document, text: str | None = None) -> Fingerprint:
    """What the index keeps of an article."""
    text = document.text if text is None else text
    return Fingerprint(
        id=document.id,
        digest=words_digest(text),
        url=_address(document.url),
        outlet=document.outlet,
        published=document.published,
        shingles=shingles(text),
    )


def _address(url: str | None) -> str | None:
    """The one form of an address; None where there is none that can be asked."""
    try:
        return canonical(url) if url else None
    except InputError:
        return None
