"""``tocsin fetch``: what is written, said and left for the next run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ingest.fetch.site import Answer, Site, linked, page, rss, story

from tocsin.ingest.fetch import articles


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    for n in range(1, 4):
        site.answers[f"/story/{n}"] = Answer(story(n))
    entries = [linked(site.url(f"/story/{n}")) for n in range(1, 4)]
    site.answers["/feed"] = Answer(rss(entries), "application/rss+xml")
    yield site
    site.close()


def arguments(site: Site, *more: object) -> list[object]:
    place = f"127.0.0.1:{site.place[1]}"
    return ["fetch", site.url("/feed"), "--delay", "0", "--allow", place, *more]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_articles_are_appended_and_can_be_coded(site: Site, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    first = run(arguments(site, "-o", path))
    assert first.exit_code == 0
    assert first.stdout == ""
    assert "1 list read; 3 addresses: 3 articles, 0 known, 0 set aside, 0 to be" in first.stderr
    assert [one["title"] for one in lines(path)] == ["Story 1", "Story 2", "Story 3"]
    assert lines(path)[0]["date"] == "2020-06-16T20:30:00+09:00"
    assert path.with_name("articles.jsonl.state").exists()
    again = run(arguments(site, "-o", path))
    assert again.exit_code == 0
    assert "3 addresses: 0 articles, 3 known" in again.stderr
    assert len(lines(path)) == 3
    coded = run(["code", path])
    assert coded.exit_code == 0
    assert "3 articles coded" in coded.stderr


def test_without_an_output_articles_are_printed_and_forgotten(
    site: Site, run: Any, tmp_path: Path
) -> None:
    for _ in range(2):
        found = run(arguments(site))
        assert found.exit_code == 0
        assert len(found.stdout.splitlines()) == 3
        assert json.loads(found.stdout.splitlines()[0])["outlet"] == "Zenda Wire"
    kept = arguments(site, "--state", tmp_path / "kept")
    assert len(run(kept).stdout.splitlines()) == 3
    assert run(kept).stdout == ""


def test_what_gives_no_article_is_named_with_its_reason(
    site: Site, run: Any, tmp_path: Path
) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /story/1", "text/plain")
    site.answers["/story/2"] = Answer(status=404)
    missing = tmp_path / "missing.xml"
    found = run(
        [*arguments(site, "-o", tmp_path / "a.jsonl"), "ftp://x.example/", "http://10.0.0.1/",
         missing]
    )  # fmt: skip
    assert found.exit_code == 1
    assert "6 addresses: 1 article, 0 known, 5 set aside, 0 to be tried again" in found.stderr
    for says in (
        "/story/1: robots: robots.txt forbids it",
        "/story/2: not found: is not there (404)",
        "ftp://x.example/: no address: ",
        "http://10.0.0.1/: private address: ",
        f"{missing}: entry: cannot be read: No such file or directory",
    ):
        assert says in found.stderr


def test_what_is_to_be_tried_again_is_named_with_its_time(
    site: Site, run: Any, tmp_path: Path
) -> None:
    site.answers["/story/2"] = Answer(status=503, headers={"Retry-After": "7200"})
    found = run(arguments(site, "-o", tmp_path / "a.jsonl"))
    assert found.exit_code == 1
    assert "1 article, 0 known, 0 set aside, 2 to be tried again" in found.stderr
    assert "is answered with 503; to be tried again from 20" in found.stderr


def test_a_limit_leaves_the_rest_for_the_next_run(site: Site, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    first = run(arguments(site, "-o", path, "--limit", "1"))
    assert first.exit_code == 0
    assert "stopped after --limit 1; the next run goes on" in first.stderr
    assert len(lines(path)) == 1
    run(arguments(site, "-o", path))
    assert len(lines(path)) == 3


def test_a_refreshed_article_is_a_new_version(site: Site, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    run(arguments(site, "-o", path))
    site.answers["/story/2"] = Answer(page("Story 2", ("It was told otherwise in Zenda.",) * 3))
    run(arguments(site, "-o", path, "--refresh"))
    assert [one.get("version") for one in lines(path)] == [None, None, None, 2]


def test_the_user_agent_can_be_named(site: Site, run: Any) -> None:
    run(arguments(site, "--user-agent", "zendabot/2 (+https://zenda.example)"))
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert agents == {"zendabot/2 (+https://zenda.example)"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_run_that_is_cut_off_is_gone_on_with(
    site: Site, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    path = tmp_path / "articles.jsonl"
    write, calls = articles.article_line, []

    def failing(outcome: Any) -> bytes:
        calls.append(outcome)
        if len(calls) == 2:
            raise error
        return write(outcome)

    monkeypatch.setattr(articles, "article_line", failing)
    cut = run(arguments(site, "-o", path))
    assert cut.exit_code == (130 if error is KeyboardInterrupt else 2)
    assert "1 article, 0 known" in cut.stderr
    # as if the machine had gone down while the second line was being written
    with path.open("ab") as file:
        file.write(b'{"id": "1234", "ur')
    assert run(arguments(site, "-o", path)).exit_code == 0
    assert [one["title"] for one in lines(path)] == ["Story 1", "Story 2", "Story 3"]


def test_what_is_in_the_file_is_not_written_twice_whatever_the_state_says(
    site: Site, run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "articles.jsonl"
    run(arguments(site, "-o", path))
    (tmp_path / "articles.jsonl.state").unlink()
    found = run(arguments(site, "-o", path))
    assert "0 articles, 3 known" in found.stderr
    assert len(lines(path)) == 3


def test_articles_that_are_gone_are_warned_of(site: Site, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    run(arguments(site, "-o", path))
    path.unlink()
    assert "knows 3 articles" in run(arguments(site, "-o", path)).stderr


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["-o", "a.csv"], "must end in .jsonl"),
        (["--delay", "-1"], "--delay"),
        (["--delay", "nan"], "--delay"),
        (["--allow", "localhost"], "HOST:PORT"),
        (["--user-agent", " "], "user agent"),
        (["-o", "a.jsonl", "--state", "a.jsonl"], "name another file"),
        (["--state", "."], "cannot be used"),
    ],
)
def test_what_cannot_start_is_said(
    site: Site, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str],
    says: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    found = run([*arguments(site), *more])
    assert found.exit_code == 2
    assert says in found.stderr
    assert not site.asked


def test_a_killed_process_is_gone_on_with(site: Site, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    command = [sys.executable, "-c", "from tocsin.cli.main import run; run()"]
    words = [str(word) for word in arguments(site, "-o", path)]
    words[words.index("--delay") + 1] = "0.1"
    process = subprocess.Popen([*command, *words], env={**os.environ}, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 15
    while not (path.exists() and path.stat().st_size) and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert path.stat().st_size
    assert run(arguments(site, "-o", path)).exit_code == 0
    assert sorted(one["title"] for one in lines(path)) == ["Story 1", "Story 2", "Story 3"]
