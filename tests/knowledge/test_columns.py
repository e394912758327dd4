"""The layouts of common tools: each known by its own header, and faults in the file refused."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.columns import FIELDS, PATH, Layout, load_layouts, parse_layouts
from tocsin.knowledge.resources import read_yaml

# What the tools write, in their own order and capitals.
HEADERS = {
    "NewsAPI": "source author title description url urlToImage publishedAt content",
    "newspaper4k": "url read_more_link language title top_image meta_img images movies keywords "
    "keyword_scores meta_keywords tags authors publish_date summary meta_description meta_lang "
    "meta_favicon meta_site_name canonical_link text",
    "news-please": "authors date_download date_modify date_publish description filename image_url "
    "language localpath maintext source_domain title title_page title_rss url",
    "Factiva": "SE HD BY WC PD ET SN SC PG LA CY LP TD NS RE PUB AN",
    "Dow Jones snapshots": "an art snippet body byline copyright credit language_code "
    "publication_date publication_datetime publisher_name source_code source_name title word_count",
    "LexisNexis": "Headline|Publication|Load-Date|Byline|Section|Length|Body|Language",
    "Media Cloud": "id indexed_date language media_name media_url publish_date title url",
    "GDELT article list": "url url_mobile title seendate socialimage domain language sourcecountry",
    "CC-News": "author description plain_text published_date publisher requested_url "
    "responded_url title language",
    "Tocsin": "id text title date url outlet author language",
}
MORE = [
    ("GDELT article list", "URL MobileURL Date Title"),
    ("LexisNexis", "Title|Newspaper|Published|Full Text|URL"),
    ("LexisNexis", "Headline|Source|Date|Hlead"),
    ("Factiva", "HD LP PD"),
    ("Dow Jones snapshots", "an body publication_datetime"),
    ("Media Cloud", "stories_id media_name publish_date url story_text"),
    ("newspaper4k", "text publish_date source_url"),
    ("Tocsin", "text"),
    ("Tocsin", "text url"),
]


def known(header: str) -> Layout | None:
    names = header.split("|") if "|" in header else header.split()
    columns = frozenset(name.lower() for name in names)
    return next((layout for layout in load_layouts() if layout.fits(columns)), None)


@pytest.mark.parametrize(("name", "header"), [*HEADERS.items(), *MORE])
def test_each_tool_is_known_by_what_it_writes(name: str, header: str) -> None:
    layout = known(header)
    assert layout is not None
    assert layout.name == name


def test_every_layout_has_a_header_here() -> None:
    assert [layout.name for layout in load_layouts()] == list(HEADERS)


@pytest.mark.parametrize(("name", "header"), [one for one in HEADERS.items() if one[0] != "Tocsin"])
def test_every_field_that_a_tool_gives_is_found(name: str, header: str) -> None:
    layout = known(header)
    assert layout is not None
    names = {one.lower() for one in (header.split("|") if "|" in header else header.split())}
    for field, columns in layout.columns.items():
        parts = {part.lower().split(".")[0] for joined in columns for part in joined}
        if field not in ("id", "language", "url", "text"):
            assert parts & names, field
    assert "text" not in layout.columns or any(
        part.lower() in names for joined in layout.columns["text"] for part in joined
    ) or name == "Media Cloud"  # fmt: skip


@pytest.mark.parametrize("header", ["", "body headline", "url", "url title", "publishedAt url"])
def test_what_is_too_little_is_of_no_kind(header: str) -> None:
    assert known(header) is None


def test_the_particular_stand_before_the_general() -> None:
    # with a column 'text' of its own, each is still known as what it is
    for name, header in HEADERS.items():
        if "|" not in header and name != "Tocsin":
            layout = known(f"{header} text")
            assert layout is not None
            assert layout.name != "Tocsin", name


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Envoys met… [+2100 chars]", True),
        ("Envoys met... [+1 chars]\n", True),
        ("Envoys met…[+99 chars]", True),
        ("Envoys met… [+99 chars] and left.", False),
        ("Envoys met…", False),
    ],
)
def test_a_text_that_newsapi_cuts_off_is_known(text: str, cut: bool) -> None:
    (layout,) = (one for one in load_layouts() if one.name == "NewsAPI")
    assert layout.cut is not None
    assert (layout.cut.search(text) is not None) == cut


def content(**entry: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"name": "Tool", "has": ["A|b", "C"], "text": ["A", ["B", "C"]]}
    return {"fields": list(FIELDS), "layouts": [base | entry]}


def test_a_right_file_is_taken() -> None:
    (layout,) = parse_layouts(content(cut="x$"))
    assert layout.has == (("a", "b"), ("c",))
    assert layout.columns == {"text": (("A",), ("B", "C"))}
    assert layout.cut is not None
    assert layout.fits(frozenset({"b", "c"}))
    assert not layout.fits(frozenset({"a", "b"}))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"colour": ["x"]}, "[Tool]: unknown key 'colour'; allowed: author, cut, date, has"),
        ({"has": []}, "[Tool]: needs 'has', and 'text' or 'url'"),
        ({"text": None}, "[Tool]: needs 'has', and 'text' or 'url'"),
        ({"title": [5]}, "[Tool]: 5 names no column"),
        ({"title": [[]]}, "[Tool]: [] names no column"),
        ({"title": [""]}, "[Tool]: '' names no column"),
        ({"title": "title"}, "[Tool]: 'title' is 'title', not a list"),
        ({"has": "a"}, "[Tool]: 'has' is 'a', not a list"),
        ({"has": [5]}, "[Tool]: 5 names no column"),
        ({"cut": "("}, "[Tool]: 'cut' is no pattern"),
        ({"name": ""}, ": a layout without a name"),
    ],
)
def test_a_wrong_layout_is_refused_with_its_name(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(f"{PATH}{message}" if message[0] == ":"
                                                       else f"{PATH} {message}")):  # fmt: skip
        parse_layouts(content(**entry))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (None, "is no mapping"),
        ([], "is no mapping"),
        ({"fields": list(FIELDS), "layouts": [], "more": 1}, "unknown key 'more'"),
        ({"fields": ["text"], "layouts": []}, "the fields are not id, text"),
        ({"fields": list(FIELDS), "layouts": ["x"]}, "a layout without a name: 'x'"),
        ({"fields": list(FIELDS)}, "has no layouts"),
    ],
)
def test_a_wrong_file_is_refused(wrong: object, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        parse_layouts(wrong)
    assert error.value.path == PATH


def test_two_layouts_of_one_name_are_refused() -> None:
    twice = copy.deepcopy(read_yaml(*PATH.split("/")))
    twice["layouts"].append(twice["layouts"][0])
    with pytest.raises(KnowledgeError, match=re.escape("[NewsAPI]: stands twice")):
        parse_layouts(twice)
