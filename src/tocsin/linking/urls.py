"""The address of an article without what differs from one link to it to the next."""

from __future__ import annotations


def canonical_url(url: str | None) -> str | None:
    """``url`` without tracking parameters and fragment; None where it is no web address."""
    if not url:
        return None
    from courlan import clean_url

    cleaned: str | None = clean_url(url)
    if cleaned is None or not cleaned.startswith(("http:", "https:")):
        return None
    return cleaned.partition("#")[0]
