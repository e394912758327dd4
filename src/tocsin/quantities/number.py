"""Reading a number with what qualifies it: "at least 1,500", "between 30 and 40", "dozens of"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.knowledge.quantities import QuantityWords

_LONGEST = 4  # tokens of the longest qualifier
_ARTICLES = frozenset(("a", "an"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number at tokens ``first`` to ``stop``; the digits or words alone start at ``core``.

    ``partitive`` says that what is counted follows an "of" ("dozens of people").
    """

    first: int
    core: int
    stop: int
    value: float | None
    upper: float | None = None
    qualifier: str | None = None
    currency: str | None = None
    total: bool = False
    partitive: bool = False


def read_number(lowers: Sequence[str], at: int, words: QuantityWords) -> Number | None:
    """Read the number that starts at token ``at``, its qualifiers on both sides included."""
    number = _order(lowers, at, words) or _plain(lowers, at, words)
    if number is None:
        return None
    if number.qualifier == "several":
        return number
    return _qualified(lowers, number, words)


def _order(lowers: Sequence[str], at: int, words: QuantityWords) -> Number | None:
    """ "Dozens", "tens of thousands", "several", "a handful of"."""
    for size in (3, 2, 1):
        phrase = tuple(lowers[at : at + size])
        if phrase in words.orders:
            qualifier, floor = words.orders[phrase]
            stop = at + len(phrase)
            return Number(
                first=at, core=at, stop=stop, value=floor, qualifier=qualifier,
                partitive=lowers[stop : stop + 1] == ["of"],
            )  # fmt: skip
        if phrase in words.vague:
            of = phrase[-1] == "of"
            stop = at + len(phrase) - of
            return Number(
                first=at, core=at, stop=stop, value=None, qualifier="several", partitive=of
            )
    return None


def _plain(lowers: Sequence[str], at: int, words: QuantityWords) -> Number | None:
    """Digits, number words, "a dozen", "half a million", and ranges of them."""
    scales = words.numbers.scales
    word = lowers[at]
    following = lowers[at + 1] if at + 1 < len(lowers) else ""
    if word in _ARTICLES and following in scales:
        return Number(first=at, core=at, stop=at + 2, value=float(scales[following]))
    if word == "half" and following in _ARTICLES and at + 2 < len(lowers):
        if lowers[at + 2] in scales:
            return Number(first=at, core=at, stop=at + 3, value=scales[lowers[at + 2]] / 2)
        return None
    read = words.numbers.read(lowers, at)
    if read is None:
        return None
    value, stop = read
    if stop + 1 < len(lowers) and lowers[stop] == "-" and lowers[stop + 1] in scales:
        value, stop = value * scales[lowers[stop + 1]], stop + 2  # "a $3-billion deal"
    upper = None
    second = _second(lowers, at, stop, words)
    if second is not None:
        upper, end = second
        if lowers[end - 1] in scales and lowers[stop - 1] not in scales and value < 1000:
            value *= scales[lowers[end - 1]]  # "5 to 6 million"
        if upper <= value:
            return Number(first=at, core=at, stop=stop, value=value)
        stop = end
    return Number(first=at, core=at, stop=stop, value=value, upper=upper)


def _second(
    lowers: Sequence[str], at: int, stop: int, words: QuantityWords
) -> tuple[float, int] | None:
    """The other end of a range: "30 to 40", "30-40", "30 or 40", "between 30 and 40"."""
    if stop + 1 >= len(lowers):
        return None
    link = lowers[stop]
    between = at > 0 and lowers[at - 1] == "between"
    opener = lowers[at - 1] if at else ""
    if opener in words.currencies and at > 1:
        opener = lowers[at - 2]
    if link == "to" and opener == "from":  # "rose from 5 to 8": two counts, no range
        return None
    if link in ("to", "-", "–", "or") or (link == "and" and between):
        skip = stop + 1 + (lowers[stop + 1] in words.currencies)
        if skip < len(lowers):
            return words.numbers.read(lowers, skip)
    return None


def _qualified(lowers: Sequence[str], number: Number, words: QuantityWords) -> Number:
    """Widen a number by its currency sign and the qualifiers around it."""
    first, stop, qualifier = number.first, number.stop, number.qualifier
    currency = None
    total = False
    if first and lowers[first - 1] in words.currencies and not lowers[first - 1].isalpha():
        first -= 1
        currency = words.currencies[lowers[first]]
    if first and lowers[first - 1] == "between" and number.upper is not None:
        first -= 1
    for _ in range(3):  # "a total of more than", "about a total of"
        found = _ending_at(lowers, first, words.before)
        if found is not None:
            first, name = found
            qualifier = qualifier or name
            continue
        size = _ends_with(lowers, first, words)
        if size:
            first, total = first - size, True
            continue
        break
    for size in (2, 1):
        after = words.after.get(tuple(lowers[stop : stop + size]))
        if after is not None:
            stop, qualifier = stop + size, qualifier or after
            break
    return Number(
        first=first, core=number.core, stop=stop, value=number.value, upper=number.upper,
        qualifier=qualifier, currency=currency, total=total, partitive=number.partitive,
    )  # fmt: skip


def _ending_at(
    lowers: Sequence[str], stop: int, phrases: Mapping[tuple[str, ...], str]
) -> tuple[int, str] | None:
    """The longest qualifier that ends right before token ``stop``."""
    for size in range(min(_LONGEST, stop), 0, -1):
        name = phrases.get(tuple(lowers[stop - size : stop]))
        if name is not None:
            return stop - size, name
    return None


def _ends_with(lowers: Sequence[str], stop: int, words: QuantityWords) -> int:
    for size in range(min(_LONGEST, stop), 1, -1):
        if tuple(lowers[stop - size : stop]) in words.totals:
            return size
    return 0
