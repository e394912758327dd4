"""A sentence of the summary, in pieces with the references of each."""

from __future__ import annotations

from dataclasses import dataclass

#: How a status is told in running text.
TOLD = {
    "actual": "told as a fact",
    "background": "told as known",
    "alleged": "alleged",
    "denied": "denied",
    "unconfirmed": "neither confirmed nor denied",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence, the numbers of the references behind it, and the stop behind these."""

    text: str
    references: tuple[int, ...]
    stop: str = "."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; behind its last piece, at least, there is a reference."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, text: str, references: tuple[int, ...]) -> Sentence:
        """A sentence in one piece."""
        return cls((Part(text.removesuffix("."), references),))

    @property
    def text(self) -> str:
        """All of it, without the references."""
        return " ".join(f"{part.text}{part.stop}" for part in self.parts)

    @property
    def references(self) -> tuple[int, ...]:
        """All of them, in their order."""
        return tuple(number for part in self.parts for number in part.references)
