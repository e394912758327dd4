"""What the network is given: marks at the spans, whatever the spans look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.events.relation.encoding import (
    ACTOR,
    ACTOR_END,
    CLS,
    MAX_PIECES,
    RECIPIENT,
    RECIPIENT_END,
    SEP,
    crop,
    encode,
    marked_pieces,
)

TEXT = "Chad warned Sudan."


class Encoding:
    def __init__(self, ids: list[int]) -> None:
        self.ids = ids


class Letters:
    """A tokenizer whose pieces are letters."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Encoding:
        assert not add_special_tokens
        return Encoding([1000 + ord(letter) for letter in text])


def shown(text: str, actor: list[tuple[int, int]], recipient: list[tuple[int, int]]) -> str:
    signs = {ACTOR: "<", ACTOR_END: ">", RECIPIENT: "[", RECIPIENT_END: "]"}
    pieces = marked_pieces(text, actor, recipient)
    return "".join(p if isinstance(p, str) else signs[p] for p in pieces)


@pytest.mark.parametrize(
    ("actor", "recipient", "expected"),
    [
        ([(0, 4)], [(12, 17)], "<Chad> warned [Sudan]."),
        ([(12, 17)], [(0, 4)], "[Chad] warned <Sudan>."),
        ([], [(12, 17)], "Chad warned [Sudan]."),
        ([(0, 4)], [], "<Chad> warned Sudan."),
        ([(0, 5)], [(11, 17)], "<Chad> warned [Sudan]."),  # white space at the edges
        ([(0, 4), (0, 4)], [(12, 17)], "<Chad> warned [Sudan]."),
        ([(0, 4), (12, 17)], [(5, 11)], "<Chad> [warned] <Sudan>."),
        ([(0, 17)], [(12, 17)], "<Chad warned [Sudan>]."),  # one inside the other
        ([(0, 4)], [(4, 17)], "<Chad> [warned Sudan]."),
    ],
)
def test_each_span_stands_between_its_marks(
    actor: list[tuple[int, int]], recipient: list[tuple[int, int]], expected: str
) -> None:
    assert shown(TEXT, actor, recipient) == expected


@pytest.mark.parametrize("span", [(0, 0), (5, 2), (-1, 3), (10, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is not inside a text of 18"):
        marked_pieces(TEXT, [span], [])


@given(st.text(min_size=1, max_size=300), st.data())
def test_no_letter_is_lost_or_moved(text: str, data: st.DataObject) -> None:
    def some_spans() -> list[tuple[int, int]]:
        ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
        return [
            (min(pair), max(pair)) for pair in data.draw(st.lists(ends, min_size=0, max_size=2))
        ]

    pieces = marked_pieces(text, some_spans(), some_spans())
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == text
    marks = [piece for piece in pieces if isinstance(piece, int)]
    assert marks.count(ACTOR) == marks.count(ACTOR_END)
    assert marks.count(RECIPIENT) == marks.count(RECIPIENT_END)


@given(st.integers(0, 900), st.integers(0, 60))
def test_a_long_sentence_is_cut_around_its_pair(before: int, between: int) -> None:
    text = "x" * before + "Chad" + "y" * between + "Sudan" + "z" * 400
    there = before + 4 + between
    ids = encode(Letters(), text, [(before, before + 4)], [(there, there + 5)])
    assert len(ids) <= MAX_PIECES
    assert (ids[0], ids[-1]) == (CLS, SEP)
    assert {ACTOR, ACTOR_END, RECIPIENT, RECIPIENT_END} <= set(ids)


def test_a_short_sentence_is_left_whole() -> None:
    assert crop([5, 6, 7], 3) == [5, 6, 7]
    assert crop([5, 6, 7, 8], 3) == [5, 6, 7]
