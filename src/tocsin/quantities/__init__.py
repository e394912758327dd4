"""Counts: how many of what a text speaks of."""

from tocsin.quantities.finder import find_quantities

__all__ = ["find_quantities"]
