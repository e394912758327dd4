"""ICEWS as a temporal knowledge graph: ICEWS14, ICEWS18, ICEWS05-15 and files like them.

Four columns: who, what, to whom, on which day; actors by name, events by ICEWS's texts. There are
no codes and no ids, so countries and sectors are told from names, CAMEO's codes from texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from tocsin.ingest.series.form import Cells, Form, Head, day_of, plover_of
from tocsin.ingest.series.parties import load_parties
from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.icews import load_icews
from tocsin.model.imported import Imported

_COLUMNS = ("date", "source", "event", "target")
_BARE = ("source", "event", "target", "date")


def _text(value: str) -> str:
    """A name or text in plain words: some files have ``_`` for blanks."""
    return value.replace("_", " ").strip()


def _name(cells: Cells, column: str) -> str:
    value = _text(cells.get(column, ""))
    if not value:
        raise ValueError(f"has no {column}")
    return value


@lru_cache(maxsize=512)
def _event(text: str) -> tuple[str, float | None]:
    """CAMEO's code and Goldstein's weight of a text; ValueError where it is none of ICEWS."""
    cameo = load_icews().cameo(text)
    if cameo is None:
        raise ValueError(f"event {text[:80]!r} is none of the texts of ICEWS")
    return cameo, load_goldstein().of_code(cameo)


def _row(cells: Cells, head: Head) -> Imported:
    parties = load_parties()
    day = day_of(cells, "date")
    cameo, score = _event(_name(cells, "event"))
    type_, mode, by, quad = plover_of(cameo)
    actor, recipient = _name(cells, "source"), _name(cells, "target")
    actor_country, actor_sectors = parties.of(actor, day)
    recipient_country, recipient_sectors = parties.of(recipient, day)
    return Imported(
        *head,
        id=head[1],  # it has none of its own
        day=day,
        actor=actor,
        actor_country=actor_country,
        actor_sectors=actor_sectors,
        recipient=recipient,
        recipient_country=recipient_country,
        recipient_sectors=recipient_sectors,
        cameo=cameo,
        type=type_,
        mode=mode,
        typed_by=by,
        quad=quad,
        score=score,
        scale="goldstein" if score is not None else None,
    )


def _bare(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns of a first row without a header, as these files have them."""
    wanted = f"either name the columns {', '.join(_COLUMNS)} or begin with a row of "
    wanted += "subject, relation, object and day with tabs between"
    if len(cells) == len(_BARE) and _is_day(cells[3]) and load_icews().cameo(_text(cells[1])):
        return _BARE
    if len(cells) >= len(_COLUMNS) and all(cell.removeprefix("-").isdecimal() for cell in cells):
        raise ValueError(
            "holds numbers for names: put the words of its lists (entity2id, relation2id) and days "
            f"in their place; it should {wanted}"
        )
    raise ValueError(f"should {wanted}; its first line: {', '.join(cell[:40] for cell in cells)}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


ICEWS_KG = Form("ICEWS as a knowledge graph", _COLUMNS, _row, bare=_bare)
