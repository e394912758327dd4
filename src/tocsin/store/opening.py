"""Opening a store by its name."""

from __future__ import annotations

from pathlib import Path

from tocsin.errors import OptionError
from tocsin.store.duckdb_file import DuckDBStore
from tocsin.store.memory import MemoryStore
from tocsin.store.parquet_folder import ParquetStore
from tocsin.store.tables import TableStore

MEMORY = ":memory:"
ENDINGS = (".duckdb", ".db")


def open_store(name: str | Path, *, read_only: bool = False) -> TableStore:
    """The store of this name: a .duckdb or .db file, a folder of Parquet files (a name without an
    ending, or with / behind it), or ``:memory:``. It is made where there is none, unless it is
    ``read_only``. OptionError for other names, StoreError where it cannot be opened."""
    words = str(name)
    if words == MEMORY:
        return MemoryStore()
    path = Path(words)
    if path.suffix.lower() in ENDINGS and not path.is_dir():
        return DuckDBStore(path, read_only=read_only)
    if words.endswith("/") or path.is_dir() or not path.suffix:
        return ParquetStore(path, read_only=read_only)
    raise OptionError(
        f"{words} is no name for a store: a file ends in {' or '.join(ENDINGS)}, a folder of "
        "Parquet files has no ending"
    )
