"""One row of another's event series, beside our own events."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Literal, NamedTuple

Series = Literal["icews", "icews-kg", "gdelt1", "gdelt2", "polecat"]
SERIES: tuple[Series, ...] = ("icews", "icews-kg", "gdelt1", "gdelt2", "polecat")
#: Names under which a series is known too: those of files that hold parts of it.
ALSO: Mapping[str, Series] = {
    "icews14": "icews-kg", "icews18": "icews-kg", "icews05-15": "icews-kg"
}  # fmt: skip


class Imported(NamedTuple):
    """A row as its series gives it; None where that says nothing. Tuples, for there are millions.

    ``key`` is the hash of the whole row with its series: by it a row is known again. ``raw`` is the
    row as JSON, without empty cells; ``path`` and ``line`` say where it was read first. ``id`` is
    the series' own, which several rows may share (those of ICEWS do), the key where it has none;
    ``day`` is that of the event.
    ``actor_country``, ``recipient_country`` and ``place_country`` are our codes, None where the
    word of the series means none of ours; sectors are the series' own words with ``;`` between,
    or our codes where both are told from the name of the actor alone.
    ``type`` and ``mode`` are PLOVER's, ``typed_by`` the series itself or our table of CAMEO codes
    ("series", "cameo"). ``quad`` is the class that the series gives, else that of the type.
    ``score`` is the number that it gives, ``scale`` what it calls that: goldstein or intensity;
    where it gives none but a code of CAMEO, the score is Goldstein's for that.
    ``lat`` and ``lon`` are degrees. ``mentions``, ``sources`` and ``articles`` are its own counts.
    """

    series: str
    key: str
    raw: str
    path: str
    line: int
    id: str
    day: dt.date
    actor: str | None = None
    actor_country: str | None = None
    actor_sectors: str | None = None
    recipient: str | None = None
    recipient_country: str | None = None
    recipient_sectors: str | None = None
    cameo: str | None = None
    type: str | None = None
    mode: str | None = None
    typed_by: str | None = None
    quad: int | None = None
    score: float | None = None
    scale: str | None = None
    place: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    mentions: int | None = None
    sources: int | None = None
    articles: int | None = None
    publisher: str | None = None
    url: str | None = None


def row_key(series: str, raw: str) -> str:
    """The key of a row by its raw form; the same for the same row of the same series."""
    return hashlib.blake2b(f"{series} {raw}".encode(), digest_size=12).hexdigest()
