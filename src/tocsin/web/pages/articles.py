"""Articles: the list, and one of them with its events marked in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.asked import AskedDocuments
from tocsin.web.desk import TheDesk
from tocsin.web.problems import NotFoundError
from tocsin.web.views.article import ArticlePage, Copy, article_page
from tocsin.web.views.lines import ArticleLine, Page, article_line, page_of

router = APIRouter(tags=["articles"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage:
    """Articles by pages."""

    place: Page
    articles: tuple[ArticleLine, ...]


@page(router, "/articles", "articles.html.j2")
def articles(desk: TheDesk, asked: Annotated[AskedDocuments, Query()]) -> ArticlesPage:
    """Articles: what was read, with how many events each has."""
    filters = asked.filters(limit=asked.per, offset=asked.offset, sort=asked.sort)
    with desk.reading() as reading:
        total, rows = reading.page("documents", filters)
    return ArticlesPage(
        place=page_of(asked.page, asked.per, total), articles=tuple(map(article_line, rows))
    )


@page(router, "/articles/{id:path}", "article.html.j2")
def article(desk: TheDesk, id: str) -> ArticlePage:  # noqa: A002 - the record's own name
    """One article: its text with who, what, when, where and on whose word marked in place."""
    with desk.reading() as reading:
        store = reading.store
        if id.endswith(".json/") and store.document(id) is None:
            id = id.removesuffix("/")  # noqa: A001
        found = store.document(id)
        if found is None:
            raise NotFoundError(f"there is no article {id}")
        events = list(store.records(Filters(document=id)))
        incidents = store.links.incidents_of([one.id for one in events])
        copies = tuple(
            Copy(
                id=row["other"], outlet=row["outlet"], published=row["published"],
                relation=row["relation"],
            )
            for row in store.ask("copies", Filters(document=id))
        )  # fmt: skip
        coded = store.ask("documents", Filters(document=id))
    return article_page(
        found, events, incidents, copies=copies, coded_by=coded[0]["coding"] if coded else None
    )
