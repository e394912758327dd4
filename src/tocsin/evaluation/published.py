"""Scores of the day of publication, told by articles whose own day is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tocsin.ingest.publication import SURE, dated
from tocsin.model.document import Document


@dataclass(frozen=True, slots=True)
class PublishedScores:
    """Counts over articles with a day: by how it was found, with and without their address.

    ``found`` and ``right`` map (address used, way, confidence) to counts; the way is "none" where
    no day was found.
    """

    documents: int
    found: Counter[tuple[bool, str, float]]
    right: Counter[tuple[bool, str, float]]
    cases: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, float]:
        """Shares between 0 and 1: of all articles answered surely, and of these right."""
        numbers: dict[str, float] = {"documents": self.documents}
        for address, name in ((True, "with_url"), (False, "text_only")):
            sure = [key for key in self.found if key[0] == address and key[2] >= SURE]
            answered = sum(self.found[key] for key in sure)
            right = sum(self.right[key] for key in sure)
            numbers[f"{name}_answered"] = round(answered / self.documents, 4) if answered else 0.0
            numbers[f"{name}_right"] = round(right / answered, 4) if answered else 0.0
        return numbers

    def table(self) -> str:
        """The counts for people; only what is sure is taken for the day of publication."""
        lines = [f"{'':<26} {'found':>6} {'right':>6} {'confidence':>11}"]
        for key in sorted(self.found, key=lambda key: (not key[0], -key[2])):
            address, by, confidence = key
            name = f"{by}, {'with address' if address else 'text alone'}"
            sure = "" if confidence >= SURE or by == "none" else "  a hint only"
            told = "" if by == "none" else f" {self.right[key]:>6} {confidence:>11.2f}{sure}"
            lines.append(f"{name:<26} {self.found[key]:>6}{told}")
        return "\n".join([f"{self.documents} articles with a day", *lines])


def evaluate_published(documents: Iterable[Document]) -> PublishedScores:
    """Hide the day of each document that has one, with its address and without, and ask for it."""
    found: Counter[tuple[bool, str, float]] = Counter()
    right: Counter[tuple[bool, str, float]] = Counter()
    cases: list[dict[str, Any]] = []
    for document in documents:
        if document.published is None:
            continue
        case: dict[str, Any] = {"document": document.id, "given": document.published.isoformat()}
        for address in (True, False):
            url = document.url if address else None
            known = dated(replace(document, published=None, url=url))
            key = (address, known.by if known else "none", known.confidence if known else 0.0)
            found[key] += 1
            right[key] += known is not None and known.day == document.published
            case["with_url" if address else "text_only"] = known.day.isoformat() if known else None
        cases.append(case)
    return PublishedScores(len(cases), found, right, tuple(cases))
