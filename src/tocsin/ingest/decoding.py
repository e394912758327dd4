"""From bytes to text: what is no text is refused with what was found, and where."""

from __future__ import annotations

import codecs
import re

from tocsin.config import MAX_PARAGRAPH_CHARACTERS, MAX_TEXT_BYTES
from tocsin.errors import InputError

# How files begin that are often taken for text.
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "gzip-compressed",
    b"\x89PNG": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ": "xz-compressed",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database (SQLite)",
}
# Control characters that no text holds; tab, line and page breaks are not among them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002  # stray control characters of old feeds pass, binary data do not
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOTHING = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*")
_LONG_LINE = re.compile(rf"[^\n\r\v\f\x85\u2028\u2029]{{{MAX_PARAGRAPH_CHARACTERS + 1}}}")


def decode(data: bytes, *, path: str, line: int | None = None) -> str:
    """Return the text of ``data``: UTF-8, or UTF-16 with a byte order mark (which is not kept).

    Line breaks stay as they are. InputError says what else it is, or which byte is wrong where.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(
                f"starts like UTF-16 but is not ({error.reason} at byte {error.start})",
                path=path, line=line,
            ) from error  # fmt: skip
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"is no text but {what}", path=path, line=line)
    if b"\x00" in data:
        where = f"a NUL byte at byte {data.index(0)}"
        raise InputError(f"is no text but binary data ({where})", path=path, line=line)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        at = f"byte 0x{error.object[error.start]:02X} at byte {error.start}"
        if line is None:
            lines_before = error.object.count(b"\n", 0, error.start)
            at += f", line {lines_before + 1}"
        raise InputError(
            f"is not UTF-8 ({at}); convert it first, for example with: iconv -f WINDOWS-1252 "
            "-t UTF-8",
            path=path, line=line,
        ) from error  # fmt: skip


def check_text(text: str, *, path: str, line: int | None = None) -> str:
    """Return ``text`` if it can be coded as an article; InputError says why not."""
    if _NOTHING.fullmatch(text):
        raise InputError("the text is empty", path=path, line=line)
    if (surrogate := _SURROGATE.search(text)) is not None:
        raise InputError(
            f"half a character (U+{ord(surrogate.group()):04X}) at character {surrogate.start()}: "
            "the text was cut or wrongly encoded", path=path, line=line,
        )  # fmt: skip
    control = _CONTROL.findall(text)
    if "\x00" in control or len(control) > max(2, _CONTROL_SHARE * len(text)):
        first = _CONTROL.search(text)
        at = first.start() if first else 0
        raise InputError(
            f"is no text but binary data ({len(control)} control characters, the first, "
            f"U+{ord(text[at]):04X}, at character {at})", path=path, line=line,
        )  # fmt: skip
    if len(text) > MAX_TEXT_BYTES or len(text.encode()) > MAX_TEXT_BYTES:
        raise too_large(len(text.encode()), path=path, line=line)
    if (long := _LONG_LINE.search(text)) is not None:
        raise InputError(
            f"a paragraph of more than {MAX_PARAGRAPH_CHARACTERS:,} characters at character "
            f"{long.start()}: this is no news text", path=path, line=line,
        )  # fmt: skip
    return text


def too_large(size: int, *, path: str, line: int | None = None) -> InputError:
    """The error for an article of ``size`` bytes."""
    return InputError(
        f"{size / 1e6:.1f} MB is too large for one article (at most {MAX_TEXT_BYTES / 1e6:g} MB); "
        "give many articles as JSON lines, one a line",
        path=path, line=line,
    )  # fmt: skip
