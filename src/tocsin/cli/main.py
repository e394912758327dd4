"""The ``tocsin`` command and its subcommands."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from tocsin.cli.adding import add
from tocsin.cli.alarming import alarms
from tocsin.cli.asking import claims, documents, events, imported, incidents, stories
from tocsin.cli.checking import check
from tocsin.cli.coding import code
from tocsin.cli.comparing import compare
from tocsin.cli.deciding import decide
from tocsin.cli.evaluate import evaluate
from tocsin.cli.explain import explain
from tocsin.cli.exporting import export
from tocsin.cli.fetching import fetch
from tocsin.cli.importing import import_
from tocsin.cli.ledgers import channels, threats
from tocsin.cli.lint import lint
from tocsin.cli.measuring import series
from tocsin.cli.relate import relate
from tocsin.cli.reporting import report
from tocsin.cli.sample import sample
from tocsin.cli.serving import serve
from tocsin.cli.showing import show
from tocsin.cli.watching import watch
from tocsin.cli.who import who

app = typer.Typer(
    name="tocsin",
    help="Reads news and keeps the record: who did what to whom, when, where and on whose word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Help without colours is there in half the time.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(fetch)
app.command()(watch)
app.command()(code)
app.command()(add)
app.command()(events)
app.command()(incidents)
app.command()(claims)
app.command()(threats)
app.command()(channels)
app.command()(series)
app.command()(serve)
app.command()(report)
app.command()(alarms)
app.command()(compare)
app.command()(stories)
app.command()(documents)
app.command()(show)
app.add_typer(decide, name="decide")
app.command()(check)
app.command()(explain)
app.command()(sample)
app.add_typer(evaluate, name="evaluate")
app.command()(relate)
app.command()(who)
app.command()(export)
app.command("import")(import_)
app.command()(imported)
app.command()(lint)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tocsin {version('tocsin')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Options of the command itself."""


def run() -> None:
    """Entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            # A terminal that cannot show a letter shows a substitute instead of ending the run.
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app()
