"""A threat or demand as a flat row, for spreadsheets and data frames."""

from __future__ import annotations

from typing import Any

from tocsin.model.threat import Threat

#: The columns with their DuckDB types, in order.
THREAT_COLUMNS: dict[str, str] = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "speaker": "VARCHAR",
    "addressee": "VARCHAR",
    "content_type": "VARCHAR",
    "content_mode": "VARCHAR",
    "content_text": "VARCHAR",
    "condition": "VARCHAR",
    "deadline_start": "DATE",
    "deadline_end": "DATE",
    "made_start": "DATE",
    "made_end": "DATE",
    "made_by": "VARCHAR",
    "outcome": "VARCHAR",
    "lag_least": "INTEGER",
    "lag_most": "INTEGER",
    "outcome_incident": "VARCHAR",
    "reason": "VARCHAR",
    "score": "DOUBLE",
    "reports": "INTEGER",
    "sentence": "VARCHAR",
}


def threat_row(threat: Threat) -> dict[str, Any]:
    """One row with the keys of :data:`THREAT_COLUMNS`; unknown is None. Lags are days."""
    made, deadline, lag = threat.made, threat.deadline, threat.lag
    return {
        "id": threat.id,
        "kind": threat.kind,
        "speaker": ";".join(party.name.replace(";", ",") for party in threat.speakers) or None,
        "addressee": ";".join(party.name.replace(";", ",") for party in threat.addressees) or None,
        "content_type": threat.content_type,
        "content_mode": threat.content_mode,
        "content_text": threat.content_text,
        "condition": threat.condition,
        "deadline_start": deadline.start if deadline else None,
        "deadline_end": deadline.end if deadline else None,
        "made_start": made.start if made else None,
        "made_end": made.end if made else None,
        "made_by": threat.made_told,
        "outcome": threat.outcome,
        "lag_least": lag.least if lag else None,
        "lag_most": lag.most if lag else None,
        "outcome_incident": threat.outcome_incident,
        "reason": threat.reason,
        "score": threat.score,
        "reports": len(threat.reports),
        "sentence": threat.sentence,
    }
