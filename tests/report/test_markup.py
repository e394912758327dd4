"""Overlapping spans never break the markup and never change the text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.report.markup import Mark, Trigger, marked_text, paragraphs, segments

# What a browser would not keep as it is (NUL, lone surrogates) is replaced by the page.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab <>&\"'\n\r\t/é中😀"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    max_size=60,
)


class Reader(HTMLParser):
    """Collects the text content, and refuses end tags that do not fit."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:  # between the paragraphs there are only line breaks of our own
            self.text += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(str(markup))
    reader.close()
    assert not reader.open
    return reader


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    offset = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(offset, offset, st.integers(1, 4), st.sampled_from("tare"))))
    return text, [Mark(min(a, b), max(a, b), event, role) for a, b, event, role in spans]


@given(marked())
def test_the_text_content_is_exactly_the_text(case: tuple[str, list[Mark]]) -> None:
    text, spans = case
    triggers = {n: Trigger(f"e-{n}", 4, n % 2 == 0, 'label "<>&') for n in range(1, 5)}
    reader = read(marked_text(text, spans, triggers))
    assert reader.text == text
    assert len(reader.links) == len(set(reader.links))


@given(marked())
def test_segments_cover_the_range_and_know_their_spans(case: tuple[str, list[Mark]]) -> None:
    text, spans = case
    found = list(segments(spans, 0, len(text)))
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    for piece in found:
        assert piece.roles == tuple(
            sorted(
                {
                    (mark.event, mark.role)
                    for mark in spans
                    if mark.start <= piece.start and piece.end <= mark.end
                }
            )
        )


@given(TEXTS)
def test_paragraphs_leave_nothing_out(text: str) -> None:
    found = list(paragraphs(text))
    assert "".join(text[start:after] for start, _, after in found) == text
    assert not any(text[end:after].strip() for _, end, after in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", ["one", "two"]),
        ("hard\nwrapped\n\nnext", ["hard\nwrapped", "next"]),
        ("hard\r\nwrapped\r\n \r\nnext\n", ["hard\r\nwrapped\r", "next\n"]),
        ("", []),
    ],
)
def test_blank_lines_part_paragraphs_else_every_line_does(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in paragraphs(text)] == expected


def test_a_trigger_that_is_cut_is_one_link_and_crossing_spans_nest() -> None:
    spans = [Mark(0, 8, 1, "t"), Mark(4, 12, 2, "a"), Mark(6, 7, 1, "e")]
    out = marked_text("blew up the office", spans, {1: Trigger("e-x", 4, True, "ASSAULT")})
    assert read(out).links == ["#e-x"]
    assert out.count('class="t q4"') == 4


def test_two_triggers_on_one_word_reach_both_events() -> None:
    spans = [Mark(0, 4, 1, "t"), Mark(0, 4, 2, "t")]
    triggers = {n: Trigger(f"e-{n}", n, n == 1, "label") for n in (1, 2)}
    assert 'data-r="1t 2t"' in marked_text("blew", spans, triggers)
