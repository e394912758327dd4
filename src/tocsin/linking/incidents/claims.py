"""Claims: who says of an incident that it happened, that it did not, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.linking.incidents.parties import Key, party_key, party_of
from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.votes import Given, votes
from tocsin.model.event import Actor, Stance
from tocsin.model.incident import Claim

_Said = tuple[Key | None, Stance, bool, bool]
# A report whose status is one of these carries the speaker's stance, whatever its cue.
_STATUS_STANCE: dict[str, Stance] = {"denied": "denies", "unconfirmed": "neither"}


def claims(reports: Sequence[Report]) -> tuple[Claim, ...]:
    """The claims that the reports carry, by the day of their first report."""
    found = [_claim(given) for given in votes(reports, _said)]
    return tuple(sorted(found, key=lambda one: (one.first is None, str(one.first))))


def _said(report: Report) -> Iterable[_Said]:
    stance = _STATUS_STANCE.get(report.event.status)
    for place, link in enumerate(report.event.attribution):
        speaker = link.speaker
        said = stance if stance is not None and place == 0 else link.stance
        if speaker is None:
            yield None, said, False, True
        else:
            yield party_key(speaker), said, speaker.state_media, speaker.anonymous


def _claim(given: Given[_Said]) -> Claim:
    key, stance, state_media, anonymous = given.value
    days = [report.event.published for report in given.reports if report.event.published]
    party = Given(key, given.reports, given.weight) if key is not None else None
    return Claim(
        speaker=party_of(party, _speakers) if party is not None else None,
        stance=stance,
        state_media=state_media,
        anonymous=anonymous,
        reports=given.ids,
        first=min(days, default=None),
    )


def _speakers(report: Report) -> Iterable[Actor]:
    return (link.speaker for link in report.event.attribution if link.speaker is not None)
