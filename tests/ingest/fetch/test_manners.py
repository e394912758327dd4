"""Whom fetching leaves alone, for how long, and what it does not touch at all."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from tests.ingest.fetch.site import (
    Answer,
    Clock,
    Site,
    feed_of,
    fetcher,
    kinds,
    page,
    rss,
    stories,
    story,
)

from tocsin.ingest.fetch import State

XML = "application/xml"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), "not found"),
        (Answer(status=410), "not found"),
        (Answer(status=403), "not allowed"),
        (Answer(status=418), "not a page"),
        (Answer(b"<html><body></body></html>"), "no article"),
        (Answer(b"%PDF-1.7", "application/pdf"), "not a page"),
        (Answer(rss([]), XML), "not a page"),
        (Answer(b"x" * 10_000_001), "too large"),
        (Answer(b"x", headers={"Content-Encoding": "br"}), "not a page"),
        (Answer(status=302), "redirects"),
        (Answer(status=301, headers={"Location": "file:///etc/passwd"}), "redirects"),
        (Answer(status=301, headers={"Location": "http://10.0.0.1/"}), "private address"),
        (Answer(status=301, headers={"Location": "http://2130706433/"}), "private address"),
        (Answer(status=301, headers={"Location": "http://[::ffff:a9fe:a9fe]/"}), "private address"),
        (Answer(status=301, headers={"Location": "/a"}), "redirects"),
        (Answer(status=301, headers={"Location": "/loop"}), "redirects"),
        (Answer(status=301, headers={"Location": "/hop/1"}), "redirects"),
        (Answer(status=301, headers={"Location": "/secret/a"}), "robots"),
    ],
)
def test_what_gives_no_article_is_set_aside_with_its_reason(
    site: Site, state: State, clock: Clock, answer: Answer, reason: str
) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /secret/", "text/plain")
    site.answers["/loop"] = Answer(status=302, headers={"Location": "/a"})
    for n in range(9):
        site.answers[f"/hop/{n}"] = Answer(status=302, headers={"Location": f"/hop/{n + 1}"})
    site.answers["/feed"] = feed_of(site, "/a")
    site.answers["/a"] = answer
    fetching = fetcher(site, state, clock)
    found = list(fetching.run([site.url("/feed")]))
    assert [(one.kind, one.reason) for one in found[1:]] == [("set aside", reason)]
    assert "/secret/a" not in site.paths()
    assert sum(path.startswith("/hop/") for path in site.paths()) <= 5
    times = site.paths().count("/a")
    again = list(fetching.run([site.url("/feed")]))
    if reason not in ("robots", "private address"):
        assert kinds(again) == {"list": 1, "known": 1}
        assert site.paths().count("/a") == times


@pytest.mark.parametrize(
    "source",
    ["ftp://example.org/feed", "file:///etc/passwd", "data:text/html,hello", "http://", "gopher:x"],
)
def test_other_schemes_are_refused(site: Site, state: State, clock: Clock, source: str) -> None:
    found = list(fetcher(site, state, clock).run([source]))
    assert [(one.kind, one.reason) for one in found] == [("set aside", "no address")]


def test_a_private_address_is_not_asked_unless_it_is_allowed(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/a"] = Answer(page())
    found = list(fetcher(site, state, clock, allow=()).run([site.url("/a")]))
    assert [(one.kind, one.reason) for one in found] == [("set aside", "private address")]
    assert "--allow 127.0.0.1:" in str(found[0].message)
    assert not site.asked
    assert kinds(list(fetcher(site, state, clock).run([site.url("/a")]))) == {"article": 1}


def test_robots_txt_is_followed(site: Site, state: State, clock: Clock) -> None:
    one, two = stories(site, 2)
    rules = f"User-agent: tocsin\nDisallow: {one}\n\nUser-agent: *\nDisallow: /"
    site.answers["/robots.txt"] = Answer(rules.encode(), "text/plain")
    site.answers["/feed"] = feed_of(site, one, two)
    found = list(fetcher(site, state, clock).run([site.url("/feed")]))
    assert kinds(found) == {"list": 1, "set aside": 1, "article": 1}
    assert one not in site.paths()
    assert site.paths(robots=True).count("/robots.txt") == 1


@pytest.mark.parametrize(("delay", "pause"), [(7, 7.0), (1, 2.0), (86400, 60.0)])
def test_requests_to_a_host_are_apart_as_long_as_it_asks_for(
    site: Site, state: State, clock: Clock, delay: int, pause: float
) -> None:
    rules = f"User-agent: *\nCrawl-delay: {delay}".encode()
    site.answers["/robots.txt"] = Answer(rules, "text/plain")
    site.answers["/feed"] = feed_of(site, *stories(site, 3))
    list(fetcher(site, state, clock).run([site.url("/feed")]))
    assert clock.slept[1:] == [pause] * 3


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_without_an_answer_forbids_all_for_now(
    site: Site, state: State, clock: Clock, status: int
) -> None:
    site.answers["/robots.txt"] = Answer(status=status)
    site.answers["/a"] = Answer(page())
    fetching = fetcher(site, state, clock)
    found = list(fetching.run([site.url("/a")]))
    assert [(one.kind, one.message) for one in found] == [("failed", "robots.txt cannot be had")]
    assert site.paths(robots=True) == ["/robots.txt"] * 3
    site.answers["/robots.txt"] = Answer(status=404)
    clock.now += 3600
    assert kinds(list(fetching.run([site.url("/a")]))) == {"article": 1}


def test_robots_txt_holds_for_a_day(site: Site, state: State, clock: Clock) -> None:
    site.answers["/a"] = site.answers["/b"] = site.answers["/c"] = Answer(page())
    for path, later in (("/a", 0), ("/b", 23 * 3600), ("/c", 3600)):
        clock.now += later
        list(fetcher(site, state, clock).run([site.url(path)]))
    assert site.paths(robots=True).count("/robots.txt") == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_is_left_alone_as_long_as_it_says(
    site: Site, state: State, clock: Clock, status: int
) -> None:
    site.answers["/a"] = [Answer(status=status, headers={"Retry-After": "90"}), Answer(page())]
    assert kinds(list(fetcher(site, state, clock).run([site.url("/a")]))) == {"article": 1}
    assert clock.slept[-1] == 90.0


def test_retry_after_may_be_a_date(site: Site, state: State, clock: Clock) -> None:
    when = format_datetime(datetime.fromtimestamp(clock.now + 62, UTC), usegmt=True)
    site.answers["/a"] = [Answer(status=503, headers={"Retry-After": when}), Answer(page())]
    list(fetcher(site, state, clock).run([site.url("/a")]))
    assert clock.slept[-1] == 60.0  # two seconds went by after robots.txt


def test_a_long_retry_after_puts_the_host_off_to_another_run(
    site: Site, state: State, clock: Clock
) -> None:
    one, two = stories(site, 2)
    site.answers["/feed"] = feed_of(site, one, two)
    site.answers[one] = Answer(status=429, headers={"Retry-After": "7200"})
    fetching = fetcher(site, state, clock)
    found = list(fetching.run([site.url("/feed")]))
    assert kinds(found) == {"list": 1, "failed": 2}
    assert {one.retry for one in found[1:]} == {datetime.fromtimestamp(clock.now + 7200, UTC)}
    assert two not in site.paths()
    clock.now += 3600
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"list": 1, "failed": 2}
    assert site.paths().count(one) == 1
    clock.now += 3601
    site.answers[one] = Answer(story(1))
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"list": 1, "article": 2}


def test_errors_are_met_with_ever_longer_pauses_and_three_tries(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/a"] = Answer(status=500)
    fetching = fetcher(site, state, clock)
    found = list(fetching.run([site.url("/a")]))
    assert [(one.kind, one.message) for one in found] == [("failed", "is answered with 500")]
    assert site.paths() == ["/a"] * 3
    assert clock.slept == [2.0, 5.0, 10.0]
    assert found[0].retry is not None
    assert found[0].retry.timestamp() == int(clock.now) + 600


def test_a_host_with_nothing_but_errors_is_left_alone(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/feed"] = feed_of(site, *(f"/{n}" for n in range(20)))
    for n in range(20):
        site.answers[f"/{n}"] = Answer(status=500)
    found = list(fetcher(site, state, clock).run([site.url("/feed")]))
    assert kinds(found) == {"list": 1, "failed": 20}
    assert len(site.paths()) == 1 + 6


def test_a_server_that_is_gone_is_tried_again_later(site: Site, state: State, clock: Clock) -> None:
    site.close()
    found = list(fetcher(site, state, clock).run([site.url("/a")]))
    assert kinds(found) == {"failed": 1}


def test_hosts_take_turns(site: Site, state: State, clock: Clock) -> None:
    other = Site()
    try:
        for one in (site, other):
            stories(one, 3)
        sources = [one.url(f"/story/{n}") for one in (site, other) for n in (1, 2, 3)]
        # another name of the same machine is another host
        sources = [url.replace("127.0.0.1", "localhost") if n > 2 else url
                   for n, url in enumerate(sources)]  # fmt: skip
        allow = (site.place, ("localhost", other.place[1]))
        found = list(fetcher(site, state, clock, allow=allow).run(sources))
        assert kinds(found) == {"article": 6}
        assert [one.address.split(":")[1] for one in found] == ["//127.0.0.1", "//localhost"] * 3
        assert sum(clock.slept) == 6.0
    finally:
        other.close()
