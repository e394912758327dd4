"""``tocsin watch``: new articles in, events out, as long as it runs."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    CoderName,
    LanguageModel,
    MinConfidence,
    Packs,
    clean_end,
    make_coder,
    say,
)
from tocsin.cli.fetching import AllowedPlaces, Delay, UserAgent, check_delay
from tocsin.cli.scoping import About, sift_of
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.work.run import Run

_EVERY = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST, _MOST = 1.0, 7 * 86400.0
# Folders are looked at so often, in seconds; that costs nothing.
_LOOK = 5.0


def watch(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Addresses (http, https) of feeds, sitemaps or pages, as for tocsin fetch; files "
            "and folders of articles, as for tocsin code.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FOLDER",
            help="Keep all in FOLDER: events.jsonl, events.items.jsonl (what became of every "
            "article), articles.jsonl (what was fetched), and the state.",
        ),
    ],
    every: Annotated[
        str, typer.Option(metavar="TIME", help="How often the addresses are asked: 90s, 15m, 2h.")
    ] = "15m",
    once: Annotated[
        bool, typer.Option("--once", help="Do one round and end, for a timer of your own.")
    ] = False,
    delay: Delay = 2.0,
    allow: AllowedPlaces = None,
    user_agent: UserAgent = None,
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
    about: About = None,
) -> None:  # fmt: skip
    """Watch feeds, sites and folders, and code what is new.

    Ends with Ctrl-C; the next watch on the same FOLDER goes on from there. With --once exit code 1
    when anything was set aside.
    """
    with clean_end():
        seconds = _interval(every)
        check_delay(delay)
        addresses = [one for one in sources if re.match(r"https?:", one, re.IGNORECASE)]
        paths = [one for one in sources if one not in addresses]
        folder = Path(output)
        _check_paths(paths, folder)
        sift = sift_of(about, packs, actors)
        made = make_coder(
            context, coder=coder, min_confidence=min_confidence, language_model=language_model,
            packs=packs, actors=actors,
        )  # fmt: skip
        from tocsin.cli.fetching import Tally
        from tocsin.cli.journal import Journal
        from tocsin.cli.watcher import Watcher
        from tocsin.ingest.fetch import ArticleFile, Fetcher, State
        from tocsin.ingest.fetch.addresses import allowed_place
        from tocsin.linking.seen import Seen

        with contextlib.ExitStack() as stack:
            folder.mkdir(parents=True, exist_ok=True)
            # The state first: whoever has it, has the folder to themselves.
            state = stack.enter_context(State(str(folder / "articles.jsonl.state")))
            file = stack.enter_context(ArticleFile(folder / "articles.jsonl"))
            journal = stack.enter_context(Journal(folder))
            fetcher = None
            if addresses:
                fetcher = stack.enter_context(
                    Fetcher(
                        state,
                        user_agent=user_agent,
                        allow=[allowed_place(words) for words in allow or ()],
                        delay=delay,
                        have=file.ids,
                    )
                )
            tally = Tally()
            watcher = Watcher(
                paths,
                addresses,
                journal,
                Seen(folder / "seen.sqlite"),
                fetcher,
                file,
                tally.add,
                sift,
            )
            if once:
                watcher.settled = 0.0
                set_aside = _round(watcher, made, journal, tally, web=True)
                if set_aside:
                    raise typer.Exit(SET_ASIDE)
                return
            say(f"watching; Ctrl-C ends it. Everything is in {folder}")
            next_web = time.monotonic()
            while True:
                web = bool(addresses) and time.monotonic() >= next_web
                if web:
                    next_web = time.monotonic() + seconds
                _round(watcher, made, journal, tally, web=web)
                left = next_web - time.monotonic() if addresses else _LOOK
                time.sleep(max(0.0, min(left, _LOOK) if paths else left))


def _round(watcher: Any, made: Any, journal: Any, tally: Any, *, web: bool) -> bool:
    """Do one round and say what it brought; whether anything was set aside."""
    from tocsin.cli.work import summarise
    from tocsin.work.engine import InProcess
    from tocsin.work.run import Run, code_items

    run: Run = Run()
    try:
        engine = InProcess(made)
        code_items(watcher.round(web=web), engine, [journal], run, ledger=journal)
    finally:
        unfinished = tally.unfinished
        if tally.counts["article"] or unfinished:
            tally.summarise()
        tally.clear()
        if run.items:
            summarise(run, None)
    return bool(run.problems) or unfinished


def _interval(words: str) -> float:
    """Seconds of "90s", "15m", "2h", "900"."""
    match = _EVERY.fullmatch(words.strip().lower())
    seconds = float(match[1]) * _SECONDS[match[2]] if match is not None else 0.0
    if not _LEAST <= seconds <= _MOST:
        raise OptionError(f"--every {words} is no time such as 90s, 15m or 2h (1s to 7d)")
    return seconds


def _check_paths(paths: list[str], folder: Path) -> None:
    """Refuse, before the work, what is not there, and a folder that would watch itself."""
    for path in paths:
        if path == "-" or not Path(path).exists():
            raise OptionError(f"{path}: there is no such file or folder to watch")
        if folder.absolute().is_relative_to(Path(path).absolute()):
            raise OptionError(f"{folder} lies in {path}, which is watched; name another folder")
