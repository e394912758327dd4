"""Made-up incidents: Ruritania (RUR) and Graustark (GRA) in the summer of 2021, and others."""

from __future__ import annotations

from datetime import date
from typing import Any

from tocsin.model.incident import Claim, Days, Incident, Party, Site
from tocsin.model.mention import EntityId

RUPERT = EntityId("Q1", "Rupert of Hentzau")


def party(
    country: str | None, *sectors: str, name: str | None = None, entity: EntityId | None = None
) -> Party:
    return Party(
        name=name or country or "somebody", country=country, sectors=sectors or ("GOV",),
        entity=entity, reports=("r",),
    )  # fmt: skip


RURITANIA, GRAUSTARK, STREL = party("RUR"), party("GRA"), party("STR")


def day(number: int, month: int = 6) -> date:
    return date(2021, month, number)


def days(first: date | None, last: date | None = None) -> tuple[Days, ...]:
    if first is None and last is None:
        return ()
    return (Days(start=first, end=last or first, reports=("r",)),)


def site(name: str, lat: float | None = None, lon: float | None = None, **more: Any) -> Site:
    return Site(
        name=name, country=more.get("country", "GRA"), lat=lat, lon=lon, geonameid=None,
        radius_km=more.get("radius_km"), reports=("r",),
    )  # fmt: skip


def claim(speaker: Party | None) -> Claim:
    return Claim(
        speaker=speaker, stance="asserts", state_media=False, anonymous=False, reports=("r",),
        first=None,
    )  # fmt: skip


def incident(id: str, type: str, mode: str | None = None, **more: Any) -> Incident:  # noqa: A002
    """An incident of June 2021; ``on`` is its day or its ``Days``, ``seen`` its first report."""
    on = more.pop("on", day(1))
    when = on if isinstance(on, tuple) else days(on)
    seen = more.pop("seen", when[0].end if when else day(1))
    content = more.pop("content", (None, None, None))
    deadline = more.pop("deadline", None)
    values: dict[str, Any] = {
        "id": id, "type": type, "mode": mode, "contexts": (), "quad": 4, "score": -5.0,
        "status": "actual", "status_reason": "reported", "actors": (RURITANIA,),
        "recipients": (GRAUSTARK,), "days": when, "sites": (), "counts": (),
        "content_type": content[0], "content_mode": content[1], "content_text": content[2],
        "condition": None, "deadline": days(deadline)[0] if deadline else None, "claims": (),
        "reports": (f"e-{id}",), "documents": ("d",), "families": 1, "sources": 1,
        "first_report": seen, "last_report": seen, "sentence": "",
    }  # fmt: skip
    return Incident(**(values | more))


def threat(id: str = "threat", **more: Any) -> Incident:  # noqa: A002
    """Ruritania threatens on June 1 to destroy the customs house of Graustark at Zenda."""
    values: dict[str, Any] = {
        "content": ("ASSAULT", "destroy", "destroy"),
        "sentence": "Ruritania threatened to destroy the customs house at Zenda.",
        "quad": 3,
    }
    return incident(id, "THREATEN", more.pop("mode", "violence"), **(values | more))


def deed(
    id: str = "deed",  # noqa: A002
    type: str = "ASSAULT",  # noqa: A002
    mode: str | None = "destroy",
    **more: Any,
) -> Incident:
    """Ruritanian guns destroy it on June 4."""
    values: dict[str, Any] = {
        "on": day(4), "sentence": "Ruritanian guns destroyed the customs house on Friday.",
    }  # fmt: skip
    return incident(id, type, mode, **(values | more))


def demand(id: str = "demand", **more: Any) -> Incident:  # noqa: A002
    """Graustark demands on June 1 that Ruritania withdraw its lancers from the Tarlenheim pass."""
    values: dict[str, Any] = {
        "actors": (GRAUSTARK,), "recipients": (RURITANIA,), "quad": 3,
        "content": ("RETREAT", "withdraw", "withdraw"),
        "sentence": "Graustark demanded that Ruritania withdraw its lancers from the pass.",
    }  # fmt: skip
    return incident(id, "REQUEST", "yield", **(values | more))
