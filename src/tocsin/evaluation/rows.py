"""Reading labels: JSON lines, each with the fields that it needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tocsin.errors import InputError

Row = dict[str, Any]


def read_rows(path: Path, needed: Callable[[Row], Sequence[str]], part: str | None) -> list[Row]:
    """Return the rows of one ``part``, or all. ``needed`` names the fields that a row must have.

    Raises InputError with the line that is no JSON or lacks a field.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row: Row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"is no JSON: {error.msg}", path=str(path), line=number) from None
        missing = [name for name in needed(row) if name not in row]
        if missing:
            raise InputError(f"lacks {', '.join(missing)}", path=str(path), line=number)
        if part is None or row["part"] == part:
            rows.append(row)
    return rows
