"""Records in the order in which they come, in a file of this machine that nobody else sees: what
would fill the memory, and is looked up again by its place."""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from typing import IO

from tocsin.errors import ResourceError

# What goes to the disk at once.
_BUFFER = 1_000_000


class Spool:
    """Records of bytes, each to be had again by its place, from 0 on; 8 bytes of each in memory.

    The file lies where temporary ones do (TMPDIR), from the first million bytes on, and is gone
    with the process. ResourceError where it finds no room.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._ends = array("Q", [0])
        self._written = 0
        self._waiting = bytearray()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, record: bytes) -> None:
        """Take a record."""
        self._waiting += record
        self._ends.append(self._ends[-1] + len(record))
        if len(self._waiting) >= _BUFFER:
            self._write()

    def __getitem__(self, place: int) -> bytes:
        start, end = self._ends[place], self._ends[place + 1]
        if start >= self._written:
            return bytes(self._waiting[start - self._written : end - self._written])
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(end - start)

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="tocsin-")  # noqa: SIM115 - lives on
                weakref.finalize(self, self._file.close)
            self._file.seek(0, os.SEEK_END)
            self._file.write(self._waiting)
            self._file.flush()
        except OSError as error:
            raise ResourceError(
                f"{tempfile.gettempdir()} has no room for what is to be kept beside "
                f"({error.strerror or error}); let TMPDIR name a place that has"
            ) from error
        self._written += len(self._waiting)
        self._waiting.clear()
