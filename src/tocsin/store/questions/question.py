"""What a named question is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

#: Where conditions go in a source that does not end with them.
WHERE: Final = "{where}"
#: Stand for a word of one of the terms that are looked for and for the term's regular expression
#: (:mod:`tocsin.store.terms`), in SQL that is repeated for each of them.
WORD, PATTERN = "{word}", "{pattern}"
#: Stands for one of the runs of a term, in SQL that is repeated for each of them.
RUN: Final = "{run}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: what it is for, its ``columns`` each with the SQL for it, and the ``source``
    that they are of.

    ``conditions`` are those of the filters that it takes, in which ``$name`` is the filter's value;
    they stand behind the source, or where :data:`WHERE` is in it. ``order`` tells every two rows
    apart. ``sorts`` is by what it may be sorted besides its columns. ``row`` tells the rows of the
    source apart in few bytes: by it a page is found before all its columns are read. ``found`` is
    where a word begins with a run of a term: it leaves few rows to the condition on ``words``, and
    none where the term is one run.
    """

    purpose: str
    columns: Mapping[str, str]
    source: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    order: str
    sorts: Mapping[str, str] = field(default_factory=dict)
    row: str = ""
    found: str = ""


def plain(names: Iterable[str], table: str = "") -> dict[str, str]:
    """Columns that are just those of the source, or of the ``table`` in it."""
    return {name: f'{table}."{name}"' if table else f'"{name}"' for name in names}
