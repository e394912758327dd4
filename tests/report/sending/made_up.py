"""Made-up alarms."""

from __future__ import annotations

from datetime import date

from tocsin.model.alarm import Alarm

SENTENCE = "Ruritania razed the Zenda bridge of Graustark – “at dawn”."


def alarm(number: int = 1) -> Alarm:
    """An alarm with an id of its own."""
    return Alarm(
        id=f"a-{number}", kind="new rung", dyad=("RUR", "GRA"), source="incidents",
        day=date(2021, 5, number), reason="ASSAULT stands on rung 13", evidence=("i-1", "i-2"),
        level=2.0, sentence=SENTENCE,
    )  # fmt: skip
