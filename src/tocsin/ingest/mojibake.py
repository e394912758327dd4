"""Letters that were read in a wrong encoding ("donâ€™t" for "don’t"), and what they should be."""

from __future__ import annotations

import re
from dataclasses import dataclass

# UTF-8 read as Windows-1252 or the like: two or more characters beyond ASCII for one.
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_TELLING = re.compile("[ÂÃÄÅÆÎÏÐâãïð]")


@dataclass(frozen=True, slots=True)
class Repair:
    """``text`` is what should stand from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def repairs(text: str) -> list[Repair]:
    """What is to be mended in ``text``, in order; the decision is ftfy's, run by run."""
    if _TELLING.search(text) is None:
        return []
    from ftfy import fix_encoding

    found = []
    for match in _RUN.finditer(text):
        fixed = fix_encoding(match.group())
        if fixed and fixed != match.group() and fixed.isprintable():
            found.append(Repair(match.start(), match.end(), fixed))
    return found
