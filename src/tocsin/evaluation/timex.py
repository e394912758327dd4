"""Scores of time expressions against a labelled set.

The measures are those of the TempEval campaigns: an expression is found when a mention overlaps
the given span (relaxed), and right when the mention's value is also the given one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.language.parser import Parser
from tocsin.model.mention import DateMention
from tocsin.timex import find_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class TimexScores:
    """Counts and scores over ``documents`` documents.

    ``matched`` of ``given`` expressions were found among ``found`` mentions, ``exact`` of them
    with just that span, ``typed`` with the right kind and ``valued`` with the right value.
    """

    documents: int
    given: int
    found: int
    matched: int
    exact: int
    typed: int
    valued: int

    def _f1(self, right: int) -> float:
        return 2 * right / (self.given + self.found) if self.given + self.found else 0.0

    @property
    def precision(self) -> float:
        """Share of the mentions that overlap a given expression."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the given expressions that were found."""
        return self.matched / self.given if self.given else 0.0

    @property
    def relaxed_f1(self) -> float:
        """F1 of overlapping spans."""
        return self._f1(self.matched)

    @property
    def strict_f1(self) -> float:
        """F1 of equal spans."""
        return self._f1(self.exact)

    @property
    def type_f1(self) -> float:
        """F1 of overlapping spans with the same kind."""
        return self._f1(self.typed)

    @property
    def value_f1(self) -> float:
        """F1 of overlapping spans with the same value."""
        return self._f1(self.valued)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimexCase:
    """One expression, given or found or both; offsets only, never the text."""

    document: str
    given: tuple[int, int, str] | None
    found: tuple[int, int, str] | None


def evaluate_timex(
    path: str | Path, *, parser: Parser | None = None, half: str | None = None
) -> tuple[TimexScores, tuple[TimexCase, ...]]:
    """Score :func:`tocsin.timex.find_dates` on a JSON-lines file.

    Each line has ``id``, ``dct`` (the day, or null), ``text``, ``timex`` (start, end, type,
    value) and maybe ``events`` (start, end). Sets of this kind label only the first sentences of a
    document, so mentions after the line of the last labelled thing are not judged. ``half`` takes
    every second document by id: "odd" the first, third, ..., "even" the others.
    """
    documents = _load(Path(path))
    if half is not None:
        if half not in ("odd", "even"):
            raise ValueError(f"half is {half!r}; it may be 'odd' or 'even'")
        documents = documents[0 if half == "odd" else 1 :: 2]
    parser = parser or Parser()
    cases: list[TimexCase] = []
    counts = [0] * 6
    for document in documents:
        parse = parser.parse(document["text"])
        dct = document["dct"]
        mentions = find_dates(parse, published=date.fromisoformat(dct) if dct else None)
        limit = labelled_until(document)
        mentions = tuple(m for m in mentions if m.start < limit)
        for index, add in enumerate(_score(document, mentions, cases)):
            counts[index] += add
    given, found, matched, exact, typed, valued = counts
    scores = TimexScores(
        documents=len(documents), given=given, found=found, matched=matched, exact=exact,
        typed=typed, valued=valued,
    )  # fmt: skip
    return scores, tuple(cases)


def _load(path: Path) -> list[dict[str, Any]]:
    documents = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                document = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"is not JSON: {error}", path=str(path), line=number) from error
            missing = {"id", "dct", "text", "timex"} - set(document)
            if missing:
                raise InputError(f"lacks {', '.join(sorted(missing))}", path=str(path), line=number)
            documents.append(document)
    return sorted(documents, key=lambda document: str(document["id"]))


def labelled_until(document: dict[str, Any]) -> int:
    """The end of the line in which the last labelled thing stands."""
    ends = [item["end"] for item in (*document["timex"], *document.get("events", ()))]
    if not ends:
        return 0
    line_end: int = document["text"].find("\n", max(ends))
    return line_end if line_end >= 0 else len(document["text"])


def _score(
    document: dict[str, Any], mentions: Sequence[DateMention], cases: list[TimexCase]
) -> tuple[int, int, int, int, int, int]:
    """Pair given expressions with mentions, each used once: the largest overlap first."""
    given = document["timex"]
    pairs = sorted(
        (
            (-(min(m.end, g["end"]) - max(m.start, g["start"])), gi, mi)
            for gi, g in enumerate(given)
            for mi, m in enumerate(mentions)
            if m.start < g["end"] and g["start"] < m.end
        ),
    )
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, gi, mi in pairs:
        if gi not in partner and mi not in used:
            partner[gi] = mi
            used.add(mi)
    exact = typed = valued = 0
    for gi, g in enumerate(given):
        m = mentions[partner[gi]] if gi in partner else None
        if m is not None:
            exact += (m.start, m.end) == (g["start"], g["end"])
            typed += m.kind == g["type"]
            valued += m.value == g["value"]
        cases.append(
            TimexCase(
                document=document["id"],
                given=(g["start"], g["end"], g["value"]),
                found=(m.start, m.end, m.value) if m else None,
            )
        )
    cases.extend(
        TimexCase(document=document["id"], given=None, found=(m.start, m.end, m.value))
        for mi, m in enumerate(mentions)
        if mi not in used
    )
    return len(given), len(mentions), len(partner), exact, typed, valued
