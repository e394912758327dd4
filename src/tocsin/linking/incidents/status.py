"""The status of an incident, from those of its reports, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from tocsin.model.event import Status
from tocsin.model.incident import Claim

_KNOWN = ("actual", "background")


class Told(Protocol):
    """What of a report is looked at."""

    @property
    def status(self) -> Status:
        """As what it tells it."""

    @property
    def article(self) -> str:
        """The id of its article."""

    @property
    def published(self) -> date | None:
        """The day of its article."""


def status_of(reports: Sequence[Told], claims: Sequence[Claim]) -> tuple[Status, str]:
    """The status, and why it is that.

    What at least as many articles give as a fact as allege it is actual; a later report of the fact
    confirms what was alleged before. What is only alleged stays so, whoever denies it.
    """
    by: dict[str, list[Told]] = {}
    for report in reports:
        by.setdefault(report.status, []).append(report)
    known = [report for status in _KNOWN for report in by.get(status, [])]
    alleged = by.get("alleged", [])
    against = _against(claims)
    since, later = _first(alleged), _first(known)
    confirmed = since is not None and later is not None and since < later
    if known and (_articles(known) >= _articles(alleged) or confirmed):
        status: Status = "actual" if "actual" in by else "background"
        reason = f"{_count(known)} it as a fact"
        if confirmed:
            reason += f"; alleged since {since}, a fact since {later}"
        elif alleged:
            reason += f", {_count(alleged)} it as alleged"
        return status, reason + against
    if alleged or known:
        reason = f"{_count(alleged)} it as alleged"
        if known:
            reason += f", {_count(known)} it as a fact"
        return "alleged", reason + against
    if "unconfirmed" in by:
        return "unconfirmed", f"neither confirmed nor denied{against}"
    if "denied" in by:
        return "denied", f"only denials are reported{against}"
    return "predicted", f"{_count(reports)} it as to come"


def _articles(reports: Iterable[Told]) -> int:
    return len({report.article for report in reports})


def _count(reports: Iterable[Told]) -> str:
    number = _articles(reports)
    return f"{number} article{'s give' if number != 1 else ' gives'}"


def _first(reports: Iterable[Told]) -> date | None:
    """The day of the first of the reports; None where none has one."""
    return min((one.published for one in reports if one.published), default=None)


def _against(claims: Sequence[Claim]) -> str:
    """Who denies it, and who neither confirms nor denies it."""
    words = ""
    for stance, verb in (("denies", "denied by"), ("neither", "neither confirmed nor denied by")):
        names = [_speaker(claim) for claim in claims if claim.stance == stance]
        if names:
            words += f"; {verb} {', '.join(dict.fromkeys(names))}"
    return words


def _speaker(claim: Claim) -> str:
    if claim.speaker is None:
        return "somebody unnamed"
    return claim.speaker.name + (" (state media)" if claim.state_media else "")
