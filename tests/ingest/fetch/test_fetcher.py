"""Fetching from a site on this machine: what is asked, when, and what comes of each address."""

from __future__ import annotations

import gzip
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from tests.ingest.fetch.site import (
    BODY,
    Answer,
    Clock,
    Site,
    fetcher,
    linked,
    page,
    rss,
    sitemap,
    story,
)

from tocsin.errors import InputError
from tocsin.ingest.fetch import Outcome, State
from tocsin.ingest.items import Item, Link

XML = "application/xml"


def kinds(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(outcome.kind for outcome in outcomes)


def feed_of(site: Site, *paths: str, **headers: str) -> Answer:
    entries = [linked(site.url(path)) for path in paths]
    return Answer(rss(entries), "application/rss+xml", headers=headers)


def stories(site: Site, number: int) -> list[str]:
    paths = [f"/story/{n}" for n in range(1, number + 1)]
    for n, path in enumerate(paths, 1):
        site.answers[path] = Answer(story(n))
    return paths


def test_a_feed_gives_its_articles_with_what_it_says_of_them(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/feed"] = feed_of(site, "/a?utm_source=rss")
    site.answers["/a"] = Answer(page())
    found = list(fetcher(site, state, clock).run([site.url("/feed")]))
    assert [outcome.kind for outcome in found] == ["list", "article"]
    document = found[1].document
    assert document is not None
    assert document.text.split("\n")[-3:] == list(BODY)
    assert document.url == site.url("/a")
    assert document.outlet == "Zenda Wire"
    assert document.published == date(2020, 6, 16)
    assert document.moment == datetime.fromisoformat("2020-06-16T20:30:00+09:00")
    assert found[1].fetched == datetime.fromtimestamp(int(clock.now), UTC)


def test_the_page_is_believed_before_its_feed(site: Site, state: State, clock: Clock) -> None:
    head = (
        '<meta property="og:site_name" content="Daily Zenda">'
        '<meta property="article:published_time" content="2020-06-15T10:00:00Z">'
    )
    site.answers["/feed"] = feed_of(site, "/a")
    site.answers["/a"] = Answer(page("Harbour shelled", head=head))
    document = list(fetcher(site, state, clock).run([site.url("/feed")]))[1].document
    assert document is not None
    assert (document.title, document.outlet) == ("Harbour shelled", "Daily Zenda")
    assert document.moment == datetime.fromisoformat("2020-06-15T10:00:00+00:00")


def test_what_was_had_is_known_and_not_asked_again(site: Site, state: State, clock: Clock) -> None:
    site.answers["/feed"] = feed_of(site, *stories(site, 3))
    fetching = fetcher(site, state, clock)
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"list": 1, "article": 3}
    asked = len(site.asked)
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"list": 1, "known": 3}
    assert site.paths()[asked - 1 :] == ["/feed"]


@pytest.mark.parametrize(
    "headers", [{"ETag": '"one"'}, {"Last-Modified": "Tue, 16 Jun 2020 11:30:00 GMT"}]
)
def test_an_unchanged_feed_is_known(
    site: Site, state: State, clock: Clock, headers: dict[str, str]
) -> None:
    site.answers["/feed"] = feed_of(site, *stories(site, 1), **headers)
    fetching = fetcher(site, state, clock)
    list(fetching.run([site.url("/feed")]))
    found = list(fetching.run([site.url("/feed")]))
    assert [(outcome.kind, outcome.reason) for outcome in found] == [("known", "unchanged")]


def test_what_an_unchanged_feed_still_owes_is_fetched(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/feed"] = feed_of(site, *stories(site, 3), ETag='"one"')
    fetching = fetcher(site, state, clock)
    assert kinds(list(fetching.run([site.url("/feed")], limit=1))) == {"list": 1, "article": 1}
    assert fetching.stopped
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"known": 1, "article": 2}
    assert not fetching.stopped


def test_a_refreshed_page_that_is_unchanged_is_known(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/a"] = Answer(page(), headers={"ETag": '"one"'})
    list(fetcher(site, state, clock).run([site.url("/a")]))
    found = list(fetcher(site, state, clock, refresh=True).run([site.url("/a")]))
    assert [outcome.kind for outcome in found] == ["known"]
    assert site.asked[-1].headers["if-none-match"] == '"one"'


def test_a_new_text_is_a_new_version(site: Site, state: State, clock: Clock) -> None:
    site.answers["/a"] = Answer(page())
    (first,) = fetcher(site, state, clock).run([site.url("/a")])
    site.answers["/a"] = Answer(page(body=(*BODY, "A third sailor died on Wednesday, he said.")))
    assert kinds(list(fetcher(site, state, clock).run([site.url("/a")]))) == {"known": 1}
    (second,) = fetcher(site, state, clock, refresh=True).run([site.url("/a")])
    assert (first.version, second.kind, second.version) == (1, "article", 2)
    assert first.document is not None
    assert second.document is not None
    assert first.document.id != second.document.id


@pytest.mark.parametrize(("changed", "asked"), [("2020-09-12", False), ("2020-09-14", True)])
def test_a_sitemap_says_what_changed_since(
    site: Site, state: State, clock: Clock, changed: str, asked: bool
) -> None:
    site.answers["/map.xml"] = Answer(sitemap([(site.url("/a"), "2020-06-16")]), XML)
    site.answers["/a"] = Answer(page())
    fetching = fetcher(site, state, clock)
    list(fetching.run([site.url("/map.xml")]))  # on 2020-09-13
    site.answers["/map.xml"] = Answer(sitemap([(site.url("/a"), changed)]), XML)
    site.answers["/a"] = Answer(page("Port shelled again", body=(*BODY, "It went on at night.")))
    found = list(fetching.run([site.url("/map.xml")]))
    assert [outcome.version for outcome in found if outcome.kind == "article"] == [2] * asked
    assert site.paths().count("/a") == 1 + asked


def test_an_index_is_followed_and_read_sitemaps_are_passed_over(
    site: Site, state: State, clock: Clock
) -> None:
    one, two = stories(site, 2)
    site.answers["/index.xml"] = Answer(
        sitemap([(site.url("/1.xml.gz"), "2020-06-01"), (site.url("/2.txt"), "")], "sitemapindex"),
        XML,
        headers={"ETag": '"index"'},
    )
    packed = gzip.compress(sitemap([(site.url(one), "")]))
    site.answers["/1.xml.gz"] = Answer(packed, "application/x-gzip")
    site.answers["/2.txt"] = Answer(f"{site.url(two)}\n".encode(), "text/plain")
    fetching = fetcher(site, state, clock)
    assert kinds(list(fetching.run([site.url("/index.xml")]))) == {"list": 3, "article": 2}
    site.asked.clear()
    site.answers["/2.txt"] = Answer(f"{site.url(two)}\n{site.url('/3')}".encode(), "text/plain")
    found = list(fetching.run([site.url("/index.xml")]))
    # the index is unchanged, which says nothing of the sitemaps that it names
    assert site.paths() == ["/index.xml", "/1.xml.gz", "/2.txt", "/3"]
    assert kinds(found) == {"known": 3, "list": 2, "set aside": 1}


def test_sitemaps_in_sitemaps_end_somewhere(site: Site, state: State, clock: Clock) -> None:
    for n in range(9):
        inner = sitemap([(site.url(f"/{n + 1}.xml"), "")], "sitemapindex")
        site.answers[f"/{n}.xml"] = Answer(inner, XML)
    found = list(fetcher(site, state, clock).run([site.url("/0.xml")]))
    assert kinds(found) == {"list": 4, "set aside": 1}
    assert [one.reason for one in found if one.kind == "set aside"] == ["too many lists"]


def test_an_index_that_names_itself_is_read_once(site: Site, state: State, clock: Clock) -> None:
    site.answers["/i.xml"] = Answer(sitemap([(site.url("/i.xml"), "")], "sitemapindex"), XML)
    fetching = fetcher(site, state, clock)
    assert kinds(list(fetching.run([site.url("/i.xml")]))) == {"list": 1}
    assert kinds(list(fetching.run([site.url("/i.xml")]))) == {"list": 1}


def test_a_whole_text_in_a_feed_needs_no_request(site: Site, state: State, clock: Clock) -> None:
    whole = "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in BODY * 5)
    entry = f"<title>Port</title><link>/a</link><content:encoded>{whole}</content:encoded>"
    site.answers["/feed"] = Answer(rss([entry]), XML)
    fetching = fetcher(site, state, clock)
    found = list(fetching.run([site.url("/feed")]))
    assert kinds(found) == {"list": 1, "article": 1}
    assert site.paths() == ["/feed"]
    assert kinds(list(fetching.run([site.url("/feed")]))) == {"list": 1, "known": 1}
    site.answers["/feed"] = Answer(rss([entry.replace("two sailors", "three sailors")]), XML)
    found = list(fetching.run([site.url("/feed")]))
    assert [outcome.version for outcome in found if outcome.kind == "article"] == [2]


def test_an_address_in_two_lists_has_one_outcome(site: Site, state: State, clock: Clock) -> None:
    (path,) = stories(site, 1)
    site.answers["/feed"] = feed_of(site, path, f"{path}?fbclid=1", f"{path}#end")
    site.answers["/map.xml"] = Answer(sitemap([(site.url(path), "")]), XML)
    found = list(fetcher(site, state, clock).run([site.url("/feed"), site.url("/map.xml")]))
    assert kinds(found) == {"list": 2, "article": 1}


def test_two_ways_to_one_page_give_one_article(site: Site, state: State, clock: Clock) -> None:
    (path,) = stories(site, 1)
    for old in ("/old", "/older"):
        site.answers[old] = Answer(status=301, headers={"Location": path})
    site.answers["/feed"] = feed_of(site, "/old", "/older")
    found = list(fetcher(site, state, clock).run([site.url("/feed")]))
    assert kinds(found) == {"list": 1, "article": 1, "known": 1}
    assert found[1].document is not None
    assert found[1].document.url == site.url(path)


def test_a_page_that_names_feeds_is_a_page(site: Site, state: State, clock: Clock) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.answers["/a"] = Answer(page(head=head))
    assert kinds(list(fetcher(site, state, clock).run([site.url("/a")]))) == {"article": 1}
    assert site.paths() == ["/a"]


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


def test_the_header_says_in_which_letters_a_page_is(site: Site, state: State, clock: Clock) -> None:
    cyrillic = page(body=("Порт Зенды обстреляли во вторник, сообщил мэр города.", *BODY))
    data = cyrillic.decode().encode("koi8-r")
    site.answers["/a"] = Answer(data, "text/html; charset=KOI8-R")
    (found,) = fetcher(site, state, clock).run([site.url("/a")])
    assert found.document is not None
    assert "Порт Зенды обстреляли" in found.document.text


def test_entries_of_files_are_sources_too(site: Site, state: State, clock: Clock) -> None:
    (path,) = stories(site, 1)
    items = [
        Item("saved.xml", 1, Link(url=site.url(path), outlet="Daily Zenda")),
        Item("saved.xml", 2, InputError("the entry has no address", path="saved.xml", line=2)),
        Item("saved.xml", 3, Link(url="mailto:x@example.org")),
    ]
    found = list(fetcher(site, state, clock).run(items))
    assert [one.kind for one in found] == ["set aside", "set aside", "article"]
    assert found[0].address == "saved.xml:2"
    assert found[2].document is not None
    assert found[2].document.outlet == "Daily Zenda"


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
