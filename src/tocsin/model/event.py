"""The public record of one event. Names are final: add, never rename.

Every :class:`~tocsin.model.document.Span` here counts in the document's text as given, and
``text[start:end] == span.text``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tocsin.model.document import Dated, Span
from tocsin.model.mention import Anchor, EntityId, Part, Via

Status = Literal[
    "actual", "background", "alleged", "denied", "unconfirmed", "predicted", "hypothetical"
]
STATUSES: tuple[Status, ...] = (
    "actual", "background", "alleged", "denied", "unconfirmed", "predicted", "hypothetical",
)  # fmt: skip
Stance = Literal["asserts", "denies", "neither"]
Cardinality = Literal["one", "several", "habitual"]
CARDINALITIES: tuple[Cardinality, ...] = ("one", "several", "habitual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor or recipient. An implied one (not in the sentence) has no span."""

    start: int | None
    end: int | None
    text: str | None
    country: str | None
    sectors: tuple[str, ...]
    entity: EntityId | None
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker(Actor):
    """Who says so."""

    state_media: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One link of the chain of words: who, by which cue, with which stance."""

    speaker: Speaker | None
    cue: Span
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days of an event: first and last (inclusive), None where unknown.

    ``text`` and ``span`` are the expression; ``anchor`` says what the days hang on: the
    publication date, a date in the text, or nothing (then the expression is kept relative).
    ``time`` is the time of day, ``15:00+09:00``: at the place of the event where that is known,
    with the offset from UTC where the place or the text tells it.
    """

    start: dt.date | None
    end: dt.date | None
    text: str
    span: Span
    anchor: Anchor
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happened. Coordinates in degrees (WGS 84), ``radius_km`` their uncertainty.

    ``admin1`` is GeoNames' code of the first-level region of the country ("84" in France).
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    radius_km: float | None
    span: Span
    admin1: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count: ``value`` (to ``upper``) of ``unit``, over ``occasions`` in ``period``.

    ``casualty`` is what became of people (killed, wounded, missing, detained, displaced); ``part``
    tells a sum ("total") and what comes on top ("increment") from a plain count (None).
    """

    value: float | None
    upper: float | None
    unit: str
    qualifier: str | None
    occasions: int | None
    period: When | None
    span: Span
    casualty: str | None = None
    part: Part | None = None

    @property
    def words(self) -> str:
        """The count in words, such as ``about 5500 balloon on 22 occasions``."""
        parts = [self.qualifier or ""]
        if self.value is not None:
            parts.append(f"{self.value:.15g}")
        if self.upper is not None:
            parts.append(f"to {self.upper:.15g}")
        parts.append(self.unit)
        if self.casualty is not None and self.casualty != self.unit:
            parts.append(self.casualty)
        if self.part is not None:
            parts.append(f"({self.part})")
        if self.occasions is not None:
            parts.append(f"on {self.occasions} occasions")
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a THREATEN, REQUEST, AGREE or REJECT is about: a nested type and mode."""

    type: str
    mode: str | None
    trigger: Span
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why: the ``rule`` (``file/mode#id``) that spoke and the spans that it looked at, or the
    ``model`` that was asked and its ``probability`` of the event's type."""

    rule: str | None
    spans: tuple[Span, ...]
    model: str | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One report of one act in one sentence: PLOVER type, mode, contexts, and all the rest.

    ``quad`` is 1 to 4, ``score`` PLOVER's -10 to +10, ``confidence`` 0 to 1. ``date`` is the
    event's own date or None; ``published`` is the document's, beside it and never instead of it;
    ``dated`` says how it is known, and holds the day that is too unsure to be ``published``.
    ``object`` is what was acted upon where that is no actor (the office that was blown up).
    ``cardinality`` says whether the words tell of one happening, of several taken together, or of a
    habit (TimeML's attribute of that name).
    """

    id: str
    document: str
    sentence: Span
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    score: float
    cameo: str | None
    trigger: Span
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    status: Status
    content: Content | None
    condition: Span | None
    deadline: When | None
    attribution: tuple[Attribution, ...]
    date: When | None
    published: dt.date | None
    place: Place | None
    quantities: tuple[Quantity, ...]
    confidence: float
    evidence: tuple[Evidence, ...]
    dated: Dated | None = None
    object: Span | None = None
    cardinality: Cardinality = "one"
