"""Markdown: a file is an article, with its title, day and address in the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from tocsin.errors import InputError
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Item
from tocsin.ingest.readers.contract import Reader, Reading
from tocsin.ingest.readers.text import article_text
from tocsin.ingest.rows import Rows
from tocsin.ingest.sources import Source
from tocsin.model.document import Document

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"#[ \t]+([^\r\n]+)")
# Above so many characters it is no front matter: a YAML parser would be at it for minutes.
_LONGEST_FRONT = 20_000
_LED = r"\((?:[^()\n]|\([^()\n]*\))*\)"  # where a link leads
# What is markup and no text: the groups of each match; of an image and of code, all.
_MARKUP = re.compile(
    r"(```.*?(?:```|\Z)|<!--(?:(?!<!--|-->).)*-->|</?[a-zA-Z][^<>\n]{0,200}>"  # left out
    rf"|!\[[^\[\]\n]*\]{_LED})"  # an image too
    rf"|(\[)(?:[^\[\]\n]+)(\](?:{_LED}|\[[^\[\]\n]*\]))"  # a link's words stay
    r"|^([ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+))"  # headings, lists
    r"|^([ \t]{0,3}(?:[-*_][ \t]*){3,}$|\[[^\]\n]+\]:[^\n]*$)"  # rules, where links lead
    r"|(?<![\w*])(\*{1,3}|_{1,3})(?=\S)[^*_\n]+(?<=\S)(\6)(?![\w*])"  # stressed words stay
    r"|(`)[^`\n]+(`)",
    re.DOTALL | re.MULTILINE,
)


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    text = article_text(source)
    front = _FRONT.match(text)
    start = front.end() if front is not None else 0
    said = _said(front[1]) if front is not None else {}
    if "title" not in said and (title := _TITLE.match(text[start:].lstrip())) is not None:
        said["title"] = title[1].rstrip(" \t#")
    # the front matter's names are those of our own rows
    row = {key: value for key, value in said.items() if key in _KEYS and value is not None}
    columns = Columns(date_format=reading.columns.date_format)
    item = Rows(source.path, columns).item({**row, "text": text}, 1)
    if isinstance(item.found, InputError):
        problem = InputError(item.found.message, path=source.path)
        yield Item(source.path, None, problem)
        return
    assert isinstance(item.found, Document)
    left_out = [(0, start)] if start else []
    left_out += _markup(text, start)
    yield Item(source.path, None, replace(item.found, left_out=tuple(left_out)))


_KEYS = ("title", "date", "url", "outlet", "author", "id", "language")


def _said(front: str) -> dict[str, Any]:
    """The front matter; of one that is no YAML, nothing."""
    if len(front) > _LONGEST_FRONT:
        return {}
    try:
        found = yaml.safe_load(front)
    except Exception:  # PyYAML raises whatever its parts do: "!!timestamp x" an AttributeError
        return {}
    return (
        {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}
    )


def _markup(text: str, start: int) -> list[tuple[int, int]]:
    spans = []
    for match in _MARKUP.finditer(text, start):
        groups = range(1, len(match.groups()) + 1)
        spans += [
            match.span(group) for group in groups if match.span(group)[1] > match.span(group)[0]
        ]
    return spans


MARKDOWN = Reader("Markdown", (".md", ".markdown"), _read)
