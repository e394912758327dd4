"""The coder: one document in, its events out."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from tocsin.errors import OptionError
from tocsin.events.relation import RelationModel
from tocsin.ingest import clean
from tocsin.knowledge.collecting import nothing_collected
from tocsin.language import DEFAULT_MODEL, Parser
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.reading import Reading
from tocsin.pipeline.publication import published_there
from tocsin.pipeline.stage import Stage, Work, check_stages
from tocsin.pipeline.stages import build_stages

CODERS = ("full", "rules")


class Coder:
    """Codes documents. Loading takes a second or two; make one and use it for many documents.

    ``language_model`` is the import name of an installed spaCy model, ``packs`` the crisis packs
    that are on, each the name of one that ships or a folder; without it each that ships is on for
    the documents that speak of it. ``actors`` is a YAML file of your own actors, which go before
    ours on the days that they hold. ``coder`` is the way of deciding: ``full``, where the relation
    model settles types where it knows better, proposes what no rule saw and tells how sure each
    event is, or ``rules`` alone, which needs neither the model nor onnxruntime. ``model`` is the
    relation model to use instead of the one that ships. ``min_confidence``, from 0 to 1, is how
    sure an event must be (without it, a low bound that differs for what only the model saw).
    Raises ResourceError when the model is not installed, KnowledgeError (with file and row) when a
    rule file, a pack or your file of actors is wrong, OptionError for an unknown coder or a
    confidence that cannot be.
    """

    def __init__(
        self,
        *,
        language_model: str = DEFAULT_MODEL,
        packs: Sequence[str] | None = None,
        actors: str | Path | None = None,
        coder: str = "full",
        model: RelationModel | None = None,
        min_confidence: float | None = None,
    ) -> None:
        if coder not in CODERS:
            raise OptionError(f"unknown coder {coder!r}; available: {', '.join(CODERS)}")
        if min_confidence is not None and coder != "full":
            raise OptionError(
                "a least confidence needs the coder full: to rules alone confidence is the rule's "
                "weight and no probability"
            )
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise OptionError(f"the least confidence must be from 0 to 1, not {min_confidence:g}")
        self.min_confidence = min_confidence
        self.packs = None if packs is None else tuple(packs)
        self.actors = None if actors is None else Path(actors)
        with nothing_collected():
            self.parser = Parser(language_model)
            if coder == "full" and model is None:
                model = RelationModel.load()
            self.stages = self._stages(model if coder == "full" else None)
        check_stages(self.stages)

    def with_model(self, model: RelationModel | None) -> Coder:
        """Return a coder that asks another model, or none, and shares all else with this one."""
        other = copy(self)
        other.stages = self._stages(model)
        return other

    def _stages(self, model: RelationModel | None) -> tuple[Stage, ...]:
        return build_stages(
            packs=self.packs,
            actors=self.actors,
            model=model,
            min_confidence=self.min_confidence,
        )

    def code(self, document: Document) -> tuple[Event, ...]:
        """Return the events of one document, in the order of its text."""
        return self.work(document).events

    def read(self, document: Document) -> Reading:
        """Return the events of one document, and what it says of channels and agreements.

        One parse serves both; the events are those of :meth:`code`.
        """
        work = self.work(document)
        return Reading(work.events, work.states)

    def work(self, document: Document, *, given: Sequence[tuple[int, int]] = ()) -> Work:
        """Run all stages and return everything that they found, for those who ask why.

        ``given`` are spans of the document's text that count as actors, whoever they are.
        """
        work = self.begin(document, given=given)
        for stage in self.stages:
            work = replace(work, **stage.run(work))
        return work

    def begin(self, document: Document, *, given: Sequence[tuple[int, int]] = ()) -> Work:
        """Return what the first stage is given: the clean text, its parse, its day."""
        cleaned = clean(document)
        spans = (cleaned.clean_span(start, end) for start, end in given)
        return Work(
            document=document,
            clean=cleaned,
            parse=self.parser.parse(cleaned.text),
            dated=published_there(document),
            given=tuple(span for span in spans if span is not None),
        )
