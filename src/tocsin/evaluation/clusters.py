"""Scores of copies: are those that are called copies the same story, and are the copies found?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.ingest import clean
from tocsin.linking import CopyIndex, families
from tocsin.model.document import Document


@dataclass(frozen=True, slots=True)
class CopyScores:
    """Pairs of articles that stand in one family, against the story of each.

    ``copies`` are the pairs called copies, ``right`` those of one story. ``pairs`` are all pairs of
    one story: where the set has stories told anew, most are no copies, and the share found says
    little; where it has only copies, it is the recall. Without stories nothing can be said of right
    and wrong.
    """

    articles: int
    copies: int
    right: int
    pairs: int
    cases: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, float | None]:
        """The figures by name; None where the set names no stories."""
        known = self.pairs > 0
        return {
            "articles": self.articles,
            "copies": self.copies,
            "copy_precision": round(self.right / (self.copies or 1), 4) if known else None,
            "pairs_of_one_story": self.pairs,
            "copy_recall": round(self.right / self.pairs, 4) if known else None,
        }


def evaluate_clusters(documents: Iterable[Document], stories: Mapping[str, str]) -> CopyScores:
    """Find the copies among ``documents``, given the story of each by its id.

    An article without a story is the only one of its own.
    """
    read = list(documents)
    index = CopyIndex()
    found = [index.add(document, clean(document).text) for document in read]
    story = [stories.get(document.id, f"alone: {n}") for n, document in enumerate(read)]
    cases: list[dict[str, Any]] = [
        {"pair": sorted((read[a].id, read[b].id)), "right": story[a] == story[b]}
        for family in families(list(index.entries), found)
        for a, b in combinations((family.original, *family.copies), 2)
    ]
    pairs = sum(n * (n - 1) // 2 for n in map(story.count, set(story)))
    right = sum(bool(case["right"]) for case in cases)
    return CopyScores(len(read), len(cases), right, pairs, tuple(cases))


def read_stories(path: Path | str) -> dict[str, str]:
    """The story of each article, from JSON lines with ``id`` and ``cluster``, gzipped or not."""
    import gzip
    import zlib

    path = Path(path)
    stories: dict[str, str] = {}
    try:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError("is no JSON object", path=str(path), line=number)
                if "id" not in row:
                    raise InputError("has no 'id'", path=str(path), line=number)
                if row.get("cluster") is not None:
                    stories[str(row["id"])] = str(row["cluster"])
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read as JSON lines: {error}", path=str(path)) from error
    return stories
