"""Parquet: a row is an article."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.config import MAX_PARQUET_BYTES
from tocsin.errors import InputError
from tocsin.ingest.items import Item
from tocsin.ingest.readers.contract import Reader, Reading, problem, read_at_most
from tocsin.ingest.rows import Rows
from tocsin.ingest.sources import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 1000


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    """The rows of a file, batch by batch; of one inside an archive, out of memory."""
    import duckdb

    with duckdb.connect() as db, _place(source, db) as place:
        try:
            found = db.execute("SELECT * FROM read_parquet(?)", [place])
            names = [column[0] for column in found.description or ()]
            rows = Rows(source.path, reading.columns)
            rows.expect(names)
            number = 0
            while batch := found.fetchmany(_BATCH):
                for values in batch:
                    number += 1
                    yield rows.item(dict(zip(names, values, strict=True)), number)
            if not number:
                yield problem(source.path, "is empty")
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            message = f"is no Parquet file that can be read: {first}"
            raise InputError(message, path=source.path) from error


@contextmanager
def _place(source: Source, db: DuckDBPyConnection) -> Iterator[str]:
    """Where DuckDB finds the file: it reads from all over it, and an archive only goes forward."""
    if source.file is not None and _is_utf8(source.file):
        # no sign in the name is taken for a pattern
        yield "".join(f"[{sign}]" if sign in "*?[" else sign for sign in source.file)
        return
    from fsspec.implementations.memory import MemoryFileSystem

    data = read_at_most(source.stream, MAX_PARQUET_BYTES)
    if len(data) > MAX_PARQUET_BYTES:
        raise InputError(
            f"more than {MAX_PARQUET_BYTES / 1e6:g} MB of Parquet cannot be read inside an "
            "archive; unpack it first",
            path=source.path,
        )
    memory = MemoryFileSystem()
    place = f"memory://{uuid.uuid4().hex}.parquet"
    memory.pipe_file(place, data)
    try:
        db.register_filesystem(memory)
        yield place
    finally:
        memory.rm_file(place)


def _is_utf8(name: str) -> bool:
    """Whether DuckDB can be told the name of a file."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


PARQUET = Reader("Parquet", (".parquet",), _read)
