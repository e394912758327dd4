"""The moment or day of publication as tables and feeds write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from tocsin.ingest.publication import full_day

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ]\d{2}(?::?\d{2})?(?::?\d{2})?\S*(?: ?UTC| ?GMT| [+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"((?:19|20)\d{6})(?:T?(\d{6})(Z?))?")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d{1,9})?")
# From 2001 in milliseconds; as seconds it would be the year 33658.
_MILLISECONDS = 1e12


def read_day(value: str, pattern: str | None = None) -> tuple[date, datetime | None]:
    """Return the day of ``value`` as written there, and its moment where it has a zone.

    Read are ISO 8601, its compact forms (20200616T101500Z), the dates of mails and feeds (Tue, 16
    Jun 2020 10:15:00 GMT), days with the month as a word, and seconds or milliseconds since 1970;
    with ``pattern``, strptime's, that and nothing else. ValueError for others: 06/07/2020 is
    a day of June or of July.
    """
    value = value.strip()
    if pattern is not None:
        moment = datetime.strptime(value, pattern)
        return moment.date(), moment if moment.tzinfo is not None else None
    if (match := _ISO.fullmatch(value)) is not None:
        zoned = re.sub(r" ?(?:UTC|GMT)$", "+00:00", value)
        return date.fromisoformat(match[1]), aware_moment(re.sub(r" (?=[+-])", "", zoned))
    if (match := _COMPACT.fullmatch(value)) is not None:
        day = date.fromisoformat(match[1])
        return day, aware_moment(f"{match[1]}T{match[2]}+00:00") if match[3] else None
    if _EPOCH.fullmatch(value):
        seconds = float(value)
        seconds /= 1000 if seconds >= _MILLISECONDS else 1
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment.date(), moment
    if (spoken := full_day(value)) is not None and not re.search(r"\d:\d", value):
        return spoken, None
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        if spoken is not None:
            return spoken, None
        raise ValueError("no day such as 2020-06-16") from None
    return moment.date(), moment if moment.tzinfo is not None else None


def aware_moment(value: object) -> datetime | None:
    """The moment of a text in ISO 8601 that names its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
