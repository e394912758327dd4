"""How often threats are carried out and demands met: shares with their uncertainty."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.model.threat import Kind, Threat

_Z95 = 1.959963984540054
_DONE = ("carried out", "complied")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowThrough:
    """How often one speaker's threats (or the demands made of others) were followed by the deed.

    ``speaker`` is the code of a country; ``entity`` the id of a person or body, None for all who
    speak for the country; ``content_type`` is None for all contents together. ``n`` counts those
    with an outcome: ``done`` of them were carried out or complied with, which is ``rate``, from 0
    to 1 with its 95 % interval ``low`` to ``high``; all three None where n is 0.

    Left out and counted: ``open`` ones, whose end nobody has seen (they are censored), ``replaced``
    ones (superseded: the later one counts), and ``untested`` ones, which had a condition and
    lapsed: nobody knows what would have come if it had set in, and a threat that was heeded need
    not be carried out.
    """

    kind: Kind
    speaker: str
    entity: str | None
    name: str
    content_type: str | None
    n: int
    done: int
    rate: float | None
    low: float | None
    high: float | None
    open: int
    replaced: int
    untested: int


def follow_through(threats: Iterable[Threat]) -> tuple[FollowThrough, ...]:
    """Rows per kind, speaker (country, and each entity of it) and content type, and over all types.

    Sorted by kind, country, entity and type, the sum over all types first. A threat of several
    speakers counts for each of them. One whose speaker has no country is left out.
    """
    groups: dict[tuple[Kind, str, str, str], dict[str, Threat]] = defaultdict(dict)
    names: dict[str, str] = {}
    for threat in threats:
        for party in threat.speakers:
            if party.country is None:
                continue
            entities = [""]
            if party.entity is not None:
                entities.append(party.entity.id)
                names[party.entity.id] = party.entity.name
            for entity in entities:
                for content in ("", threat.content_type or "unknown"):
                    groups[threat.kind, party.country, entity, content][threat.id] = threat
    return tuple(
        _row(kind, country, entity, names.get(entity, country), content, list(members.values()))
        for (kind, country, entity, content), members in sorted(groups.items())
    )


def _row(
    kind: Kind, country: str, entity: str, name: str, content: str, threats: list[Threat]
) -> FollowThrough:
    left = {"open": 0, "replaced": 0, "untested": 0}
    n = done = 0
    for threat in threats:
        if threat.outcome == "open":
            left["open"] += 1
        elif threat.outcome == "superseded":
            left["replaced"] += 1
        elif threat.outcome == "lapsed" and threat.condition is not None:
            left["untested"] += 1
        else:
            n += 1
            done += threat.outcome in _DONE
    low, high = wilson(done, n) if n else (None, None)
    return FollowThrough(
        kind=kind,
        speaker=country,
        entity=entity or None,
        name=name,
        content_type=content or None,
        n=n,
        done=done,
        rate=done / n if n else None,
        low=low,
        high=high,
        **left,
    )


def wilson(done: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of the share ``done / n``, 0 to 1; ``n`` is at least 1.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927): holds for small n, where most speakers stand. The
    same limits as :func:`tocsin.evaluation.intervals.wilson`, which this layer may not import.
    """
    share, z2 = done / n, _Z95**2
    centre = share + z2 / (2 * n)
    spread = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (centre - spread) / (1 + z2 / n), (centre + spread) / (1 + z2 / n)
    return (0.0 if done == 0 else max(0.0, low)), (1.0 if done == n else min(1.0, high))
