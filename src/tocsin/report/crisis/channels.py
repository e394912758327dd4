"""Channels and agreements: the state of each, since when, and its steps with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.model.channel import Step, Thing
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.references import source_words
from tocsin.report.view import days_words

#: States by which a channel or an agreement is lost, and by which it is there again.
LOST = frozenset(("closed", "suspended", "destroyed", "left", "scrapped"))
GAINED = frozenset(("open", "restored", "in force"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One state that it came to: ``firm`` where it is told as a fact."""

    state: str
    when: str
    by: str
    status: str
    firm: bool
    inside: bool
    sentence: str
    source: str
    url: str | None
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingRow:
    """One thing with its steps, the last first."""

    name: str
    kind: str
    category: str
    between: str
    state: str
    since: str
    lost: bool
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """All of them, those with steps in the period first."""

    rows: tuple[ThingRow, ...]
    command: str


def channels(material: Material) -> Channels:
    """The rows of ``tocsin channels`` for both sides, each once."""
    things = sorted(
        material.things,
        key=lambda thing: (
            not any(_inside(step, material) for step in thing.steps), thing.category, thing.name,
        ),
    )  # fmt: skip
    return Channels(
        rows=tuple(_row(thing, material) for thing in things),
        command=f"tocsin channels --db {material.store} --dyad {':'.join(material.dyad)}",
    )


def changed_in(thing: Thing, material: Material, states: frozenset[str]) -> list[Step]:
    """The firm steps to one of these states that began in the period, by their days."""
    return [
        step
        for step in thing.steps
        if step.firm and step.state in states and step.start is not None and _inside(step, material)
    ]


def _inside(step: Step, material: Material) -> bool:
    """Whether it began in the period: its first day not before, its last not after."""
    first, last = step.start or step.end, step.end or step.start
    if first is None or last is None:
        return False
    return material.since <= first and last <= material.until


def _row(thing: Thing, material: Material) -> ThingRow:
    return ThingRow(
        name=thing.name,
        kind=thing.kind.replace("-", " "),
        category=thing.category,
        between=wording.listed([wording.country(party) for party in thing.parties]),
        state=thing.state or "no state told as a fact",
        since=_when(thing.since, thing.until) if thing.state else "",
        lost=thing.state in LOST,
        steps=tuple(_step(step, material) for step in reversed(thing.steps)),
    )


def _when(first: date | None, last: date | None) -> str:
    if first is None and last is not None:
        return f"known to be so on {days_words(last, last)}"
    return days_words(first, last)


def _actor(code: str, name: str) -> str:
    return wording.country(code) if name == code else name


def _step(step: Step, material: Material) -> StepRow:
    toward = f" to be {step.toward}" if step.toward else ""
    article = next(
        (material.articles[id_] for id_ in step.documents if id_ in material.articles), None
    )
    return StepRow(
        state=f"{step.state}{toward}" + (", for a time" if step.temporary else ""),
        when=_when(step.start, step.end) or "day not told",
        by=wording.listed([_actor(*actor) for actor in step.actors[:3]]),
        status=step.status,
        firm=step.firm,
        inside=_inside(step, material),
        sentence=step.sentence,
        source=source_words(article.outlet, article.day) if article else "",
        url=wording.web_address(article.url) if article else None,
        more=len(step.documents) - 1,
    )
