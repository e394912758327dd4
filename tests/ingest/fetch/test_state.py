"""The state: what is written stays, what is not ours is left alone."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tocsin.errors import OptionError
from tocsin.ingest.fetch import State
from tocsin.ingest.fetch.robots import RobotsText
from tocsin.ingest.fetch.state import VERSION, ListPage, Page, link_json, link_of
from tocsin.ingest.items import Link
from tocsin.ingest.lists import Listed

ADDRESS = "https://daily.example/a"


def test_what_is_saved_is_there_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "new" / "articles.state"
    page = Page(address=ADDRESS, outcome="article", document="d1", version=2, fetched=5.0)
    one = ListPage(address="https://daily.example/feed", etag='"x"', fetched=6.0)
    with State(path) as state:
        state.save(page)
        state.save_list(one)
        state.save_robots("https://daily.example", RobotsText(text="x", got=7.0))
    with State(path) as state:
        assert state.page(ADDRESS) == page
        assert state.list_page("https://daily.example/feed") == one
        assert state.robots("https://daily.example") == RobotsText(text="x", got=7.0)
        assert state.holds("d1")
        assert not state.holds("d2")
        assert state.articles() == 1
        state.forget(ADDRESS)
        assert state.page(ADDRESS) is None


def test_what_a_list_still_owes_is_known(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        for number, outcome in enumerate(("waiting", "article", "failed", "set aside")):
            page = Page(address=f"https://x.example/{number}", source="list")
            page.outcome = outcome  # type: ignore[assignment]
            state.save(page)
        state.save(Page(address="https://x.example/9", source="other"))
        assert [page.address[-1] for page in state.pending("list")] == ["0", "2"]


def test_a_list_is_noted_whole_or_not_at_all(tmp_path: Path) -> None:
    def pages() -> object:
        yield Page(address=ADDRESS)
        raise KeyboardInterrupt

    with State(tmp_path / "s") as state:
        with pytest.raises(KeyboardInterrupt):
            state.add(pages(), [])  # type: ignore[arg-type]
        assert state.page(ADDRESS) is None
        state.add([Page(address=ADDRESS)], [ListPage(address="l", parent="p")])
        assert [one.address for one in state.children("p")] == ["l"]


def test_what_a_list_says_of_an_address_is_kept() -> None:
    link = Listed(
        url=ADDRESS, title="Zenda “fell”", outlet="Daily", published=date(2020, 6, 16),
        moment=datetime(2020, 6, 16, 11, 30, tzinfo=UTC), language="en",
        changed=datetime(2020, 7, 1, tzinfo=UTC),
    )  # fmt: skip
    kept = link_of(Page(address=ADDRESS, link=link_json(link)))
    assert kept == Link(
        url=ADDRESS, title=link.title, outlet="Daily", published=link.published,
        moment=link.moment, language="en",
    )  # fmt: skip
    assert link_of(Page(address=ADDRESS)) is None


def test_a_state_is_one_run_s_at_a_time(tmp_path: Path) -> None:
    State(tmp_path / "s").close()
    with (
        State(tmp_path / "s"),
        pytest.raises(OptionError, match="another run is using it"),
    ):
        State(tmp_path / "s")


def test_a_state_of_another_version_is_refused(tmp_path: Path) -> None:
    State(tmp_path / "s").close()
    db = sqlite3.connect(tmp_path / "s")
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(OptionError, match=f"of version {VERSION + 1}.*knows version {VERSION}"):
        State(tmp_path / "s")


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes"
    text.write_text("Zenda fell. " * 500)
    with pytest.raises(OptionError, match="no database"):
        State(text)
    assert text.read_text() == "Zenda fell. " * 500
    other = tmp_path / "other.db"
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE towns (name TEXT)")
    db.close()
    with pytest.raises(OptionError, match="something else"):
        State(other)
    with pytest.raises(OptionError, match="cannot be used"):
        State(tmp_path)
