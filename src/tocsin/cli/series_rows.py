"""The rows of ``tocsin series``: for people, for machines, and into files."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.cli.common import say
from tocsin.cli.rows import Columns, Row, deed, field, print_rows
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.series.counting import Counts
    from tocsin.series.measure import Measured
    from tocsin.series.tension import Share
    from tocsin.store.tables import TableStore

_TABLES = (".csv", ".jsonl", ".parquet")
_DIGITS = 6
_SHOWN = 20  # acts that a table explains
_KINDS = {
    "start": "DATE", "end": "DATE", "dyad": "VARCHAR", "source": "VARCHAR", "kind": "VARCHAR",
    "highest_rung": "VARCHAR", "articles": "BIGINT", "outlets": "BIGINT",
}  # fmt: skip


def rows_of(records: Iterable[Any], more: Row) -> list[Row]:
    """Records as rows, ``more`` before each; numbers to six digits behind the point."""
    return [
        more | {name: _rounded(value) for name, value in asdict(record).items()}
        for record in records
    ]


def _rounded(value: Any) -> Any:
    # Adding 0 makes 0.0 of -0.0.
    return round(value, _DIGITS) + 0.0 if isinstance(value, float) else value


def checked_path(name: str, per: str) -> Path:
    """The file to write; OptionError where its ending is not known."""
    from tocsin.report.series_chart import ENDINGS

    path = Path(name)
    allowed = (*_TABLES, *ENDINGS) if per == "none" else _TABLES
    if path.suffix.lower() not in allowed:
        raise OptionError(f"the output file {name!r} must end in one of {', '.join(allowed)}")
    return path


def write_counts(path: Path, counts: Sequence[Counts], rows: list[Row], title: str) -> None:
    """Write a series as a table or a chart, by the ending; whole or not at all."""
    if path.suffix.lower() in _TABLES:
        write_rows(path, rows)
        return
    from tocsin.report.series_chart import chart_file

    chart = chart_file(path, counts, title)
    _write(path, lambda target: _bytes(target, chart))
    _say_written(path, rows)


def write_rows(path: Path, rows: list[Row]) -> None:
    """Write rows as .csv, .jsonl or .parquet; whole or not at all."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain)
    ending = path.suffix.lower()

    def write(target: Path) -> None:
        if ending == ".jsonl":
            _bytes(target, lines.encode())
        elif ending == ".csv":
            from tocsin.report.exports.writing import csv_line

            head = [csv_line(plain[0])] if plain else []
            _bytes(target, "".join([*head, *(csv_line(row.values()) for row in plain)]).encode())
        else:
            from tocsin.report.exports.parquet import parquet_of

            with tempfile.TemporaryDirectory() as folder:
                whole = Path(folder, "rows")
                whole.write_text(lines, encoding="utf-8")
                parquet_of(whole, target, {name: _KINDS.get(name, "DOUBLE") for name in plain[0]})

    if not rows:
        raise OptionError(f"nothing is found, so {path} is not written")
    _write(path, write)
    _say_written(path, rows)


def _write(path: Path, write: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tocsin-") as folder:
        whole = Path(folder, "series")
        write(whole)
        os.replace(whole, path)


def _bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _say_written(path: Path, rows: list[Row]) -> None:
    from tocsin.cli.progress import counted

    say(f"{counted(len(rows), 'period')} in {path}")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def print_shares(
    store: TableStore, measured: Measured, day: date, format_: str, limit: int | None
) -> None:
    """Print what made the tension of a day: the acts with the largest shares first."""
    index = measured.tension
    value, interval = index.value(day), index.interval(day)
    if value is None or interval is None:
        first, last = measured.first, measured.last
        raise OptionError(
            f"--explain {day}: there is no value; days with one lie from {first} to {last}, and "
            "something must have been read by then"
        )
    shares = index.explain(day)
    shown = shares[: (limit or _SHOWN) if format_ == "table" else limit]
    told = _told(store, measured, shown)
    rows = [_share_row(share, value, told.get(share.observation.id, {})) for share in shown]
    place = index.axis.place(day)
    say(
        f"tension of {':'.join(measured.dyad)} on {day}: {value:.2f} ({interval[0]:.2f} to "
        f"{interval[1]:.2f}), acts: {len(shares)}, articles read, decayed: "
        f"{index.effort[place]:.1f}"
    )
    print_rows(rows, format_, _SHARE_COLUMNS)
    if len(shown) < len(shares):
        rest = sum(share.share for share in shares[len(shown) :])
        say(f"{len(shares) - len(shown)} more make {rest:.2f} of it; --limit N shows more")


def _share_row(share: Share, value: float, told: Row) -> Row:
    one = share.observation
    return {
        "share": share.share, "part": share.share / value if value else 0.0, "id": one.id,
        "start": one.start, "end": one.end, "actor": told.get("actor"), "type": one.type,
        "mode": one.mode, "recipient": told.get("recipient"), "status": one.status,
        "rung": one.rung.id, "sources": one.sources, "confidence": one.confidence,
        "weight": share.weight, "severity": share.severity, "decay": share.decay,
        "sentence": told.get("sentence"),
    }  # fmt: skip


def _told(store: TableStore, measured: Measured, shares: Sequence[Share]) -> dict[str, Row]:
    """The stored rows of the acts, by id: who did it to whom, in what words."""
    from tocsin.store.filters import Filters

    if measured.source != "incidents":
        filters = Filters(series=measured.source, dyad=measured.dyad, until=measured.last)
        wanted = {share.observation.id for share in shares}
        found = store.imported(filters)
        return {row.key: row._asdict() for row in found if row.key in wanted}
    from tocsin.model.flat_incident import incident_row

    incidents = (store.incident(share.observation.id) for share in shares)
    return {one.id: incident_row(one) for one in incidents if one is not None}


def _days(row: Row) -> str:
    return str(row["start"]) if row["start"] == row["end"] else f"{row['start']} to {row['end']}"


def _number(name: str, digits: int = 2) -> Callable[[Row], str]:
    """A number with so many digits behind the point; nothing where there is none."""
    return lambda row: "" if row[name] is None else f"{row[name]:.{digits}f}"


def _tension(row: Row) -> str:
    if row["tension"] is None:
        return ""
    return f"{row['tension']:.1f} ({row['tension_low']:.1f} to {row['tension_high']:.1f})"


def columns(by: str) -> Columns:
    """The columns of a series for people."""
    return {
        "day" if by == "day" else by: _days, "n": _number("incidents", 1),
        "weighted": _number("weighted"), "words": _number("words", 1),
        "deeds": _number("deeds", 1), "PLOVER": _number("plover_mean", 1),
        "Goldstein": _number("goldstein_mean", 1), "highest rung": field("highest_rung"),
        "articles": field("articles"), "outlets": field("outlets"), "tension": _tension,
        "cooperation": _number("cooperation", 1),
    }  # fmt: skip


KIND_COLUMNS: Columns = {
    "day": _days, "kind": field("kind"), "n": _number("incidents", 1),
    "weighted": _number("weighted"), "PLOVER sum": _number("plover_sum", 1),
    "Goldstein sum": _number("goldstein_sum", 1), "articles": field("articles"),
}  # fmt: skip
SENSITIVITY_COLUMNS: Columns = {
    "choice": field("choice"), "last": _number("last"), "at the usual peak": _number("at_peak"),
    "own peak": _number("peak"), "on": field("peak_day"),
    "rank correlation": _number("rank_correlation"),
}  # fmt: skip
_SHARE_COLUMNS: Columns = {
    "share": _number("share"), "part": lambda row: f"{row['part']:.0%}", "day": _days,
    "what": lambda row: deed(row), "status": field("status"), "sources": field("sources"),
    "weight": _number("weight"), "decay": _number("decay"), "sentence": field("sentence"),
    "id": field("id"),
}  # fmt: skip
