"""Clean text with a map back to the text as given."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """``length`` code points that stand at ``clean`` in the clean text and ``given`` in the given.

    The characters may differ (a line break that became a space), the count does not; but where
    ``wide`` is given, the piece stands for so many of the given text, and only as a whole (a letter
    that a wrong encoding had made three of).
    """

    clean: int
    given: int
    length: int
    wide: int = 0

    @property
    def given_length(self) -> int:
        """How many code points of the given text it stands for."""
        return self.wide or self.length


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text that is parsed, one paragraph a line, and where each of its pieces came from.

    ``pieces`` are sorted and do not overlap. Anything of the given text
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
        piece = self._piece(offset)
        return piece.given if piece.wide else piece.given + offset - piece.clean

    def _piece(self, offset: int) -> Piece:
        """The piece in which the character at ``offset`` of the clean text stands."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset - self.pieces[index].clean < self.pieces[index].length:
            return self.pieces[index]
        raise IndexError(f"offset {offset} of the clean text has no place in the given text")

    def given_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a clean span (end exclusive, not empty) to the span of the given text."""
        if end <= start:
            raise ValueError(f"empty span {start}:{end}")
        last = self._piece(end - 1)
        stop = last.given + (last.wide or end - last.clean)
        return self.given_offset(start), stop

    def clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Map a span of the given text to the clean text; None where all of it was removed."""
        found = [
            (piece.clean, piece.clean + piece.length)
            if piece.wide
            else (
                piece.clean + max(start, piece.given) - piece.given,
                piece.clean + min(end, piece.given + piece.length) - piece.given,
            )
            for piece in self.pieces
            if piece.given < end and start < piece.given + piece.given_length
        ]
        return (found[0][0], found[-1][1]) if found else None
