"""What a server sends, unpacked within a bound."""

from __future__ import annotations

import zlib

from tocsin.ingest.fetch.problems import NOT_A_PAGE, TOO_LARGE, RefusedError, UnreachableError

_GZIP = b"\x1f\x8b"


class Unpacking:
    """Takes a body apart as it comes in, and never holds more than ``limit`` bytes unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
        names = [name for name in names if name != "identity"]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise RefusedError(
                f"comes in the encoding {encoding[:60]!r}, which was not asked for",
                reason=NOT_A_PAGE,
            )
        self._name = names[0] if names else None
        self._limit = limit
        self._taken = self._given = 0
        self._inflate = zlib.decompressobj(31) if self._name is not None else None
        self._held: bytes | None = b"" if self._name == "deflate" else None

    def add(self, data: bytes) -> bytes:
        """The next piece of the body, unpacked; RefusedError where all of it is over the limit."""
        self._taken += len(data)
        if self._taken > self._limit:
            raise too_large(self._limit)
        if self._inflate is None:
            self._given = self._taken
            return data
        if self._held is not None:
            self._held += data
            if len(self._held) < 2:
                return b""
            data, self._held = self._held, None
            # some servers send deflate without the two bytes that should stand before it
            wrapped = data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0
            self._inflate = zlib.decompressobj(15 if wrapped else -15)
        out = b""
        while data:
            try:
                piece = self._inflate.decompress(data, self._limit - self._given + 1)
            except zlib.error as error:
                raise UnreachableError(f"the compressed answer is damaged ({error})") from error
            self._given += len(piece)
            if self._given > self._limit:
                raise too_large(self._limit)
            out += piece
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data = self._inflate.unused_data
                if not data.startswith(_GZIP):  # anything behind the end but another part is litter
                    break
                self._inflate = zlib.decompressobj(31)
        return out

    def end(self) -> None:
        """Say that this was all; UnreachableError where the compressed data are cut off."""
        if self._inflate is not None and self._taken and not self._inflate.eof:
            raise UnreachableError("the compressed answer is cut off")


def too_large(limit: int) -> RefusedError:
    """The error for a body over ``limit`` bytes, packed or unpacked."""
    return RefusedError(f"more than {limit / 1e6:g} MB is too large", reason=TOO_LARGE)


def gunzipped(data: bytes, limit: int) -> bytes:
    """``data``, unpacked where it is a gzip file (such as ``sitemap.xml.gz``), within ``limit``."""
    if not data.startswith(_GZIP):
        return data
    unpacking = Unpacking("gzip", limit)
    out = unpacking.add(data)
    unpacking.end()
    return out
