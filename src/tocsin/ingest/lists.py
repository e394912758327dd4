"""What feeds and sitemaps share: links that say when they changed, dates, plain words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urljoin, urlsplit

from tocsin.config import MAX_ADDRESS_CHARACTERS
from tocsin.errors import InputError
from tocsin.ingest.days import read_day
from tocsin.ingest.items import Link

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SUBTAG = re.compile(r"[A-Za-z]{2}")
# Links of search engines that only lead on to the article: the parameters that hold its address.
_LEADS_ON = {"/url": ("url", "q"), "/news/apiclick.aspx": ("url",)}
_ENGINE = re.compile(r"(?:www\.)?(?:google\.[a-z]{2,3}(?:\.[a-z]{2})?|bing\.com)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Link):
    """A link whose list says when the article last changed (``changed``, with its zone).

    That is not when it was published: a mended comma changes it.
    """

    changed: datetime | None = None


def absolute(address: str, base: str | None, *, path: str, line: int | None = None) -> str:
    """The whole address of an entry; InputError where it is none that can be asked for."""
    address = address.strip()
    try:
        whole = _unwrapped(urljoin(base, address) if base else address)
        parts = urlsplit(whole)
        fit = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        whole.encode()
    except ValueError:
        fit, whole = False, ""
    if not fit:
        raise InputError(f"{address[:80]!r} is no http or https address", path=path, line=line)
    if len(whole) > MAX_ADDRESS_CHARACTERS:
        raise InputError(
            f"an address of {len(whole):,} characters (at most {MAX_ADDRESS_CHARACTERS:,})",
            path=path, line=line,
        )  # fmt: skip
    return whole


def _unwrapped(address: str) -> str:
    """The article's address of a search engine's link that only leads on to it."""
    parts = urlsplit(address)
    names = _LEADS_ON.get(parts.path)
    if names and _ENGINE.fullmatch((parts.hostname or "").lower()):
        said = parse_qs(parts.query)
        for name in names:
            for value in said.get(name, ()):
                if value.lower().startswith(("http://", "https://")):
                    return value
    return address


def moment_of(words: object) -> tuple[date | None, datetime | None]:
    """Day as written, and the moment where a zone is given; nothing where the words tell no day."""
    try:
        day, moment = read_day(" ".join(words.split()) if isinstance(words, str) else "")
        if moment is not None:
            moment.astimezone(UTC)  # not so of the first day of the year 1, and such
    except (ValueError, OverflowError, OSError):
        return None, None
    return day, moment


def changed_at(words: object) -> datetime | None:
    """When something changed; a day without a time, or a time without a zone, is read as UTC's."""
    day, moment = moment_of(words)
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return moment


def words_of(value: object) -> str | None:
    """A title or name on one line, without markup, entities and what is no character."""
    if not isinstance(value, str):
        return None
    plain = html.unescape(_TAG.sub(" ", value)) if "<" in value or "&" in value else value
    return " ".join(_UNFIT.sub(" ", plain).split()) or None


def language_code(value: object) -> str | None:
    """The ISO 639-1 code of a language tag: "en" of "en-GB"; None where there is none."""
    head = re.split(r"[-_]", value.strip(), maxsplit=1)[0] if isinstance(value, str) else ""
    return head.lower() if _SUBTAG.fullmatch(head) else None


def described(data: bytes) -> str:
    """What ``data`` looks like, in words, where it is not what was looked for."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "empty"
    for start, what in (
        (b"%pdf", "a PDF file"), (b"\x1f\x8b", "gzip-compressed"), (b"pk\x03\x04", "a ZIP archive"),
        (b"{", "JSON"), (b"[", "JSON"), (b"\x89png", "an image"), (b"\xff\xd8\xff", "an image"),
    ):  # fmt: skip
        if head.startswith(start):
            return what
    for mark, what in (
        (b"<html", "a web page"), (b"<!doctype html", "a web page"), (b"<urlset", "a sitemap"),
        (b"<sitemapindex", "a sitemap index"), (b"<rss", "a feed"), (b"<feed", "a feed"),
    ):  # fmt: skip
        if mark in head:
            return what
    return "XML of another kind" if head.startswith(b"<") else "text or data of another kind"
