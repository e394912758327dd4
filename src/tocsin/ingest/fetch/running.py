"""One run: which addresses are asked, in which order, and what comes of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal

from tocsin.config import MAX_LIST_BYTES, MAX_PAGE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.fetch.addresses import Place, canonical, check_literal, origin_of, place_of
from tocsin.ingest.fetch.asking import MAX_HOPS, Asker, Moved, Unchanged
from tocsin.ingest.fetch.bodies import gunzipped
from tocsin.ingest.fetch.documents import answered_document, identified
from tocsin.ingest.fetch.listing import note, read_list, validators
from tocsin.ingest.fetch.network import Response
from tocsin.ingest.fetch.outcomes import Outcome
from tocsin.ingest.fetch.problems import (
    NOT_A_PAGE,
    REDIRECTS,
    ROBOTS,
    TOO_MANY,
    RefusedError,
    UnreachableError,
)
from tocsin.ingest.fetch.record import Record, Task
from tocsin.ingest.fetch.robots import KEPT_WITHOUT_ANSWER
from tocsin.ingest.fetch.schedule import Schedule
from tocsin.ingest.fetch.state import State, link_of
from tocsin.ingest.items import Item, Link
from tocsin.ingest.kinds import kind_of
from tocsin.ingest.sitemaps import Sitemap
from tocsin.model.document import Document

#: An address is asked so often in one run, at most.
MAX_TRIES: Final = 3
#: How deep sitemaps may stand in sitemaps; the protocol knows two levels.
MAX_DEPTH: Final = 3
#: How many feeds and sitemaps are read in one run, at most.
MAX_LISTS: Final = 1_000

_GIVEN, _FURTHER = 0, 2  # levels of urgency: sources first, then pages, further sitemaps last


class Run:
    """Makes one run; what must outlast it is in ``state``, ``asker`` and ``record``."""

    def __init__(
        self,
        *,
        state: State,
        asker: Asker,
        record: Record,
        schedule: Schedule[Task],
        allow: Collection[Place],
        refresh: bool,
        limit: int | None,
    ) -> None:
        self._state = state
        self._asker = asker
        self._record = record
        self._schedule = schedule
        self._allow = allow
        self._refresh = refresh
        self._limit = limit
        self._articles = self._lists = 0
        self._seen: set[str] = set()
        self._closed: dict[str, UnreachableError] = {}  # hosts that are left alone, and why
        self._robots_tries: dict[str, int] = {}

    def outcomes(self, sources: Iterable[str | Item]) -> Iterator[Outcome]:
        """What becomes of every address."""
        for source in sources:
            if self.full:
                return
            if isinstance(source, Item):
                yield from self._entry(source, source.path)
            else:
                yield from self._given(source)
        while not self.full and (found := self._schedule.next()) is not None:
            yield from self._step(*found)

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return self._limit is not None and self._articles >= self._limit

    # What is to be asked

    def _given(self, source: str) -> Iterator[Outcome]:
        try:
            address = canonical(source)
        except RefusedError as error:
            yield self._record.refused(source.strip(), error)
            return
        task = Task(address=address, wants="any", level=_GIVEN)
        yield from self._take(task)

    def _entry(self, item: Item, source: str) -> Iterator[Outcome]:
        """Take an entry of a list: an article, a link to one, or what is wrong with it."""
        found = item.found
        if isinstance(found, InputError):
            where = item.path if item.line is None else f"{item.path}:{item.line}"
            yield Outcome(kind="set aside", address=where, reason="entry", message=found.message)
            return
        try:
            address = canonical(found.url or "")
        except RefusedError as error:
            yield self._record.refused((found.url or item.path).strip(), error)
            return
        if isinstance(found, Document):
            if address not in self._seen:
                self._seen.add(address)
                document = identified(found, address)
                for outcome in self._record.whole_entry(document, source):
                    yield outcome
                    self._articles += outcome.kind == "article"
            return
        assert isinstance(found, Link)
        changed = getattr(found, "changed", None)
        yield from self._take(Task(address=address, link=found, source=source, changed=changed))

    def _take(self, task: Task) -> Iterator[Outcome]:
        """Put an address on the schedule, unless it needs no asking."""
        if task.address in self._seen:
            return
        self._seen.add(task.address)
        outcome = self._record.settled(task, refresh=self._refresh)
        if outcome is not None:
            yield outcome
            return
        try:
            check_literal(task.address, self._allow)
        except RefusedError as error:
            yield self._record.set_aside(task, error)
            return
        yield from self._put(task)

    def _put(self, task: Task, *, first: bool = False) -> Iterator[Outcome]:
        host = place_of(task.at)[0]
        if host in self._closed:
            yield self._record.failed(task, self._closed[host])
        else:
            self._schedule.put(host, task, level=task.level, first=first)

    # Asking

    def _step(self, host: str, task: Task) -> Iterator[Outcome]:
        """Make one request for a task, or find that none may be made."""
        origin = origin_of(task.at)
        rules = self._asker.rules(origin)
        if rules is None:
            self._ask_robots(host, origin)
            self._schedule.put(host, task, level=task.level, first=True)
            return
        if not rules.answered:
            missing = UnreachableError("robots.txt cannot be had", wait=KEPT_WITHOUT_ANSWER)
            yield from self._fail(task, missing)
            return
        if not rules.allows(task.at):
            forbidden = RefusedError("robots.txt forbids it", reason=ROBOTS, path=task.at)
            yield from self._refuse(task, forbidden)
            return
        try:
            try:
                answer = self._asker.ask(
                    task.at,
                    limit=_limit(task),
                    validators=validators(self._state, task, refresh=self._refresh),
                )
            finally:
                self._schedule.asked(host, delay=rules.delay)
            self._schedule.answered(host)
            yield from self._answered(task, answer)
        except RefusedError as error:
            self._schedule.answered(host)
            yield from self._refuse(task, error)
        except UnreachableError as error:
            yield from self._again(host, task, error)

    def _ask_robots(self, host: str, origin: str) -> None:
        try:
            self._asker.ask_robots(origin)
        except UnreachableError as error:
            tries = self._robots_tries[origin] = self._robots_tries.get(origin, 0) + 1
            if not self._schedule.back_off(host, wait=error.wait) or tries >= MAX_TRIES:
                self._asker.no_robots(origin)
        else:
            self._schedule.asked(host)

    def _answered(self, task: Task, answer: Response | Moved | Unchanged) -> Iterator[Outcome]:
        if isinstance(answer, Moved):
            task.trail = (*task.trail, task.at)
            if answer.to in task.trail or len(task.trail) > MAX_HOPS:
                what = "in a circle" if answer.to in task.trail else f"over {MAX_HOPS} addresses"
                raise RefusedError(f"is redirected {what}", reason=REDIRECTS, path=task.address)
            check_literal(answer.to, self._allow)
            task.at = answer.to
            yield from self._put(task, first=True)
            return
        known = self._state.list_page(task.address)
        if isinstance(answer, Unchanged):
            if known is not None and task.wants != "page":
                yield Outcome(kind="known", address=task.address, reason="unchanged")
                yield from self._further(task)
            else:
                yield self._record.unchanged(task)
            return
        body = gunzipped(answer.body, _limit(task))
        answer = replace(answer, body=body)
        kind = kind_of(body, answer.headers.get("content-type", ""))
        if kind in ("feed", "sitemap") and task.wants != "page":
            yield from self._read(task, answer, kind)
        elif kind == "page" and task.wants != "list":
            document = answered_document(answer, task.link)
            for outcome in self._record.page(task, answer, document):
                yield outcome
                self._articles += outcome.kind == "article"
        else:
            said = answer.headers.get("content-type", "nothing that is known")[:80]
            what = f"a {kind}" if kind != "other" else said
            wanted = "a page" if task.wants == "page" else "a list or a page"
            raise RefusedError(f"is not {wanted} but {what}", reason=NOT_A_PAGE, path=task.at)

    # Lists

    def _read(
        self, task: Task, answer: Response, kind: Literal["feed", "sitemap"]
    ) -> Iterator[Outcome]:
        """Read a list. What it names is in the state before the list counts as read."""
        self._lists += 1
        if self._lists > MAX_LISTS:
            what = f"more than {MAX_LISTS:,} feeds and sitemaps in one run"
            raise RefusedError(what, reason=TOO_MANY, path=task.address)
        items, sitemaps = read_list(answer.body, kind, path=task.address, url=task.at)
        note(self._state, task.address, items, sitemaps)
        self._state.forget(task.address)
        for item in items:
            if self.full:
                return
            yield from self._entry(item, task.address)
        for sitemap in sitemaps:
            yield from self._sitemap(sitemap, task)
        yield self._record.list_read(task, answer, len(items) + len(sitemaps))
        yield from self._further(task)

    def _sitemap(self, sitemap: Sitemap, parent: Task) -> Iterator[Outcome]:
        try:
            address = canonical(sitemap.url)
        except RefusedError as error:
            yield self._record.refused(sitemap.url, error)
            return
        if address in self._seen:
            return
        known = self._state.list_page(address)
        read = known.fetched if known is not None else None
        task = Task(address=address, wants="list", level=_FURTHER, depth=parent.depth + 1)
        if sitemap.changed and read and sitemap.changed.timestamp() <= read and not self._refresh:
            self._seen.add(address)
            yield Outcome(kind="known", address=address, reason="unchanged")
            yield from self._further(task)
        elif task.depth > MAX_DEPTH:
            self._seen.add(address)
            what = f"a sitemap more than {MAX_DEPTH} levels deep"
            yield self._record.refused(address, RefusedError(what, reason=TOO_MANY))
        else:
            yield from self._take(task)

    def _further(self, task: Task) -> Iterator[Outcome]:
        """Take up what a list named before and is still to be had, and its further sitemaps."""
        for page in self._state.pending(task.address):
            link = link_of(page)
            yield from self._take(Task(address=page.address, link=link, source=task.address))
        for known in self._state.children(task.address):
            yield from self._sitemap(Sitemap(url=known.address), task)

    # What came of it

    def _refuse(self, task: Task, problem: RefusedError) -> Iterator[Outcome]:
        yield self._record.set_aside(task, problem)
        if task.wants != "page":
            yield from self._further(task)

    def _fail(self, task: Task, problem: UnreachableError) -> Iterator[Outcome]:
        yield self._record.failed(task, problem)
        if task.wants != "page":
            yield from self._further(task)

    def _again(self, host: str, task: Task, problem: UnreachableError) -> Iterator[Outcome]:
        """Try again later: in this run while that makes sense, else in the next."""
        task.tries += 1
        goes_on = self._schedule.back_off(host, wait=problem.wait)
        if goes_on and task.tries < MAX_TRIES:
            task.at, task.trail = task.address, ()
            yield from self._put(task, first=True)
            return
        if not goes_on:
            self._closed[host] = UnreachableError(
                f"the host is left alone for this run: {problem.message}", wait=problem.wait
            )
        yield from self._fail(task, problem)
        if not goes_on:
            for other in list(self._schedule.drop(host)):
                yield from self._fail(other, self._closed[host])


def _limit(task: Task) -> int:
    return MAX_PAGE_BYTES if task.wants == "page" else MAX_LIST_BYTES
