"""A rule of the grammar: a pattern over classes and what it says when it matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.timex.lexer import compile_rule
from tocsin.timex.reading import Context, Reading

# A builder answers with the reading of the whole match, or with several readings each with its
# own tokens (first, stop), or with None where the words mean something else here.
Pieces = Sequence[tuple[int, int, Reading]]
Build = Callable[[Context, "re.Match[str]"], Reading | Pieces | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its examples stand under ``id`` in ``data/rules/timex.yaml``."""

    id: str
    pattern: re.Pattern[str]
    build: Build


def rule(id: str, pattern: str, build: Build) -> Rule:  # noqa: A002 - what the rule file calls it
    """Compile a rule."""
    return Rule(id, compile_rule(pattern), build)
