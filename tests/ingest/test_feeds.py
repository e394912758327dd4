"""Feeds: whole texts as articles, the others as links, and what is wrong as what is wrong."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.config import MAX_LIST_BYTES
from tocsin.errors import InputError
from tocsin.ingest.feeds import feed_entries, text_of
from tocsin.ingest.items import Link
from tocsin.ingest.lists import Listed, absolute, changed_at, moment_of, words_of
from tocsin.model.document import Document

URL = "https://wire.example/feeds/war.xml"
SENTENCE = "Rebels shelled the port of Zenda on Tuesday, killing two sailors, the mayor said."
WHOLE = "".join(f"<p>{SENTENCE}</p>" for _ in range(16))
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"


def rss(entry: str, channel: str = "<title>Zenda Wire</title><language>en-gb</language>") -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="{CONTENT}" xmlns:dc="{DC}">'
        f"<channel>{channel}<item>{entry}</item></channel></rss>"
    ).encode()


def atom(entry: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Zenda Wire</title>'
        f"<entry>{entry}</entry></feed>"
    ).encode()


def one(data: bytes, url: str | None = URL) -> Document | Link | InputError:
    (item,) = feed_entries(data, path="feed", url=url)
    assert item.line == 1
    return item.found


def test_an_entry_with_a_summary_is_a_link() -> None:
    found = one(
        rss(
            "<title>Port &lt;b&gt;shelled&lt;/b&gt; &amp;amp; burnt</title><link>/a</link>"
            "<description>Rebels shelled the port.</description>"
            "<pubDate>Tue, 16 Jun 2020 20:30:00 +0900</pubDate>"
        )
    )
    assert found == Listed(
        url="https://wire.example/a",
        title="Port shelled & burnt",
        outlet="Zenda Wire",
        published=date(2020, 6, 16),
        moment=datetime.fromisoformat("2020-06-16T20:30:00+09:00"),
        language="en",
    )


@pytest.mark.parametrize(
    "data",
    [
        rss(
            "<title>Port shelled</title><link>https://wire.example/a</link>"
            "<dc:creator>Anna Strelsau</dc:creator><description>Short.</description>"
            "<pubDate>Tue, 16 Jun 2020 11:30:00 GMT</pubDate>"
            f"<content:encoded><![CDATA[{WHOLE}]]></content:encoded>"
        ),
        atom(
            '<title>Port shelled</title><link href="https://wire.example/a"/>'
            "<author><name>Anna Strelsau</name></author><summary>Short.</summary>"
            "<published>2020-06-16T11:30:00Z</published><updated>2020-07-01T00:00:00Z</updated>"
            f'<content type="html"><![CDATA[{WHOLE}]]></content>'
        ),
        atom(
            '<title>Port shelled</title><link href="https://wire.example/a"/>'
            "<author><name>Anna Strelsau</name></author>"
            "<published>2020-06-16T11:30:00Z</published><content type='xhtml'>"
            f"<div xmlns='http://www.w3.org/1999/xhtml'>{WHOLE}</div></content>"
        ),
    ],
)
def test_an_entry_with_its_whole_text_is_an_article(data: bytes) -> None:
    found = one(data)
    assert isinstance(found, Document)
    assert found.text == "\n\n".join([SENTENCE] * 16)
    assert found == Document.of(
        found.text,
        title="Port shelled",
        outlet="Zenda Wire",
        url="https://wire.example/a",
        published=date(2020, 6, 16),
        moment=datetime(2020, 6, 16, 11, 30, tzinfo=UTC),
        author="Anna Strelsau",
    )


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{SENTENCE}</p>",
        WHOLE + "<p>The mayor called on [&#8230;]</p>",
        WHOLE + '<p><a href="/a">Continue reading</a></p>',
        WHOLE + "<p>Read more: the port of Zenda</p>",
    ],
)
def test_a_text_that_is_cut_off_is_a_link(content: str) -> None:
    entry = f"<link>/a</link><content:encoded><![CDATA[{content}]]></content:encoded>"
    assert isinstance(one(rss(entry)), Listed)


def test_rss_1_has_one_date_and_it_is_that_of_publication() -> None:
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="{DC}"><channel><title>Zenda Wire</title>'
        "</channel><item><title>Port</title><link>/a</link>"
        "<dc:date>2020-06-16T20:30:00+09:00</dc:date></item></rdf:RDF>"
    ).encode()
    found = one(data)
    assert isinstance(found, Link)
    assert found.moment == datetime.fromisoformat("2020-06-16T20:30:00+09:00")


def test_when_an_entry_changed_is_not_when_it_was_published() -> None:
    found = one(atom('<link href="/a"/><updated>2020-07-01T00:00:00Z</updated>'))
    assert isinstance(found, Listed)
    assert (found.published, found.moment) == (None, None)
    assert found.changed == datetime(2020, 7, 1, tzinfo=UTC)


def test_the_source_of_an_entry_is_its_outlet() -> None:
    entry = (
        '<link>./articles/CBMi?oc=5</link><source url="https://daily.example">Daily Zenda</source>'
    )
    found = one(rss(entry), "https://news.google.com/rss/search?q=zenda")
    assert isinstance(found, Link)
    assert found.outlet == "Daily Zenda"
    assert found.url == "https://news.google.com/rss/articles/CBMi?oc=5"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.google.com/url?rct=j&amp;url=https://daily.example/a%3Fb&amp;ct=ga",
        "https://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fdaily.example%2fa%3Fb&amp;c=1",
    ],
)
def test_a_link_that_only_leads_on_is_where_it_leads(address: str) -> None:
    found = one(rss(f"<link>{address}</link>"))
    assert isinstance(found, Link)
    assert found.url == "https://daily.example/a?b"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("<title>Port shelled</title>", "no address"),
        ("<link>mailto:anna@wire.example</link>", "no address|no http"),
        ("<link>javascript:alert(1)</link>", "no address|no http"),
        (f"<link>https://wire.example/{'a' * 3000}</link>", "characters"),
    ],
)
def test_an_entry_without_an_address_is_an_error(entry: str, says: str) -> None:
    found = one(rss(entry))
    assert isinstance(found, InputError)
    assert found.line == 1
    assert re.search(says, found.message)


def test_a_relative_address_needs_to_know_where_the_feed_was() -> None:
    assert isinstance(one(rss("<link>/a</link>"), url=None), InputError)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body><p>Zenda</p></body></html>", "a web page"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "JSON"),
        (b"%PDF-1.7 and more", "a PDF file"),
        (b"<urlset><url/></urlset>", "a sitemap"),
        (b"The port of Zenda.", "text or data"),
        (b"file:///etc/passwd", "text or data"),
        (b"https://wire.example/feed", "text or data"),
    ],
)
def test_what_is_no_feed_is_said_to_be_what_it_is(data: bytes, says: str) -> None:
    (item,) = feed_entries(data, path="feed.xml")
    assert isinstance(item.found, InputError)
    assert item.line is None
    assert f"is no feed (RSS or Atom) but {says}" in str(item.found)


def test_a_feed_that_is_too_large_is_refused() -> None:
    (item,) = feed_entries(b"x" * (MAX_LIST_BYTES + 1), path="feed.xml")
    assert "too large" in str(item.found)


def test_an_empty_feed_has_no_entries() -> None:
    assert list(feed_entries(b'<rss version="2.0"><channel/></rss>', path="feed.xml")) == []


def test_entities_do_not_multiply_and_nothing_is_read_from_elsewhere() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = (
        f'<!DOCTYPE rss [<!ENTITY a0 "zenda">{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><item><title>&a9;&file;</title><link>/a</link></item>'
        "</channel></rss>"
    ).encode()
    found = one(data)
    assert len(str(found)) < 2_000
    assert "root:" not in str(found)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "One.<br>Two.<p>Three <b>and</b> four.</p>five",
            "One.\n\nTwo.\n\nThree and four.\n\nfive",
        ),
        ("<p>One</p><script>alert(1)</script><!-- no --><style>p{}</style><p>two", "One\n\ntwo"),
        ("<figure><img><figcaption>A port</figcaption></figure>after", "after"),
        ("a<!-- x -->b<?php y ?>c", "abc"),
        ("a &amp; b &lt;c&gt;\x00\x01", "a & b <c>"),
        ("", ""),
        ("<<<>>>", "<<<>>>"),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    ("words", "day", "moment"),
    [
        ("Tue, 16 Jun 2020 20:30:00 +0900", date(2020, 6, 16), "2020-06-16T20:30:00+09:00"),
        ("Tue, 16 Jun 2020 20:30:00 EDT", date(2020, 6, 16), "2020-06-16T20:30:00-04:00"),
        ("16 Jun 2020 20:30", date(2020, 6, 16), None),
        ("2020-06-16T20:30:00Z", date(2020, 6, 16), "2020-06-16T20:30:00+00:00"),
        ("2020-06-16", date(2020, 6, 16), None),
        ("2020-06", None, None),
        ("2020", None, None),
        ("yesterday", None, None),
        ("0001-01-01T00:00:00+09:00", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_dates_are_read_as_lists_write_them(
    words: str | None, day: date | None, moment: str | None
) -> None:
    assert moment_of(words) == (day, datetime.fromisoformat(moment) if moment else None)


def test_a_change_on_a_day_counts_from_its_beginning() -> None:
    assert changed_at("2020-06-16") == datetime(2020, 6, 16, tzinfo=UTC)


def test_words_lose_markup_and_what_is_no_character() -> None:
    assert words_of("a <i>b</i>\n&amp; \x00\ud800 c < d") == "a b & c < d"
    assert words_of("  ") is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_any_address_is_whole_or_refused(said: str) -> None:
    try:
        found = absolute(said, URL, path="feed")
    except InputError:
        return
    assert found.lower().startswith(("http://", "https://"))


FEEDS = [
    rss(
        "<title>Port</title><link>/a</link><pubDate>Tue, 16 Jun 2020 20:30:00 +0900</pubDate>"
        f"<content:encoded><![CDATA[{WHOLE}]]></content:encoded>"
    ),
    atom(
        '<title>Port</title><link href="/a"/><updated>2020-07-01T00:00:00Z</updated>'
        f'<content type="html"><![CDATA[{WHOLE}]]></content>'
    ),
]
NOISE = st.binary(max_size=12) | st.sampled_from(
    [
        b"<",
        b"</item>",
        b"]]>",
        b"&#xD800;",
        b"&#0;",
        b"<![CDATA[",
        b"<!DOCTYPE",
        b"\xff\xfe",
        b"<?x",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FEEDS), st.lists(st.tuples(st.integers(0, 2_000), NOISE), max_size=4))
def test_a_damaged_feed_never_raises(data: bytes, damages: list[tuple[int, bytes]]) -> None:
    for at, noise in damages:
        data = data[:at] + noise + data[at + len(noise) :]
    for item in feed_entries(data, path="feed", url=URL):
        if isinstance(item.found, Document | Link):
            str(item.found.title).encode()
            str(item.found.url).encode()
