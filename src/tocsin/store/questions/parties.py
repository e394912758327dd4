"""Questions on who stands in the record: actors, and pairs of countries."""

from __future__ import annotations

from typing import Final

from tocsin.store.migrations import superseded
from tocsin.store.questions.incidents import DAY, LAST_DAY
from tocsin.store.questions.question import WHERE, Question, plain

_COUNTS = ", ".join(
    f"coalesce(sum(n) FILTER (role = '{role}'), 0)::BIGINT AS as_{role}"
    for role in ("actor", "recipient", "speaker")
)
_BEST = ", ".join(f"arg_max({one}, (n, {one})) AS {one}" for one in ("name", "country", "sectors"))
# What is one actor: an entity, and of those who are none, country, sectors and name.
_ONE = ", ".join(
    f"CASE WHEN entity IS NULL THEN {one} END" for one in ("name", "country", "sectors")
)

PARTIES: Final[dict[str, Question]] = {
    "actors": Question(
        purpose="who stands in the record, known or only named: in how many events as actor, as "
        "recipient, as speaker, and the days of the first and last",
        columns=plain(
            (
                "name", "country", "sectors", "entity", "as_actor", "as_recipient", "as_speaker",
                "first", "last",
            )
        ),
        source=f"(SELECT entity, {_BEST}, {_COUNTS}, min(first) AS first, max(last) AS last FROM "
        "(SELECT p.entity, p.name, p.country, p.sectors, p.role, count(*) AS n, "
        "min(p.first) AS first, max(p.last) AS last FROM parties p "
        f"ANTI JOIN {superseded('p')}{WHERE} GROUP BY ALL) "
        f"GROUP BY entity, {_ONE})",
        conditions={
            "country": "p.country = $country",
            # Names of one person are written with hyphens and without.
            "words": "contains(replace(lower(p.name), '-', ' '), replace(lower($words), '-', ' '))",
            "since": "p.last >= $since",
            "until": "p.first <= $until",
            "id": "p.entity = $id",
        },
        order="as_actor + as_recipient + as_speaker DESC, name NULLS LAST, country NULLS LAST, "
        "sectors NULLS LAST, entity NULLS LAST",
    ),
    "dyads": Question(
        purpose="ordered pairs of different countries, with what the one did to the other",
        columns=plain(
            ("actor", "recipient", "incidents", "conflict", "cooperation", "first", "last")
        ),
        source="(SELECT actor, recipient, count(*) AS incidents, "
        "count(*) FILTER (quad > 2) AS conflict, count(*) FILTER (quad <= 2) AS cooperation, "
        "min(day) AS first, max(last_day) AS last FROM (SELECT actor, "
        "unnest(recipient_countries) AS recipient, quad, day, last_day FROM "
        "(SELECT unnest(actor_countries) AS actor, recipient_countries, quad, "
        f"{DAY} AS day, {LAST_DAY} AS last_day FROM incidents)) "
        f"{WHERE} GROUP BY actor, recipient HAVING actor <> recipient)",
        conditions={
            "actor": "actor = $actor",
            "recipient": "recipient = $recipient",
            "since": "last_day >= $since",
            "until": "day <= $until",
        },
        order="incidents DESC, actor, recipient",
    ),
}  # fmt: skip
