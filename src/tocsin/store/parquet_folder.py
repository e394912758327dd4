"""A store in a folder of Parquet files, for those who share tables and not a database.

``manifest.json`` names the files of each table; whatever it does not name is not there. What is
added goes to ``journal.jsonl`` first, and from there into new Parquet files now and then and when
the store is closed. A process that is killed leaves the manifest and the journal as they were, and
the journal is read again. What is made from the events, the links, is written when the store is
closed, all of it, and made anew where that did not happen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tocsin.errors import InputError, StoreError
from tocsin.store.base import Coding, Entry
from tocsin.store.entries import entry_line, entry_of_line
from tocsin.store.links import DERIVED
from tocsin.store.migrations import FILL_PARTIES, STEPS, migrate, supersede
from tocsin.store.tables import TableStore
from tocsin.store.words import FILL_WORDS, add_words

_FIRST = ("codings", "documents", "coded", "events", "mentions", "set_aside")
GROWING = (*_FIRST, "imported", "states", "decisions", "sent", "parties", "words")
TABLES = (*GROWING, *DERIVED)
_MANIFEST, _JOURNAL, _LOCK = "manifest.json", "journal.jsonl", "lock.duckdb"
# After so many entries the journal goes into files; from so many files of a table on, they become
# one when the store is closed.
_FLUSH, _FILES = 500, 20


class ParquetStore(TableStore):
    """Keeps everything in the folder ``path``, which is made where there is none.

    One process writes at a time; with ``read_only`` any number may read what was flushed.
    StoreError where the folder is none of ours, is damaged, or in use.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        import duckdb

        self._folder = Path(path)
        self._read_only = read_only
        if read_only and not (self._folder / _MANIFEST).exists():
            raise StoreError("there is no such store; make one with tocsin add", path=str(path))
        super().__init__(duckdb.connect(":memory:"), str(path))
        self._lock = None if read_only else self._locked()
        self._journal: IO[bytes] | None = None
        try:
            self._open()
        except BaseException:
            self._let_go()
            raise

    def _open(self) -> None:
        import duckdb

        manifest = self._manifest()
        self._files: dict[str, list[str]] = manifest["tables"]
        self._next = int(manifest["next"])
        migrate(self._db, self.path)
        try:
            for table in TABLES:
                for name in self._files[table]:
                    file = str(self._folder / name).replace("'", "''")
                    self._db.execute(f"INSERT INTO {table} BY NAME SELECT * FROM '{file}'")
        except duckdb.Error as error:
            message = f"is damaged; put back a copy of it ({str(error).splitlines()[0]})"
            raise StoreError(message, path=self.path) from error
        self._flushed = {table: self._count(table) for table in TABLES}
        if self._count("events") and not self._count("parties"):
            # A store of an older Tocsin has none.
            self._db.execute(FILL_PARTIES)
        if self._count("documents") and not self._count("words"):
            self._db.execute(FILL_WORDS)
        self._db.execute(supersede())
        self._waiting = 0
        self._replay()
        if not self._read_only:
            self._journal = (self._folder / _JOURNAL).open("ab")

    def add_all(self, entries: Sequence[Entry], coding: Coding, *, at: datetime) -> int:
        """Keep many items at once, all of them or none; how many were new."""
        with self._journaled("\n".join(entry_line(entry, coding, at) for entry in entries)):
            new = super().add_all(entries, coding, at=at)
        self._waits(len(entries))
        return new

    def _add_words(self, after: int, last: int) -> None:
        """Keep the words of the documents of these numbers; rows that stand in files stay there."""
        add_words(self._db, after)

    def _import(self, lines: list[str], raws: list[str]) -> int:
        with self._journaled(json.dumps({"imported": lines, "raws": raws}, ensure_ascii=False)):
            new = super()._import(lines, raws)
        self._waits(len(lines))
        return new

    def mark_sent(self, target: str, alarms: Sequence[str], *, at: datetime) -> int:
        """Keep that these alarms were sent to a target; how many were not before."""
        line = {"sent": list(alarms), "target": target, "at": at.isoformat()}
        with self._journaled(json.dumps(line)):
            new = super().mark_sent(target, alarms, at=at)
        self._waits(len(alarms))
        return new

    @contextmanager
    def _journaled(self, line: str) -> Iterator[None]:
        """What is done inside stands in the journal first, and not any more where it fails."""
        if self._journal is None:
            raise StoreError("was opened to be read only", path=self.path)
        before = self._journal.seek(0, os.SEEK_END)
        try:
            self._journal.write(line.encode("utf-8", "replace") + b"\n")
            self._journal.flush()
            os.fsync(self._journal.fileno())
        except OSError as error:
            self._journal.truncate(before)
            message = f"cannot be written: {error.strerror or error}. What was added before is kept"
            raise StoreError(message, path=self.path) from error
        try:
            yield
        except BaseException:
            self._journal.truncate(before)
            raise

    def _waits(self, count: int) -> None:
        self._waiting += count
        if self._waiting >= _FLUSH:
            self._flush()

    def close(self) -> None:
        """Write what waits into files, and close."""
        try:
            if self._journal is not None:
                many = max(len(self._files[table]) for table in GROWING) >= _FILES
                self._flush(whole=many, links=True)
        finally:
            self._let_go()

    def _let_go(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        super().close()

    def _locked(self) -> Any:
        """Have the folder to ourselves: DuckDB's lock on a file ends with the process."""
        import duckdb

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return duckdb.connect(str(self._folder / _LOCK))
        except OSError as error:
            message = f"cannot be opened: {error.strerror or error}"
            raise StoreError(message, path=self.path) from error
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise StoreError(
                f"is in use by another process; wait until that has ended ({first})",
                path=self.path,
            ) from error

    def _manifest(self) -> dict[str, Any]:
        file = self._folder / _MANIFEST
        if not file.exists():
            others = [name for name in os.listdir(self._folder) if not name.startswith(_LOCK)]
            if others and _JOURNAL not in others:
                raise StoreError("is a folder of other files, and no store", path=self.path)
            return {"tables": {table: [] for table in TABLES}, "next": 1}
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            # A store of an older Tocsin has not all tables.
            tables = {table: list(found["tables"].get(table, ())) for table in TABLES}
            tables |= {table: list(found["tables"][table]) for table in _FIRST}
            unknown = set(found["migrations"]) - {name for name, _ in STEPS}
            number = int(found["next"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"has no {_MANIFEST} that can be read; put back a copy of it ({error})"
            raise StoreError(message, path=self.path) from error
        if unknown:
            raise StoreError(
                f"was made by a newer Tocsin (it knows {', '.join(sorted(unknown))}); install that",
                path=self.path,
            )
        return {"tables": tables, "next": number}

    def _replay(self) -> None:
        """Read the journal of a process that did not close the store; a last line that is cut off
        was never kept."""
        file = self._folder / _JOURNAL
        if not file.exists():
            return
        end = 0
        with file.open("rb") as lines:
            for line in lines:
                try:
                    row = json.loads(line)
                    other = "imported" in row or "sent" in row
                    entry = None if other else entry_of_line(line.decode())
                except (ValueError, KeyError, TypeError, InputError):
                    break
                if "sent" in row:
                    at = datetime.fromisoformat(row["at"])
                    super().mark_sent(row["target"], row["sent"], at=at)
                elif entry is None:
                    super()._import(row["imported"], row["raws"])
                else:
                    super().add_all([entry[0]], entry[1], at=entry[2])
                end += len(line)
                self._waiting += 1
        if not self._read_only:
            os.truncate(file, end)

    def _flush(self, *, whole: bool = False, links: bool = False) -> None:
        """Write the rows that wait, or with ``whole`` all of them, to new files, and with ``links``
        what was made from them; the manifest goes from the old state to the new at once."""
        assert self._journal is not None
        anew = (*(GROWING if whole else ()), *(DERIVED if links and self.links.changed else ()))
        if not self._waiting and not anew and (self._folder / _MANIFEST).exists():
            return
        files = {table: [] if table in anew else list(self._files[table]) for table in TABLES}
        for table in (*GROWING, *(one for one in anew if one in DERIVED)):
            rows = self._count(table)
            first = 0 if table in anew else self._flushed[table]
            if rows > first:
                name = f"{table}-{self._next:06d}.parquet"
                target = str(self._folder / name).replace("'", "''")
                self._db.execute(
                    f"COPY (SELECT * FROM {table} OFFSET {first}) TO '{target}' "
                    "(FORMAT parquet, COMPRESSION zstd)"
                )
                files[table].append(name)
            self._flushed[table] = rows
        self._next += 1
        manifest = {
            "migrations": [name for name, _ in STEPS], "next": self._next, "tables": files
        }  # fmt: skip
        new = self._folder / f"{_MANIFEST}.new"
        with new.open("w", encoding="utf-8") as out:
            json.dump(manifest, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.replace(new, self._folder / _MANIFEST)
        self._journal.truncate(0)
        self._waiting = 0
        gone = {name for names in self._files.values() for name in names}
        for name in gone - {name for names in files.values() for name in names}:
            (self._folder / name).unlink(missing_ok=True)
        self._files = files

    def _count(self, table: str) -> int:
        row = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0
