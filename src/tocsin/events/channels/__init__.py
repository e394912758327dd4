"""What a text says of the states of channels and agreements."""

from tocsin.events.channels.finder import DATED, StateCandidate, StateFinder

__all__ = ["DATED", "StateCandidate", "StateFinder"]
