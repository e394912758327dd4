"""The folder that a run writes into: a path, or an address such as s3://bucket/coded.

A part appears whole or not at all, under its final name.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import OptionError
from tocsin.ingest.remote import filesystem, is_address

WORK = "work"
Row = dict[str, Any]

# Where a file is there only when all of it is.
_WHOLE_ANYWAY = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"})
_KINDS = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(),
    "DATE": pa.date32(), "BLOB": pa.binary(), "BOOLEAN": pa.bool_(),
}  # fmt: skip


def schema_of(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema of columns with their DuckDB types."""
    return pa.schema([(name, _KINDS[kind]) for name, kind in columns.items()])


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its name; all processes of a run see the same one under it."""

    name: str

    def exists(self, name: str) -> bool:
        """Whether this file is there."""
        system, top = self._place()
        return bool(system.exists(f"{top}/{name}"))

    def holds(self, path: str) -> bool:
        """Whether a path or an address lies in this folder."""
        return _whole_name(path).startswith(f"{_whole_name(self.name)}/")

    def names(self, inside: str) -> list[str]:
        """The names of what is in a folder of this one, or in itself (""), sorted."""
        system, top = self._place()
        place = f"{top}/{inside}" if inside else top
        system.invalidate_cache()
        if not system.isdir(place):
            return []
        names = (os.path.basename(str(name).rstrip("/")) for name in system.ls(place, detail=False))
        return sorted(f"{inside}/{name}" if inside else name for name in names)

    def read_json(self, name: str) -> Any:
        """What stands in a file of JSON; None where there is none."""
        system, top = self._place()
        try:
            return json.loads(system.cat_file(f"{top}/{name}"))
        except FileNotFoundError:
            return None

    def write_json(self, name: str, value: Any) -> None:
        """Write a file of JSON."""
        data = json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace")
        self._written(name, lambda out: out.write(data))

    def read_rows(self, name: str, columns: Sequence[str] | None = None) -> list[Row]:
        """The rows of a part, or of some of its columns."""
        rows: list[Row] = self.read_table(name, columns).to_pylist()
        return rows

    def read_table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A part as it is, or some of its columns."""
        system, top = self._place()
        with system.open(f"{top}/{name}", "rb") as file:
            return pq.ParquetFile(file).read(columns=list(columns) if columns else None)

    def write_rows(self, name: str, rows: Sequence[Row], columns: Mapping[str, str]) -> None:
        """Write a part."""
        self.write_tables(name, [pa.Table.from_pylist(list(rows), schema=schema_of(columns))])

    def write_tables(self, name: str, tables: Iterable[pa.Table]) -> None:
        """Write a part out of tables of one form, at least one, as they come."""

        def write(out: IO[bytes]) -> None:
            writer = None
            for table in tables:
                writer = writer or pq.ParquetWriter(out, table.schema, compression="zstd")
                writer.write_table(table)
            if writer is not None:
                writer.close()

        self._written(name, write)

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        system, top = self._place()
        if system.exists(f"{top}/{name}"):
            system.rm(f"{top}/{name}", recursive=True)

    def _written(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        """Write a file under its name at once, or under another that is changed when it is whole;
        OptionError where that cannot be."""
        system, top = self._place()
        target = f"{top}/{name}"
        protocols = {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}
        at_once = bool(protocols & _WHOLE_ANYWAY)
        part = target if at_once else f"{top}/{WORK}/part-{uuid.uuid4().hex}"
        try:
            system.makedirs(os.path.dirname(part), exist_ok=True)
            with system.open(part, "wb") as out:
                write(out)
            if not at_once:
                system.makedirs(os.path.dirname(target), exist_ok=True)
                if is_local(self.name):
                    os.replace(part, target)
                else:
                    system.mv(part, target)
        except OSError as error:
            raise OptionError(
                f"{self.name}/{name} cannot be written: {error.strerror or error}"
            ) from error

    def _place(self) -> tuple[Any, str]:
        address = self.name if is_address(self.name) else f"file://{os.path.abspath(self.name)}"
        system, top = filesystem(address)
        return system, top.rstrip("/")


def is_local(name: str) -> bool:
    """Whether a folder of this name is one of this machine's."""
    return not is_address(name) or name.lower().startswith(("file://", "local://"))


def _whole_name(name: str) -> str:
    """A path or an address in the one form by which places are compared."""
    if not is_address(name):
        return f"file:{os.path.abspath(name)}"
    system, place = filesystem(name)
    protocol = system.protocol if isinstance(system.protocol, str) else system.protocol[0]
    return f"{protocol}:{place.rstrip('/')}"
