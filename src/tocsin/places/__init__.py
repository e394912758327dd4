"""Places: the names of places in a parsed text, resolved to points, told apart from governments."""

from tocsin.places.find import find_places, resolve_spans

__all__ = ["find_places", "resolve_spans"]
