"""The sheet to judge by hand: one row for each drawn event or sentence, as a CSV file.

What was coded stands in words; the judgement columns are empty. ``weight``, ``population`` and
``sample`` are what the figures need later (see :mod:`tocsin.evaluation.sampling`).
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path

from tocsin.evaluation.sampling import Sample
from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Attribution, Event, When
from tocsin.model.ids import content_id
from tocsin.pipeline.stage import Work

EVENT, SENTENCE = "event", "sentence"

#: The columns to fill, with the question that each asks. ``missed`` is a count, ``note`` is free,
#: all others take y, n or u.
JUDGEMENTS: dict[str, str] = {
    "is_event": "Does the sentence report a political act with these words, whatever its type?",
    "type_right": "Are type and mode right?",
    "actors_right": "Are those who did it right, and all there?",
    "recipients_right": "Are those to whom it was done right, and all there?",
    "status_right": "Is the status right?",
    "date_right": "Is the date right? Where none is coded: does the text give none?",
    "place_right": "Is the place right? Where none is coded: does the text give none?",
    "quantities_right": "Are the counts the event's, right and all there?",
    "speaker_right": "Is it told on the word of those coded, and of nobody else?",
    "missed": "How many political events does the sentence report that were not coded?",
    "note": "Anything else.",
}
YES_NO = tuple(name for name in JUDGEMENTS if name not in ("missed", "note"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of a row's sentence: its offsets there, and its role: trigger, actor, recipient."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row to judge. All texts are on one line; those of a sentence row's event are empty.

    ``also_coded`` are the other events of the same sentence. ``weight`` is how many events (or
    sentences) of all that were read this one stands for, ``population`` how many there were,
    ``events_here`` how many events the sentence has. ``judged`` are judgements by their columns,
    where there are any. ``marks`` and ``quad`` are for the page only.
    """

    row: int
    kind: str
    document: str
    outlet: str = ""
    published: str = ""
    title: str = ""
    before: str = ""
    sentence: str = ""
    after: str = ""
    trigger: str = ""
    type: str = ""
    mode: str = ""
    actors: str = ""
    recipients: str = ""
    status: str = ""
    date: str = ""
    place: str = ""
    quantities: str = ""
    content: str = ""
    attribution: str = ""
    also_coded: str = ""
    id: str
    events_here: int
    weight: float
    population: int
    sample: str
    marks: tuple[Mark, ...] = ()
    quad: int = 0
    judged: Mapping[str, str] = field(default_factory=dict)


_NO_COLUMNS = ("marks", "quad", "judged")
_CODED = tuple(one.name for one in fields(Row) if one.name not in _NO_COLUMNS)
_LAST = ("id", "events_here", "weight", "population", "sample")
#: The columns of the file in order: what was coded, the judgements, what the figures need.
COLUMNS: tuple[str, ...] = (
    *(name for name in _CODED if name not in _LAST),
    *JUDGEMENTS,
    *_LAST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A unit as it is found in a document: the coded parts of its row and the unit's own id."""

    id: str
    kind: str
    events_here: int
    texts: dict[str, str]
    marks: tuple[Mark, ...] = ()
    quad: int = 0


def found_in(work: Work) -> tuple[list[Found], list[Found]]:
    """The events of a coded document, and its sentences in which nothing was coded."""
    document = work.document
    spans = [work.clean.given_span(sent.start, sent.end) for sent in work.parse.sentences]
    here: dict[int, list[Event]] = {start: [] for start, _ in spans}
    for event in work.events:
        here.setdefault(event.sentence.start, []).append(event)
    events, sentences = [], []
    for index, (start, end) in enumerate(spans):
        texts = _document(document) | {
            "before": _slice(document, spans[index - 1 : index] if index else ()),
            "sentence": one_line(document.text[start:end]),
            "after": _slice(document, spans[index + 1 : index + 2]),
        }
        for event in here[start]:
            events.append(_found(event, here[start], texts))
        if not here[start]:
            name = content_id([document.id, start, texts["sentence"]])
            sentences.append(Found(id=name, kind=SENTENCE, events_here=0, texts=texts))
    return events, sentences


def found_event(document: Document, event: Event, here: Sequence[Event]) -> Found:
    """An event without the sentences around its own; ``here`` are all events of that."""
    return _found(event, here, _document(document) | {"sentence": one_line(event.sentence.text)})


def _found(event: Event, here: Sequence[Event], texts: dict[str, str]) -> Found:
    others = [_heading(other) for other in here if other.id != event.id]
    return Found(
        id=event.id,
        kind=EVENT,
        events_here=len(here),
        texts=texts | _coded(event) | {"also_coded": "; ".join(others)},
        marks=tuple(_marks(event)),
        quad=event.quad,
    )


def sheet_rows(events: Sample[Found], sentences: Sample[Found]) -> tuple[Row, ...]:
    """The rows of a sheet: the drawn events in random order, then the drawn sentences.

    So the first rows of either kind are a random sample too, for those who judge only some.
    """
    ids = "".join(drawn.id for sample in (events, sentences) for drawn in sample.drawn)
    name = blake2b(ids.encode(), digest_size=6).hexdigest()
    rows: list[Row] = []
    for sample in (events, sentences):
        for drawn in sample.drawn:
            found = drawn.unit
            rows.append(
                Row(
                    row=len(rows) + 1,
                    kind=found.kind,
                    id=found.id,
                    events_here=found.events_here,
                    weight=round(drawn.weight, 6),
                    population=sample.population,
                    sample=name,
                    marks=found.marks,
                    quad=found.quad,
                    judged={},
                    **found.texts,
                )
            )
    return tuple(rows)


def cells(row: Row) -> list[str]:
    """The cells of a row as they stand in the file, in the order of :data:`COLUMNS`."""
    return [
        safe_cell(row.judged.get(name, "") if name in JUDGEMENTS else str(getattr(row, name)))
        for name in COLUMNS
    ]


def sheet_text(rows: Iterable[Row]) -> str:
    """The whole file as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(cells, rows))
    return out.getvalue()


def write_sheet(path: Path | str, rows: Iterable[Row]) -> None:
    """Write the CSV file, with the byte order mark by which spreadsheets know UTF-8."""
    Path(path).write_bytes(sheet_text(rows).encode("utf-8-sig"))


def one_line(text: str) -> str:
    """``text`` with a space for each white space and control character: offsets stay true."""
    return "".join(map(_plain, text))


def safe_cell(value: str) -> str:
    """``value`` so that no spreadsheet takes it for a formula: such text gets an apostrophe.

    Text that looks as if it already had one gets one too, so that :func:`plain_cell` gives back
    every value as it was.
    """
    return f"'{value}" if _starts_formula(value.lstrip("'")) else value


def plain_cell(value: str) -> str:
    """The value that :func:`safe_cell` made ``value`` of."""
    return value[1:] if value[:1] == "'" and _starts_formula(value.lstrip("'")) else value


def _starts_formula(value: str) -> bool:
    return value.lstrip()[:1] in tuple("=+-@＝＋－＠") or value[:1] in ("\t", "\r", "\n")


def _plain(char: str) -> str:
    if char.isspace():
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in ("Cc", "Cs") else char


def _slice(document: Document, spans: Sequence[tuple[int, int]]) -> str:
    return " ".join(one_line(document.text[start:end]) for start, end in spans)


def _document(document: Document) -> dict[str, str]:
    return {
        "document": one_line(document.id),
        "outlet": one_line(document.outlet or ""),
        "published": document.published.isoformat() if document.published else "",
        "title": one_line(document.title or ""),
    }


def _coded(event: Event) -> dict[str, str]:
    """What was coded, in words."""
    content = event.content
    texts = {
        "trigger": event.trigger.text,
        "type": event.type,
        "mode": event.mode or "",
        "actors": "; ".join(map(_actor, event.actors)),
        "recipients": "; ".join(map(_actor, event.recipients)),
        "status": event.status,
        "date": _when(event.date),
        "place": " ".join(filter(None, (event.place.name, event.place.country)))
        if event.place
        else "",
        "quantities": "; ".join(quantity.words for quantity in event.quantities),
        "content": _kind(content.type, content.mode) + f" “{content.trigger.text}”"
        if content
        else "",
        "attribution": "; ".join(map(_says, event.attribution)),
    }
    return {name: one_line(text) for name, text in texts.items()}


def _kind(type_: str, mode: str | None) -> str:
    return type_ + (f"/{mode}" if mode else "")


def _heading(event: Event) -> str:
    return one_line(f"{_kind(event.type, event.mode)} “{event.trigger.text}”")


def _actor(actor: Actor) -> str:
    code = " ".join((*((actor.country,) if actor.country else ()), *actor.sectors))
    text = actor.text or "(implied)"
    return f"{text} [{code}]" if code else text


def _when(when: When | None) -> str:
    if when is None:
        return ""
    words = f"“{when.text}”"
    if when.start is None and when.end is None:
        return words
    days = dict.fromkeys(str(day or "…") for day in (when.start, when.end))
    return f"{' to '.join(days)} {words}"


def _says(link: Attribution) -> str:
    speaker = _actor(link.speaker) if link.speaker else "nobody named"
    stance = "" if link.stance == "asserts" else f", {link.stance}"
    return f"{speaker} “{link.cue.text}”{stance}"


def _marks(event: Event) -> Iterable[Mark]:
    whole = event.sentence

    def inside(start: int | None, end: int | None, role: str) -> Iterable[Mark]:
        # A pronoun's actor can stand in another sentence.
        if start is not None and end is not None and whole.start <= start < end <= whole.end:
            yield Mark(start=start - whole.start, end=end - whole.start, role=role)

    trigger: Span = event.trigger
    yield from inside(trigger.start, trigger.end, "trigger")
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in actors:
            yield from inside(actor.start, actor.end, role)
