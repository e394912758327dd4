"""From lines of JSON to a Parquet file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

# A record holds its sentence several times over, and a sentence can be as long as a paragraph.
_MAX_RECORD_BYTES = 100_000_000


def parquet_of(lines: Path, target: Path, columns: Mapping[str, str]) -> None:
    """Write the objects of ``lines``, one a line, to the file ``target`` with these ``columns`` and
    their DuckDB types; the same bytes for the same lines."""
    import duckdb

    names = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    with duckdb.connect() as db:
        db.execute("SET threads = 1")
        db.execute(f"CREATE TABLE events ({names})")
        if lines.stat().st_size:
            db.execute(
                "INSERT INTO events SELECT * FROM read_json(?, format = 'newline_delimited', "
                f"maximum_object_size = {_MAX_RECORD_BYTES}, columns = {{{kinds}}})",
                [str(lines)],
            )
        name = str(target).replace("'", "''")
        db.execute(f"COPY events TO '{name}' (FORMAT parquet, COMPRESSION zstd)")
