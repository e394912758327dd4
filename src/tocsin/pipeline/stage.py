"""What a stage is: a name, what it needs, what it gives, and the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tocsin.events import Attempt
from tocsin.ingest.publication import sure_day
from tocsin.model.candidate import Asked, Candidate, Judgement
from tocsin.model.channel import StateReport
from tocsin.model.clean import CleanText
from tocsin.model.document import Dated, Document
from tocsin.model.event import Event
from tocsin.model.mention import ActorMention, DateMention, PlaceMention, QuantityMention
from tocsin.model.parse import Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Everything known of one document on its way; each stage fills the fields that it gives.

    ``given`` are clean-text spans that somebody asks about: they count as actors, whoever they are.
    ``dated`` is the day of publication, given or told by the article, and how well it is known.
    ``packs`` are the names of the packs that are on for the document.
    ``asked`` and ``reasons`` (the features of each candidate's confidence) are empty where no
    relation model is used.
    """

    document: Document
    clean: CleanText
    parse: Parse
    dated: Dated | None = None
    given: tuple[tuple[int, int], ...] = ()
    packs: tuple[str, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    attempts: tuple[tuple[int, Attempt], ...] = ()
    asked: tuple[Asked, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reasons: tuple[Mapping[str, float], ...] = ()
    events: tuple[Event, ...] = ()
    states: tuple[StateReport, ...] = ()

    @property
    def published(self) -> date | None:
        """The day from which relative dates and terms of office are reckoned."""
        return sure_day(self.dated)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step. ``needs`` and ``gives`` are fields of :class:`Work`."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Work], Mapping[str, Any]]


# What the coder has ready before the first stage.
READY = ("document", "clean", "parse", "dated", "given")


def check_stages(stages: Sequence[Stage]) -> None:
    """Raise ValueError where a stage needs what no earlier stage gives, or gives no field."""
    known = set(READY)
    allowed = {field.name for field in fields(Work)}
    for stage in stages:
        missing = [need for need in stage.needs if need not in known]
        if missing:
            raise ValueError(f"stage {stage.name!r} needs {missing}, which no earlier stage gives")
        unknown = [name for name in stage.gives if name not in allowed]
        if unknown:
            raise ValueError(f"stage {stage.name!r} gives {unknown}; Work has {sorted(allowed)}")
        known.update(stage.gives)
