"""Fetching: from sources to articles, one outcome for each address.

What an article's outcome hands out counts as taken when the next outcome is asked for: only then
does the state say that it was had. Whoever is cut off in between gets it once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from types import TracebackType

from tocsin.ingest.fetch.addresses import Place
from tocsin.ingest.fetch.asking import Asker
from tocsin.ingest.fetch.network import Client
from tocsin.ingest.fetch.outcomes import Outcome
from tocsin.ingest.fetch.record import Record, Task
from tocsin.ingest.fetch.running import Run
from tocsin.ingest.fetch.schedule import Schedule
from tocsin.ingest.fetch.state import State
from tocsin.ingest.items import Item


def default_user_agent() -> str:
    """``tocsin/<version>``; whoever fetches much adds where they can be reached."""
    from importlib.metadata import version

    return f"tocsin/{version('tocsin')}"


class Fetcher:
    """Fetches articles and keeps account of it in ``state``.

    ``allow`` are hosts and ports that may be private; ``delay`` the seconds between two requests
    to one host; with ``refresh`` what was had is asked for anew, and only what is new comes back;
    ``have`` are ids of articles that the caller holds already, whatever the state says. ``clock``
    tells seconds since 1970, ``sleep`` waits for some. As a context manager it closes its
    connections, not the state.
    """

    def __init__(
        self,
        state: State,
        *,
        user_agent: str | None = None,
        allow: Collection[Place] = (),
        delay: float = 2.0,
        refresh: bool = False,
        have: Collection[str] = (),
        client: Client | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.stopped = False  # whether the last run ended at its limit
        self._client = client or Client(user_agent=user_agent or default_user_agent(), allow=allow)
        self._state = state
        self._allow = frozenset(allow)
        self._delay = delay
        self._refresh = refresh
        self._clock = clock
        self._sleep = sleep
        self._asker = Asker(self._client, state, clock)
        self._record = Record(state, clock, have)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def run(self, sources: Iterable[str | Item], *, limit: int | None = None) -> Iterator[Outcome]:
        """Yield what becomes of every address, of ``limit`` articles at most.

        A source is the address of a feed, a sitemap, an index of sitemaps or a page, told apart by
        what comes back; or an entry of a list that was read from a file. It may be run again and
        again, and each run goes on from the state.
        """
        schedule: Schedule[Task] = Schedule(delay=self._delay, clock=self._clock, sleep=self._sleep)
        run = Run(
            state=self._state,
            asker=self._asker,
            record=self._record,
            schedule=schedule,
            allow=self._allow,
            refresh=self._refresh,
            limit=limit,
        )
        self.stopped = False
        yield from run.outcomes(sources)
        self.stopped = run.full
