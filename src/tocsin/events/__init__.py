"""Events: triggers and frames, from parsed sentences with actors to candidates."""

from tocsin.events.attach import date_of, place_of, quantities_of
from tocsin.events.finder import EventFinder
from tocsin.events.implied import fill_implied
from tocsin.events.matching import Attempt

__all__ = ["Attempt", "EventFinder", "date_of", "fill_implied", "place_of", "quantities_of"]
