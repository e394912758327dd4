"""Files at addresses such as s3://bucket/2024/news.jsonl.gz, through fsspec.

Addresses of the web are none of them: pages are fetched by ``tocsin fetch``, with its checks.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tocsin.errors import OptionError, ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_WEB = ("http", "https", "ftp")


def is_address(path: str) -> bool:
    """Whether this is an address and no path of this machine."""
    return _ADDRESS.match(path) is not None


def filesystem(address: str) -> tuple[Any, str]:
    """The file system of an address, by fsspec, and the path there.

    ResourceError where its package is not installed, OptionError where there is none of that name.
    """
    from fsspec.core import url_to_fs

    found = _ADDRESS.match(address)
    scheme = found[1].lower() if found is not None else "file"
    if scheme in _WEB:
        raise OptionError(
            f"{address} is an address of the web; get what is there with tocsin fetch, or name a "
            "file that you have"
        )
    if "::" in address:
        raise OptionError(f"{address} is an address inside an address; name the file itself")
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise ResourceError(
            f"{scheme}:// addresses need a package that is not installed ({error})"
        ) from error
    except ValueError as error:
        raise OptionError(f"{address} is at no place that can be read: {error}") from error
    return system, str(path)


def files_at(address: str) -> list[tuple[str, bool]]:
    """The files at an address, sorted, each with whether it lies in a folder of that name; hidden
    ones are left out. OptionError where the place does not answer."""
    system, path = filesystem(address)
    try:
        if system.isfile(path):
            return [(address, False)]
        found: Mapping[str, Any] = system.find(path, detail=True)
    except Exception as error:
        # Each system has its own errors: of the network, of keys, of rights.
        raise OptionError(f"{address} cannot be read: {_words(error)}") from error
    top = path.rstrip("/")
    return [
        (system.unstrip_protocol(name), True)
        for name in sorted(found)
        if not any(part.startswith(".") for part in name[len(top) :].split("/"))
    ]


@contextmanager
def opened(address: str) -> Iterator[IO[bytes]]:
    """The bytes at an address, as they come; OSError where they do not."""
    system, path = filesystem(address)
    try:
        stream = system.open(path, "rb")
    except Exception as error:
        raise OSError(_words(error)) from error
    with stream:
        yield stream


@contextmanager
def brought(address: str) -> Iterator[str]:
    """A file at an address, as a file of this machine that is gone afterwards; OSError where it
    does not come."""
    system, path = filesystem(address)
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:
        here = str(Path(folder, os.path.basename(path)))
        try:
            system.get_file(path, here)
        except Exception as error:
            raise OSError(_words(error)) from error
        yield here


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
