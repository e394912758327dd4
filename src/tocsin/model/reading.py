"""What a coder finds in one document."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model.channel import StateReport
from tocsin.model.event import Event


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document holds: its events, and its reports of the states of channels and
    agreements, both in the order of the text."""

    events: tuple[Event, ...]
    states: tuple[StateReport, ...]
