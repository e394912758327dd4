"""Questions on what is followed over time: threats, demands, channels and agreements."""

from __future__ import annotations

from typing import Final

from tocsin.model.flat_channel import CHANNEL_COLUMNS
from tocsin.model.flat_threat import THREAT_COLUMNS
from tocsin.store.questions.question import Question, plain

_OF_THREATS = {
    "id": "id = $id",
    "actor": "list_contains(speaker_countries, $actor)",
    "recipient": "list_contains(addressee_countries, $recipient)",
    "since": "coalesce(made_end, made_start) >= $since",
    "until": "made_start <= $until",
    "kind": "kind = $kind",
    "outcome": "outcome = $outcome",
    "settled_by": "outcome_incident = $settled_by",
    "type": "content_type = $type",
    "speaker": "contains(lower(speaker), lower($speaker))",
    "words": "contains(lower(sentence), lower($words))",
}
_THREAT_ORDER = "made_start NULLS LAST, id"
_THREATS = plain(THREAT_COLUMNS)
_OF_CHANNELS = {
    "id": "id = $id",
    "actor": "list_contains(countries, $actor)",
    "recipient": "list_contains(countries, $recipient)",
    "since": "last >= $since",
    "until": "first <= $until",
    "kind": "kind = $kind",
    "state": "state = $state",
    "words": "contains(lower(concat_ws(' ', name, aliases)), lower($words))",
}
_CHANNEL_ORDER = "category, name, id"
_CHANNELS = plain(CHANNEL_COLUMNS)

LEDGERS: Final[dict[str, Question]] = {
    "threats": Question(
        purpose="what was threatened or demanded, and what became of it",
        columns=_THREATS,
        source="threats",
        conditions=_OF_THREATS,
        order=_THREAT_ORDER,
        sorts={"day": "made_start"},
    ),
    "threat_records": Question(
        purpose="the same, each as the JSON of its record",
        columns=plain(("record",)),
        source="threats",
        conditions=_OF_THREATS,
        order=_THREAT_ORDER,
        sorts={"day": "made_start", **_THREATS},
    ),
    "channels": Question(
        purpose="channels and agreements: the state of each, and how it came to it",
        columns=_CHANNELS,
        source="channels",
        conditions=_OF_CHANNELS,
        order=_CHANNEL_ORDER,
        sorts={"day": "since"},
    ),
    "channel_records": Question(
        purpose="the same, each as the JSON of its record",
        columns=plain(("record",)),
        source="channels",
        conditions=_OF_CHANNELS,
        order=_CHANNEL_ORDER,
        sorts={"day": "since", **_CHANNELS},
    ),
}
