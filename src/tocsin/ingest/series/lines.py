"""The lines of a stream, read in large pieces: for tables of millions of short rows."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.config import MAX_LINE_BYTES
from tocsin.ingest.sources import ByteStream

_PIECE = 1 << 20


def lines_of(stream: ByteStream) -> Iterator[bytes]:
    """Yield each line without its break; of one that is too long only so much that it shows."""
    rest = b""
    while piece := stream.read(_PIECE):
        parts = piece.split(b"\n")
        if len(parts) == 1:
            if len(rest) <= MAX_LINE_BYTES:
                rest += piece
            continue
        yield (rest + parts[0]).rstrip(b"\r")
        for line in parts[1:-1]:
            yield line.rstrip(b"\r")
        rest = parts[-1]
    if rest:
        yield rest.rstrip(b"\r")
