"""Clean text with a map back to the text as given."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """``length`` code points that stand at ``clean`` in the clean text and ``given`` in the given.

    The characters may differ (a line break that became a space), the count does not.
    """

    clean: int
    given: int
    length: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text that is parsed, one paragraph a line, and where each of its pieces came from.

    ``pieces`` are sorted, do not overlap,. Anything of the given text
    that no piece covers was removed as litter; characters that cleaning put in (a line break
    between glued lines) are covered by no piece and belong to no span.
    """

    text: str
    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(piece.clean for piece in self.pieces))

    @classmethod
    def unchanged(cls, text: str) -> CleanText:
        """The clean text of a text that needs no cleaning."""
        return cls(text, (Piece(0, 0, len(text)),) if text else ())

    def given_offset(self, offset: int) -> int:
        """Return where the character at ``offset`` of the clean text stands in the given text."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0:
            piece = self.pieces[index]
            inside = offset - piece.clean
            if inside < piece.length:
                return piece.given + inside
        raise IndexError(f"offset {offset} of the clean text has no place in the given text")

    def given_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a clean span (end exclusive, not empty) to the span of the given text."""
        if end <= start:
            raise ValueError(f"empty span {start}:{end}")
        return self.given_offset(start), self.given_offset(end - 1) + 1

    def clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Map a span of the given text to the clean text; None where all of it was removed."""
        found = [
            (piece.clean + max(start, piece.given) - piece.given,
             piece.clean + min(end, piece.given + piece.length) - piece.given)
            for piece in self.pieces
            if piece.given < end and start < piece.given + piece.length
        ]  # fmt: skip
        return (found[0][0], found[-1][1]) if found else None
