"""Lists as fetching sees them: what they name, and what is kept of that before it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from tocsin.errors import InputError
from tocsin.ingest.feeds import feed_entries
from tocsin.ingest.fetch.addresses import canonical
from tocsin.ingest.fetch.problems import NOT_A_PAGE, RefusedError
from tocsin.ingest.fetch.record import Task
from tocsin.ingest.fetch.state import ListPage, Page, State, link_json
from tocsin.ingest.items import Item, Link
from tocsin.ingest.sitemaps import Sitemap, sitemap_entries


def read_list(
    data: bytes, kind: Literal["feed", "sitemap"], *, path: str, url: str
) -> tuple[list[Item], list[Sitemap]]:
    """The entries of a list and the further sitemaps that it names; RefusedError if it is none."""
    read = feed_entries if kind == "feed" else sitemap_entries
    items: list[Item] = []
    sitemaps: list[Sitemap] = []
    for entry in read(data, path=path, url=url):
        if isinstance(entry, Sitemap):
            sitemaps.append(entry)
        else:
            items.append(entry)
    if len(items) == 1 and items[0].line is None and not sitemaps:
        only = items[0].found
        if isinstance(only, InputError):
            raise RefusedError(only.message, reason=NOT_A_PAGE, path=path)
    return items, sitemaps


def note(state: State, address: str, items: Iterable[Item], sitemaps: Iterable[Sitemap]) -> None:
    """Note what the list at ``address`` names and is not known yet: all of it or nothing."""
    pages: dict[str, Page] = {}
    lists: dict[str, ListPage] = {}
    for item in items:
        link = item.found
        if isinstance(link, Link) and (at := _canonical(link.url)) and state.page(at) is None:
            pages[at] = Page(address=at, source=address, link=link_json(link))
    for sitemap in sitemaps:
        at = _canonical(sitemap.url)
        if at is not None and at != address and state.list_page(at) is None:
            lists[at] = ListPage(address=at, parent=address)
    state.add(pages.values(), lists.values())


def _canonical(address: str) -> str | None:
    try:
        return canonical(address)
    except RefusedError:
        return None  # it is named as such when its turn comes


def validators(state: State, task: Task, *, refresh: bool) -> dict[str, str]:
    """The headers that ask only for what is new since an article was had, or a list was read."""
    page = state.page(task.address)
    if page is not None and page.document and task.at == (page.final or page.address):
        return _headers(page.etag, page.modified)
    known = state.list_page(task.address)
    # with ``refresh`` a list must be read whole again: its pages are to be asked for
    if known is None or known.fetched is None or refresh or task.wants == "page":
        return {}
    return _headers(known.etag, known.modified)


def _headers(etag: str | None, modified: str | None) -> dict[str, str]:
    named = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in named.items() if value}
