"""Stories: articles with the same main news, whether PLOVER has a type for it or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: Before the id of a story stands this; behind it the id of its first article.
PREFIX = "s-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell the same news.

    ``title`` is that of the article that is most like the others; ``documents`` are the ids in the
    order of publication, ``outlets`` their outlets; ``families`` counts texts, copies as one, and
    ``sources`` independent sources; ``first`` and ``last`` are days of publication.
    """

    id: str
    title: str
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    families: int
    sources: int
    first: date | None
    last: date | None
