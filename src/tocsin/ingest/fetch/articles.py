"""The file of fetched articles: JSON lines that ``tocsin code`` reads, appended one by one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from tocsin.errors import OptionError
from tocsin.ingest.fetch.outcomes import Outcome

ENDING: Final = ".jsonl"


class ArticleFile:
    """Appends articles to a file of JSON lines; each is on the disk when ``write`` returns.

    A last line that is cut off is taken away; ``ids`` are those of the articles that are there.
    OptionError where the file holds something else, before anything in it is touched.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.ids: set[str] = set()
        if self.path.suffix.lower() != ENDING:
            raise OptionError(f"the output file {str(path)!r} must end in {ENDING}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            end, whole = self._look() if self.path.exists() else (0, True)
            self._file = self.path.open("ab")
            self._file.truncate(end)
            if not whole:
                self._file.write(b"\n")
                self._keep()
        except OSError as error:
            raise OptionError(f"{path} cannot be written: {error.strerror or error}") from error

    def _look(self) -> tuple[int, bool]:
        """Where the last whole line ends, and whether it has its line break."""
        end, whole = 0, True
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                known = _article(line)
                if known is None and line.strip():
                    if not line.endswith(b"\n") and _is_begun(line):
                        return end, True
                    raise OptionError(
                        f"{self.path} is to be appended to, but its line {number} is no article; "
                        "name another file"
                    )
                if known is not None and isinstance(known.get("id"), str):
                    self.ids.add(known["id"])
                end += len(line)
                whole = line.endswith(b"\n")
        return end, whole

    def write(self, outcome: Outcome) -> None:
        """Append an article; its line is on the disk when this returns."""
        try:
            self._file.write(article_line(outcome))
            self._keep()
        except OSError as error:
            message = f"{self.path} cannot be written: {error.strerror or error}"
            raise OptionError(message) from error
        assert outcome.document is not None
        self.ids.add(outcome.document.id)

    def _keep(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> ArticleFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def appended(outcomes: Iterable[Outcome], file: ArticleFile) -> Iterator[Outcome]:
    """Pass on ``outcomes``, each article of them written to ``file`` before.

    The state says that an article was had when the next outcome is asked for, so never before its
    line is on the disk. Give the fetcher ``have=file.ids``: what is in the file is not got twice.
    """
    for outcome in outcomes:
        if outcome.kind == "article":
            file.write(outcome)
        yield outcome


def article_line(outcome: Outcome) -> bytes:
    """One article as a line of JSON. ``date`` is the moment of publication with its zone, else its
    day; ``version`` is there from the second text of an address on."""
    document = outcome.document
    if document is None or outcome.fetched is None:
        raise ValueError(f"the outcome of {outcome.address} is no article")
    published = document.moment or document.published
    entry: dict[str, Any] = {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "date": published.isoformat() if published is not None else None,
        "outlet": document.outlet,
        "author": document.author,
        "text": document.text,
        "fetched": outcome.fetched.isoformat(),
    }
    if outcome.version > 1:
        entry["version"] = outcome.version
    # half a character in a page's own words would make the line no UTF-8
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _article(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("text"), str) else None


def _is_begun(line: bytes) -> bool:
    """Whether a line is the beginning of one that we write."""
    start = b'{"id": "'
    return start.startswith(line) or line.startswith(start)
