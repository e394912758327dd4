"""Filters out of the words that a person gives, on the command line or in an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date
from typing import Any, get_args

from tocsin.errors import OptionError
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.channel import State as States
from tocsin.model.event import STATUSES
from tocsin.model.event import Stance as Stances
from tocsin.model.imported import ALSO, SERIES
from tocsin.model.threat import OUTCOMES
from tocsin.store.filters import Filters

_CODE = re.compile(r"[A-Z]{3}|\*")


def filters_of(
    *,
    named: Callable[[str], str] = str,
    dyad: str | None = None,
    since: date | None = None,
    until: date | None = None,
    type: str | None = None,  # noqa: A002 - the filter's own name
    status: str | None = None,
    stance: str | None = None,
    outcome: str | None = None,
    state: str | None = None,
    series: str | None = None,
    **others: Any,
) -> Filters:
    """The filters that the words name; OptionError where one cannot be, which calls a filter what
    ``named`` makes of its name, and lists what is allowed."""

    def check(name: str, value: str | None, allowed: Container[str]) -> None:
        if value is not None and value not in allowed:
            known = ", ".join(allowed)  # type: ignore[arg-type]
            raise OptionError(f"{named(name)} {value!r} is unknown; allowed: {known}")

    if since is not None and until is not None and since > until:
        raise OptionError(f"{named('since')} {since} is later than {named('until')} {until}")
    if type is not None and type.upper() not in (types := load_ontology().types):
        raise OptionError(f"{named('type')} {type!r} is unknown; allowed: {', '.join(types)}")
    check("status", status, STATUSES)
    check("stance", stance, get_args(Stances))
    check("outcome", outcome, OUTCOMES)
    check("state", state, get_args(States))
    series = ALSO.get(series, series) if series is not None else None
    check("series", series, SERIES)
    return Filters(
        dyad=dyad_of(dyad, named=named) if dyad is not None else None,
        since=since,
        until=until,
        type=type.upper() if type is not None else None,
        status=status,
        stance=stance,
        outcome=outcome,
        state=state,
        series=series,
        **others,
    )


def dyad_of(words: str, *, named: Callable[[str], str] = str) -> tuple[str, str]:
    """The pair of codes of ``PRK:KOR``, either of which may be *; OptionError for others."""
    first, sign, second = words.upper().partition(":")
    if not sign or not _CODE.fullmatch(first) or not _CODE.fullmatch(second):
        raise OptionError(
            f"{named('dyad')} {words} is no pair of codes such as PRK:KOR, or PRK:* for all"
        )
    return first, second
