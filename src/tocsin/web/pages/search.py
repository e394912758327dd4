"""Search: words in articles and incidents, and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.store.filters import Filters
from tocsin.store.terms import terms_of
from tocsin.web.answering import page
from tocsin.web.asked import AskedSearch
from tocsin.web.desk import Reading, TheDesk
from tocsin.web.pages.actors import ActorLine, actor_line
from tocsin.web.views.lines import IncidentLine, Page, incident_line, page_of
from tocsin.web.views.search import Hit, hit

router = APIRouter(tags=["search"])
_PER, _INCIDENTS, _ACTORS = 20, 8, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Articles that hold all the words, by pages; on the first page too the newest incidents in
    whose sentences they stand together as asked, of ``incidents_total``, and actors of that
    name."""

    place: Page
    articles: tuple[Hit, ...]
    incidents_total: int
    incidents: tuple[IncidentLine, ...]
    actors: tuple[ActorLine, ...]


@page(router, "/search", "search.html.j2")
def search(desk: TheDesk, asked: Annotated[AskedSearch, Query()]) -> SearchPage:
    """Find words in articles and incidents, and names among the actors."""
    terms = terms_of(asked.words or "")
    if not terms:
        nothing = page_of(1, _PER, 0)
        return SearchPage(place=nothing, articles=(), incidents_total=0, incidents=(), actors=())
    per = min(asked.per, _PER)
    with desk.reading() as reading:
        store = reading.store
        filters = asked.filters(limit=per, offset=(asked.page - 1) * per)
        total, rows = reading.page("search", filters)
        texts = store.links.documents([row["id"] for row in rows])
        hits = tuple(hit(row, texts[row["id"]].text, terms) for row in rows)
        beside = _beside(reading, asked) if asked.page == 1 else (0, (), ())
    return SearchPage(
        place=page_of(asked.page, per, total),
        articles=hits,
        incidents_total=beside[0],
        incidents=beside[1],
        actors=beside[2],
    )


def _beside(
    reading: Reading, asked: AskedSearch
) -> tuple[int, tuple[IncidentLine, ...], tuple[ActorLine, ...]]:
    words = " ".join(word for term in terms_of(asked.words or "") for word in term.words)
    same = Filters(
        words=words, since=asked.since, until=asked.until, outlet=asked.outlet, sort="-day",
        limit=_INCIDENTS,
    )  # fmt: skip
    total, incidents = reading.page("incidents", same)
    actors = reading.store.ask("actors", Filters(words=words, limit=_ACTORS))
    return total, tuple(map(incident_line, incidents)), tuple(map(actor_line, actors))
