"""What the page says of each event: the record in words, without any markup."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.errors import OptionError
from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Attribution, Content, Event, Quantity, Speaker, When
from tocsin.report.markup import Mark

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

STATUS_WORDS = {
    "actual": "reported as done",
    "background": "true, but told as history",
    "alleged": "one party says so, or nobody is named",
    "denied": "denied by a party",
    "unconfirmed": "a party neither confirms nor denies it",
    "predicted": "expected",
    "hypothetical": "only supposed",
}

# The letter of a role in ``data-r``, and the label that stands over the words of the chosen event.
ROLES = {
    "n": "",
    "e": "",
    "t": "",
    "a": "who",
    "r": "to whom",
    "o": "about",
    "d": "when",
    "p": "where",
    "q": "how many",
    "c": "if",
    "l": "by when",
    "s": "says",
    "u": "",
}

_ANCHORS = {
    "published": "counted from the day of publication",
    "text": "the text gives the date",
    "none": "nothing to count from: kept as it stands",
}
_STANCES = {"asserts": "says so", "denies": "denies it", "neither": "neither confirms nor denies"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor, recipient or speaker: the words, the code, how it was resolved."""

    text: str
    code: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """One link of the chain of words."""

    party: Party | None
    cue: str
    stance: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event as the page shows it. ``number`` counts the events of the page from 1."""

    number: int
    event: Event
    anchor: str
    heading: str
    label: str
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    short_who: str
    short_whom: str
    dyads: tuple[str, ...]
    when: str
    when_note: str
    when_short: str
    sort_day: str
    where: str
    counts: tuple[str, ...]
    says: tuple[Says, ...]
    deadline: str
    content: str
    before: str
    after: str


def record(number: int, event: Event) -> Record:
    """Put one event into words."""
    who, whom = tuple(map(_party, event.actors)), tuple(map(_party, event.recipients))
    short_who, short_whom = _short(event.actors), _short(event.recipients)
    heading = event.type + (f" / {event.mode}" if event.mode else "")
    inside = event.trigger.start - event.sentence.start
    sentence = event.sentence.text
    return Record(
        number=number,
        event=event,
        anchor=f"e-{event.id}",
        heading=heading,
        label=f"{heading}, {short_who} to {short_whom}, {event.status}",
        who=who,
        whom=whom,
        short_who=short_who,
        short_whom=short_whom,
        dyads=_dyads(event),
        when=_when(event.date),
        when_note=_when_note(event),
        when_short=_when_short(event.date),
        sort_day=_sort_day(event.date),
        where=_where(event),
        counts=tuple(map(_count, event.quantities)),
        says=tuple(map(_says, event.attribution)),
        deadline=_deadline(event.deadline),
        content=_content(event.content),
        before=sentence[:inside],
        after=sentence[inside + len(event.trigger.text) :],
    )


def marks(document: Document, number: int, event: Event) -> list[Mark]:
    """Return every span of ``event`` in the text of ``document``.

    Raises OptionError where a span is not what stands in the text: the pair does not belong
    together, and a page that marks the wrong words is worse than none.
    """
    found = []
    for role, start, end, text in _spans(event):
        if document.text[start:end] != text:
            raise OptionError(
                f"event {event.id} does not belong to document {document.id}: it has {text!r} at "
                f"{start}:{end}, the document has {document.text[start:end]!r} there"
            )
        found.append(Mark(start, end, number, role))
    return found


def sentence_marks(number: int, event: Event) -> list[Mark]:
    """Return every span of ``event`` in its own sentence, which is not among them, with offsets
    that count there."""
    at = event.sentence.start
    size = len(event.sentence.text)
    return [
        Mark(start - at, end - at, number, role)
        for role, start, end, _ in _spans(event)
        if role not in ("n", "e") and start >= at and end - at <= size
    ]


def day_words(day: dt.date) -> str:
    """A day in words that do not depend on the machine's language: 16 Jun 2020."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def is_undated(when: When | None) -> bool:
    """Whether nothing places the event in time: no expression, or one that is kept relative."""
    return when is None or (when.start is None and when.end is None)


def title_of(document: Document) -> str:
    """The title, else the first words of the text, else the id."""
    if document.title and document.title.strip():
        return document.title.strip()
    line = next((line.strip() for line in document.text.splitlines() if line.strip()), document.id)
    return line if len(line) <= 100 else line[:97].rsplit(" ", 1)[0] + " …"


def _spans(event: Event) -> Iterator[tuple[str, int, int, str]]:
    def one(role: str, span: Span | None) -> Iterator[tuple[str, int, int, str]]:
        if span is not None:
            yield role, span.start, span.end, span.text

    def party(role: str, actor: Actor | None) -> Iterator[tuple[str, int, int, str]]:
        if actor and actor.start is not None and actor.end is not None and actor.text is not None:
            yield role, actor.start, actor.end, actor.text

    yield from one("n", event.sentence)
    yield from one("t", event.trigger)
    for actor in event.actors:
        yield from party("a", actor)
    for actor in event.recipients:
        yield from party("r", actor)
    for link in event.attribution:
        yield from party("s", link.speaker)
        yield from one("u", link.cue)
    if event.content:
        yield from one("o", event.content.trigger)
    yield from one("c", event.condition)
    yield from one("l", event.deadline.span if event.deadline else None)
    yield from one("d", event.date.span if event.date else None)
    yield from one("p", event.place.span if event.place else None)
    for quantity in event.quantities:
        yield from one("q", quantity.span)
    for evidence in event.evidence:
        for span in evidence.spans:
            yield from one("e", span)


def _party(actor: Actor) -> Party:
    name = actor.entity.name if actor.entity else None
    notes = [name] if name and name != actor.text else []
    notes.append("not in the sentence" if actor.via == "implied" else f"by {actor.via}")
    return Party(
        text=actor.text or name or actor.country or "unnamed",
        code=" ".join((*((actor.country,) if actor.country else ()), *actor.sectors)),
        note=", ".join(notes),
    )


def _code(actor: Actor) -> str:
    return actor.country or (actor.sectors[0] if actor.sectors else "?")


def _short(actors: Sequence[Actor]) -> str:
    """The codes of a side; the words themselves where there is no code."""
    names = (actor.text if _code(actor) == "?" else _code(actor) for actor in actors)
    return ", ".join(dict.fromkeys(name or "?" for name in names)) or "–"


def _dyads(event: Event) -> tuple[str, ...]:
    who = list(dict.fromkeys(map(_code, event.actors))) or ["–"]
    whom = list(dict.fromkeys(map(_code, event.recipients))) or ["–"]
    return tuple(f"{a} → {r}" for a in who for r in whom)


def _whole_year(start: dt.date, end: dt.date) -> bool:
    return start == dt.date(start.year, 1, 1) and end == dt.date(start.year, 12, 31)


def _whole_month(start: dt.date, end: dt.date) -> bool:
    same = (start.year, start.month) == (end.year, end.month)
    return same and start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]


def days_words(start: dt.date | None, end: dt.date | None) -> str:
    """Days from first to last in words, a whole month or year as such; empty where unknown."""
    if start and end:
        if start == end:
            return day_words(start)
        if _whole_year(start, end):
            return str(start.year)
        if _whole_month(start, end):
            return f"{_MONTHS[start.month - 1]} {start.year}"
        return f"{day_words(start)} to {day_words(end)}"
    if start:
        return f"from {day_words(start)}"
    return f"until {day_words(end)}" if end else ""


def _when(when: When | None) -> str:
    if when is None:
        return "no date in the text"
    return days_words(when.start, when.end) or f"“{when.text}”"


_DATED = {
    "url": "address", "line": "own line", "dateline": "dateline", "text": "only date",
}  # fmt: skip


def _when_note(event: Event) -> str:
    published = f"published {day_words(event.published)}" if event.published else "not dated itself"
    if event.published and event.dated and event.dated.by != "given":
        published += f" (by its {_DATED[event.dated.by]})"
    if event.date is None:
        return f"the article is {published}"
    quoted = "" if is_undated(event.date) else f"“{event.date.text}”, "
    note = quoted + _ANCHORS[event.date.anchor]
    if event.date.anchor == "published" and event.published:
        note += f", {day_words(event.published)}"
    return note


def _when_short(when: When | None) -> str:
    if when is None:
        return "undated"
    if is_undated(when):
        return f"“{when.text}”"
    if when.start == when.end and when.start:
        return when.start.isoformat()
    if when.start and when.end and _whole_year(when.start, when.end):
        return f"{when.start.year:04d}"
    if when.start and when.end and _whole_month(when.start, when.end):
        return when.start.isoformat()[:7]
    start = when.start.isoformat() if when.start else "…"
    return f"{start} to {when.end.isoformat() if when.end else '…'}"


def _sort_day(when: When | None) -> str:
    day = (when.start or when.end) if when else None
    return day.isoformat() if day else ""


def _deadline(when: When | None) -> str:
    if when is None:
        return ""
    resolved = days_words(when.start, when.end)
    return f"“{when.text}”" + (f" ({resolved})" if resolved else "")


def _where(event: Event) -> str:
    place = event.place
    if place is None:
        return ""
    words = [place.name]
    if place.country:
        words.append(place.country)
    if place.lat is not None and place.lon is not None:
        words.append(f"{place.lat:.2f}, {place.lon:.2f}")
    if place.radius_km:
        words.append(f"within {place.radius_km:g} km")
    return " · ".join(words)


def number_words(value: float) -> str:
    """A number with thousands parted: 1,500."""
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"


def _count(quantity: Quantity) -> str:
    words = [quantity.qualifier.replace("-", " ")] if quantity.qualifier else []
    if quantity.value is not None:
        upper = f" to {number_words(quantity.upper)}" if quantity.upper is not None else ""
        words.append(number_words(quantity.value) + upper)
    words.append(quantity.unit)
    if quantity.casualty is not None and quantity.casualty != quantity.unit:
        words.append(quantity.casualty)
    if quantity.part is not None:
        words.append(f"({quantity.part})")
    if quantity.occasions is not None:
        words.append(f"on {quantity.occasions:,} occasions")
    if quantity.period is not None:
        words.append(f"({_when(quantity.period)})")
    return " ".join(words) + f" — “{quantity.span.text}”"


def _says(link: Attribution) -> Says:
    speaker: Speaker | None = link.speaker
    flags = []
    if speaker is None or speaker.anonymous:
        flags.append("nobody named")
    if speaker is not None and speaker.state_media:
        flags.append("state media")
    return Says(
        party=_party(speaker) if speaker else None,
        cue=link.cue.text,
        stance=_STANCES[link.stance],
        flags=tuple(flags),
    )


def _content(content: Content | None) -> str:
    if content is None:
        return ""
    heading = content.type + (f" / {content.mode}" if content.mode else "")
    parties = ""
    if content.actors or content.recipients:
        parties = f", {_short(content.actors)} → {_short(content.recipients)}"
    return f"{heading} — “{content.trigger.text}”{parties}"
