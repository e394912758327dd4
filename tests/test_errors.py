"""Our errors: told in one line, and the same in another process."""

from __future__ import annotations

from copy import copy

import pytest

from tocsin import errors
from tocsin.errors import (
    InputError,
    KnowledgeError,
    OptionError,
    ResourceError,
    SendError,
    StoreError,
    TocsinError,
)

ERRORS = [
    TocsinError("a"),
    InputError("is not fit", path="a.jsonl", line=3),
    KnowledgeError("is wrong", path="rules.yaml", entry="a"),
    OptionError("cannot be"),
    ResourceError("is gone"),
    SendError("is busy", passing=True, wait=3.0),
    StoreError("is in use", path="s.duckdb"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_goes_to_another_process_as_it_is(error: TocsinError) -> None:
    again = copy(error)
    assert type(again) is type(error)
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))


def test_all_errors_are_among_these() -> None:
    found = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    assert {kind for kind in found if issubclass(kind, TocsinError)} == set(map(type, ERRORS))
