"""A channel or an agreement as a flat row, for spreadsheets and data frames."""

from __future__ import annotations

from typing import Any

from tocsin.model.channel import Step, Thing

#: The columns with their DuckDB types, in order.
CHANNEL_COLUMNS: dict[str, str] = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "category": "VARCHAR",
    "kind": "VARCHAR",
    "parties": "VARCHAR",
    "state": "VARCHAR",
    "since": "DATE",
    "until": "DATE",
    "steps": "VARCHAR",
    "reports": "INTEGER",
    "first": "DATE",
    "last": "DATE",
    "aliases": "VARCHAR",
}


def channel_row(thing: Thing) -> dict[str, Any]:
    """One row with the keys of :data:`CHANNEL_COLUMNS`; unknown is None.

    ``steps`` are all that it came to, by day, with ``;`` between; ``first`` and ``last`` the days
    of the first and last of them.
    """
    days = [day for step in thing.steps for day in (step.start, step.end) if day is not None]
    return {
        "id": thing.id,
        "name": thing.name,
        "category": thing.category,
        "kind": thing.kind,
        "parties": ";".join(thing.parties) or None,
        "state": thing.state,
        "since": thing.since,
        "until": thing.until,
        "steps": ";".join(map(step_words, thing.steps)) or None,
        "reports": sum(len(step.reports) for step in thing.steps),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "aliases": ";".join(alias.replace(";", ",") for alias in thing.aliases) or None,
    }


def step_words(step: Step) -> str:
    """A step in words, such as ``2020-06-16 destroyed by North Korea``."""
    if step.start is None:
        day = f"by {step.end}" if step.end is not None else "some time"
    elif step.end is None or step.end == step.start:
        day = str(step.start)
    else:
        day = f"{step.start} to {step.end}"
    state = step.state if step.toward is None else f"{step.state} ({step.toward})"
    status = None if step.firm else f"[{step.status}]"
    who = ", ".join(dict.fromkeys(name.replace(";", ",") for _, name in step.actors))
    temporary = "for a time" if step.temporary else None
    return " ".join(filter(None, (day, state, temporary, status, f"by {who}" if who else None)))
