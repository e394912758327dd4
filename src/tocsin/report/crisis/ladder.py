"""The ladder: what stands on each rung, words apart from deeds, and the highest one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tocsin.knowledge.ladder import load_ladder
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, Side, weight_of
from tocsin.report.crisis.references import References
from tocsin.report.crisis.standing import (
    RungCount,
    articles_in,
    changes,
    in_unread_months,
    rung_counts,
    windows,
)
from tocsin.report.view import days_words

_NOTHING = RungCount(incidents=0.0, weighted=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one direction has on a rung; ``part`` is its share of the fullest, 0 to 1."""

    incidents: str
    weighted: str
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRow:
    """A rung with a cell for each direction."""

    number: int
    name: str
    deed: bool
    definition: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Highest:
    """The highest rung of a direction, its surest incident, and how many more stand there."""

    direction: str
    number: int
    name: str
    what: str
    reference: int | None
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """A rung of late and before: counts, and whether chance alone would hardly make the change."""

    direction: str
    rung: str
    before: str
    now: str
    word: str
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderSection:
    """The section. ``sums`` are of words and of deeds, a cell for each direction."""

    directions: tuple[str, ...]
    rows: tuple[RungRow, ...]
    sums: tuple[tuple[str, tuple[Cell, ...]], ...]
    highest: tuple[Highest, ...]
    late: tuple[LateRow, ...]
    late_words: str
    unread: int
    empty: bool
    commands: tuple[str, ...]


def ladder_section(material: Material, references: References) -> LadderSection:
    """The sums over the months of ``tocsin series --per rung``."""
    found = [rung_counts(side.measured, material.since, material.until) for side in material.sides]
    most = max((one.incidents for rungs in found for one in rungs.values()), default=0.0)
    rows = tuple(
        RungRow(
            number=rung.number,
            name=rung.name,
            deed=rung.deed,
            definition=rung.definition,
            cells=tuple(_cell(rungs.get(rung.id, _NOTHING), most) for rungs in found),
        )
        for rung in load_ladder().rungs
    )
    highest = (_highest(material, side, references) for side in material.sides)
    return LadderSection(
        directions=tuple(wording.direction(side.dyad) for side in material.sides),
        rows=rows,
        sums=tuple(
            (name, tuple(_cell(_sum(rungs, deed), 0) for rungs in found))
            for name, deed in (("all words", False), ("all deeds", True))
        ),
        highest=tuple(one for one in highest if one is not None),
        late=tuple(row for side in material.sides for row in _late(side)),
        late_words=_late_words(material.sides[0]),
        unread=sum(map(in_unread_months, material.sides)),
        empty=not most,
        commands=tuple(
            f"tocsin series --db {material.store} --dyad {':'.join(side.dyad)} "
            f"--since {material.since} --until {material.until} --by month --per rung"
            for side in material.sides
        ),
    )


def _sum(rungs: dict[str, RungCount], deed: bool) -> RungCount:
    chosen = [rungs[r.id] for r in load_ladder().rungs if r.deed is deed and r.id in rungs]
    return RungCount(
        incidents=sum(one.incidents for one in chosen), weighted=sum(one.weighted for one in chosen)
    )


def _cell(count: RungCount, most: float) -> Cell:
    return Cell(
        incidents=number(count.incidents),
        weighted=f"{count.weighted:.2f}",
        part=count.incidents / most if most else 0.0,
    )


def number(value: float) -> str:
    """A count that may be in parts: 12, 4.5."""
    return f"{round(value, 1):,g}"


def _highest(material: Material, side: Side, references: References) -> Highest | None:
    if not side.observations:
        return None
    top = max(side.observations, key=lambda one: one.rung.number).rung
    there = sorted(
        (one for one in side.observations if one.rung.id == top.id),
        key=lambda one: (-weight_of(one), one.id),
    )
    incident = material.incidents[there[0].id]
    return Highest(
        direction=wording.direction(side.dyad),
        number=top.number,
        name=top.name,
        what=f"{wording.deed(incident)}; {wording.when(incident)}; {incident.status}",
        reference=references.cite(incident.id),
        more=len(there) - 1,
    )


def _late(side: Side) -> list[LateRow]:
    rows = sorted(changes(side.measured), key=lambda change: change.rung.number)
    return [
        LateRow(
            direction=wording.direction(side.dyad),
            rung=f"{one.rung.number} {one.rung.name}",
            before=number(one.before),
            now=number(one.now),
            word=("rose" if one.rises else "fell") if one.clear else "no more than chance",
            clear=one.clear,
        )
        for one in rows
    ]


def _late_words(side: Side) -> str:
    at = windows(side.measured)
    if at is None:
        return ""
    before = at.middle - timedelta(days=1)
    return (
        f"{days_words(at.since, before)} ({articles_in(side.measured, at.since, before):,} articles"
        f" read) and {days_words(at.middle, at.until)} "
        f"({articles_in(side.measured, at.middle, at.until):,})"
    )
