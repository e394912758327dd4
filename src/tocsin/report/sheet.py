"""The page to judge a sheet on: one HTML file with every row, by eye, mouse or keyboard.

Like the report it carries everything inside it and may fetch nothing. What is judged stays in the
page (and in the browser's storage, where it has one) until it is saved as the filled CSV file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tocsin.evaluation.sheet import COLUMNS, EVENT, JUDGEMENTS, YES_NO, Row, cells
from tocsin.report.html import _UNFIT, _policy, _script, packaged, version_words
from tocsin.report.markup import Mark, segments

_HEADINGS = {
    "is_event": "Event",
    "type_right": "Type",
    "actors_right": "Who",
    "recipients_right": "To whom",
    "status_right": "Status",
    "date_right": "Date",
    "place_right": "Place",
    "quantities_right": "Counts",
    "speaker_right": "Says who",
    "missed": "Not coded",
}
_ROLE_LETTERS = {"trigger": "t", "actor": "a", "recipient": "r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a card: its column, a short name, and what was coded there."""

    column: str
    name: str
    coded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One row as the page shows it: its questions, its sentence in pieces with their classes."""

    row: Row
    pieces: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def write_sheet_page(path: Path | str, rows: Sequence[Row]) -> None:
    """Write the page of ``rows`` to ``path`` as UTF-8; OSError where that cannot be."""
    path = Path(path)
    name = f"{path.stem}.judged.csv"
    path.write_bytes(render_sheet(rows, file_name=name).encode("utf-8"))


def render_sheet(rows: Sequence[Row], *, file_name: str = "sheet.judged.csv") -> str:
    """Return the page of ``rows`` (one or more, of one sample); the same rows, the same page.

    ``file_name`` is what the filled sheet is called when it is saved.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from jinja2.utils import htmlsafe_json_dumps

    if not rows:
        raise ValueError("a sheet without rows has nothing to judge")
    data = htmlsafe_json_dumps(
        {
            "sample": rows[0].sample,
            "columns": COLUMNS,
            "yesNo": YES_NO,
            "rows": {row.row: cells(row) for row in rows},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    script = _script(packaged("sheet.js"))
    environment = Environment(
        loader=PackageLoader("tocsin.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("sheet.html.j2").render(
        cards=[_card(row) for row in rows],
        events=sum(row.kind == EVENT for row in rows),
        words=JUDGEMENTS,
        headings=_HEADINGS,
        file_name=file_name,
        data=data,
        css=Markup(packaged("report.css") + packaged("sheet.css")),
        script=Markup(script),
        policy=_policy([script]),
        version=version_words(),
    )
    return _UNFIT.sub("�", page)


def _card(row: Row) -> Card:
    return Card(row=row, pieces=tuple(_pieces(row)), questions=tuple(_questions(row)))


def _pieces(row: Row) -> Iterator[tuple[str, str]]:
    """The sentence cut at the edges of its marks, each piece with its classes."""
    marks = [Mark(mark.start, mark.end, 0, _ROLE_LETTERS[mark.role]) for mark in row.marks]
    for piece in segments(marks, 0, len(row.sentence)):
        roles = {role for _, role in piece.roles}
        classes = [f"t q{row.quad}"] if "t" in roles else []
        classes += [f"role-{role}" for role in ("a", "r") if role in roles]
        yield row.sentence[piece.start : piece.end], " ".join(classes)


def _questions(row: Row) -> Iterator[Question]:
    if row.kind != EVENT:
        return
    heading = row.type + (f" / {row.mode}" if row.mode else "")
    for column, coded in (
        ("is_event", f"“{row.trigger}”"),
        ("type_right", heading),
        ("actors_right", row.actors or "nobody coded"),
        ("recipients_right", row.recipients or "nobody coded"),
        ("status_right", row.status),
        ("date_right", row.date or "none coded"),
        ("place_right", row.place or "none coded"),
        ("quantities_right", row.quantities or "none coded"),
        ("speaker_right", row.attribution or "the article itself"),
    ):
        yield Question(column=column, name=_HEADINGS[column], coded=coded)
