"""Sitemaps: the addresses in them, and what is said of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.config import MAX_LIST_BYTES, MAX_LIST_ENTRIES
from tocsin.errors import InputError
from tocsin.ingest.items import Item, Link
from tocsin.ingest.lists import Listed
from tocsin.ingest.sitemaps import Sitemap, sitemap_entries

URL = "https://daily.example/maps/news.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"

MAP = (
    f'<?xml version="1.0"?><urlset xmlns="{SPACE}" xmlns:news="{NEWS}" xmlns:image="{IMAGE}">'
    "<url><loc> https://daily.example/a?x=1&amp;y=2 </loc><lastmod>2020-07-01</lastmod>"
    "<news:news><news:publication><news:name>Daily Zenda</news:name>"
    "<news:language>en</news:language></news:publication>"
    "<news:publication_date>2020-06-16T20:30:00+09:00</news:publication_date>"
    "<news:title><![CDATA[Port shelled & burnt]]></news:title></news:news>"
    "<image:image><image:loc>https://daily.example/a.jpg</image:loc></image:image></url>"
    "<url><loc>/b</loc></url><url><lastmod>2020-07-01</lastmod></url>"
    "<url><loc>ftp://daily.example/c</loc></url></urlset>"
).encode()
INDEX = (
    f'<sitemapindex xmlns="{SPACE}"><sitemap><loc>https://daily.example/1.xml.gz</loc>'
    "<lastmod>2020-07-01T10:00:00Z</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap>"
    "</sitemapindex>"
).encode()


def entries(data: bytes, url: str | None = URL) -> list[Item | Sitemap]:
    return list(sitemap_entries(data, path="map", url=url))


def found(data: bytes) -> list[object]:
    return [one.found if isinstance(one, Item) else one for one in entries(data)]


def test_a_sitemap_gives_links_with_what_it_says_of_them() -> None:
    first, second, third, fourth = found(MAP)
    assert first == Listed(
        url="https://daily.example/a?x=1&y=2",
        title="Port shelled & burnt",
        outlet="Daily Zenda",
        published=date(2020, 6, 16),
        moment=datetime.fromisoformat("2020-06-16T20:30:00+09:00"),
        language="en",
        changed=datetime(2020, 7, 1, tzinfo=UTC),
    )
    assert second == Listed(url="https://daily.example/b")
    assert isinstance(third, InputError)
    assert (third.line, third.message) == (3, "the entry has no address (loc)")
    assert isinstance(fourth, InputError)


def test_an_index_gives_its_sitemaps() -> None:
    assert found(INDEX) == [
        Sitemap(
            url="https://daily.example/1.xml.gz",
            changed=datetime(2020, 7, 1, 10, tzinfo=UTC),
        ),
        Sitemap(url="https://daily.example/2.xml"),
    ]


@pytest.mark.parametrize("space", ["", ' xmlns="http://www.google.com/schemas/sitemap/0.84"'])
def test_the_name_space_may_be_another_or_missing(space: str) -> None:
    data = f"<urlset{space}><url><loc>https://daily.example/a</loc></url></urlset>".encode()
    assert found(data) == [Listed(url="https://daily.example/a")]


def test_a_text_may_be_a_sitemap() -> None:
    data = "\ufeffhttps://daily.example/a\r\n\n# no\nhttps://daily.example/b\nc\n".encode()
    first, second, third = entries(data)
    assert isinstance(first, Item)
    assert (first.line, first.found) == (1, Listed(url="https://daily.example/a"))
    assert isinstance(second, Item)
    assert second.line == 4
    assert isinstance(third, Item)
    assert isinstance(third.found, InputError)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"<html><body/></html>", "a web page"),
        (b'<rss version="2.0"><channel/></rss>', "a feed"),
        (b"<svg/>", "XML of another kind"),
        (b"The port of Zenda.", "text or data"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"<", "XML of another kind"),
    ],
)
def test_what_is_no_sitemap_is_said_to_be_what_it_is(data: bytes, says: str) -> None:
    (one,) = found(data)
    assert isinstance(one, InputError)
    assert says in one.message


def test_a_broken_sitemap_is_read_as_far_as_it_goes() -> None:
    urls = [one.url for one in found(MAP[: MAP.index(b"<url><lastmod>")]) if isinstance(one, Link)]
    assert urls == ["https://daily.example/a?x=1&y=2", "https://daily.example/b"]


def test_limits_hold() -> None:
    (large,) = found(b"<" + b"x" * MAX_LIST_BYTES)
    assert "too large" in str(large)
    entry = "<url><loc>https://daily.example/a</loc></url>"
    many = found(f"<urlset>{entry * (MAX_LIST_ENTRIES + 5)}</urlset>".encode())
    assert len(many) == MAX_LIST_ENTRIES + 1
    assert "the rest is passed over" in str(many[-1])
    (long,) = found(
        f"<urlset><url><loc>https://x.example/{'a' * 9999}</loc></url></urlset>".encode()
    )
    assert isinstance(long, InputError)


def test_entities_do_not_multiply_and_nothing_is_read_from_elsewhere() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    data = (
        f'<!DOCTYPE urlset [<!ENTITY a0 "zenda">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">'
        '<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]>'
        "<urlset><url><loc>https://daily.example/&a9;&f;</loc></url></urlset>"
    ).encode()
    assert len(str(found(data))) < 2_000
    assert "root:" not in str(found(data))


def test_deep_nesting_ends() -> None:
    data = b"<urlset>" + b"<url>" * 5_000 + b"<loc>https://daily.example/a</loc>"
    assert len(found(data)) <= 2


NOISE = st.binary(max_size=12) | st.sampled_from(
    [b"<", b"</url>", b"</urlset>", b"]]>", b"&#xD800;", b"&x;", b"<!DOCTYPE", b"\xff\xfe", b"<?x"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([MAP, INDEX, b"https://daily.example/a\nhttps://daily.example/b"]),
    st.lists(st.tuples(st.integers(0, 900), NOISE), max_size=4),
)
def test_a_damaged_sitemap_never_raises(data: bytes, damages: list[tuple[int, bytes]]) -> None:
    for at, noise in damages:
        data = data[:at] + noise + data[at + len(noise) :]
    for one in entries(data):
        if isinstance(one, Item) and isinstance(one.found, Link):
            str(one.found.title).encode()
            one.found.url.encode()
