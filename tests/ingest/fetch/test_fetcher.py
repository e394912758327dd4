"""Fetching from a site on this machine: what comes of each address, now and later."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest
from tests.ingest.fetch.site import (
    BODY,
    Answer,
    Clock,
    Site,
    feed_of,
    fetcher,
    kinds,
    page,
    rss,
    sitemap,
    stories,
)

from tocsin.errors import InputError
from tocsin.ingest.fetch import State
from tocsin.ingest.items import Item, Link

XML = "application/xml"


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
