"""Runs that are cut off: the next goes on, without gaps or doubles."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.ingest.fetch.site import (
    BODY,
    Answer,
    Clock,
    Site,
    feed_of,
    fetcher,
    kinds,
    linked,
    rss,
    sitemap,
    stories,
    story,
)

from tocsin.ingest.fetch import State

XML = "application/xml"


def test_what_an_unchanged_feed_still_owes_is_fetched(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/feed"] = feed_of(site, *stories(site, 3), ETag='"one"')
    fetching = fetcher(site, state, clock)
    assert kinds(list(fetching.run([site.url("/feed")], limit=1))) == {"list": 1, "article": 1}
    assert fetching.stopped
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"known": 1, "article": 2}
    assert not fetching.stopped


def many_sources(site: Site) -> list[str]:
    """A feed with links and a whole text, an index with a sitemap: five articles."""
    whole = "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in BODY * 5)
    entry = f"<title>Port</title><link>/w</link><content:encoded>{whole}</content:encoded>"
    entries = [*(linked(site.url(path)) for path in stories(site, 3)), entry]
    site.answers["/feed"] = Answer(rss(entries), XML, headers={"ETag": '"one"'})
    site.answers["/map.xml"] = Answer(sitemap([(site.url("/4"), "")]), XML)
    site.answers["/4"] = Answer(story(4))
    site.answers["/index.xml"] = Answer(
        sitemap([(site.url("/map.xml"), "2020-01-01")], "sitemapindex"),
        XML,
        headers={"ETag": '"two"'},
    )
    return [site.url("/feed"), site.url("/index.xml")]


@pytest.mark.parametrize("after", range(1, 8))
def test_a_run_that_is_cut_off_loses_nothing_and_doubles_nothing(
    site: Site, clock: Clock, tmp_path: Path, after: int
) -> None:
    sources = many_sources(site)
    taken: list[str] = []

    def run(stop: int | None) -> None:
        with State(tmp_path / "state") as state:
            outcomes = fetcher(site, state, clock, have=frozenset(taken)).run(sources)
            for number, outcome in enumerate(outcomes, 1):
                if outcome.document is not None:
                    taken.append(outcome.document.id)
                if number == stop:
                    outcomes.close()  # type: ignore[attr-defined]
                    return

    run(after)
    run(after)
    run(None)
    assert len(taken) == len(set(taken)) == 5
    run(None)
    assert len(taken) == 5


def test_a_run_that_is_cut_off_while_it_writes_loses_nothing_and_doubles_nothing(
    site: Site, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = many_sources(site)
    writing, left = State._writing, [0]

    def cut_off(state: State, *how: str) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return writing(state, *how)

    monkeypatch.setattr(State, "_writing", cut_off)
    for number in range(1, 100):
        taken: list[str] = []
        whole = False
        for left[0] in (number, -1):
            with suppress(KeyboardInterrupt), State(tmp_path / str(number)) as state:
                for outcome in fetcher(site, state, clock, have=frozenset(taken)).run(sources):
                    if outcome.document is not None:
                        taken.append(outcome.document.id)
                whole = whole or left[0] > 0
        assert len(taken) == len(set(taken)) == 5, number
        if whole:
            break
    assert number > 10
