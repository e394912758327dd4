"""What a text says of the states of channels and agreements."""

from tocsin.events.channels.finder import TYPE, StateCandidate, StateFinder

__all__ = ["TYPE", "StateCandidate", "StateFinder"]
