"""A store that is forgotten when it is closed, for tests and for trying out."""

from __future__ import annotations

from tocsin.store.migrations import migrate
from tocsin.store.tables import TableStore


class MemoryStore(TableStore):
    """Keeps everything in memory."""

    def __init__(self) -> None:
        import duckdb

        db = duckdb.connect(":memory:")
        migrate(db, ":memory:")
        super().__init__(db, ":memory:")
