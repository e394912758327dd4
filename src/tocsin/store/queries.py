"""From a named question and its filters to SQL; values never become part of the SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from tocsin.errors import OptionError
from tocsin.store.filters import Filters
from tocsin.store.questions import QUESTIONS
from tocsin.store.questions.question import PATTERN, RUN, WHERE, WORD, Question
from tocsin.store.terms import terms_of

# Filters that choose no rows.
_PAGING = ("sort", "limit", "offset")

_NAME = re.compile(r"\$(\w+)")

Asked = tuple[str, dict[str, Any]]


def sql_of(question: str, filters: Filters) -> Asked:
    """The SQL of a named question and its values; OptionError for a filter or a column to sort by
    that it has not."""
    asked = _question(question)
    source, values = _narrowed(question, asked, filters)
    terms = [int(name.removeprefix("word_")) for name in values if name.startswith("word_")]
    columns = ", ".join(
        f'{_each(sql, terms, " + ")} AS "{name}"' for name, sql in asked.columns.items()
    )
    order = asked.order
    if filters.sort is not None:
        order = f"{_sort(question, asked, filters.sort, terms)}, {order}"
    cut = ""
    for name in ("limit", "offset"):
        number = getattr(filters, name)
        if number is not None:
            cut += f" {name.upper()} ${name}"
            values[name] = number
    if cut and asked.row:
        chosen = f"SELECT {asked.row} FROM {source} ORDER BY {order}{cut}"
        source, cut = f"{asked.source} WHERE {asked.row} IN ({chosen})", ""
    sql = f"SELECT {columns} FROM {source} ORDER BY {order}{cut}"
    return sql, _used(values, sql)


def count_of(question: str, filters: Filters) -> Asked:
    """The SQL that counts the rows of a question on all its pages, and its values."""
    source, values = _narrowed(question, _question(question), filters)
    sql = f"SELECT count(*) FROM {source}"
    return sql, _used(values, sql)


def _question(question: str) -> Question:
    if question not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        raise OptionError(f"there is no question {question!r}; there are {known}")
    return QUESTIONS[question]


def _narrowed(question: str, asked: Question, filters: Filters) -> Asked:
    """What the rows are of, with the conditions of all filters that are given."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for name, value in _given(filters):
        if name not in asked.conditions:
            allowed = ", ".join(asked.conditions) or "none"
            raise OptionError(f"{question} cannot be narrowed by {name}; by: {allowed}")
        condition = asked.conditions[name]
        if PATTERN in condition:
            terms = dict(enumerate(terms_of(value)))
            values |= {f"word_{n}": term.longest for n, term in terms.items()}
            values |= {f"pattern_{n}": term.pattern for n, term in terms.items()}
            runs = list(dict.fromkeys(run for term in terms.values() for run in term.runs))
            values |= {f"run_{n}": run for n, run in enumerate(runs)}
            conditions += [asked.found.replace(RUN, f"$run_{n}") for n in range(len(runs))]
            more = [n for n, term in terms.items() if not term.is_run]
            condition = _each(condition, more, " AND ")
        else:
            values[name] = value
        if condition:
            conditions.append(condition)
    if any(PATTERN in sql for sql in asked.columns.values()) and not values.keys() & {"word_0"}:
        raise OptionError(f"{question} needs words to look for")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    if WHERE in asked.source:
        return asked.source.replace(WHERE, where), values
    return asked.source + where, values


def _used(values: dict[str, Any], sql: str) -> dict[str, Any]:
    """The values that stand in the SQL: DuckDB takes no others."""
    names = set(_NAME.findall(sql))
    return {name: value for name, value in values.items() if name in names}


def _each(sql: str, terms: Sequence[int], between: str) -> str:
    """SQL on one term, for each of the terms."""
    if PATTERN not in sql:
        return sql
    return between.join(
        sql.replace(WORD, f"$word_{n}").replace(PATTERN, f"$pattern_{n}") for n in terms
    )


def _sort(question: str, asked: Question, sort: str, terms: Sequence[int]) -> str:
    name = sort.removeprefix("-")
    known = {**asked.sorts, **asked.columns}
    if name not in known:
        allowed = ", ".join(known)
        raise OptionError(f"{question} cannot be sorted by {name!r}; by: {allowed}")
    by = _each(known[name], terms, " + ")
    return f"{by} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST"


def _given(filters: Filters) -> list[tuple[str, Any]]:
    """The filters that are given, by the names of conditions."""
    given: list[tuple[str, Any]] = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value is None or field.name in _PAGING:
            continue
        if field.name == "dyad":
            names = zip(("actor", "recipient"), value, strict=True)
            given += [(name, code) for name, code in names if code != "*"]
        elif field.name == "where":
            is_code = len(value) == 3 and value.isupper()
            given.append(("country" if is_code else "place", value))
        else:
            given.append((field.name, value))
    return given
