"""Rows of the ledgers: threats and demands, claims, channels and agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.knowledge.kind_names import kind_name
from tocsin.model.channel import Step, Thing
from tocsin.model.document import Document
from tocsin.model.flat_channel import step_words
from tocsin.web.views.lines import Row, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatLine:
    """A threat or demand and what became of it; ``outcome_incident`` is what settled it."""

    id: str
    kind: str
    speakers: tuple[str, ...]
    addressees: tuple[str, ...]
    content: str | None
    words: str | None
    condition: str | None
    deadline_start: date | None
    deadline_end: date | None
    made_start: date | None
    made_end: date | None
    outcome: str
    outcome_incident: str | None
    lag_least: int | None
    lag_most: int | None
    reason: str
    reports: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """A channel or agreement and the state that it is in; ``since`` and ``until`` are the first and
    the last of the days in which that state can have begun."""

    id: str
    name: str
    category: str
    kind: str
    parties: tuple[str, ...]
    state: str | None
    since: date | None
    until: date | None
    steps: tuple[str, ...]
    reports: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """What one party says of one incident."""

    incident: str
    first: date | None
    stance: str
    speaker: str | None
    speaker_country: str | None
    state_media: bool
    anonymous: bool
    reports: int
    kind: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that tells of a step."""

    document: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One state that a thing came to, with the sentence that tells most; ``firm`` whether it is
    told as a fact. ``incidents`` are those of the same words."""

    words: str
    state: str
    toward: str | None
    status: str
    firm: bool
    start: date | None
    end: date | None
    sentence: str
    sources: tuple[Source, ...]
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPage:
    """One channel or agreement, step by step; ``since`` and ``until`` as in a line."""

    id: str
    name: str
    aliases: tuple[str, ...]
    category: str
    kind: str
    parties: tuple[str, ...]
    state: str | None
    since: date | None
    until: date | None
    steps: tuple[StepView, ...]


def claim_lines(rows: Iterable[Row]) -> tuple[ClaimLine, ...]:
    """Lines of rows of the question ``claims``."""
    return tuple(
        ClaimLine(
            incident=row["incident"],
            first=row["first"],
            stance=row["stance"],
            speaker=row["speaker"],
            speaker_country=row["speaker_country"],
            state_media=row["state_media"],
            anonymous=row["anonymous"],
            reports=row["reports"],
            kind=kind_name(row["type"], row["mode"]),
            type=row["type"],
            mode=row["mode"],
            actors=parts(row["actor"]),
            recipients=parts(row["recipient"]),
            status=row["status"],
        )
        for row in rows
    )


def channel_page(
    thing: Thing, documents: Mapping[str, Document], incidents: Mapping[str, str]
) -> ChannelPage:
    """The page of a thing, given its articles and the incidents of its events."""
    return ChannelPage(
        id=thing.id,
        name=thing.name,
        aliases=thing.aliases,
        category=thing.category,
        kind=thing.kind,
        parties=thing.parties,
        state=thing.state,
        since=thing.since,
        until=thing.until,
        steps=tuple(_step(step, documents, incidents) for step in thing.steps),
    )


def _step(step: Step, documents: Mapping[str, Document], incidents: Mapping[str, str]) -> StepView:
    told = [documents[id_] for id_ in step.documents if id_ in documents]
    same = (incidents[id_] for id_ in step.events if id_ in incidents)
    return StepView(
        words=step_words(step),
        state=step.state,
        toward=step.toward,
        status=step.status,
        firm=step.firm,
        start=step.start,
        end=step.end,
        sentence=step.sentence,
        sources=tuple(
            Source(document=one.id, outlet=one.outlet, published=one.published) for one in told
        ),
        incidents=tuple(dict.fromkeys(same)),
    )


def threat_lines(rows: Iterable[Row]) -> tuple[ThreatLine, ...]:
    """Lines of rows of the question ``threats``."""
    return tuple(
        ThreatLine(
            id=row["id"],
            kind=row["kind"],
            speakers=parts(row["speaker"]),
            addressees=parts(row["addressee"]),
            content=_content(row),
            words=row["content_text"],
            condition=row["condition"],
            deadline_start=row["deadline_start"],
            deadline_end=row["deadline_end"],
            made_start=row["made_start"],
            made_end=row["made_end"],
            outcome=row["outcome"],
            outcome_incident=row["outcome_incident"],
            lag_least=row["lag_least"],
            lag_most=row["lag_most"],
            reason=row["reason"],
            reports=row["reports"],
            sentence=row["sentence"],
        )
        for row in rows
    )


def channel_lines(rows: Iterable[Row]) -> tuple[ChannelLine, ...]:
    """Lines of rows of the question ``channels``."""
    return tuple(
        ChannelLine(
            id=row["id"],
            name=row["name"],
            category=row["category"],
            kind=row["kind"],
            parties=parts(row["parties"]),
            state=row["state"],
            since=row["since"],
            until=row["until"],
            steps=parts(row["steps"]),
            reports=row["reports"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    )


def _content(row: Row) -> str | None:
    if row["content_type"] is None:
        return None
    return kind_name(row["content_type"], row["content_mode"])
