"""What the network is given: the whole sentence, and for each pair where its spans stand."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.events.relation.encoding import (
    ACTOR,
    CLS,
    MAX_PIECES,
    NO_ACTOR,
    NO_RECIPIENT,
    RECIPIENT,
    SEP,
    Encoded,
    Pair,
    arrays,
    encode,
)

TEXT = "Chad warned Sudan."
CHAD, SUDAN = (0, 4), (12, 17)


class Encoding:
    def __init__(self, text: str) -> None:
        self.ids = [1000 + ord(letter) for letter in text]
        self.offsets = [(i, i + 1) for i in range(len(text))]


class Letters:
    """A tokenizer whose pieces are letters."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Encoding:
        assert not add_special_tokens
        return Encoding(text)


def only(text: str, *pairs: Pair) -> Encoded:
    ((encoded, members),) = encode(Letters(), text, pairs)
    assert members == list(range(len(pairs)))
    return encoded


def marked(encoded: Encoded, text: str) -> list[str]:
    return ["".join(text[i - 1] for i in spots) for spots in encoded.spots]


@pytest.mark.parametrize(
    ("actor", "recipient", "marks", "spots"),
    [
        ([CHAD], [SUDAN], (ACTOR, RECIPIENT), ["Chad", "Sudan"]),
        ([SUDAN], [CHAD], (ACTOR, RECIPIENT), ["Sudan", "Chad"]),
        ([], [SUDAN], (NO_ACTOR, RECIPIENT), ["", "Sudan"]),
        ([CHAD], [], (ACTOR, NO_RECIPIENT), ["Chad", ""]),
        ([CHAD, SUDAN], [(5, 11)], (ACTOR, RECIPIENT), ["ChadSudan", "warned"]),
        ([(0, 17)], [SUDAN], (ACTOR, RECIPIENT), ["Chad warned Sudan", "Sudan"]),
    ],
)
def test_each_side_reads_its_spans(
    actor: list[tuple[int, int]],
    recipient: list[tuple[int, int]],
    marks: tuple[int, int],
    spots: list[str],
) -> None:
    encoded = only(TEXT, Pair(actor=actor, recipient=recipient))
    assert (encoded.ids[0], encoded.ids[-1]) == (CLS, SEP)
    assert encoded.marks == marks
    assert marked(encoded, TEXT) == spots


@pytest.mark.parametrize("span", [(0, 0), (5, 2), (-1, 3), (10, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is not inside a text of 18"):
        encode(Letters(), TEXT, [Pair(actor=[span], recipient=[])])


def test_the_pairs_of_a_sentence_share_one_pass() -> None:
    encoded = only(
        TEXT, Pair(actor=[CHAD], recipient=[SUDAN]), Pair(actor=[SUDAN], recipient=[CHAD])
    )
    assert len(encoded.ids) == len(TEXT) + 2
    assert marked(encoded, TEXT) == ["Chad", "Sudan", "Sudan", "Chad"]


def test_the_text_sees_no_mark_and_a_mark_only_its_own_pair() -> None:
    encoded = Encoded((CLS, 7, 8, SEP), (1, 2, 1, 2), ((1,), (2,), (2,), (1,)))
    hidden = arrays(encoded)["hidden"][0, 0] < 0
    assert not hidden[:, :4].any()
    assert hidden[:4, 4:].all()
    assert hidden[4:, 4:].tolist() == [
        [False, False, True, True],
        [False, False, True, True],
        [True, True, False, False],
        [True, True, False, False],
    ]


@given(
    st.lists(st.lists(st.integers(1, 5), unique=True), max_size=6).filter(lambda x: not len(x) % 2)
)
def test_a_mark_takes_the_mean_of_its_pieces(spots: list[list[int]]) -> None:
    encoded = Encoded((CLS, *range(7, 12), SEP), (1,) * len(spots), tuple(map(tuple, spots)))
    sums = arrays(encoded)["spots"][0].sum(axis=1)
    assert numpy.allclose(sums, [1.0 if spot else 0.0 for spot in spots])


@given(st.integers(0, 900), st.integers(0, 60))
def test_a_long_sentence_is_cut_around_its_pair(before: int, between: int) -> None:
    text = "x" * before + "Chad" + "y" * between + "Sudan" + "z" * 400
    there = before + 4 + between
    ((encoded, _),) = encode(
        Letters(),
        text,
        [Pair(actor=[(before, before + 4)], recipient=[(there, there + 5)])],
    )
    assert len(encoded.ids) <= MAX_PIECES
    assert ["".join(chr(encoded.ids[i] - 1000) for i in s) for s in encoded.spots] == [
        "Chad",
        "Sudan",
    ]


@given(st.lists(st.tuples(st.integers(0, 890), st.integers(0, 890)), min_size=1, max_size=6))
def test_every_pair_of_a_long_sentence_is_asked_once(starts: list[tuple[int, int]]) -> None:
    pairs = [Pair(actor=[(a, a + 3)], recipient=[(r, r + 3)]) for a, r in starts]
    passes = encode(Letters(), "x" * 900, pairs)
    assert sorted(i for _, members in passes for i in members) == list(range(len(pairs)))
    assert all(len(e.marks) == 2 * len(members) for e, members in passes)
