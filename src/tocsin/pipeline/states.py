"""From the states that a document gives things to the public record of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.events.channels import DATED, StateCandidate, StateFinder
from tocsin.modality import Modality
from tocsin.model.candidate import Judgement
from tocsin.model.channel import FIRM, StateReport
from tocsin.model.codec import record_to_dict
from tocsin.model.event import Event, Evidence
from tocsin.model.ids import content_id
from tocsin.pipeline.assemble import Assembler
from tocsin.pipeline.stage import Work

# What is taken for granted ("the closed border") is so: nothing around it can doubt it.
_KNOWN = Judgement(status="actual")
# What is only supposed, wished or demanded is no state of anything.
_NO_STATE = frozenset(("hypothetical", None))


def find_states(work: Work, finder: StateFinder, modality: Modality) -> tuple[StateReport, ...]:
    """Return the reports of a document, in the order of its text."""
    candidates = finder.find(
        work.parse, actors=work.actors, places=work.places, dates=work.dates, packs=work.packs,
        published=work.published,
    )  # fmt: skip
    judged = modality.judge(
        work.parse,
        [candidate.frame for candidate in candidates],
        actors=tuple(mention for mention in work.actors if mention.acts),
        dates=work.dates,
        published=work.published,
    )
    assembler = Assembler(work)
    reports = [
        _report(assembler, candidate, _KNOWN if candidate.known else judgement)
        for candidate, judgement in zip(candidates, judged, strict=True)
        if candidate.known or judgement.status not in _NO_STATE
    ]
    return tuple(sorted(reports, key=lambda r: (r.sentence.start, r.thing.start, r.words.start)))


def _report(assembler: Assembler, candidate: StateCandidate, judgement: Judgement) -> StateReport:
    """Assemble one report; its id is a hash of everything else in it."""
    work = assembler.work
    thing = candidate.thing
    sent = work.parse.sentences[thing.sentence]
    words = assembler.tokens(sent, candidate.first, candidate.stop)
    head = sent.tokens[candidate.frame.head]
    event = _event(assembler, work.events, sent.start, (head.start, head.end))
    status = judgement.status
    if candidate.rule == DATED:
        status = "background"
    if candidate.state == "violated" and judgement.attribution and status in FIRM:
        status = "alleged"  # a breach on somebody's word is what he says of it
    # "prepared on Sunday to close": the day of what is ahead is no day before it
    dated = candidate.date if candidate.own_date or status != "predicted" else None
    actors = tuple(assembler.actor(mention) for mention in candidate.frame.actors)
    if not actors and event is not None and not candidate.known:
        actors = event.actors
    report = StateReport(
        id="",
        document=work.document.id,
        sentence=assembler.span(sent.start, sent.end),
        thing=assembler.tokens(sent, thing.first, thing.stop),
        known=thing.known.id if thing.known else None,
        name=thing.name,
        kind=thing.kind.name,
        category=thing.kind.category,
        parties=thing.parties,
        place=thing.place,
        state=candidate.state,
        toward=candidate.toward,
        change=candidate.change,
        temporary=candidate.temporary,
        words=words,
        status=status,  # type: ignore[arg-type]  # the rule files are linted for it
        date=assembler.when(dated) if dated else None,
        published=work.published,
        dated=work.dated,
        actors=actors,
        attribution=tuple(map(assembler.attribution, judgement.attribution)),
        event=event.id if event is not None else None,
        evidence=(
            Evidence(rule=candidate.rule, spans=(words,)),
            *(
                Evidence(rule=rule, spans=(assembler.tokens(sent, first, stop),))
                for rule, first, stop in judgement.cues
            ),
        ),
    )
    record = record_to_dict(report)
    record.pop("id")
    return replace(report, id=content_id(record))


def _event(
    assembler: Assembler, events: Sequence[Event], sentence: int, head: tuple[int, int]
) -> Event | None:
    """The event whose trigger the state's word is."""
    span = assembler.span(*head)
    for event in events:
        if event.trigger.start <= span.start and span.end <= event.trigger.end:
            return event
    return None
