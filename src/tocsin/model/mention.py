"""Mentions: what the middle stages find in a parsed text.

Each mention says where it stands twice: as offsets ``start``/``end`` into the clean text, and as
tokens ``first`` to ``stop`` (exclusive) of sentence number ``sentence``. ``head`` is the token by
which the mention hangs in the parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Via = Literal["name", "demonym", "capital", "role", "pronoun", "nominal", "conjunct", "implied"]
Part = Literal["total", "increment"]
Anchor = Literal["published", "text", "none"]


@dataclass(frozen=True, slots=True)
class EntityId:
    """A stable id (a Wikidata QID where one exists) with a name to show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a mention stands. ``text`` is the clean text's slice."""

    sentence: int
    first: int
    stop: int
    head: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention(Mention):
    """Someone who may act: resolved (``country`` or ``sectors``), or merely named.

    A mention of several ("the two Koreas") is several mentions with one span. ``country`` is ISO
    3166-1 alpha-3 or PLOVER's code for a body without a state; ``sectors`` are PLOVER's, main one
    first. ``why`` says in words which knowledge resolved it, for ``tocsin explain``. ``also`` are
    further tokens of the sentence that lead to the same actor, such as the head of an apposition.
    ``acts`` is False for one who is only spoken of and is no party of an event: "I" in "I believe".
    """

    country: str | None
    sectors: tuple[str, ...]
    entity: EntityId | None
    via: Via
    state_media: bool = False
    anonymous: bool = False
    why: str = ""
    also: tuple[int, ...] = ()
    acts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Mention):
    """A time expression and the days that it covers.

    ``kind`` is TimeML's (DATE, TIME, DURATION, SET); ``value`` its TimeML value, such as
    ``2020-06-13`` or ``P2Y``, and ``XXXX-…`` where unknown. ``since`` and ``until`` are the first
    and last day (inclusive), None where they cannot be known. ``anchor`` says what the days hang
    on: the date in the text itself, the publication date, or nothing.
    """

    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    since: date | None
    until: date | None
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention(Mention):
    """A place name and the place it stands for.

    ``literal`` is False where the name stands for a government or people ("Seoul said", "the
    Russian army"). ``radius_km`` is how uncertain the point is as the place of a happening;
    ``admin1`` is GeoNames' code of the first-level region, within the country.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    literal: bool
    radius_km: float | None = None
    admin1: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention(Mention):
    """A count with its unit: ``value`` (to ``upper`` for a range), ``unit`` a lemma.

    ``qualifier`` is one of: about, at-least, at-most, more-than, less-than, several, dozens,
    hundreds, thousands, None. ``occasions`` and ``period`` are set for totals such as "5,500
    balloons on 22 occasions from May 28 to Sept. 23". ``casualty`` is what became of people:
    killed, wounded, missing, detained, displaced; ``part`` says that a count sums others up
    ("bringing the toll to 45") or comes on top of them ("three more").
    """

    value: float | None
    upper: float | None
    unit: str
    qualifier: str | None
    occasions: int | None
    period: DateMention | None
    casualty: str | None = None
    part: Part | None = None
