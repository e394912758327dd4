"""``tocsin series``: what a store holds of a dyad, counted and measured over time."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import clean_end, one_of, parse_day, say
from tocsin.cli.narrowing import Database, Limit, Since, Status, Type, Until, filters_of
from tocsin.cli.plotting import draw
from tocsin.cli.rows import Format, format_of, print_rows
from tocsin.cli.series_rows import (
    KIND_COLUMNS,
    SENSITIVITY_COLUMNS,
    checked_path,
    columns,
    print_shares,
    rows_of,
    write_counts,
    write_rows,
)
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.series.measure import Measured

_PERS = ("none", "type", "rung")
_LONGEST = 3_653  # days: ten years


def series(
    db: Database,
    dyad: Annotated[
        str,
        typer.Option(
            metavar="A:B", help="What A did to B, such as PRK:KOR; * for anybody. Talks are both's."
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="What is measured: incidents, icews, gdelt1, gdelt2, polecat."
        ),
    ] = "incidents",
    by: Annotated[str, typer.Option(metavar="PERIOD", help="day, week (from Monday) or month.")] = (
        "day"
    ),
    per: Annotated[
        str,
        typer.Option(metavar="KIND", help="A row for each type or rung of a period: type or rung."),
    ] = "none",
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    rung: Annotated[
        str | None,
        typer.Option(metavar="RUNG", help="Only this rung of the ladder, such as threats."),
    ] = None,
    status: Status = None,
    half_life: Annotated[
        float | None,
        typer.Option(metavar="DAYS", help="Days after which an act counts half in the index."),
    ] = None,
    scale: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="How severe acts are: by plover, goldstein, rung or constant."
        ),
    ] = "plover",
    explain: Annotated[
        date | None,
        typer.Option(
            parser=parse_day, metavar="DAY",
            help="Print the acts that make the tension of this day, with the share of each.",
        ),
    ] = None,
    sensitivity: Annotated[
        bool,
        typer.Option("--sensitivity", help="Print what other choices make of the tension."),
    ] = False,
    plot: Annotated[
        bool, typer.Option("--plot", help="Draw the series with letters instead.")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Write a file by its ending: .csv, .jsonl, .parquet; charts: .png, .svg, .html.",
        ),
    ] = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:  # fmt: skip
    """Measure what one country does to another: counts, scores, rungs and tension over time."""
    with clean_end():
        format_ = format_of(format_)
        _refuse_together(
            {"--explain": explain, "--sensitivity": sensitivity, "--plot": plot,
             "--output": output}
        )  # fmt: skip
        filters = filters_of(dyad=dyad, since=since, until=until, type_=type_, status=status)
        _check(source, by, per, rung, scale, half_life)
        if per != "none" and (explain or sensitivity or plot):
            raise OptionError("--per goes with the series itself only")
        path = checked_path(output, per) if output is not None else None
        from tocsin.series.measure import measure
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            measured = measure(
                store, filters.dyad or ("*", "*"), source=source, type_=filters.type, rung=rung,
                status=status, since=since, until=until, half_life=half_life, scale=scale,
            )  # fmt: skip
            if explain is not None:
                print_shares(store, measured, explain, format_, limit)
                return
        _say_what_is_left_out(measured, by)
        names = {"dyad": ":".join(measured.dyad), "source": source}
        if sensitivity:
            print_rows(rows_of(measured.sensitivity(), names), format_, SENSITIVITY_COLUMNS)
            return
        if per != "none":
            kinds = rows_of(measured.kinds(by, per), names)[:limit]
            if path is not None:
                write_rows(path, kinds)
            else:
                print_rows(kinds, format_, KIND_COLUMNS)
            return
        counts = measured.counts(by)[:limit]
        if path is not None:
            write_counts(path, counts, rows_of(counts, names), f"{dyad.upper()}, {source}, by {by}")
        elif plot:
            width = shutil.get_terminal_size((100, 24)).columns
            sys.stdout.write(draw(counts, width))
        else:
            print_rows(rows_of(counts, names), format_, columns(by))


def _refuse_together(given: dict[str, object]) -> None:
    there = [name for name, value in given.items() if value]
    if len(there) > 1:
        raise OptionError(f"{' and '.join(there)} do not go together; take one")


def _check(
    source: str, by: str, per: str, rung: str | None, scale: str, half_life: float | None
) -> None:
    from tocsin.knowledge.ladder import load_ladder
    from tocsin.series.loading import SOURCES
    from tocsin.series.periods import PERIODS
    from tocsin.series.scales import SCALES

    one_of(source, SOURCES, "--source")
    one_of(by, PERIODS, "--by")
    one_of(per, _PERS, "--per")
    one_of(scale, SCALES, "--scale")
    if rung is not None:
        one_of(rung, tuple(one.id for one in load_ladder().rungs), "--rung")
    if half_life is not None and not 1 <= half_life < _LONGEST:
        raise OptionError(
            f"--half-life {half_life:g} is no number of days from 1 to {_LONGEST - 1}"
        )


def _say_what_is_left_out(measured: Measured, by: str) -> None:
    from tocsin.cli.progress import counted

    what = "incident" if measured.source == "incidents" else "row"
    if measured.summed:
        say(f"{counted(measured.summed, what)} left out: habits, and sums without a day")
    if measured.undated:
        say(f"{counted(measured.undated, what)} left out: no day on which it may have happened")
    if measured.untyped:
        say(f"{counted(measured.untyped, what)} left out: no event in PLOVER (statements)")
    if measured.only_supposed:
        say(f"{counted(measured.only_supposed, what)} left out: only predicted")
    if unread := measured.in_unread(by):
        say(
            f"{counted(unread, what)} happened in {by}s of which nothing was read: in the tension "
            f"of the {by}s after, and not in the counts"
        )
    if measured.effort.undated:
        say(f"{counted(measured.effort.undated, 'article')} without a day: not in what was read")
