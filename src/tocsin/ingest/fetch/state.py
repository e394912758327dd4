"""What was fetched when, in one SQLite file: killed at any moment, the next run goes on from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal

from tocsin.errors import OptionError
from tocsin.ingest.fetch.robots import RobotsText
from tocsin.ingest.items import Link

VERSION: Final = 1
_APPLICATION: Final = 0x746F6373  # "tocs": what marks the file as ours

_SCHEMA = """
CREATE TABLE pages (
    address TEXT PRIMARY KEY,  -- canonical, as it was listed or given
    source TEXT,               -- the list that named it, null if it was given by itself
    link TEXT,                 -- what the list says of it, as JSON
    outcome TEXT NOT NULL,     -- waiting, article, set aside, failed
    reason TEXT,
    status INTEGER,            -- of HTTP
    etag TEXT,
    modified TEXT,
    final TEXT,                -- canonical, after redirects
    tried REAL,                -- when it was last asked, in seconds since 1970
    retry REAL,                -- not before
    tries INTEGER NOT NULL DEFAULT 0,   -- failed runs in a row
    document TEXT,             -- id of the article
    origin TEXT,               -- page or feed: where its text stood
    version INTEGER NOT NULL DEFAULT 0,
    fetched REAL               -- when the text was last known to be current
) WITHOUT ROWID;
CREATE INDEX pages_by_source ON pages (source) WHERE outcome IN ('waiting', 'failed');
CREATE INDEX pages_by_document ON pages (document);
CREATE TABLE lists (
    address TEXT PRIMARY KEY,  -- of a feed, a sitemap, an index
    parent TEXT,               -- the index that named it
    etag TEXT,
    modified TEXT,
    fetched REAL               -- when it was last read to its end
) WITHOUT ROWID;
CREATE INDEX lists_by_parent ON lists (parent);
CREATE TABLE robots (
    origin TEXT PRIMARY KEY,
    text TEXT,                 -- null: no answer
    got REAL NOT NULL
) WITHOUT ROWID;
"""

PageOutcome = Literal["waiting", "article", "set aside", "failed"]


@dataclass(slots=True, kw_only=True)
class Page:
    """What is known of one address; the columns of ``pages``."""

    address: str
    outcome: PageOutcome = "waiting"
    source: str | None = None
    link: str | None = None
    reason: str | None = None
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    final: str | None = None
    tried: float | None = None
    retry: float | None = None
    tries: int = 0
    document: str | None = None
    origin: str | None = None
    version: int = 0
    fetched: float | None = None


@dataclass(slots=True, kw_only=True)
class ListPage:
    """What is known of one feed or sitemap; the columns of ``lists``."""

    address: str
    parent: str | None = None
    etag: str | None = None
    modified: str | None = None
    fetched: float | None = None


_PAGE = tuple(Page.__dataclass_fields__)
_LIST = tuple(ListPage.__dataclass_fields__)


class State:
    """The state of fetching in the file ``path``, or in memory with ``None``.

    One run at a time holds it. What a method writes is on the disk when it returns. OptionError
    where the file is another run's, no state, or of a version that is not known here.
    """

    def __init__(self, path: str | Path | None) -> None:
        self.path = str(path) if path is not None else None
        try:
            if path is not None:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                ":memory:" if path is None else str(path), isolation_level=None, timeout=0.2
            )
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise
        except (sqlite3.Error, OSError) as error:
            raise OptionError(f"the state {path} cannot be used: {_said(error)}") from error

    def _open(self) -> None:
        # The lock is kept till the end, so that no second run fetches the same beside this one.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA synchronous = FULL")
        with self._writing("EXCLUSIVE"):
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            (application,) = self._db.execute("PRAGMA application_id").fetchone()
            (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not version and not application and not tables:
                for statement in filter(str.strip, _SCHEMA.split(";\n")):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            elif application != _APPLICATION:
                raise OptionError(
                    f"{self.path} is a database of something else; name another file with --state"
                )
            elif version != VERSION:
                raise OptionError(
                    f"the state {self.path} is of version {version}, and this Tocsin knows version "
                    f"{VERSION}: use the Tocsin that wrote it, or name another file with --state"
                )

    @contextmanager
    def _writing(self, how: str = "IMMEDIATE") -> Iterator[None]:
        self._db.execute(f"BEGIN {how}")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> State:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def page(self, address: str) -> Page | None:
        """What is known of an address."""
        row = self._db.execute(
            f"SELECT {', '.join(_PAGE)} FROM pages WHERE address = ?", [address]
        ).fetchone()
        return Page(**dict(zip(_PAGE, row, strict=True))) if row else None

    def save(self, page: Page) -> None:
        """Write what is known of an address."""
        with self._writing():
            self._save(page)

    def add(self, pages: Iterable[Page], lists: Iterable[ListPage]) -> None:
        """Note what a list names, all of it or nothing."""
        with self._writing():
            for page in pages:
                self._save(page)
            for one in lists:
                self._save_list(one)

    def _save(self, page: Page) -> None:
        self._db.execute(
            f"INSERT OR REPLACE INTO pages ({', '.join(_PAGE)}) "
            f"VALUES ({', '.join('?' * len(_PAGE))})",
            [getattr(page, name) for name in _PAGE],
        )

    def forget(self, address: str) -> None:
        """Drop what is known of an address that turned out to be a list."""
        with self._writing():
            self._db.execute("DELETE FROM pages WHERE address = ?", [address])

    def pending(self, source: str) -> list[Page]:
        """The addresses that a list named and that are still to be had."""
        rows = self._db.execute(
            f"SELECT {', '.join(_PAGE)} FROM pages "
            "WHERE source = ? AND outcome IN ('waiting', 'failed') ORDER BY address",
            [source],
        )
        return [Page(**dict(zip(_PAGE, row, strict=True))) for row in rows]

    def holds(self, document: str) -> bool:
        """Whether an article was had, from whatever address."""
        found = self._db.execute("SELECT 1 FROM pages WHERE document = ? LIMIT 1", [document])
        return found.fetchone() is not None

    def articles(self) -> int:
        """How many addresses gave an article so far."""
        query = "SELECT count(*) FROM pages WHERE document IS NOT NULL"
        (number,) = self._db.execute(query).fetchone()
        return int(number)

    def list_page(self, address: str) -> ListPage | None:
        """What is known of a feed or sitemap."""
        row = self._db.execute(
            f"SELECT {', '.join(_LIST)} FROM lists WHERE address = ?", [address]
        ).fetchone()
        return ListPage(**dict(zip(_LIST, row, strict=True))) if row else None

    def save_list(self, one: ListPage) -> None:
        """Write what is known of a feed or sitemap."""
        with self._writing():
            self._save_list(one)

    def _save_list(self, one: ListPage) -> None:
        self._db.execute(
            f"INSERT OR REPLACE INTO lists ({', '.join(_LIST)}) "
            f"VALUES ({', '.join('?' * len(_LIST))})",
            [getattr(one, name) for name in _LIST],
        )

    def children(self, parent: str) -> list[ListPage]:
        """The sitemaps that an index named."""
        rows = self._db.execute(
            f"SELECT {', '.join(_LIST)} FROM lists WHERE parent = ? ORDER BY address", [parent]
        )
        return [ListPage(**dict(zip(_LIST, row, strict=True))) for row in rows]

    def robots(self, origin: str) -> RobotsText | None:
        """The robots.txt of an origin as it was last had."""
        row = self._db.execute("SELECT text, got FROM robots WHERE origin = ?", [origin]).fetchone()
        return RobotsText(text=row[0], got=row[1]) if row else None

    def save_robots(self, origin: str, robots: RobotsText) -> None:
        """Keep the robots.txt of an origin."""
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO robots (origin, text, got) VALUES (?, ?, ?)",
                [origin, robots.text, robots.got],
            )


def _said(error: Exception) -> str:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return "another run is using it"
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
        return "it is no database; name another file with --state"
    return str(error)


def link_json(link: Link) -> str:
    """What a list says of an address, as it is kept."""
    said = {name: value for name, value in asdict(link).items() if value is not None}
    for name in ("url", "changed"):
        said.pop(name, None)
    return json.dumps(said, ensure_ascii=False, default=_iso)


def _iso(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def link_of(page: Page) -> Link | None:
    """What a list said of an address."""
    if page.link is None:
        return None
    said: dict[str, Any] = json.loads(page.link)
    for name, read in (("published", date.fromisoformat), ("moment", datetime.fromisoformat)):
        if name in said:
            said[name] = read(said[name])
    return Link(url=page.address, **said)
