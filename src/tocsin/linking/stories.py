"""Stories: is the main news of two articles the same happening?

Articles are compared by all their words. One that is published days later must be more alike: the
next missile test is told in much the same words as the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tocsin.linking.corroboration import independent_sources, origin_of
from tocsin.linking.words import Vector, cosine, vector, weight
from tocsin.model.document import Document
from tocsin.model.story import PREFIX, Story

# Of a text no more than that is looked at; there the title counts as so many times its words, and
# how alike the titles are counts as that share of all.
_MOST, _TITLE, _TITLES = 20_000, 2.0, 0.2
# From how alike on two articles that were published so many days apart tell one story: of 203
# articles on 36 stories, all that this puts together are of one; in 377 on one crisis, articles a
# week apart that are less alike tell of one missile test and of the next.
_LEAST = ((2, 0.22), (8, 0.33), (16, 0.40))
_UNDATED = 0.35
LATEST = _LEAST[-1][0]
_STEEP = 20.0  # logits for each unit of likeness
_NEVER = -20.0
_KEYS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """An article, ready to be compared with others. It is the same as itself only."""

    document: Document
    words: Vector
    title: Vector

    @property
    def id(self) -> str:
        """The id of the story that it is, alone."""
        return PREFIX + self.document.id

    @classmethod
    def of(cls, document: Document) -> Article:
        """The article of a document."""
        title = document.title or ""
        words = vector((title, _TITLE), (document.text[:_MOST], 1.0))
        return cls(document, words, vector((title, 1.0)))


def article_keys(article: Article) -> set[str]:
    """The keys of which two articles share one if they may tell one story."""
    heaviest = sorted(article.words, key=lambda stem: (-article.words[stem], stem))[:_KEYS]
    day = article.document.published
    blocks = ["open"] if day is None else blocks_of(day, 2 * LATEST)
    return {f"story|{block}|{stem}" for block in blocks for stem in heaviest if weight(stem) < 1}


def blocks_of(day: date, length: int) -> list[str]:
    """The two blocks of ``length`` days in which a day lies, the second row moved by half: days
    that are at most half a block apart share one."""
    number = day.toordinal()
    return [f"a{number // length}", f"b{(number + length // 2) // length}"]


def logit(one: Article, other: Article) -> float:
    """How sure it is that two articles tell one story, as logarithm of the odds."""
    least = _least(one.document.published, other.document.published)
    if least is None:
        return _NEVER
    titles = cosine(one.title, other.title)
    return _STEEP * ((1 - _TITLES) * alike(one, other) + _TITLES * titles - least)


@lru_cache(maxsize=100_000)
def alike(one: Article, other: Article) -> float:
    """How alike the words of two articles are, 0 to 1."""
    return cosine(one.words, other.words)


def _least(one: date | None, other: date | None) -> float | None:
    if one is None or other is None:
        return _UNDATED
    apart = abs((one - other).days)
    return next((least for days, least in _LEAST if apart <= days), None)


def story_of(articles: Iterable[Article], families: Mapping[str, str]) -> Story:
    """The story that these articles tell; ``families`` as of incidents."""
    articles = sorted(articles, key=_order)
    documents = [article.document for article in articles]
    family = [families.get(document.id, document.id) for document in documents]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(family))}
    days = [document.published for document in documents if document.published is not None]
    return Story(
        id=PREFIX + documents[0].id,
        title=_title(articles),
        documents=tuple(document.id for document in documents),
        outlets=tuple(dict.fromkeys(one.outlet for one in documents if one.outlet is not None)),
        families=len(numbers),
        sources=len(
            independent_sources(
                [origin_of(document) for document in documents], [numbers[one] for one in family]
            )
        ),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _order(article: Article) -> tuple[date, str]:
    return article.document.published or date.max, article.document.id


def _title(articles: Sequence[Article]) -> str:
    titled = [article for article in articles if article.document.title]
    if not titled:
        return " ".join(articles[0].document.text.split())[:100]
    best = max(
        titled,
        key=lambda one: (
            sum(round(cosine(one.words, other.words), 6) for other in articles),
            one.id,
        ),
    )
    return best.document.title or ""
