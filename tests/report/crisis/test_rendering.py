"""The page and the Markdown: safe, self-contained, the same twice."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from markupsafe import Markup
from tests.linking.telling import day
from tests.report.crisis.conftest import DYAD, Fill, hostile, razed

from tocsin.model.alarm import Alarm
from tocsin.report.crisis.building import CrisisReport, build
from tocsin.report.crisis.gathering import gather
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.rendering import (
    markdown_link,
    markdown_text,
    render_html,
    render_markdown,
)

SECTIONS = (
    "summary", "index", "ladder", "alarms", "incidents", "threats", "claims", "channels", "map",
    "sources", "limits", "evidence",
)  # fmt: skip


class Page(HTMLParser):
    """The elements of a page, its ids and its addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "data"):
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


@pytest.fixture
def report(material: Material) -> CrisisReport:
    return build(material)


@pytest.fixture
def page(report: CrisisReport) -> str:
    return render_html(report)


def test_all_sections_stand_on_the_page_in_order(page: str) -> None:
    places = [page.index(f'<section id="{name}">') for name in SECTIONS]
    assert places == sorted(places)


def test_the_page_needs_no_network_and_no_script(page: str) -> None:
    found = Page(page)
    assert not found.tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert found.handlers == []
    assert "default-src 'none'" in unescape(page)
    assert "script-src" not in page
    assert "@import" not in page
    assert "url(" not in page
    outside = [one for one in found.addresses if not one.startswith("#")]
    assert outside
    assert all(one.startswith("https://example.org/") for one in outside)


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    found = Page(page)
    assert len(found.ids) == len(set(found.ids))
    assert {one[1:] for one in found.addresses if one.startswith("#")} <= set(found.ids)


def test_hostile_text_is_text(page: str, report: CrisisReport) -> None:
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "javascript:alert(3)" not in page
    for text in (page, render_markdown(report)):
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
        assert "\N{RIGHT-TO-LEFT MARK}" not in text


def test_hostile_text_is_text_in_markdown(report: CrisisReport) -> None:
    text = render_markdown(report)
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert not re.search(r"(?<!\\)\{\{", text)
    assert "javascript:alert(3)" not in text
    assert "&lt;b&gt;Courier" in text
    assert r"\|\`mill\`" in text


def test_a_row_of_a_table_stays_one_row(report: CrisisReport) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", render_markdown(report), re.M):
        rows = block.strip().split("\n")
        widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
        assert len(widths) == 1, rows[:3]


def test_markdown_has_every_section_and_its_references(report: CrisisReport) -> None:
    text = render_markdown(report)
    assert len(re.findall(r"^## \d+ ", text, re.M)) == len(SECTIONS)
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
    assert re.search(r"`[▁▂▃▄▅▆▇█·]+`", text)
    assert "<https://example.org/r>" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("1. first", r"1\. first"),
        ("0.70", "0.70"),
        ("- item", r"\- item"),
        ("# head", r"\# head"),
        ("a\nb", "a b"),
        ("http://x.example", r"http\://x.example"),
        (Markup("**x**"), "**x**"),
    ],
)
def test_text_means_nothing_to_markdown_but_itself(text: str, shown: str) -> None:
    assert markdown_text(text) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a(b)", " <https://example.org/a%28b%29>"),
        ("http://example.org/>x", " <http://example.org/%3Ex>"),
        ("javascript:alert(1)", ""),
        ("ftp://example.org", ""),
        ("https://example.org/a b", ""),
        ("//example.org", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: str) -> None:
    assert markdown_link(url) == shown


def test_the_same_store_gives_the_same_page(material: Material, page: str) -> None:
    assert render_html(build(material)) == page


def test_reports_are_unfolded_for_paper(fill: Fill) -> None:
    report = build(gather(fill(razed(), razed("r2", "Herald")), DYAD, since=day(10)))
    assert "<details>" in render_html(report)
    assert "<details open>" in render_html(report, unfolded=True)


def test_empty_sections_say_what_to_do(fill: Fill) -> None:
    material = gather(fill(hostile()), ("GRA", "SYL"))
    report = build(material)
    for text in (render_html(report), render_markdown(report)):
        assert "No incident of the period stands on any rung" in text
        assert "add articles with tocsin add" in text
        assert "None on record" in text
        assert "Alarms are told of two countries" in text


def alarm(material: Material, *evidence: str) -> Alarm:
    return Alarm(
        id="al1", kind="level", dyad=DYAD, source="incidents", day=material.until,
        reason="It <rose>.", evidence=evidence, level=12.5, sentence="A sentence.",
    )  # fmt: skip


def test_alarms_are_shown_with_their_evidence(material: Material) -> None:
    incident = next(iter(material.observations))
    rung = alarm(material, incident, "zenda-road", "i-unknown")
    report = build(replace(material, alarms=(rung,)))
    (row,) = report.alarms or ()
    rows = {one.number: one for one in report.references}
    assert [rows[n].incident for n in row.references] == [incident, None]
    assert rows[row.references[1]].anchor == "channels-table"
    assert report.index.marks[0].day == material.until
    page = render_html(report)
    assert "It &lt;rose&gt;." in page
    assert "12.50" in render_markdown(report)
    assert "No alarm rang" in render_html(build(replace(material, alarms=())))


def test_an_alarm_may_rest_on_what_was_before_the_period(fill: Fill) -> None:
    store = fill(razed(), hostile())
    (old,) = (
        one.id for one in gather(store, DYAD, until=day(17), since=day(10)).sides[0].observations
    )
    late = gather(store, DYAD, since=day(20))
    material = gather(store, DYAD, since=day(20), alarms=[alarm(late, old)])
    assert old not in material.observations
    (row,) = build(material).alarms or ()
    assert len(row.references) == 1
