"""Actors: who may act in a parsed text, and which state and sector each belongs to."""

from __future__ import annotations

from tocsin.actors.finder import ActorFinder, find_actors
from tocsin.actors.readings import names_of_text, packs_spoken_of

__all__ = ["ActorFinder", "find_actors", "names_of_text", "packs_spoken_of"]
