"""The options by which questions to a store are narrowed, and the store itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import parse_day

if TYPE_CHECKING:
    from tocsin.store import Filters

Database = Annotated[
    str,
    typer.Option(
        "--db", metavar="STORE",
        help="The store: a .duckdb file, or a folder of Parquet files (a name without ending).",
    ),
]  # fmt: skip
Dyad = Annotated[
    str | None,
    typer.Option(metavar="A:B", help="Only what A did to B, such as PRK:KOR; * for anybody."),
]
Since = Annotated[
    date | None, typer.Option(parser=parse_day, metavar="DATE", help="Only from this day on.")
]
Until = Annotated[
    date | None, typer.Option(parser=parse_day, metavar="DATE", help="Only up to this day.")
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="Only this type, such as THREATEN.")
]
Mode = Annotated[str | None, typer.Option(metavar="MODE", help="Only this mode, such as destroy.")]
Status = Annotated[
    str | None, typer.Option(metavar="STATUS", help="Only this status, such as alleged.")
]
Where = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Only at this place: a country's code or part of a name."),
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Only reported by this outlet.")]
Words = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Only where the words stand in the text.")
]
Least = Annotated[
    float | None,
    typer.Option("--min-confidence", metavar="P", help="Only events at least so sure, 0 to 1."),
]
Sources = Annotated[
    int | None,
    typer.Option("--min-sources", metavar="N", min=1, help="Only with N independent sources."),
]
Party = Annotated[
    str | None,
    typer.Option(metavar="NAME|ID", help="Only with this actor or speaker: a name or entity id."),
]
Stance = Annotated[
    str | None, typer.Option(metavar="STANCE", help="Only this stance: asserts, denies, neither.")
]
Speaker = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only of a speaker whose name has this in it.")
]
Series = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only of this series, such as icews."),
]
Outcome = Annotated[
    str | None,
    typer.Option(metavar="OUTCOME", help="Only with this outcome, such as open or 'carried out'."),
]
Kind = Annotated[
    str | None, typer.Option(metavar="KIND", help="Only of this kind, such as threat or hotline.")
]
State = Annotated[
    str | None, typer.Option(metavar="STATE", help="Only in this state now, such as closed.")
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N.")]


def filters_of(
    *,
    dyad: str | None = None,
    since: date | None = None,
    until: date | None = None,
    type_: str | None = None,
    mode: str | None = None,
    status: str | None = None,
    where: str | None = None,
    outlet: str | None = None,
    words: str | None = None,
    least: float | None = None,
    party: str | None = None,
    sources: int | None = None,
    stance: str | None = None,
    speaker: str | None = None,
    series: str | None = None,
    kind: str | None = None,
    outcome: str | None = None,
    state: str | None = None,
    limit: int | None = None,
) -> Filters:
    """The filters that the options name; OptionError where one cannot be."""
    from tocsin.store.narrowing import filters_of as narrowed

    return narrowed(
        named=lambda name: f"--{name}",
        dyad=dyad,
        since=since,
        until=until,
        type=type_,
        mode=mode,
        status=status,
        where=where,
        outlet=outlet,
        words=words,
        least=least,
        party=party,
        sources=sources,
        stance=stance,
        speaker=speaker,
        series=series,
        kind=kind,
        outcome=outcome,
        state=state,
        limit=limit,
    )
