"""Turning a sentence with its two marked actors into the numbers that the network reads.

The network sees word pieces with four marks: one before and one after each span of the actor and
of the recipient. The marks are word pieces that the base vocabulary left unused. Training and run
time share this module, so that both see the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

PAD, CLS, SEP = 0, 101, 102
ACTOR, ACTOR_END, RECIPIENT, RECIPIENT_END = 1, 2, 3, 4  # [unused0] to [unused3]
MAX_PIECES = 128

Span = tuple[int, int]


def marked_pieces(text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> list[str | int]:
    """Cut ``text`` at the spans: strings, with the marks' ids between them.

    Spans are code points, end exclusive, and may be missing, repeat or overlap; white space at
    their edges is left outside. Spans outside the text raise ValueError.
    """
    cuts: list[tuple[int, int, int]] = []  # position, order at one position, mark
    for spans, first, last in (
        (actor, ACTOR, ACTOR_END),
        (recipient, RECIPIENT, RECIPIENT_END),
    ):
        for start, end in sorted(set(spans)):
            if not 0 <= start < end <= len(text):
                raise ValueError(f"span {start}..{end} is not inside a text of {len(text)}")
            inner = text[start:end]
            start += len(inner) - len(inner.lstrip())
            end = max(end - (len(inner) - len(inner.rstrip())), start)
            cuts += [(start, 1, first), (end, 0, last)]
    pieces: list[str | int] = []
    at = 0
    for position, _, mark in sorted(cuts):
        if position > at:
            pieces.append(text[at:position])
            at = position
        pieces.append(mark)
    if at < len(text):
        pieces.append(text[at:])
    return pieces


def crop(ids: list[int], size: int) -> list[int]:
    """Cut ``ids`` to ``size`` so that the marks stay inside, with room on both sides of them."""
    if len(ids) <= size:
        return ids
    marks = [i for i, piece in enumerate(ids) if ACTOR <= piece <= RECIPIENT_END]
    first, last = (marks[0], marks[-1]) if marks else (0, 0)
    room = max(size - (last + 1 - first), 0)
    start = max(min(first - room // 3, len(ids) - size), 0)
    return ids[start : start + size]


def encode(
    tokenizer: Any, text: str, actor: Sequence[Span], recipient: Sequence[Span]
) -> list[int]:
    """Return the word piece ids of one marked sentence, at most ``MAX_PIECES``.

    ``tokenizer`` is a ``tokenizers.Tokenizer`` of the base model's vocabulary.
    """
    ids: list[int] = []
    for piece in marked_pieces(text, actor, recipient):
        if isinstance(piece, int):
            ids.append(piece)
        else:
            ids += tokenizer.encode(piece, add_special_tokens=False).ids
    return [CLS, *crop(ids, MAX_PIECES - 2), SEP]
