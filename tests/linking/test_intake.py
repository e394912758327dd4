"""The way in: each item with what is to be done, in order, read ahead so far as was asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.linking.stories import article, text

from tocsin.errors import InputError
from tocsin.ingest.items import Item, Link
from tocsin.linking.copies import CopyIndex
from tocsin.linking.intake import Intake
from tocsin.model.document import Document

BOX = "Sign up here for the letter of the Zenda Courier."


def items(*found: Document | Link | InputError) -> list[Item]:
    return [Item("a.jsonl", number, one) for number, one in enumerate(found, 1)]


@pytest.mark.parametrize("ahead", [0, 500, 10**9])
def test_every_item_comes_out_once_and_in_order(ahead: int) -> None:
    given = items(
        article(text(100, 1), "a"), InputError("bad"), article(text(100, 2), "b"),
        Link(url="https://example.org"), article(text(100, 1), "c"),
    )  # fmt: skip
    taken = list(Intake(read_ahead=ahead).take(given))
    assert [one.item for one in taken] == given
    assert [one.document and one.document.id for one in taken] == ["a", None, "b", None, None]
    assert [one.original for one in taken] == [None, None, None, None, "a"]
    assert taken[4].copy is not None
    assert taken[4].copy.kind == "same"


def test_without_reading_ahead_each_is_given_before_the_next_is_read() -> None:
    order: list[str] = []

    def reading() -> Iterator[Item]:
        for item in items(article(text(9, 1), "a"), article(text(9, 2), "b")):
            order.append(f"read {item.line}")
            yield item

    for taken in Intake(read_ahead=0).take(reading()):
        order.append(f"given {taken.item.line}")
    assert order == ["read 1", "given 1", "read 2", "given 2"]


def test_no_more_is_read_ahead_than_was_asked() -> None:
    count = 0

    def reading() -> Iterator[Item]:
        nonlocal count
        for seed in range(50):
            count += 1
            yield Item("a", seed, Document.of("x" * 1000, id=str(seed)))

    intake = Intake(read_ahead=5000).take(reading())
    next(intake)
    assert count == 6


def test_lines_that_an_outlet_repeats_are_known_before_its_first_article_is_given() -> None:
    given = items(*(article(f"{text(30, n)}\n\n{BOX}", str(n), outlet="Courier") for n in range(4)))
    for taken in Intake().take(given):
        assert taken.document is not None
        assert [taken.document.text[a:b] for a, b in taken.document.left_out] == [BOX]


def test_copies_do_not_make_a_line_a_box() -> None:
    story = f"{text(30, 1)}\n\n{BOX}"
    given = items(*(article(story, str(n), outlet="Courier") for n in range(6)))
    first, *copies = Intake().take(given)
    assert first.document is not None
    assert first.document.left_out == ()
    assert all(one.original == "0" for one in copies)


def test_litter_makes_no_copies() -> None:
    litter = "\n\nRead more: " + " ".join(f"w{n}" for n in range(5))
    given = items(
        article("Envoys met in Zenda." + litter, "a"), article("They left." + litter, "b")
    )
    assert [one.copy for one in Intake().take(given)] == [None, None]


def test_what_earlier_runs_read_is_known() -> None:
    index = CopyIndex()
    index.add(article(text(), "before"))
    (taken,) = Intake(index).take(items(article(text(), "now")))
    assert (taken.document, taken.original) == (None, "before")


def test_addresses_that_are_none_stop_nothing() -> None:
    given = items(
        *(article(text(30, n), str(n), url=url) for n, url in enumerate(("http://[", "x", "\x00")))
    )
    assert [one.document and one.document.id for one in Intake().take(given)] == ["0", "1", "2"]
