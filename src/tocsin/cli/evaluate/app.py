"""The command group ``tocsin evaluate``."""

from __future__ import annotations

import typer

evaluate = typer.Typer(
    help="Score the coder against a labelled set (JSON lines).",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
