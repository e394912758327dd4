"""Finding paragraphs: a line each, or several lines that were broken to a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_MIN_WIDTH, _MAX_WIDTH = 50, 100
_MIN_BREAKS = 3
_FULL_SHARE = 0.6  # of the breaks, so many must be ones that a width explains
_OPEN_SHARE = 0.5  # of the breaks, so many must fall inside a sentence
_SENTENCE_END = tuple(".!?:”\"’'")
_NEW_ITEM = re.compile(r"[-*•·–—] |\d+[.)] ")
_HALF_LINE = 40


def paragraphs(plain: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph of ``plain``, white space at both ends left out.

    ``plain`` has line feeds only. A line is a paragraph, but where a text is hard-wrapped, the
    lines of a paragraph are taken together. That is so where the first word of the next line
    would not have fitted any more, for most breaks, and the breaks fall inside sentences. A line
    that goes on in small letters without any blank line is always taken with the one before.
    """
    trimmed = (_trim(plain, *match.span()) for match in _LINE.finditer(plain))
    lines = [(start, end) for start, end in trimmed if start < end]
    if not lines:
        return
    width = _width(plain, lines)
    start, end = lines[0]
    for before, line in pairwise(lines):
        if _goes_on(plain, before, line, width):
            end = line[1]
        else:
            yield start, end
            start, end = line
    yield start, end


def _trim(plain: str, start: int, end: int) -> tuple[int, int]:
    text = plain[start:end].rstrip()
    return start + len(text) - len(text.lstrip()), start + len(text)


def _adjacent(plain: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    return plain.count("\n", before[1], line[0]) == 1


def _fits(plain: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the first word of ``line`` would have fitted on the line before it."""
    word = plain[line[0] : line[1]].split(" ", 1)[0]
    return before[1] - before[0] + 1 + len(word) <= width


def _width(plain: str, lines: list[tuple[int, int]]) -> int | None:
    """The width that the text was broken to; None where it was not."""
    breaks = [(a, b) for a, b in pairwise(lines) if _adjacent(plain, a, b)]
    width = max(end - start for start, end in lines)
    if len(breaks) < _MIN_BREAKS or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return None
    full = sum(not _fits(plain, a, b, width - 3) for a, b in breaks)
    inside = sum(not plain[a[0] : a[1]].endswith(_SENTENCE_END) for a, b in breaks)
    if full < _FULL_SHARE * len(breaks) or inside < _OPEN_SHARE * len(breaks):
        return None
    return width


def _goes_on(plain: str, before: tuple[int, int], line: tuple[int, int], width: int | None) -> bool:
    if not _adjacent(plain, before, line):
        return False
    if _NEW_ITEM.match(plain, line[0]):
        return False
    if width is not None:
        # Ragged by a few letters: editors differ in whether the break itself counts.
        return not _fits(plain, before, line, width - 3)
    length = before[1] - before[0]
    return (
        _HALF_LINE <= length <= _MAX_WIDTH
        and plain[line[0]].islower()
        and not plain[before[0] : before[1]].endswith(_SENTENCE_END)
    )
