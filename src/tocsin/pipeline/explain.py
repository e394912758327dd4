"""Why a sentence is coded as it is: its parse, its mentions, the rules that fired or nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from tocsin.events.combination import NONE
from tocsin.knowledge.logistic import load_confidence
from tocsin.model.candidate import Candidate, Judgement
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.mention import (
    ActorMention,
    DateMention,
    Mention,
    PlaceMention,
    QuantityMention,
)
from tocsin.model.parse import Sentence
from tocsin.pipeline.coder import Coder
from tocsin.pipeline.stage import Work

M = TypeVar("M", bound=Mention)
# A pair is shown from this share of being related on: below it, dozens say nothing.
_TOLD = 0.1


def explain(coder: Coder, text: str, *, published: date | None = None) -> str:
    """Code ``text`` and return, sentence by sentence, everything that led to the result."""
    return told(coder.work(Document.of(text, published=published)))


def told(work: Work) -> str:
    """Say, sentence by sentence, everything that led to what was coded."""
    return "\n\n".join((_packs(work), *(_sentence(work, sent) for sent in work.parse.sentences)))


def explain_event(coder: Coder, document: Document, event_id: str) -> str | None:
    """Explain the sentence of one event of ``document``; None when it holds no such event."""
    work = coder.work(document)
    for event in work.events:
        if event.id == event_id:
            for sent in work.parse.sentences:
                if work.clean.given_offset(sent.start) == event.sentence.start:
                    return f"{_packs(work)}\n\n{_sentence(work, sent)}"
    return None


def _packs(work: Work) -> str:
    return f"PACKS: {', '.join(work.packs) or 'none'}"


def _sentence(work: Work, sent: Sentence) -> str:
    parts = [
        f"SENTENCE {sent.index + 1}: {work.parse.text[sent.start : sent.end]}",
        _block("parse", _parse(sent)),
        _block("actors", map(_actor, _of(sent, work.actors))),
        _block("dates", map(_date, _of(sent, work.dates))),
        _block("places", map(_place, _of(sent, work.places))),
        _block("quantities", map(_quantity, _of(sent, work.quantities))),
        _block("rules that fired", _fired(work, sent)),
        _block("rules that nearly fired", _nearly(work, sent)),
        *([_block("pairs, by model and rules", _pairs(work, sent))] if work.asked else []),
        _block("events", _events(work, sent)),
    ]
    return "\n".join(part for part in parts if part)


def _block(title: str, lines: Iterable[str]) -> str:
    body = [f"    {line}" for line in lines]
    return "\n".join([f"  {title}:", *(body or ["    none"])])


def _of(sent: Sentence, mentions: Iterable[M]) -> list[M]:
    return [mention for mention in mentions if mention.sentence == sent.index]


def _parse(sent: Sentence) -> Iterator[str]:
    width = max(len(token.text) for token in sent.tokens)
    for token in sent.tokens:
        head = sent.tokens[token.head].text if token.head != token.i else "-"
        words = f"{token.text:<{width}} {token.lemma:<{width}}"
        yield f"{token.i:>3} {words} {token.tag:<5} {token.dep:<10} {head}"


def _actor(m: ActorMention) -> str:
    who = " ".join(filter(None, (m.country or "?", "/".join(m.sectors))))
    name = f" = {m.entity.name} ({m.entity.id})" if m.entity else ""
    return f"{m.text!r} -> {who}{name}, via {m.via}: {m.why or 'no reason given'}"


def _date(m: DateMention) -> str:
    days = f"{m.since} to {m.until}" if m.since else "no days known"
    return f"{m.text!r} -> {m.kind} {m.value}, {days}, anchor {m.anchor}"


def _place(m: PlaceMention) -> str:
    use = "literal" if m.literal else "stands for people or a government"
    return f"{m.text!r} -> {m.name} {m.country or '?'} ({m.lat}, {m.lon}), {use}: {m.why}"


def _quantity(m: QuantityMention) -> str:
    upper = f" to {m.upper:g}" if m.upper is not None else ""
    value = f"{m.value:g}{upper}" if m.value is not None else "?"
    extra = "".join(f", {said}" for said in (m.casualty, m.part) if said)
    extra += f", on {m.occasions} occasions" if m.occasions else ""
    return f"{m.text!r} -> {m.qualifier or ''} {value} {m.unit}{extra}".replace("  ", " ")


def _fired(work: Work, sent: Sentence) -> Iterator[str]:
    for index, attempt in work.attempts:
        if index == sent.index and attempt.stopped is None:
            yield f"{attempt.rule} on {sent.tokens[attempt.token].text!r}"


def _nearly(work: Work, sent: Sentence) -> Iterator[str]:
    for index, attempt in work.attempts:
        if index == sent.index and attempt.stopped is not None:
            yield f"{attempt.rule} on {sent.tokens[attempt.token].text!r}: {attempt.stopped}"


def _pairs(work: Work, sent: Sentence) -> Iterator[str]:
    """The pairs that are likelier related than a tenth, with what model and rules say of them."""
    for asked in work.asked:
        if asked.sentence != sent.index or asked.model is None or asked.shares is None:
            continue
        if 1 - asked.shares.get(NONE, 0.0) >= _TOLD:
            actor, recipient = (m.text if m else "…" for m in (asked.actor, asked.recipient))
            yield (
                f"{actor} -> {recipient}: model {_likeliest(asked.model)}; "
                f"with the rules {_likeliest(asked.shares)}"
            )


def _likeliest(shares: Mapping[str, float]) -> str:
    best = sorted(shares.items(), key=lambda item: -item[1])[:2]
    return ", ".join(f"{label} {share:.2f}" for label, share in best)


def _events(work: Work, sent: Sentence) -> Iterator[str]:
    events = iter(work.events)
    reasons = work.reasons or ({},) * len(work.candidates)
    weights = load_confidence()
    for candidate, judgement, found in zip(work.candidates, work.judgements, reasons, strict=True):
        event = next(events) if judgement.status is not None else None
        if candidate.sentence == sent.index:
            yield _judged(candidate, judgement, event)
            if judgement.reasons:
                told = [f"{name} {said:+.2f}" for name, said in judgement.reasons]
                yield f"  {judgement.status} by {', '.join(told)}"
            if found:
                told = [f"{name} {said:+.2f}" for name, said in weights.loudest(found)]
                yield f"  {candidate.weight:.2f} sure, moved by {', '.join(told) or 'nothing'}"


def _judged(candidate: Candidate, judgement: Judgement, event: Event | None) -> str:
    kind = candidate.type + (f"/{candidate.mode}" if candidate.mode else "")
    who = " + ".join(m.text for m in candidate.actors) or "?"
    whom = " + ".join(m.text for m in candidate.recipients) or "?"
    cues = ", ".join(rule for rule, _, _ in judgement.cues)
    because = f" because of {cues}" if cues else ""
    if event is None:
        return f"{kind}: {who} -> {whom}: no event, {judgement.dropped}{because}"
    line = f"{kind}: {who} -> {whom}: {event.status}{because}, confidence {event.confidence}"
    for link in event.attribution:
        speaker = link.speaker.text if link.speaker else "nobody named"
        line += f"; {speaker} {link.stance} ({link.cue.text})"
    return f"{line}; id {event.id}"
