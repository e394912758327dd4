"""The ledgers: threats and demands, claims, channels and agreements."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, Query

from tocsin.errors import OptionError
from tocsin.knowledge.channels import load_channel_rules
from tocsin.linking.follow_through import FollowThrough, follow_through
from tocsin.model.channel import Thing
from tocsin.model.codec import record_from_dict
from tocsin.model.threat import Kind, Threat
from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.asked import AskedChannels, AskedClaims, AskedThreats
from tocsin.web.desk import TheDesk
from tocsin.web.problems import NotFoundError
from tocsin.web.views.ledgers import (
    ChannelLine,
    ChannelPage,
    ClaimLine,
    ThreatLine,
    channel_lines,
    channel_page,
    claim_lines,
    threat_lines,
)
from tocsin.web.views.lines import Page, page_of

router = APIRouter(tags=["ledgers"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often threats of one speaker were carried out, or demands complied with: ``done`` of
    ``settled``, with the 95 % interval of Jeffreys."""

    kind: str
    speaker: str
    settled: int
    done: int
    rate: float | None
    low: float | None
    high: float | None
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatsPage:
    """Threats and demands by pages. ``rates`` are of all that the filters leave, whatever the
    outcome, by speaker; None while they are being worked out."""

    place: Page
    threats: tuple[ThreatLine, ...]
    rates: tuple[Rate, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage:
    """Claims by pages."""

    place: Page
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsPage:
    """Channels and agreements by pages."""

    place: Page
    channels: tuple[ChannelLine, ...]


@page(router, "/threats", "threats.html.j2")
def threats(desk: TheDesk, asked: Annotated[AskedThreats, Query()]) -> ThreatsPage:
    """Threats and demands, each followed to its outcome."""
    _known(asked.kind, get_args(Kind))
    filters = asked.filters(limit=asked.per, offset=asked.offset, sort=asked.sort)
    # Of those with one outcome alone the share is 0 or 1, and says nothing.
    whole = asked.model_copy(update={"outcome": None}).filters()
    with desk.reading() as reading:
        total, rows = reading.page("threats", filters)
        rates = desk.soon(
            reading,
            ("rates", whole),
            lambda reading: _rates(reading.store.ask("threat_records", whole)),
        )
    return ThreatsPage(
        place=page_of(asked.page, asked.per, total), threats=threat_lines(rows), rates=rates
    )


@page(router, "/claims", "claims.html.j2")
def claims(desk: TheDesk, asked: Annotated[AskedClaims, Query()]) -> ClaimsPage:
    """Who says of which incident that it happened, that it did not, or neither."""
    filters = asked.filters(limit=asked.per, offset=asked.offset, sort=asked.sort)
    with desk.reading() as reading:
        total, rows = reading.page("claims", filters)
    return ClaimsPage(place=page_of(asked.page, asked.per, total), claims=claim_lines(rows))


@page(router, "/channels", "channels.html.j2")
def channels(desk: TheDesk, asked: Annotated[AskedChannels, Query()]) -> ChannelsPage:
    """Channels and agreements: the state of each, and how it came to it."""
    _known(asked.kind, load_channel_rules().kinds)
    filters = asked.filters(limit=asked.per, offset=asked.offset, sort=asked.sort)
    with desk.reading() as reading:
        total, rows = reading.page("channels", filters)
    return ChannelsPage(place=page_of(asked.page, asked.per, total), channels=channel_lines(rows))


@page(router, "/channels/{id}", "channel.html.j2")
def channel(desk: TheDesk, id: str) -> ChannelPage:  # noqa: A002 - the record's own name
    """One channel or agreement, step by step, each with its sentence."""
    with desk.reading() as reading:
        rows = reading.store.ask("channel_records", Filters(id=id))
        if not rows:
            raise NotFoundError(f"there is no channel and no agreement {id}")
        thing = record_from_dict(Thing, json.loads(rows[0]["record"]))
        told = [id_ for step in thing.steps for id_ in step.documents]
        documents = reading.store.links.documents(told)
        incidents = reading.store.links.incidents_of(
            [id_ for step in thing.steps for id_ in step.events]
        )
    return channel_page(thing, documents, incidents)


def _known(kind: str | None, kinds: Iterable[str]) -> None:
    if kind is not None and kind not in (kinds := tuple(kinds)):
        raise OptionError(f"kind {kind!r} is unknown; allowed: {', '.join(kinds)}")


def _rates(rows: list[dict[str, str]]) -> tuple[Rate, ...]:
    found = [record_from_dict(Threat, json.loads(row["record"])) for row in rows]
    whole = [row for row in follow_through(found) if row.content_type is None]
    return tuple(map(_rate, sorted(whole, key=lambda row: (-row.n, row.kind, row.name))))


def _rate(row: FollowThrough) -> Rate:
    values = asdict(row)
    return Rate(
        kind=row.kind, speaker=row.name, settled=row.n, done=row.done,
        **{name: values[name] for name in ("rate", "low", "high", "open")},
    )  # fmt: skip
