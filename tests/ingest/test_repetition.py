"""Lines that an outlet repeats: learned from four articles on, and left out of all of them."""

from __future__ import annotations

import pytest

from tocsin.ingest import clean, repetition
from tocsin.ingest.repetition import RepeatedLines
from tocsin.model.document import Document

BOX = "Sign up here for the letter of the Zenda Courier."


def article(number: int, *more: str, outlet: str | None = "Courier", url: str = "") -> Document:
    text = "\n\n".join([f"Envoys numbered {number} met in Zenda on Tuesday.", *more])
    return Document.of(text, id=str(number), outlet=outlet, url=url or None)


def seen(documents: list[Document]) -> RepeatedLines:
    lines = RepeatedLines()
    for document in documents:
        lines.see(document)
    return lines


def test_a_line_in_four_articles_of_an_outlet_is_left_out_of_each() -> None:
    documents = [article(n, BOX) for n in range(4)]
    for document in documents:
        marked = seen(documents).marked(document)
        assert clean(marked).text == f"Envoys numbered {document.id} met in Zenda on Tuesday."
        assert marked.text == document.text
        ((start, end),) = marked.left_out
        assert marked.text[start:end] == BOX


def test_in_three_articles_a_line_stays() -> None:
    documents = [article(n, BOX) for n in range(3)] + [article(3)]
    assert seen(documents).marked(documents[0]) == documents[0]


def test_case_and_signs_do_not_count() -> None:
    documents = [article(n, BOX) for n in range(3)]
    shouting = article(3, BOX.upper().replace(".", " !"))
    assert seen([*documents, shouting]).marked(shouting).left_out


def test_short_lines_stay() -> None:
    documents = [article(n, "By our own staff") for n in range(9)]
    assert seen(documents).marked(documents[0]) == documents[0]


def test_an_outlet_has_its_own_lines() -> None:
    others = [article(n, BOX) for n in range(4)]
    mine = article(9, BOX, outlet="Herald")
    mores = [article(n, outlet="Herald") for n in range(10, 15)]
    assert seen([*others, mine, *mores]).marked(mine) == mine


def test_a_line_that_is_rare_in_a_large_archive_stays() -> None:
    documents = [article(n, BOX) for n in range(4)] + [article(n) for n in range(4, 300)]
    assert seen(documents).marked(documents[0]) == documents[0]


def test_a_box_of_a_section_is_known_by_its_place_at_the_edge() -> None:
    body = [f"They spoke of the number {n} and of nothing else that day." for n in range(12)]
    middle = "The national anthem of Ruritania was then played."
    box = [article(n, *body[:6], middle, *body[6:], BOX) for n in range(25)]
    # the body is in few of all: only what stands at the edge goes
    rest = [article(n) for n in range(25, 2000)]
    marked = seen([*box, *rest]).marked(box[0])
    left = [marked.text[start:end] for start, end in marked.left_out]
    assert BOX in left
    assert middle not in left


def test_a_line_twice_in_one_article_counts_once() -> None:
    documents = [article(n, BOX, BOX) for n in range(2)] + [article(2), article(3)]
    assert seen(documents).marked(documents[0]) == documents[0]


def test_without_an_outlet_the_host_stands_for_it() -> None:
    url = "https://courier.example/{}"
    documents = [article(n, BOX, outlet=None, url=url.format(n)) for n in range(4)]
    assert seen(documents).marked(documents[0]).left_out
    nameless = [article(n, BOX, outlet=None) for n in range(4)]
    assert seen(nameless).marked(nameless[0]) == nameless[0]


def test_an_address_that_is_none_is_no_outlet() -> None:
    documents = [article(n, BOX, outlet=None, url="http://[") for n in range(4)]
    assert seen(documents).marked(documents[0]) == documents[0]


def test_what_was_left_out_before_stays_so() -> None:
    documents = [article(n, BOX) for n in range(4)]
    first = Document(id="x", text=documents[0].text, outlet="Courier", left_out=((0, 6),))
    marked = seen(documents).marked(first)
    assert marked.left_out[0] == (0, 6)
    assert len(marked.left_out) == 2


def test_of_too_many_lines_those_seen_once_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repetition, "_REMEMBERED", 12)
    rare = "Our house by the old bridge stands open every morning."
    documents = [article(n, BOX) for n in range(3)] + [article(3, rare)]
    documents += [article(n) for n in range(4, 24)]
    documents += [article(n, BOX, rare) for n in range(24, 27)]
    marked = seen(documents).marked(documents[-1])
    assert [marked.text[start:end] for start, end in marked.left_out] == [BOX]
