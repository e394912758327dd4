"""``tocsin compare``: two series of a store held against each other."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from tocsin.cli.common import clean_end, one_of, say
from tocsin.cli.narrowing import Database, Dyad, Limit, filters_of
from tocsin.cli.rows import Format, Row, field, format_of, print_rows
from tocsin.errors import OptionError

_DIGITS = 4


def compare(
    db: Database,
    with_: Annotated[
        str,
        typer.Option(
            "--with", metavar="NAME", help="The other series, such as icews-kg or gdelt2."
        ),
    ],
    source: Annotated[
        str, typer.Option(metavar="NAME", help="The first series: incidents, or another's.")
    ] = "incidents",
    dyad: Dyad = None,
    by: Annotated[str, typer.Option(metavar="PERIOD", help="week (from Monday) or month.")] = (
        "week"
    ),
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Compare two series of a store, dyad by dyad, over the days that both cover."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(dyad=dyad)
        from tocsin.model.imported import ALSO
        from tocsin.series.alarms.shifts import MISSING, has_ruptures
        from tocsin.series.compare import BY, common_days, load_side
        from tocsin.series.compare import compare as compared
        from tocsin.series.loading import SOURCES
        from tocsin.store import open_store

        names = [ALSO.get(name, name) for name in (source, with_)]
        one_of(names[0], SOURCES, "--source")
        one_of(names[1], SOURCES, "--with")
        one_of(by, BY, "--by")
        if names[0] == names[1]:
            raise OptionError(f"{names[0]} and {names[1]} are one series; name another with --with")
        with open_store(db, read_only=True) as store:
            one, other = (load_side(store, name, filters.dyad or ("*", "*")) for name in names)
        first, last = common_days(one, other)
        if not has_ruptures():
            say(f"change points are left out: {MISSING}")
        rows = [
            _row(asdict(found), names, by)
            for found in compared(one, other, by=by, dyad=filters.dyad)
        ]
        say(f"both cover {first} to {last}")
        print_rows(rows[:limit], format_, _COLUMNS)


def _row(found: Row, names: list[str], by: str) -> Row:
    values = {
        name: round(value, _DIGITS) if isinstance(value, float) else value
        for name, value in found.items()
    }
    return values | {
        "dyad": ":".join(found["dyad"]),
        "source": names[0],
        "with": names[1],
        "by": by,
    }


def _number(name: str) -> Any:
    return lambda row: "" if row[name] is None else f"{row[name]:.2f}"


_COLUMNS = {
    "dyad": field("dyad"), "of": field("what"), "n": field("n"), "one": _number("total"),
    "other": _number("other_total"), "pearson": _number("pearson"),
    "spearman": _number("spearman"), "share": _number("share"),
    "other share": _number("other_share"),
}  # fmt: skip
