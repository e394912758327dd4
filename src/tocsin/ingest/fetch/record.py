"""Keeping account: what the state says of an address, and what it says after it was asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from tocsin.ingest.fetch.network import Response
from tocsin.ingest.fetch.outcomes import Outcome
from tocsin.ingest.fetch.problems import LOOKED_AT_ANEW, RefusedError, UnreachableError
from tocsin.ingest.fetch.schedule import MAX_PUT_OFF
from tocsin.ingest.fetch.state import ListPage, Page, State, link_json
from tocsin.ingest.items import Link
from tocsin.model.document import Document

#: Seconds after which an address is tried again in another run; each failed run doubles it.
FIRST_RETRY: Final = 600.0


@dataclass(slots=True, kw_only=True)
class Task:
    """An address that is to be asked: ``at`` is where its redirects have led so far, over
    ``trail``; ``wants`` what may come back; ``changed`` when its list says that it changed."""

    address: str
    wants: Literal["any", "list", "page"] = "page"
    level: int = 1
    depth: int = 0
    at: str = ""
    link: Link | None = None
    source: str | None = None
    changed: datetime | None = None
    tries: int = 0
    trail: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.at = self.at or self.address


class Record:
    """Reads and writes the state of single addresses; ``have`` are ids that the caller holds."""

    def __init__(
        self, state: State, clock: Callable[[], float], have: Collection[str] = ()
    ) -> None:
        self._state = state
        self._clock = clock
        self._have = have

    def settled(self, task: Task, *, refresh: bool) -> Outcome | None:
        """The outcome of an address that need not be asked in this run; None if it is to be."""
        page = self._state.page(task.address)
        if page is None or page.outcome == "waiting" or refresh:
            return None
        if page.outcome == "failed":
            if page.retry is None or page.retry <= self._clock():
                return None
            return Outcome(
                kind="failed", address=task.address, reason="not yet", retry=_moment(page.retry),
                message=f"{page.reason or 'no answer'}",
            )  # fmt: skip
        asked = page.fetched if page.outcome == "article" else page.tried
        if task.changed is not None and (asked is None or task.changed.timestamp() > asked):
            return None
        if page.outcome == "article":
            return Outcome(kind="known", address=task.address, version=page.version)
        if task.wants == "any" or page.reason in LOOKED_AT_ANEW:
            return None
        return Outcome(
            kind="known", address=task.address, reason=f"set aside before: {page.reason}"
        )

    def refused(self, address: str, problem: RefusedError) -> Outcome:
        """The outcome of what cannot even be noted as an address."""
        return Outcome(
            kind="set aside", address=address, reason=problem.reason, message=problem.message
        )

    def set_aside(self, task: Task, problem: RefusedError) -> Outcome:
        """Note that an address gives no article."""
        if task.wants != "list":
            page = self._page(task)
            page.outcome, page.reason, page.final = "set aside", problem.reason, task.at
            page.tried, page.retry, page.tries = self._clock(), None, 0
            self._state.save(page)
        return self.refused(task.address, problem)

    def failed(self, task: Task, problem: UnreachableError) -> Outcome:
        """Note that an address gave no answer, and from when on it is tried again."""
        page, now = self._page(task), self._clock()
        pause = min(FIRST_RETRY * 2 ** min(page.tries, 10), MAX_PUT_OFF)
        retry = now + max(pause, problem.wait or 0.0)
        if task.wants != "list":
            page.outcome, page.reason = "failed", problem.message[:300]
            page.tried, page.retry, page.tries = now, retry, page.tries + 1
            self._state.save(page)
        return Outcome(
            kind="failed", address=task.address, message=problem.message, retry=_moment(retry)
        )

    def unchanged(self, task: Task) -> Outcome:
        """Note that an article is still as it was had."""
        page, now = self._page(task), self._clock()
        page.outcome, page.reason, page.status = "article", None, 304
        page.tried, page.fetched, page.retry, page.tries = now, now, None, 0
        self._state.save(page)
        return Outcome(kind="known", address=task.address, version=page.version)

    def page(self, task: Task, answer: Response, document: Document) -> Iterator[Outcome]:
        """Hand out the article of a page if it is new, then note it."""
        page = self._page(task)
        page.status, page.final, page.origin = answer.status, answer.address, "page"
        page.etag = answer.headers.get("etag")
        page.modified = answer.headers.get("last-modified")
        yield from self._article(page, document)
        if answer.address != task.address and self._state.page(answer.address) is None:
            page.address = answer.address  # where it was led to need not be asked any more
            self._state.save(page)

    def list_read(self, task: Task, answer: Response, entries: int) -> Outcome:
        """Note that a list was read to its end."""
        known = self._state.list_page(task.address) or ListPage(address=task.address)
        known.etag = answer.headers.get("etag")
        known.modified = answer.headers.get("last-modified")
        known.fetched = self._clock()
        self._state.save_list(known)
        return Outcome(kind="list", address=task.address, message=f"{entries:,} entries")

    def whole_entry(self, document: Document, source: str) -> Iterator[Outcome]:
        """Hand out the article that stands whole in a feed if it is new, then note it."""
        address = document.url or ""
        page = self._state.page(address) or Page(address=address, source=source)
        if page.outcome == "article" and page.origin == "page":
            # the page itself was read, and tells the same in its own words
            yield Outcome(kind="known", address=address, version=page.version)
            return
        page.origin = "feed"
        yield from self._article(page, document)

    def _article(self, page: Page, document: Document) -> Iterator[Outcome]:
        now = self._clock()
        new = not (
            page.document == document.id
            or document.id in self._have
            or self._state.holds(document.id)
        )
        page.version = page.version + 1 if new else max(page.version, 1)
        if new:
            yield Outcome(
                kind="article", address=page.address, document=document, version=page.version,
                fetched=_moment(now),
            )  # fmt: skip
        else:
            yield Outcome(kind="known", address=page.address, version=page.version)
        page.outcome, page.reason, page.document = "article", None, document.id
        page.tried, page.fetched, page.retry, page.tries = now, now, None, 0
        self._state.save(page)

    def _page(self, task: Task) -> Page:
        page = self._state.page(task.address)
        if page is None:
            link = link_json(task.link) if task.link is not None else None
            page = Page(address=task.address, source=task.source, link=link)
        return page


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
