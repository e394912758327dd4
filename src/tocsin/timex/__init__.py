"""Time expressions: what days a text speaks of."""

from tocsin.timex.finder import find_dates

__all__ = ["find_dates"]
