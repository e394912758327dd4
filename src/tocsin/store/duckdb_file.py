"""A store in one DuckDB file: the usual one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.errors import StoreError
from tocsin.store.migrations import migrate, refuse_older
from tocsin.store.tables import TableStore

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class DuckDBStore(TableStore):
    """Keeps everything in the file ``path``, which is made where there is none.

    What was added is safe at once, whatever happens to the process. One process writes at a time;
    with ``read_only`` several may read. StoreError where the file is none of ours, is damaged, or
    in use.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        import duckdb

        path = Path(path)
        if read_only and not path.exists():
            raise StoreError("there is no such store; make one with tocsin add", path=str(path))
        if path.is_dir():
            raise StoreError("is a folder and no DuckDB file", path=str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = duckdb.connect(str(path), read_only=read_only)
        except OSError as error:
            message = f"cannot be opened: {error.strerror or error}"
            raise StoreError(message, path=str(path)) from error
        except duckdb.Error as error:
            raise StoreError(_why(error), path=str(path)) from error
        try:
            _refuse_others(db, str(path), read_only=read_only)
            if read_only:
                refuse_older(db, str(path))
            else:
                migrate(db, str(path))
        except duckdb.Error as error:
            db.close()
            raise StoreError(_why(error), path=str(path)) from error
        except StoreError:
            db.close()
            raise
        super().__init__(db, str(path))


def _refuse_others(db: DuckDBPyConnection, path: str, *, read_only: bool) -> None:
    """StoreError for the database of somebody else, which is left as it is."""
    names = {row[0] for row in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "migrations" not in names and (names or read_only):
        holds = f"it holds other tables: {', '.join(sorted(names)[:5])}" if names else "it is empty"
        raise StoreError(f"is a DuckDB file, but no store of Tocsin's; {holds}", path=path)


def _why(error: Exception) -> str:
    words = str(error)
    first = words.splitlines()[0]
    if "lock on file" in words.lower():
        return f"is in use by another process; wait until that has ended ({first})"
    if "not a valid DuckDB" in words or "Corrupt" in words or "checksum" in words.lower():
        return f"is no DuckDB file, or is damaged; put back a copy of it ({first})"
    return f"cannot be opened: {first}"
