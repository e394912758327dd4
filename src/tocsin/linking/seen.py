"""The articles of earlier runs, kept in a file, so that their copies are known as such."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from tocsin.errors import OptionError
from tocsin.linking.copies import CopyIndex
from tocsin.linking.fingerprints import Fingerprint

_VERSION = 1
_SCHEMA = """
CREATE TABLE articles (
    id TEXT NOT NULL, digest TEXT NOT NULL, url TEXT, outlet TEXT, published TEXT,
    shingles BLOB NOT NULL, PRIMARY KEY (id, digest)
) WITHOUT ROWID
"""


class Seen:
    """A file (SQLite) of articles: about 2 KB for each.

    OptionError where the file is none of ours or cannot be opened.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        with self._open() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema")]
            if not version and not tables:
                db.execute(_SCHEMA)
                db.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION or tables != ["articles"]:
                raise OptionError(f"{self.path} is no file of seen articles of this Tocsin")

    def index(self) -> CopyIndex:
        """A new index of all articles in the file, in the order of their ids."""
        index = CopyIndex()
        with self._open() as db:
            rows = db.execute(
                "SELECT id, digest, url, outlet, published, shingles FROM articles ORDER BY id"
            )
            for id_, digest, url, outlet, published, data in rows:
                day = date.fromisoformat(published) if published else None
                runs = np.frombuffer(data, dtype=np.uint32)
                index.take(Fingerprint(id_, digest, url, outlet, day, runs))
        return index

    def add(self, entries: Iterable[Fingerprint]) -> None:
        """Keep these articles; those that are in the file already stay as they are."""
        with self._open() as db:
            db.executemany(
                "INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        one.id, one.digest, one.url, one.outlet,
                        one.published.isoformat() if one.published else None,
                        one.shingles.tobytes(),
                    )
                    for one in entries
                ),
            )  # fmt: skip

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file as a database, in which all is done or nothing."""
        try:
            with closing(sqlite3.connect(self.path)) as db, db:
                yield db
        except sqlite3.Error as error:
            raise OptionError(f"{self.path} cannot be used: {error}") from error
