"""From candidates and judgements to the public record, in offsets of the text as given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from tocsin.events import date_of, place_of, quantities_of
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.triggers import load_triggers
from tocsin.modality.clauses import base_phrase
from tocsin.modality.judge import PROMISED, SAID
from tocsin.model.candidate import Attribution as Cue
from tocsin.model.candidate import Candidate, Judgement
from tocsin.model.codec import event_to_dict
from tocsin.model.document import Span
from tocsin.model.event import (
    Actor,
    Attribution,
    Content,
    Event,
    Evidence,
    Place,
    Quantity,
    Speaker,
    When,
)
from tocsin.model.ids import content_id
from tocsin.model.mention import ActorMention, DateMention, Mention, PlaceMention, QuantityMention
from tocsin.model.parse import Sentence
from tocsin.pipeline.stage import Work
from tocsin.places.zones import clock, zone_at

M = TypeVar("M", bound=Mention)


def assemble(work: Work) -> tuple[Event, ...]:
    """Return the events of a document, in the order of its text."""
    assembler = Assembler(work)
    events = [
        assembler.event(candidate, judgement)
        for candidate, judgement in zip(work.candidates, work.judgements, strict=True)
        if judgement.status is not None
    ]
    return tuple(events)


class Assembler:
    """Turns the mentions of one document into values of the public record."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.ontology = load_ontology()
        self.deeds = load_triggers().by_noun
        self.dates = _by_sentence(work.dates)
        self.places = _by_sentence(work.places)
        self.quantities = _by_sentence(work.quantities)

    def event(self, candidate: Candidate, judgement: Judgement) -> Event:
        """Assemble one event; its id is a hash of everything else in it."""
        document = self.work.document
        sent = self.work.parse.sentences[candidate.sentence]
        kind = self.ontology.types[candidate.type]
        date = date_of(sent, candidate, self.dates[sent.index], judgement.attribution)
        place = place_of(sent, candidate, self.places[sent.index])
        quantities = quantities_of(sent, candidate, self.quantities[sent.index])
        deadline = self.deadline(sent, judgement.deadline)
        if date is not None and self.is_of_content(candidate, judgement, date):
            if deadline is None and candidate.type in PROMISED:
                deadline = self.when(date)
            date = None
        status = judgement.status
        assert status is not None, "a dropped candidate is no event"
        event = Event(
            id="",
            document=document.id,
            sentence=self.span(sent.start, sent.end),
            type=candidate.type,
            mode=candidate.mode,
            contexts=candidate.contexts,
            quad=kind.quad,
            score=kind.score_of(candidate.mode),
            cameo=kind.cameo_of(candidate.mode),
            trigger=self.tokens(sent, min(candidate.trigger), max(candidate.trigger) + 1),
            actors=tuple(self.actor(m) for m in candidate.actors),
            recipients=tuple(self.actor(m) for m in candidate.recipients),
            status=status,  # type: ignore[arg-type]  # the rule files are linted for it
            content=self.content(sent, candidate.content),
            condition=self.tokens(sent, *judgement.condition) if judgement.condition else None,
            deadline=deadline,
            attribution=tuple(self.attribution(cue) for cue in judgement.attribution),
            date=self.when(date, place) if date else None,
            published=self.work.published,
            dated=self.work.dated,
            place=self.place(place) if place else None,
            quantities=tuple(self.quantity(q) for q in quantities),
            confidence=round(candidate.weight, 2),
            evidence=self.evidence(sent, candidate, judgement),
            object=self.object(sent, candidate),
            cardinality=judgement.cardinality,  # type: ignore[arg-type]  # as status
        )
        record = event_to_dict(event)
        record.pop("id")
        return replace(event, id=content_id(record))

    def span(self, start: int, end: int) -> Span:
        """A clean-text span as a span of the text as given."""
        first, last = self.work.clean.given_span(start, end)
        return Span(first, last, self.work.document.text[first:last])

    def tokens(self, sent: Sentence, first: int, stop: int) -> Span:
        """A token range as a span of the text as given."""
        return self.span(*sent.offsets(first, stop))

    def actor(self, mention: ActorMention) -> Actor:
        """An actor or recipient; one that the sentence only implies has no span."""
        span = None if mention.via == "implied" else self.span(mention.start, mention.end)
        return Actor(
            start=span.start if span else None,
            end=span.end if span else None,
            text=span.text if span else None,
            country=mention.country,
            sectors=mention.sectors,
            entity=mention.entity,
            via=mention.via,
        )

    def attribution(self, cue: Cue) -> Attribution:
        """One link of the chain of words."""
        speaker = None
        if cue.speaker is not None:
            actor = self.actor(cue.speaker)
            speaker = Speaker(
                start=actor.start,
                end=actor.end,
                text=actor.text,
                country=actor.country,
                sectors=actor.sectors,
                entity=actor.entity,
                via=actor.via,
                state_media=cue.speaker.state_media,
                anonymous=cue.speaker.anonymous,
            )
        sent = self.work.parse.sentences[cue.sentence]
        return Attribution(
            speaker=speaker,
            cue=self.tokens(sent, *cue.cue),
            stance=cue.stance,  # type: ignore[arg-type]  # the rule files are linted for it
        )

    def content(self, sent: Sentence, candidate: Candidate | None) -> Content | None:
        """The nested event of a threat, demand, agreement or refusal."""
        if candidate is None:
            return None
        return Content(
            type=candidate.type,
            mode=candidate.mode,
            trigger=self.tokens(sent, min(candidate.trigger), max(candidate.trigger) + 1),
            actors=tuple(self.actor(m) for m in candidate.actors),
            recipients=tuple(self.actor(m) for m in candidate.recipients),
        )

    def object(self, sent: Sentence, candidate: Candidate) -> Span | None:
        """What was acted upon: the phrase up to its head, where no actor stands in it; of a noun
        that tells the deed the words before it that belong to it ("missile test")."""
        tokens = sent.tokens
        head = candidate.object
        deed = tokens[candidate.head]
        if candidate.nominal or (deed.pos == "NOUN" and deed.lemma in self.deeds):
            own = [i for i in candidate.trigger if i < candidate.head]
            things = [i for i in own if tokens[i].head == candidate.head]
            things = [i for i in things if tokens[i].dep in ("compound", "amod", "nmod")]
            return self.tokens(sent, things[0], things[-1] + 1) if things else None
        if head is None or tokens[head].pos not in ("NOUN", "PROPN"):
            return None
        if head in candidate.trigger and tokens[head].lemma in self.deeds:
            return None
        if any(
            entity.first <= head < entity.stop and entity.label in ("DATE", "TIME")
            for entity in sent.entities
        ):
            return None
        if any(m.first <= head < m.stop for m in (*candidate.actors, *candidate.recipients)):
            return None
        return self.tokens(sent, *base_phrase(sent, head))

    def when(self, mention: DateMention, place: PlaceMention | None = None) -> When:
        """A date with its span and what it hangs on; its time of day is that of ``place``."""
        span = self.span(mention.start, mention.end)
        since, until = mention.since, mention.until
        told = clock(mention.value, since, _zone(place)) if mention.kind == "TIME" else None
        if told is not None and since == until:
            since = until = told[1]
        return When(
            start=since,
            end=until,
            time=told[0] if told else None,
            text=span.text,
            span=span,
            anchor=mention.anchor,
        )

    def is_of_content(self, candidate: Candidate, judgement: Judgement, date: DateMention) -> bool:
        """Whether a date is that of what was said, and not of the saying: "agreed to meet on June
        12", told in May."""
        published = self.work.published
        ahead = published is not None and date.since is not None and date.since > published
        return ahead and candidate.type in SAID and judgement.status != "predicted"

    def deadline(self, sent: Sentence, tokens: tuple[int, int] | None) -> When | None:
        """The deadline: the time expression found there, or the words themselves, undated."""
        if tokens is None:
            return None
        for mention in self.dates[sent.index]:
            if mention.first < tokens[1] and tokens[0] < mention.stop:
                return self.when(mention)
        span = self.tokens(sent, *tokens)
        return When(start=None, end=None, text=span.text, span=span, anchor="none")

    def place(self, mention: PlaceMention) -> Place:
        """Where it happened."""
        return Place(
            name=mention.name,
            country=mention.country,
            lat=mention.lat,
            lon=mention.lon,
            geonameid=mention.geonameid,
            radius_km=mention.radius_km,
            admin1=mention.admin1,
            span=self.span(mention.start, mention.end),
        )

    def quantity(self, mention: QuantityMention) -> Quantity:
        """A count."""
        return Quantity(
            value=mention.value,
            upper=mention.upper,
            unit=mention.unit,
            qualifier=mention.qualifier,
            occasions=mention.occasions,
            period=self.when(mention.period) if mention.period else None,
            casualty=mention.casualty,
            part=mention.part,
            span=self.span(mention.start, mention.end),
        )

    def evidence(
        self, sent: Sentence, candidate: Candidate, judgement: Judgement
    ) -> tuple[Evidence, ...]:
        """The trigger rule with what it looked at, every cue of modality, the model's answer."""
        trigger = Evidence(
            rule=candidate.rule,
            spans=tuple(self.tokens(sent, first, stop) for first, stop in candidate.spans),
        )
        cues = tuple(
            Evidence(rule=rule, spans=(self.tokens(sent, first, stop),))
            for rule, first, stop in judgement.cues
        )
        if candidate.model is None:
            return (trigger, *cues)
        asked = Evidence(rule=None, spans=(), model="relation", probability=candidate.model)
        return (trigger, *cues, asked)


def _by_sentence(mentions: Sequence[M]) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for mention in mentions:
        found[mention.sentence].append(mention)
    return found


def _zone(place: PlaceMention | None) -> ZoneInfo | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return zone_at(place.lat, place.lon)
