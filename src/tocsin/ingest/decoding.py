"""From bytes to text: what is no text is refused with what was found, and where."""

from __future__ import annotations

import codecs
import contextlib
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
_ASCII = bytes(range(128))
# Of an English text in Windows-1252 some 1 % are not ASCII, of a French one 4 %.
_FEW = 0.1
_SAMPLE = 200_000
_PAGE_HEAD = 4_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
# Names of Python's that pages are written in. It knows others, such as punycode, which take very
# long for some texts, or do not make text of bytes at all.
_LETTERS = re.compile(
    r"ascii|utf-8|utf-16(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|"
    r"shift_jis\w*|iso2022_\w+|johab|hz|tis-620|ptcp154|kz1048"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOTHING = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*")
_IN_LINE = r"[^\n\r\v\f\x85\u2028\u2029]"
# Only from the beginning of a line: to try every place of a long one takes minutes.
_LONG_LINE = re.compile(rf"(?<!{_IN_LINE}){_IN_LINE}{{{MAX_PARAGRAPH_CHARACTERS + 1}}}")


def decode(data: bytes, *, path: str, line: int | None = None) -> str:
    """Return the text of ``data``: UTF-8, UTF-16, or what else it is most likely to be.

    Bytes that are no UTF-8 are read as Windows-1252 where they are few, as in English text with a
    curly quotation mark, else as charset_normalizer finds. A byte order mark is not kept, line
    breaks stay as they are. InputError where it is no text, with what it is.
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
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _guessed(data)
        if text is None:
            raise InputError(
                f"is in no encoding that can be told (byte 0x{data[error.start]:02X} at byte "
                f"{error.start}); save it as UTF-8",
                path=path, line=line,
            ) from error  # fmt: skip
        return text


def page_text(data: bytes, content_type: str = "") -> str:
    """The text of a web page.

    What it is in is told by its byte order mark; else it is UTF-8 where it can be that, whatever is
    said of it; else what the server's ``Content-Type`` or its own head says, or as guessed.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    said = _CHARSET.search(content_type)
    if said is not None and (text := _named(data, said[1])) is not None:
        return text
    meta = _META_CHARSET.search(data[:_PAGE_HEAD])
    text = _named(data, meta[1].decode("ascii")) if meta is not None else None
    return text or _guessed(data) or data.decode("utf-8", "replace")


def _named(data: bytes, name: str) -> str | None:
    """The text of ``data`` in the encoding of this name; None where it names none."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    if not _LETTERS.fullmatch(found):
        return None
    # What calls itself Latin-1 or ASCII on the web is Windows-1252, as browsers read it.
    return data.decode("cp1252" if found in ("iso8859-1", "ascii") else found, "replace")


def _guessed(data: bytes) -> str | None:
    """The text of bytes that are not UTF-8; None where no encoding makes text of them."""
    high = len(data.translate(None, _ASCII))
    if high <= _FEW * len(data):
        # Most is UTF-8 or plain ASCII: single bytes are those of Windows-1252.
        return data.decode("utf-8", _WINDOWS)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    with contextlib.suppress(LookupError, ValueError):
        return data.decode(best.encoding)
    return None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that no UTF-8 decoder takes as Windows-1252, gaps as ISO 8859-1."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


_WINDOWS = "tocsin-windows-1252"
codecs.register_error(_WINDOWS, _as_windows)


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
        raise too_large(path=path, line=line)
    if (long := _LONG_LINE.search(text)) is not None:
        raise InputError(
            f"a paragraph of more than {MAX_PARAGRAPH_CHARACTERS:,} characters at character "
            f"{long.start()}: this is no news text", path=path, line=line,
        )  # fmt: skip
    return text


def too_large(*, path: str, line: int | None = None) -> InputError:
    """The error for an article that is too large."""
    return InputError(
        f"more than {MAX_TEXT_BYTES / 1e6:g} MB is too large for one article; give many articles "
        "as JSON lines, one a line",
        path=path, line=line,
    )  # fmt: skip
