"""The page: whole, harmless, the same every time."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import OptionError
from tocsin.model.codec import event_from_dict
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.report import render_report, write_report


class Page(HTMLParser):
    """The page's elements, the text of its articles, and its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self._stack: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag == "script":
            self.scripts.append("")
        if values.get("class") == "text":
            self.texts.append("")
        if tag not in ("meta", "link", "input"):
            self._stack.append("text" if values.get("class") == "text" else tag)

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop() not in (tag, "text"):
            pass

    def handle_data(self, data: str) -> None:
        if self._stack[-1:] == ["script"]:
            self.scripts[-1] += data
        elif "text" in self._stack and self._stack[-1] != "text":
            self.texts[-1] += data

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]

    @property
    def data(self) -> Any:
        return json.loads(next(text for text in self.scripts if text.startswith("{")))


@pytest.fixture
def page(document: Document, events: Sequence[Event]) -> str:
    return render_report([(document, events)])


def test_every_event_is_marked_listed_and_kept_as_a_record(
    page: str, events: Sequence[Event]
) -> None:
    parsed = Page(page)
    ids, links = parsed.values("id"), parsed.values("href")
    for item in events:
        assert ids.count(f"e-{item.id}") == 1
        assert links.count(f"#e-{item.id}") == 3  # in the text, in the table, in the record
    assert len(ids) == len(set(ids))
    kept = {event_from_dict(value) for value in parsed.data["records"].values()}
    assert kept == set(events)


def test_the_text_stands_on_the_page_as_given(page: str, document: Document) -> None:
    assert Page(page).texts == [document.text]


def test_nothing_is_fetched(page: str) -> None:
    parsed = Page(page)
    fetched = [*parsed.values("src"), *parsed.values("href"), *parsed.values("srcset")]
    assert fetched
    assert all(value.startswith("#") or value == "data:," for value in fetched)
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = (
        attrs["content"] or ""
        for _, attrs in parsed.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize(
    "bad", ["<script>alert(1)</script>", "\"'><img src=x>", "</style>{{ 7*7 }}"]
)
def test_what_an_article_brings_stays_text(
    bad: str, document: Document, make_event: Callable[..., Event]
) -> None:
    text = f"{bad} North Korea blew up {bad} it."
    hostile = dataclasses.replace(
        document, text=text, title=bad, outlet=bad, url=f"javascript:alert(1){bad}"
    )
    item = make_event(hostile, text, "blew up", who=((bad, bad),), whom=((None, bad),), mode=bad)
    parsed = Page(render_report([(hostile, [item])]))
    assert parsed.texts == [text]
    tags = [tag for tag, _ in parsed.elements]
    assert tags.count("script") == 2  # data and the page's own: this event has no day to draw
    assert "img" not in tags
    assert parsed.data["records"]["1"]["mode"] == bad
    assert "49" not in "".join(parsed.texts)


def test_the_json_cannot_end_its_element(page: str) -> None:
    start = page.index('id="data">')
    assert "<" not in page[start : page.index("</script>", start)]


def test_the_same_input_gives_the_same_bytes(
    tmp_path: Path, document: Document, events: Sequence[Event]
) -> None:
    paths = [tmp_path / "deep" / name for name in ("one.html", "two.html")]
    for path in paths:
        write_report(path, [(document, events)])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_without_articles_the_page_says_what_to_do() -> None:
    page = render_report([])
    assert "No article was given" in page
    assert "make run" in page
    assert len(page) < 60_000  # and carries no chart library


def test_an_article_without_events_is_shown_and_says_so(document: Document) -> None:
    parsed = Page(page := render_report([(document, [])]))
    assert parsed.texts == [document.text]
    assert "No events in this article" in page
    assert "No event was found in this article" in page


def test_events_without_a_day_are_counted_beside_the_timeline(page: str) -> None:
    assert re.search(r"Not drawn:\s*<b>3</b> without a date", page)
    (chart,) = Page(page).data["charts"]
    assert [row["day"] for row in chart["data"]["values"]] == ["16 Jun 2020"]


def test_what_utf8_cannot_hold_becomes_a_replacement_character(document: Document) -> None:
    odd = dataclasses.replace(document, text="a\ud800b\x00c")
    assert Page(render_report([(odd, [])])).texts == ["a�b�c"]


def test_an_event_of_another_document_is_refused(
    document: Document, events: Sequence[Event]
) -> None:
    other = dataclasses.replace(document, text=document.text[1:])
    with pytest.raises(OptionError, match="does not belong to document"):
        render_report([(other, events)])


def test_an_event_given_twice_is_refused(document: Document, events: Sequence[Event]) -> None:
    with pytest.raises(OptionError, match="comes twice"):
        render_report([(document, [events[0], events[0]])])
