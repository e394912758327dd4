"""One incident: its best values, every report side by side, who claims what, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.knowledge.kind_names import kind_name
from tocsin.model.decision import Decision
from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Event
from tocsin.model.incident import Days, Incident, Party
from tocsin.model.threat import Threat
from tocsin.report.crisis import wording
from tocsin.report.crisis.references import is_state_media
from tocsin.report.markup import segments
from tocsin.report.view import STATUS_WORDS, days_words, record, sentence_marks, title_of
from tocsin.report.view import Party as PartyWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value that reports give, in words; ``reports`` are the numbers of those that give it,
    ``best`` whether it is the one that counts."""

    words: str
    code: str
    reports: tuple[int, ...]
    best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All values of one kind; reports ``disagree`` where they give several that cannot all be."""

    name: str
    values: tuple[Value, ...]
    disagree: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a sentence and the roles that it plays, by their letters (t: what was done, a: by
    whom, r: to whom, s: who says so, d: when, p: where, q: how many, o: what it is about)."""

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report: its sentence in pieces, what it was coded as, and the article it stands in."""

    number: int
    event: str
    document: str
    title: str
    outlet: str | None
    state_media: bool
    published: date | None
    url: str | None
    pieces: tuple[Piece, ...]
    type: str
    mode: str | None
    kind: str
    quad: int
    status: str
    who: str
    whom: str
    when: str
    where: str
    says: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """Who says what of it."""

    speaker: str
    country: str | None
    stance: str
    state_media: bool
    anonymous: bool
    first: date | None
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatLink:
    """A threat or demand that this incident is, or that it settled, in its sentence, with its
    outcome."""

    id: str
    kind: str
    words: str
    outcome: str
    reason: str
    other: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision about it; ``holds`` says whether it is not undone."""

    number: int
    made: str
    who: str
    action: str
    words: str
    note: str | None
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """Everything that the store holds of one incident."""

    id: str
    heading: str
    kind: str
    type: str
    mode: str | None
    quad: int
    score: float
    contexts: tuple[str, ...]
    status: str
    status_words: str
    status_reason: str
    cardinality: str
    when: str
    start: date | None
    end: date | None
    dyads: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    claims: tuple[ClaimView, ...]
    reports: tuple[ReportView, ...]
    articles: int
    texts: int
    sources: int
    first_report: date | None
    last_report: date | None
    is_threat: ThreatLink | None
    settles: tuple[ThreatLink, ...]
    decisions: tuple[DecisionView, ...]


def incident_page(
    incident: Incident,
    events: Mapping[str, Event],
    documents: Mapping[str, Document],
    *,
    threat: Threat | None,
    settles: Sequence[Threat],
    decisions: Sequence[tuple[Decision, bool]],
) -> IncidentPage:
    """The page of an incident, given its events and their documents by id, what it was as a threat,
    the threats that it settled, and what was decided about it."""
    numbers = {id_: number for number, id_ in enumerate(incident.reports, 1)}
    return IncidentPage(
        id=incident.id,
        heading=f"{wording.names(incident.actors)} → {wording.names(incident.recipients)}",
        kind=wording.kind(incident),
        type=incident.type,
        mode=incident.mode,
        quad=incident.quad,
        score=incident.score,
        contexts=incident.contexts,
        status=incident.status,
        status_words=STATUS_WORDS[incident.status],
        status_reason=incident.status_reason,
        cardinality=incident.cardinality,
        when=wording.when(incident),
        start=incident.start,
        end=incident.end,
        dyads=_dyads(incident),
        fields=tuple(_fields(incident, events, numbers)),
        claims=tuple(_claims(incident, numbers)),
        reports=tuple(
            report_view(numbers[id_], events[id_], documents[events[id_].document])
            for id_ in incident.reports
            if id_ in events and events[id_].document in documents
        ),
        articles=len(incident.documents),
        texts=incident.families,
        sources=incident.sources,
        first_report=incident.first_report,
        last_report=incident.last_report,
        is_threat=_threat(threat, threat.outcome_incident) if threat else None,
        settles=tuple(_threat(one, one.id) for one in settles),
        decisions=tuple(decision_view(one, holds) for one, holds in decisions),
    )


def report_view(number: int, event: Event, document: Document) -> ReportView:
    """One report with its sentence cut where something begins or ends in it."""
    told = record(number, event)
    marks = sentence_marks(number, event)
    says = "; ".join(
        " ".join(filter(None, (link.party.text if link.party else "", f"“{link.cue}”")))
        + f" ({', '.join((link.stance, *link.flags))})"
        for link in told.says
    )
    return ReportView(
        number=number,
        event=event.id,
        document=document.id,
        title=title_of(document),
        outlet=document.outlet,
        state_media=is_state_media(document.outlet),
        published=event.published,
        url=wording.web_address(document.url),
        pieces=tuple(
            Piece(
                text=event.sentence.text[piece.start : piece.end],
                roles=tuple(dict.fromkeys(role for _, role in piece.roles)),
            )
            for piece in segments(marks, 0, len(event.sentence.text))
        ),
        type=event.type,
        mode=event.mode,
        kind=kind_name(event.type, event.mode),
        quad=event.quad,
        status=event.status,
        who=", ".join(map(_called, told.who, event.actors)),
        whom=", ".join(map(_called, told.whom, event.recipients)),
        when=told.when,
        where=told.where,
        says=says,
        confidence=event.confidence,
    )


def decision_view(decision: Decision, holds: bool) -> DecisionView:
    """A decision in words."""
    labels = " ".join(filter(None, (decision.type, decision.mode, decision.status)))
    words = {
        "relabel": f"corrected to {labels}",
        "undo": f"took back decision {decision.undoes}",
        "merge": "put together",
        "split": "parted",
        "reject": "rejected: nothing that happened or was said",
        "accept": "found right",
    }
    return DecisionView(
        number=decision.number,
        made=decision.made,
        who=decision.who,
        action=decision.action,
        words=words[decision.action],
        note=decision.note,
        holds=holds,
    )


def _called(party: PartyWords, actor: Actor) -> str:
    """The words for somebody, and behind words that could be anybody who is meant."""
    names = (actor.entity.name if actor.entity else None, actor.country)
    meant = next((name for name in names if name and name != party.text), None)
    if actor.via not in ("pronoun", "nominal") or meant is None:
        return party.text
    return f"{party.text} ({meant})"


def _dyads(incident: Incident) -> tuple[tuple[str, str], ...]:
    pairs = (
        (one.country, other.country)
        for one in incident.actors
        for other in incident.recipients
        if one.country is not None and other.country is not None and one.country != other.country
    )
    return tuple(dict.fromkeys(pairs))


def _fields(
    incident: Incident, events: Mapping[str, Event], numbers: Mapping[str, int]
) -> Iterable[Field]:
    def at(reports: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(numbers[id_] for id_ in reports if id_ in numbers))

    def parties(name: str, found: Sequence[Party]) -> Field:
        return Field(
            name=name,
            values=tuple(
                Value(words=one.name, code=_code(one), reports=at(one.reports), best=True)
                for one in found
            ),
            disagree=False,
        )

    yield parties("Who", incident.actors)
    yield parties("To whom", incident.recipients)
    yield Field(
        name="When",
        values=tuple(
            Value(words=_days(days), code="", reports=at(days.reports), best=place == 0)
            for place, days in enumerate(incident.days)
        ),
        disagree=_apart(incident.days),
    )
    yield Field(
        name="Where",
        values=tuple(
            Value(
                words=site.name, code=site.country or "", reports=at(site.reports), best=place == 0
            )
            for place, site in enumerate(incident.sites)
        ),
        disagree=False,
    )
    units = [(count.unit, count.casualty, count.total) for count in incident.counts]
    yield Field(
        name="Counts",
        values=tuple(
            Value(
                words=count.words, code="", reports=at(count.reports),
                best=units.index((count.unit, count.casualty, count.total)) == place,
            )
            for place, count in enumerate(incident.counts)
        ),
        disagree=len(set(units)) < len(units),
    )  # fmt: skip
    yield from _of_words(incident, events, at)
    if incident.deadline is not None:
        days = _all_deadlines(incident.deadline, events)
        yield Field(
            name="Deadline",
            values=tuple(
                Value(words=_days(one), code="", reports=at(one.reports), best=place == 0)
                for place, one in enumerate(days)
            ),
            disagree=_apart(days),
        )


def _of_words(
    incident: Incident, events: Mapping[str, Event], at: Callable[[Iterable[str]], tuple[int, ...]]
) -> Iterable[Field]:
    """What is told in words, with the reports that tell the same."""
    content = incident.content_type, incident.content_mode
    told: dict[str, list[str]] = {"What": [], "About": [], "Condition": []}
    for id_, event in events.items():
        if _same(event.object, incident.object):
            told["What"].append(id_)
        if event.content is not None and (event.content.type, event.content.mode) == content:
            told["About"].append(id_)
        if _same(event.condition, incident.condition):
            told["Condition"].append(id_)
    for name, words in (
        ("What", incident.object),
        ("About", _about(incident)),
        ("Condition", incident.condition),
    ):
        if words:
            shown = Value(words=words, code="", reports=at(told[name]), best=True)
            yield Field(name=name, values=(shown,), disagree=False)


def _same(span: Span | None, words: str | None) -> bool:
    return span is not None and words is not None and span.text.split() == words.split()


def _all_deadlines(best: Days, events: Mapping[str, Event]) -> tuple[Days, ...]:
    """The deadline that counts, and behind it those that other reports give."""
    others: dict[tuple[date | None, date | None], list[str]] = {}
    for id_, event in events.items():
        due = event.deadline
        if due is not None and (due.start or due.end) and id_ not in best.reports:
            others.setdefault((due.start, due.end), []).append(id_)
    return best, *(
        Days(start=start, end=end, reports=tuple(ids)) for (start, end), ids in others.items()
    )


def _about(incident: Incident) -> str | None:
    if incident.content_type is None:
        return None
    words = kind_name(incident.content_type, incident.content_mode)
    if incident.content_text:
        words += f": “{incident.content_text}”"
    sides = [wording.names(one) for one in (incident.content_actors, incident.content_recipients)]
    if incident.content_actors or incident.content_recipients:
        words += f" ({' → '.join(sides)})"
    return words


def _apart(days: Sequence[Days]) -> bool:
    """Whether two reports give days of which none is the same."""
    known = [(one.start, one.end) for one in days]
    return any(
        end is not None and start is not None and end < start
        for _, end in known
        for start, _ in known
    )


def _claims(incident: Incident, numbers: Mapping[str, int]) -> Iterable[ClaimView]:
    for claim in incident.claims:
        yield ClaimView(
            speaker=claim.speaker.name if claim.speaker else "somebody unnamed",
            country=claim.speaker.country if claim.speaker else None,
            stance=claim.stance,
            state_media=claim.state_media,
            anonymous=claim.anonymous,
            first=claim.first,
            reports=tuple(sorted(numbers[id_] for id_ in claim.reports if id_ in numbers)),
        )


def _threat(threat: Threat, other: str | None) -> ThreatLink:
    return ThreatLink(
        id=threat.id,
        kind=threat.kind,
        words=threat.sentence,
        outcome=threat.outcome,
        reason=threat.reason,
        other=other,
    )


def _code(party: Party) -> str:
    return " ".join(filter(None, (party.country, *party.sectors)))


def _days(days: Days) -> str:
    return days_words(days.start, days.end) or "unknown"
