"""``tocsin watch``: what is new is coded once, however often and however the watch ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, StubCoder
from tests.ingest.fetch.site import Answer, Site, linked, rss, story

from tocsin.model.codec import from_json_line

WORDS = "the bridge of Zenda on {} and the envoys of both sides left for home before the night"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Ruritania razed {WORDS.format('Monday')}.")
    return folder


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def watch(run: Run, *sources: object, folder: Path, **more: Any) -> Any:
    return run(["watch", *sources, "-o", folder, "--once"], **more)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.items.jsonl").read_text().splitlines()]


def events(folder: Path) -> list[str]:
    return [
        from_json_line(line).trigger.text
        for line in (folder / "events.jsonl").read_text().splitlines()
    ]


def test_each_file_is_coded_once(run: Run, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert watch(run, inbox, folder=folder).exit_code == 0
    assert events(folder) == ["Ruritania"]
    again = watch(run, inbox, folder=folder)
    assert (again.exit_code, again.stderr) == (0, "")
    assert events(folder) == ["Ruritania"]
    (inbox / "b.txt").write_text(f"Graustark shelled {WORDS.format('Sunday')} once more.")
    watch(run, inbox, folder=folder)
    assert events(folder) == ["Ruritania", "Graustark"]


def test_what_is_added_to_a_file_is_coded_alone(run: Run, tmp_path: Path) -> None:
    feed, folder = tmp_path / "feed.jsonl", tmp_path / "out"
    feed.write_text(json.dumps({"text": "Ruritania fell."}) + "\n")
    watch(run, feed, folder=folder)
    with feed.open("a") as lines:
        lines.write(json.dumps({"text": "Graustark fell."}) + "\nno json\n")
    result = watch(run, feed, folder=folder)
    assert result.exit_code == 1
    assert "1 article coded, 1 event; 1 set aside (2 in all)" in result.stderr
    assert events(folder) == ["Ruritania", "Graustark"]
    assert [row["outcome"] for row in rows(folder)] == ["coded", "coded", "set aside"]


def test_a_copy_that_comes_later_is_known_as_one(run: Run, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    watch(run, inbox, folder=folder)
    (inbox / "b.txt").write_bytes((inbox / "a.txt").read_bytes())
    watch(run, inbox, folder=folder)
    assert events(folder) == ["Ruritania"]
    first, second = rows(folder)
    assert (second["outcome"], second["copy_of"]) == ("copy", first["document"])


def test_a_watch_that_was_killed_goes_on(run: Run, inbox: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    (inbox / "b.txt").write_text(f"Graustark shelled {WORDS.format('Sunday')} once more.")
    watch(run, inbox, folder=whole)
    (inbox / "b.txt").write_text("STOP")
    assert watch(run, inbox, folder=cut).exit_code == 130
    # killed while it wrote: half an event, half a line on what became of it
    with (cut / "events.jsonl").open("a") as lines:
        lines.write('{"id": "ha')
    with (cut / "events.items.jsonl").open("a") as lines:
        lines.write('{"path": "')
    (inbox / "b.txt").write_text(f"Graustark shelled {WORDS.format('Sunday')} once more.")
    assert watch(run, inbox, folder=cut).exit_code == 0
    for name in ("events.jsonl", "events.items.jsonl"):
        assert (cut / name).read_bytes() == (whole / name).read_bytes()


def test_a_feed_is_fetched_and_coded(run: Run, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    site.answers["/feed"] = Answer(rss([linked(site.url("/a"))]), "application/rss+xml")
    site.answers["/a"] = Answer(story(1))
    allowed = ["--allow", f"127.0.0.1:{site.place[1]}", "--delay", "0"]
    result = watch(run, site.url("/feed"), *allowed, folder=folder)
    assert result.exit_code == 0
    assert "1 address: 1 article" in result.stderr
    assert len(events(folder)) == 1
    assert rows(folder)[0]["url"] == site.url("/a")
    watch(run, site.url("/feed"), *allowed, folder=folder)
    assert len(events(folder)) == 1


def test_what_was_fetched_and_not_coded_is_coded_in_the_next_watch(
    run: Run, site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    site.answers["/feed"] = Answer(rss([linked(site.url("/a"))]), "application/rss+xml")
    site.answers["/a"] = Answer(story(1))
    allowed = ["--allow", f"127.0.0.1:{site.place[1]}", "--delay", "0"]

    class Broken(StubCoder):
        def code(self, document: Any) -> Any:
            raise KeyboardInterrupt

    assert watch(run, site.url("/feed"), *allowed, folder=folder, coder=Broken).exit_code == 130
    assert len((folder / "articles.jsonl").read_text().splitlines()) == 1
    assert not (folder / "events.jsonl").read_text()
    assert watch(run, site.url("/feed"), *allowed, folder=folder).exit_code == 0
    assert len(events(folder)) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none/", "-o", "out"], "there is no such file or folder to watch"),
        (["-", "-o", "out"], "there is no such file or folder to watch"),
        ([".", "-o", "out"], "lies in ., which is watched"),
        ([".", "-o", "../out", "--every", "soon"], "--every soon is no time such as 90s"),
        ([".", "-o", "../out", "--every", "0s"], "no time such as 90s"),
        ([".", "-o", "../out", "--delay", "-1"], "--delay -1 must lie between"),
    ],
)
def test_what_cannot_be_watched_is_said_before_any_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(["watch", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_is_about_others_is_passed_over_once(run: Run, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (inbox / "s.txt").write_text(f"Seoul razed {WORDS.format('Monday')}.")
    result = run(["watch", inbox, "-o", folder, "--once", "--about", "KOR"])
    assert "1 article coded, 1 event; 1 about others passed over (2 in all)" in result.stderr
    assert [row["outcome"] for row in rows(folder)] == ["passed over", "coded"]
    assert run(["watch", inbox, "-o", folder, "--once", "--about", "KOR"]).stderr == ""
