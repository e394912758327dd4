"""``tocsin fetch``: sources in, articles out."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, printable, say
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.ingest.fetch import Outcome
    from tocsin.ingest.fetch.articles import ArticleFile

MAX_DELAY = 3600.0


Delay = Annotated[
    float,
    typer.Option(
        metavar="S",
        help="Seconds between two requests to one host; a site's Crawl-delay may lengthen it.",
    ),
]
AllowedPlaces = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="HOST:PORT", help="A private address that may be asked; "
                 "repeatable."),
]  # fmt: skip
UserAgent = Annotated[
    str | None,
    typer.Option(
        metavar="S",
        help="Who asks, as servers are told; name where you can be reached. Default: "
        "tocsin/VERSION.",
    ),
]


def check_delay(delay: float) -> None:
    """OptionError for a pause that cannot be."""
    if not 0 <= delay <= MAX_DELAY:
        raise OptionError(f"--delay {delay:g} must lie between 0 and {MAX_DELAY:g} seconds")


def fetch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Addresses (http, https) of feeds, sitemaps or pages; saved feeds and sitemaps; "
            "lists of articles (GDELT, Media Cloud, NewsAPI: .csv, .json, .jsonl, .parquet); text "
            "files with one address a line.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Append the articles to FILE (.jsonl). Default: print them.",
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Keep account of what was fetched in FILE. Default: beside the output, with "
            ".state behind its name; without an output it is forgotten.",
        ),
    ] = None,
    delay: Delay = 2.0,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Stop after N articles; the next run goes on."),
    ] = None,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Ask anew for what was had; take what has a new text."),
    ] = False,
    allow: AllowedPlaces = None,
    user_agent: UserAgent = None,
) -> None:  # fmt: skip
    """Fetch articles from feeds, sitemaps and pages, each once.

    Exit code 0 when all is done, 1 when anything was set aside or is to be tried again, 2 when
    nothing could start.
    """
    with clean_end():
        check_delay(delay)
        from tocsin.ingest.fetch import Fetcher, State
        from tocsin.ingest.fetch.addresses import allowed_place
        from tocsin.ingest.fetch.articles import ArticleFile, appended
        from tocsin.ingest.fetch.sources import sources_of

        places = [allowed_place(words) for words in allow or ()]
        tally = Tally()
        with contextlib.ExitStack() as stack:
            kept = state or (f"{output}.state" if output else None)
            if output is not None and kept is not None:
                _keep_apart(output, kept)
            # The state first: whoever has it, has the output to themselves.
            account = stack.enter_context(State(kept))
            file = stack.enter_context(ArticleFile(output)) if output is not None else None
            _warn_of_lost(account.articles(), file, kept)
            fetcher = stack.enter_context(
                Fetcher(
                    account,
                    user_agent=user_agent,
                    allow=places,
                    delay=delay,
                    refresh=refresh,
                    have=file.ids if file is not None else (),
                )
            )
            outcomes = fetcher.run(sources_of(sources), limit=limit)
            _show(appended(outcomes, file) if file is not None else _printed(outcomes), tally)
            if fetcher.stopped:
                say(f"stopped after --limit {limit}; the next run goes on from there")
    if tally.unfinished:
        raise typer.Exit(SET_ASIDE)


def _keep_apart(output: str, state: str) -> None:
    if Path(output).absolute() == Path(state).absolute():
        raise OptionError(f"{output} is the output and the state; name another file with --state")


def _warn_of_lost(articles: int, file: ArticleFile | None, state: str | None) -> None:
    if file is not None and articles and not file.ids:
        say(
            f"the state {state} knows {articles:,} articles, and {file.path} holds none of them; "
            "they are not fetched again unless you remove the state"
        )


def _printed(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    from tocsin.ingest.fetch.articles import article_line

    for outcome in outcomes:
        if outcome.kind == "article":
            sys.stdout.buffer.write(article_line(outcome))
            sys.stdout.buffer.flush()
        yield outcome


def _show(outcomes: Iterator[Outcome], tally: Tally) -> None:
    from tocsin.cli.progress import Progress

    progress = Progress(shown=True)
    reader_gone = False
    try:
        for outcome in outcomes:
            tally.add(outcome)
            progress.articles = tally.counts["article"]
            progress.show(tally.line())
    except BrokenPipeError:
        reader_gone = True
        raise
    finally:
        progress.done()
        if not reader_gone:
            tally.summarise()


@dataclass(slots=True)
class Tally:
    """What became of the addresses: how many of each kind, and why those that gave no article."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def unfinished(self) -> bool:
        """Whether anything was set aside or is to be tried again."""
        return bool(self.counts["set aside"] or self.counts["failed"])

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.counts[outcome.kind] += 1
        if outcome.kind == "set aside":
            why = f"{outcome.reason}: {outcome.message}"
            self.problems.append(f"{outcome.address}: {why}")
        elif outcome.kind == "failed":
            when = f"{outcome.retry:%Y-%m-%d %H:%M} UTC" if outcome.retry else "the next run"
            self.problems.append(
                f"{outcome.address}: {outcome.message}; to be tried again from {when} on"
            )

    def clear(self) -> None:
        """Begin to count anew."""
        self.counts.clear()
        self.problems.clear()

    def line(self) -> str:
        """``123 addresses: 80 articles, 30 known, 10 set aside, 3 to be tried again``."""
        from tocsin.cli.progress import counted

        addresses = sum(self.counts.values()) - self.counts["list"]
        kinds = [
            counted(self.counts["article"], "article"),
            f"{self.counts['known']:,} known",
            f"{self.counts['set aside']:,} set aside",
            f"{self.counts['failed']:,} to be tried again",
        ]
        whole = f"{addresses:,} address{'' if addresses == 1 else 'es'}: {', '.join(kinds)}"
        return f"{counted(self.counts['list'], 'list')} read; {whole}"

    def summarise(self) -> None:
        """Say on standard error what became of the addresses, and why."""
        say(self.line())
        for problem in self.problems:
            print(f"  {printable(problem)}", file=sys.stderr)
