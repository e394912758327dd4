"""Actors: who may act in a parsed text, and which state and sector each belongs to."""

from __future__ import annotations

from tocsin.actors.finder import ActorFinder, find_actors
from tocsin.actors.readings import packs_spoken_of

__all__ = ["ActorFinder", "find_actors", "packs_spoken_of"]
