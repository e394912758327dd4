"""A large store of made-up news, to try a desk of analysts on.

::

    python -m bench.desk_store PATH.duckdb [--incidents 100000] [--channels 300]

Holds ten years of articles, copies and versions with their events, and the incidents, claims,
stories, threats and channels that they come to. Which reports belong together is known, so nothing
is compared pair by pair. ``bench.desk_questions`` times what a desk asks of it.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from bench.desk_world import Article, Happening, World

from tocsin.linking.incidents import reports, summary
from tocsin.linking.ledgers import follow_again
from tocsin.linking.stories import Article as Told
from tocsin.linking.stories import story_of
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.incident import Incident
from tocsin.model.story import Story
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

_NOW = datetime(2025, 1, 10, 12)
_BATCH = 1500
# After so many days nothing more is reported of a happening.
_OVER = timedelta(days=6)
_NEAR = 3.0


class Builder:
    """Puts articles into a store, and what they report once all of it is told."""

    def __init__(self, store: TableStore) -> None:
        self._store = store
        self._open: dict[int, tuple[Happening, list[reports.Report]]] = {}
        self._stories: dict[int, tuple[date, list[Document]]] = {}
        self._heads: dict[str, str] = {}
        self.incidents: list[Incident] = []

    def add(self, articles: Iterable[Article], *, last: bool = False) -> None:
        """Put in some articles; with ``last`` all that is open comes to its end."""
        articles = list(articles)
        coding = Coding("0", {"made": "up"})
        self._store.add_all([_entry(one) for one in articles], coding, at=_NOW)
        keys: dict[str, tuple[str, list[int]]] = {}
        edges: dict[tuple[str, str], float] = {}
        for one in articles:
            head = one.copy_of or one.version_of
            if head is not None:
                self._heads[one.document.id] = self._heads.get(head, head)
            if one.copy_of is not None:
                continue
            keys[f"s-{one.document.id}"] = one.document.id, [_key(one.document.id)]
            lead = next(told.number for told in one.happenings if told is not None)
            day = one.document.published or date.max
            self._stories.setdefault(lead, (day, []))[1].append(one.document)
            for event, told in zip(one.events, one.happenings, strict=True):
                if told is not None:
                    keys[event.id] = one.document.id, [_key(str(told.number))]
                    of_it = self._open.setdefault(told.number, (told, []))[1]
                    if of_it:
                        pair = sorted((of_it[-1].id, event.id))
                        edges[pair[0], pair[1]] = _NEAR
                    of_it.append(_report(event, one.document))
        today = max((one.document.published or date.min for one in articles), default=date.max)
        before = date.max if last else today - _OVER
        incidents = list(self._over(before))
        documents = [one.document.id for one in articles if one.copy_of is None]
        stories = list(self._told(before))
        self._store.links.replace(documents, keys, edges, (), incidents, stories, {})
        self.incidents += incidents

    def _over(self, before: date) -> Iterator[Incident]:
        for number in [n for n, (one, _) in self._open.items() if one.day < before]:
            yield summary.incident_of(self._open.pop(number)[1], self._heads)

    def _told(self, before: date) -> Iterator[Story]:
        for number in [n for n, (day, _) in self._stories.items() if day < before]:
            documents = self._stories.pop(number)[1]
            yield story_of([Told(one, {}, {}) for one in documents], self._heads)


def build(path: str, *, incidents: int, channels: int = 300, seed: int = 1) -> None:
    """Make the store at ``path``."""
    started = time.monotonic()
    with open_store(path) as store:
        builder = Builder(store)
        made = World(seed=seed, channels=channels).articles(incidents)
        count = 0
        while batch := list(itertools.islice(made, _BATCH)):
            builder.add(batch)
            count += len(batch)
            _say(started, f"{count:,} articles, {len(builder.incidents):,} incidents")
        builder.add((), last=True)
        follow_again(store.links)
        followed = store.count("threats"), store.count("channels")
        _say(started, f"{followed[0]:,} threats and demands followed, {followed[1]} channels")
        _say(started, f"{store.links.count():,} incidents in all")


def _entry(one: Article) -> Entry:
    return Entry(
        path="made", outcome="copy" if one.copy_of else "coded", document=one.document,
        digest=_digest(one.document.text), events=one.events, states=one.states,
        copy_of=one.copy_of, copy_kind="same" if one.copy_of else None,
        contained=1.0 if one.copy_of else None, version_of=one.version_of,
    )  # fmt: skip


def _report(event: Event, document: Document) -> reports.Report:
    """A report of which it is known already what it is of."""
    nothing: frozenset[str] = frozenset()
    return reports.Report(
        event=event, document=document, group="", actors=(), recipients=(), first=None, last=None,
        dated=False, words=nothing, trigger=nothing, near=nothing, several=False, many=False,
        ordinal=None, story=Told(document, {}, {}),
    )  # fmt: skip


def _key(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _say(started: float, words: str) -> None:
    print(f"{time.monotonic() - started:6.0f} s  {words}", flush=True)


def main() -> None:
    """Make the store that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--channels", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if Path(args.path).exists():
        parser.error(f"{args.path} is there already; name another, or remove it")
    build(args.path, incidents=args.incidents, channels=args.channels, seed=args.seed)


if __name__ == "__main__":
    main()
