"""``tocsin alarms``: when relations rang, why, how good that is; and telling others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, one_of, say
from tocsin.cli.narrowing import Database, Dyad, Limit, Since, Until, filters_of
from tocsin.cli.rows import Format, Row, field, format_of, print_rows
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.model.alarm import Alarm
    from tocsin.report.sending.delivery import Target
    from tocsin.series.alarms.ringing import Watched
    from tocsin.store.tables import TableStore


def alarms(
    db: Database,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only of this kind, such as 'new rung' or level."),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="What they are told from: incidents, icews, icews-kg, gdelt1, gdelt2, polecat.",
        ),
    ] = "incidents",
    min_acts: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Without --dyad: only dyads with at least N acts (30)."
        ),
    ] = None,
    rates: Annotated[
        bool,
        typer.Option("--rates", help="How often an escalation followed, by kind, and any day."),
    ] = False,
    send: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Post those not sent there yet, as JSON; repeatable."),
    ] = None,
    mail: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Mail those not sent there yet; repeatable."),
    ] = None,
    smtp: Annotated[
        str | None,
        typer.Option(metavar="HOST[:PORT]", help="The server for mail; STARTTLS where offered."),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="From whom the mail is."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent where, and send nothing.")
    ] = False,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print when relations rang: escalation, broken ties, threats that are due, silence."""
    with clean_end():
        format_ = format_of(format_)
        from tocsin.model.imported import ALSO

        filters = filters_of(dyad=dyad, since=since, until=until)
        source = ALSO.get(source, source)
        _check(kind, source)
        targets = _targets(send, mail, smtp, from_)
        if rates and targets:
            raise OptionError("--rates and --send or --mail do not go together; take one")
        if dry_run and not targets:
            raise OptionError("--dry-run needs --send or --mail")
        from tocsin.series.alarms.watching import watch_all, watch_dyad
        from tocsin.store import open_store

        days: dict[str, Any] = {"source": source, "since": since, "until": until}
        with open_store(db, read_only=not targets or dry_run) as store:
            watched: Iterator[Watched]
            if filters.dyad is not None:
                watched = iter([watch_dyad(store, filters.dyad, **days)])
            else:
                watched = watch_all(store, least=min_acts, **days)
            watched = _of_kind(_said(watched), kind)
            if rates:
                from tocsin.series.alarms.rates import rates as rated

                rows = [asdict(row) for row in rated(watched)]
                print_rows([_rounded(row) for row in rows], format_, _RATE_COLUMNS)
                return
            found = _ordered(watched, by_urgency=filters.dyad is None)[:limit]
            if not targets:
                print_rows(_rows(found, format_), format_, _COLUMNS)
            elif dry_run:
                _print_waiting(store, found, targets, format_)
            elif _deliver(store, found, targets):
                raise typer.Exit(SET_ASIDE)


def _check(kind: str | None, source: str) -> None:
    from tocsin.model.alarm import KINDS
    from tocsin.series.alarms.shifts import MISSING, has_ruptures
    from tocsin.series.loading import SOURCES

    one_of(source, SOURCES, "--source")
    if kind is not None:
        one_of(kind, KINDS, "--kind")
    if not has_ruptures() and kind in (None, "change point"):
        say(f"change points are left out: {MISSING}")


def _targets(
    send: list[str] | None, mail: list[str] | None, smtp: str | None, sender: str | None
) -> list[Target]:
    if not mail and (smtp or sender):
        raise OptionError("--smtp and --from go with --mail")
    if not send and not mail:
        return []
    from tocsin.report.sending.mail import mail_of
    from tocsin.report.sending.webhook import Webhook

    found: list[Target] = [Webhook(url) for url in send or ()]
    found += [mail_of(address, smtp, sender, os.environ) for address in mail or ()]
    return found


def _said(watched: Iterator[Watched]) -> Iterator[Watched]:
    """The same, and says what is left out."""
    from tocsin.cli.progress import counted

    undated = 0
    for one in watched:
        undated += one.history.undated
        yield one
    if undated:
        say(f"{counted(undated, 'incident')} left out: nothing tells when it was or was known")


def _of_kind(watched: Iterator[Watched], kind: str | None) -> Iterator[Watched]:
    from dataclasses import replace

    for one in watched:
        kept = tuple(alarm for alarm in one.alarms if kind in (None, alarm.kind))
        yield replace(one, alarms=kept)


def _ordered(watched: Iterator[Watched], *, by_urgency: bool) -> list[Alarm]:
    from tocsin.series.alarms import ringing

    found = [alarm for one in watched for alarm in one.alarms]
    return sorted(found, key=ringing.by_urgency if by_urgency else ringing.by_day)


def _rows(found: list[Alarm], format_: str) -> list[Row]:
    """Alarms as rows; of several ids in one cell of a table ``;`` stands between."""
    from tocsin.report.sending.record import alarm_record

    rows = [alarm_record(one) for one in found]
    if format_ == "jsonl":
        return rows
    return [row | {"evidence": ";".join(row["evidence"])} for row in rows]


def _print_waiting(
    store: TableStore, found: list[Alarm], targets: list[Target], format_: str
) -> None:
    from tocsin.report.sending.delivery import waiting

    rows = [
        {"target": target.name} | row
        for target in targets
        for row in _rows(waiting(store, found, target), format_)
    ]
    print_rows(rows, format_, {"target": field("target")} | _COLUMNS)


def _deliver(store: TableStore, found: list[Alarm], targets: list[Target]) -> bool:
    """Send alarms, and say what became of them; whether a target failed."""
    from datetime import UTC, datetime

    from tocsin.cli.progress import counted
    from tocsin.report.sending.delivery import deliver

    failed = False
    at = datetime.now(UTC).replace(tzinfo=None)
    for one in deliver(store, found, targets, at=at):
        before = f", {one.before:,} before" if one.before else ""
        if one.error is None:
            say(f"{one.target}: {counted(one.sent, 'alarm')} sent{before}")
        else:
            failed = True
            say(f"{one.error}; what waits is kept for the next time")
    return failed


def _rounded(row: Row) -> Row:
    return {
        name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()
    }


def _share(name: str) -> Any:
    return lambda row: "" if row[name] is None else f"{row[name]:.2f}"


def _false(row: Row) -> str:
    if row["false"] is None:
        return ""
    return f"{row['false']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


_COLUMNS = {
    "day": field("day"), "dyad": field("dyad"), "kind": field("kind"),
    "reason": field("reason"), "sentence": field("sentence"),
    "evidence": lambda row: row["evidence"].partition(";")[0],
}  # fmt: skip
_RATE_COLUMNS = {
    "kind": field("kind"), "alarms": field("alarms"), "a year": _share("per_year"),
    "n": field("n"), "followed": _share("followed"), "false": _false, "any day": _share("base"),
    "same dyads": _share("own"), "lift": _share("lift"),
}  # fmt: skip
