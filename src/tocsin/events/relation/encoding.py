"""Turning a sentence and the pairs asked about into the numbers that the network reads.

The sentence is read once, without marks, as word pieces. Each pair adds two tokens, one for its
actor and one for its recipient, which stand where their spans stand and carry the mean of the
spans' word pieces. The text never sees them, and they see the text and each other but no other
pair: so all pairs of a sentence cost one pass, and none disturbs another (the "levitated markers"
of Zhong and Chen 2021, "A Frustratingly Easy Approach for Entity and Relation Extraction", with
one token a span). Training and run time share this module, so that both see the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAD, CLS, SEP = 0, 101, 102
# The marks' places in the word table: word pieces that the base vocabulary left unused.
ACTOR, RECIPIENT, NO_ACTOR, NO_RECIPIENT = 1, 2, 3, 4
MAX_PIECES = 160
_HIDDEN = -10000.0

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question about a sentence: what does the actor do to the recipient?

    Spans are code points into the sentence's text, end exclusive. Each side may have several spans
    of the one party, or none where the sentence does not name it.
    """

    actor: Sequence[Span]
    recipient: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence with its pairs: ``ids`` of its word pieces; two ``marks`` per pair, and for each
    mark the ``spots``, the indices in ``ids`` of the pieces of its spans."""

    ids: tuple[int, ...]
    marks: tuple[int, ...]
    spots: tuple[tuple[int, ...], ...]


def check_spans(text: str, pair: Pair) -> None:
    """ValueError where a span of the pair lies outside the text."""
    for start, end in (*pair.actor, *pair.recipient):
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}..{end} is not inside a text of {len(text)}")


def encode(tokenizer: Any, text: str, pairs: Sequence[Pair]) -> list[tuple[Encoded, list[int]]]:
    """Return what the network reads, each with the indices of the pairs that it answers.

    Mostly that is one pass. A text of more than ``MAX_PIECES`` is cut, around the pairs that still
    stand inside the first cut together, and around each of the others alone. ``tokenizer`` is a
    ``tokenizers.Tokenizer`` of the base model's vocabulary.
    """
    for pair in pairs:
        check_spans(text, pair)
    encoding = tokenizer.encode(text, add_special_tokens=False)
    pieces = list(encoding.ids)
    # One party stands in many pairs of a sentence.
    parties = {tuple(side) for pair in pairs for side in (pair.actor, pair.recipient)}
    spots = {side: _spots(encoding.offsets, side) for side in parties}
    sides = [(spots[tuple(pair.actor)], spots[tuple(pair.recipient)]) for pair in pairs]
    room = MAX_PIECES - 2
    if len(pieces) <= room:
        return [(_cut(pieces, sides, 0, len(pieces)), list(range(len(pairs))))]
    inside = [i for i, side in enumerate(sides) if max((*side[0], *side[1]), default=0) < room]
    passes = [inside] if inside else []
    passes += [[i] for i in range(len(pairs)) if i not in inside]
    out = []
    for group in passes:
        places = [spot for i in group for part in sides[i] for spot in part] or [0]
        low = min(places)
        slack = max(room - (max(places) + 1 - low), 0)
        start = 0 if group is inside else max(min(low - slack // 3, len(pieces) - room), 0)
        out.append((_cut(pieces, [sides[i] for i in group], start, start + room), group))
    return out


def _spots(offsets: Sequence[Span], spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(
        i
        for i, (start, end) in enumerate(offsets)
        if any(start < last and first < end for first, last in spans)
    )


def _cut(
    pieces: Sequence[int],
    sides: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    start: int,
    stop: int,
) -> Encoded:
    marks: list[int] = []
    spots: list[tuple[int, ...]] = []
    for actor, recipient in sides:
        for where, mark, absent in (
            (actor, ACTOR, NO_ACTOR),
            (recipient, RECIPIENT, NO_RECIPIENT),
        ):
            kept = tuple(i - start + 1 for i in where if start <= i < stop)
            marks.append(mark if kept else absent)
            spots.append(kept)
    return Encoded((CLS, *pieces[start:stop], SEP), tuple(marks), tuple(spots))


def arrays(encoded: Encoded) -> dict[str, NDArray[Any]]:
    """Return the network's inputs for L word pieces and K marks.

    ``ids`` (1, L) and ``marks`` (1, K), int64; ``spots`` (1, K, L), float32: each row takes the
    mean over a span's pieces; ``hidden`` (1, 1, L+K, L+K), float32: 0 where the row's token may
    look at the column's, else very negative.
    """
    import numpy

    length, count = len(encoded.ids), len(encoded.marks)
    spots = numpy.zeros((1, count, length), dtype=numpy.float32)
    for row, where in enumerate(encoded.spots):
        if where:
            spots[0, row, list(where)] = 1.0 / len(where)
    hidden = numpy.full((1, 1, length + count, length + count), _HIDDEN, dtype=numpy.float32)
    hidden[..., :length] = 0.0
    pair = numpy.arange(count) // 2
    hidden[0, 0, length:, length:][pair[:, None] == pair[None, :]] = 0.0
    return {
        "ids": numpy.array([encoded.ids], dtype=numpy.int64),
        "marks": numpy.array([encoded.marks], dtype=numpy.int64),
        "spots": spots,
        "hidden": hidden,
    }
