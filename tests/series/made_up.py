"""Made-up observations: Ruritania (RUR) and Graustark (GRA) in 2021."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.ontology import load_ontology
from tocsin.series.effort import Effort
from tocsin.series.ladder import rung_of
from tocsin.series.observations import Observation

FIRST = date(2021, 1, 1)
DYAD = ("RUR", "GRA")


def day(number: int) -> date:
    """The day so many days after the first of January."""
    return FIRST + timedelta(days=number)


def act(
    id: str = "a",  # noqa: A002
    type: str = "ASSAULT",  # noqa: A002
    mode: str | None = None,
    *,
    on: int = 0,
    to: int | None = None,
    **more: Any,
) -> Observation:
    """What Ruritania does to Graustark from day ``on`` to day ``to``."""
    of = load_ontology().types[type]
    values: dict[str, Any] = {
        "id": id, "source": "incident", "start": day(on), "end": day(on if to is None else to),
        "actors": frozenset({"RUR"}), "recipients": frozenset({"GRA"}), "type": type,
        "mode": mode, "quad": of.quad, "score": of.score_of(mode),
        "goldstein": load_goldstein().of_kind(type, mode), "rung": rung_of(type, mode),
        "status": "actual", "sources": 1, "confidence": 0.8, "families": 1, "documents": 1,
        "outlets": ("Courier",), "reported": day(on),
    }  # fmt: skip
    return Observation(**(values | more))


def read(days: Mapping[int, int] | None = None, outlet: str = "Courier") -> Effort:
    """So many articles on these days; without any ten a day for sixty days."""
    found = days if days is not None else dict.fromkeys(range(60), 10)
    return Effort({day(number): {outlet: articles} for number, articles in found.items()})
