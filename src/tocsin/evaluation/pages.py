"""Scores of saved pages: is the article found, with its title, day and body?

The set is JSON lines of ``{"id", "file", "title", "date", "paragraphs"}``; the pages, gzipped, lie
in the folder ``pages`` beside it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.ingest.pages import page_document

# What a reader of pages returns: title, day (ISO), body.
Page = tuple[str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class PageScores:
    """Shares over all pages: token F1 of the body, titles and days that are the same."""

    pages: int
    body_f1: float
    title_exact: float
    date_exact: float
    cases: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "pages": self.pages,
            "body_f1": round(self.body_f1, 4),
            "title_exact": round(self.title_exact, 4),
            "date_exact": round(self.date_exact, 4),
        }


def evaluate_pages(path: Path | str, read: Callable[[bytes], Page] | None = None) -> PageScores:
    """Read every page of the set, by ``read`` or as Tocsin does, and compare.

    A page that cannot be read counts as wrong in all. InputError where the set is not so.
    """
    read = read or _ours
    folder = Path(path).parent / "pages"
    cases: list[dict[str, Any]] = []
    for row in _rows(Path(path)):
        try:
            with gzip.open(folder / row["file"], "rb") as file:
                data = file.read()
        except OSError as error:
            raise InputError(f"cannot be read: {error}", path=str(folder / row["file"])) from error
        try:
            title, day, body = read(data)
        except InputError:
            title, day, body = None, None, ""
        cases.append(
            {
                "id": row["id"],
                "body": round(token_f1(body, " ".join(row["paragraphs"])), 4),
                "title": _plain(title) == _plain(row["title"]),
                "date": (day or "")[:10] == (row["date"] or "")[:10],
            }
        )
    n = max(len(cases), 1)
    return PageScores(
        len(cases),
        sum(case["body"] for case in cases) / n,
        sum(case["title"] for case in cases) / n,
        sum(case["date"] for case in cases) / n,
        tuple(cases),
    )


def by_default(data: bytes) -> Page:
    """What trafilatura says of a page by its defaults."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(data, with_metadata=True)
    return (found.title, found.date, found.text or "") if found is not None else (None, None, "")


def token_f1(left: str, right: str) -> float:
    """The harmonic mean of precision and recall of the words of two texts, as bags."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (left, right))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _ours(data: bytes) -> Page:
    found = page_document(data, "page")
    return found.title, found.published.isoformat() if found.published else None, found.text


def _plain(title: str | None) -> str:
    """A title without space at its ends and with plain spaces."""
    return " ".join((title or "").split())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"is not JSON: {error}", path=str(path), line=number) from error
        if not {"id", "file", "title", "date", "paragraphs"} <= set(row):
            raise InputError(
                "lacks id, file, title, date or paragraphs", path=str(path), line=number
            )
        yield row
