"""The stages in their order: an explicit list, no registry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tocsin.actors import ActorFinder, packs_spoken_of
from tocsin.events import Attempt, EventFinder, fill_implied
from tocsin.events.channels import StateFinder
from tocsin.events.contexts import contexts_of, document_contexts
from tocsin.events.deciding import Decider
from tocsin.events.relation import RelationModel
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.cardinality import load_cardinality
from tocsin.knowledge.channels import load_channel_rules, load_known_things
from tocsin.knowledge.combination import load_combination
from tocsin.knowledge.contexts import load_contexts
from tocsin.knowledge.gazetteer import load_gazetteer
from tocsin.knowledge.logistic import load_background, load_confidence
from tocsin.knowledge.modality import load_modality
from tocsin.knowledge.packs import shipped_packs
from tocsin.knowledge.triggers import load_triggers
from tocsin.modality import Modality
from tocsin.model.candidate import Judgement
from tocsin.model.mention import ActorMention
from tocsin.pipeline.assemble import assemble
from tocsin.pipeline.given import with_given
from tocsin.pipeline.stage import Stage, Work
from tocsin.pipeline.states import find_states
from tocsin.pipeline.weigh import weighed
from tocsin.places import find_places
from tocsin.quantities import find_quantities
from tocsin.timex import find_dates


def build_stages(
    *,
    packs: Sequence[str] | None = None,
    actors: Path | None = None,
    model: RelationModel | None = None,
    min_confidence: float | None = None,
) -> tuple[Stage, ...]:
    """Load the knowledge that the stages share and return the stages in order.

    ``packs`` are on for every document; when it is None, each of those that ship is on for the
    documents that speak of it. ``actors`` is a user's own file of them. With a relation ``model``
    it settles the types that the rules gave and proposes more; events less sure than
    ``min_confidence`` go then, or by the bounds of ``rules/confidence.yaml`` where it is None.
    """
    chosen = shipped_packs() if packs is None else tuple(packs)
    table = load_actors(packs=chosen, own=actors)
    actor_finder = ActorFinder(table)
    # Places are loaded once for each set of packs that a document is about, when it comes.
    load_gazetteer(packs=chosen)
    loaded = dict(zip(table.packs, chosen, strict=True))
    triggers = load_triggers()
    finder = EventFinder(triggers)
    modality = Modality(load_modality(), load_background(), load_cardinality())
    context_rules = load_contexts()
    state_finder = StateFinder(load_channel_rules(), load_known_things(chosen))

    def dates(work: Work) -> Mapping[str, Any]:
        return {"dates": find_dates(work.parse, published=work.published)}

    def quantities(work: Work) -> Mapping[str, Any]:
        return {"quantities": find_quantities(work.parse, work.dates)}

    def packs_on(work: Work) -> Mapping[str, Any]:
        if packs is not None:
            return {"packs": tuple(loaded)}
        return {"packs": packs_spoken_of(work.parse, table, title=work.document.title)}

    def find_actors(work: Work) -> Mapping[str, Any]:
        document = work.document
        found = actor_finder.find(
            work.parse, published=work.published, title=document.title, packs=work.packs
        )
        return {"actors": with_given(work.parse, found, work.given) if work.given else found}

    def places(work: Work) -> Mapping[str, Any]:
        gazetteer = load_gazetteer(packs=[loaded[name] for name in work.packs])
        return {"places": find_places(work.parse, gazetteer, actors=work.actors)}

    def events(work: Work) -> Mapping[str, Any]:
        by_sentence: dict[int, list[Any]] = defaultdict(list)
        for mention in _acting(work):
            by_sentence[mention.sentence].append(mention)
        candidates: list[Any] = []
        attempts: list[tuple[int, Attempt]] = []
        for sent in work.parse.sentences:
            found, tried = finder.find_in(work.parse.text, sent, by_sentence.get(sent.index, ()))
            candidates.extend(found)
            attempts.extend((sent.index, attempt) for attempt in tried)
        return {"candidates": fill_implied(work.parse, candidates), "attempts": tuple(attempts)}

    def about(work: Work) -> Mapping[str, Any]:
        whole = document_contexts(work.parse, context_rules)
        return {
            "candidates": tuple(
                replace(
                    candidate,
                    contexts=contexts_of(
                        work.parse.sentences[candidate.sentence],
                        candidate,
                        context_rules,
                        document=whole,
                    ),
                )
                for candidate in work.candidates
            )
        }

    def judge(work: Work) -> Mapping[str, Any]:
        judgements = modality.judge(
            work.parse,
            work.candidates,
            actors=_acting(work),
            dates=work.dates,
            published=work.published,
        )
        return {"judgements": tuple(map(_without_supposed, judgements))}

    settling: tuple[Stage, ...] = ()
    weighing: tuple[Stage, ...] = ()
    if model is not None:
        decider = Decider(model, load_combination(), triggers)

        def settle(work: Work) -> Mapping[str, Any]:
            settled, asked = decider.settle(work.parse, work.candidates, _acting(work))
            return {"candidates": settled, "asked": asked}

        settling = (
            Stage("relation", ("parse", "candidates", "actors"), ("candidates", "asked"), settle),
        )
        confidence = load_confidence()
        if min_confidence is not None:
            confidence = confidence.from_(min_confidence)

        def weigh(work: Work) -> Mapping[str, Any]:
            return weighed(work, confidence)

        weighing = (
            Stage(
                "confidence",
                ("candidates", "judgements", "asked"),
                ("candidates", "judgements", "reasons"),
                weigh,
            ),
        )
    return (
        Stage("dates", ("parse", "dated"), ("dates",), dates),
        Stage("quantities", ("parse", "dates"), ("quantities",), quantities),
        Stage("packs", ("document", "parse"), ("packs",), packs_on),
        Stage("actors", ("parse", "dated", "given", "packs"), ("actors",), find_actors),
        Stage("places", ("parse", "actors", "packs"), ("places",), places),
        Stage("events", ("parse", "actors"), ("candidates", "attempts"), events),
        *settling,
        Stage("contexts", ("parse", "candidates"), ("candidates",), about),
        Stage("modality", ("candidates", "actors", "dates", "dated"), ("judgements",), judge),
        *weighing,
        Stage(
            "assemble",
            ("candidates", "judgements", "dates", "quantities", "places"),
            ("events",),
            lambda work: {"events": assemble(work)},
        ),
        Stage(
            "states",
            ("parse", "packs", "actors", "places", "dates", "events"),
            ("states",),
            lambda work: {"states": find_states(work, state_finder, modality)},
        ),
    )


def _acting(work: Work) -> tuple[ActorMention, ...]:
    """The mentions that may be parties of an event."""
    return tuple(mention for mention in work.actors if mention.acts)


def _without_supposed(judgement: Judgement) -> Judgement:
    """What is only wished, allowed, demanded or supposed nobody did: it is no event."""
    if judgement.status != "hypothetical":
        return judgement
    return replace(judgement, status=None, dropped="hypothetical")
