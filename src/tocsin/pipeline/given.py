"""Phrases that somebody asks about, as actors: whoever they are, they may act."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence


def with_given(
    parse: Parse, mentions: Sequence[ActorMention], spans: Sequence[tuple[int, int]]
) -> tuple[ActorMention, ...]:
    """Mentions in which each of the clean-text ``spans`` is an actor, resolved where it was."""
    out = list(mentions)
    for start, end in spans:
        for sent in parse.sentences:
            if sent.start < end and start < sent.end:
                out = _insert(parse, sent, out, max(start, sent.start), min(end, sent.end))
    return tuple(sorted(out, key=lambda m: (m.sentence, m.first, m.stop)))


def _insert(
    parse: Parse, sent: Sentence, mentions: list[ActorMention], start: int, end: int
) -> list[ActorMention]:
    inside = [t.i for t in sent.tokens if t.start < end and start < t.end]
    if not inside:
        return mentions
    head = next((i for i in inside if sent.tokens[i].head not in inside), inside[-1])
    if sent.tokens[head].head == head and len(inside) > 1 and sent.tokens[head].pos == "VERB":
        head = inside[-1]
    own = [m for m in mentions if m.sentence == sent.index and m.head in inside]
    known = next((m for m in own if head in (m.head, *m.also)), own[0] if own else None)
    if known is not None and (known.country or known.sectors) and head in (known.head, *known.also):
        return mentions
    first, stop = inside[0], inside[-1] + 1
    if sent.tokens[first].pos in ("DET", "PUNCT") and stop - first > 1:
        first += 1
    left, right = sent.offsets(first, stop)
    given = ActorMention(
        sentence=sent.index, first=first, stop=stop, head=head, start=left, end=right,
        text=parse.text[left:right], country=known.country if known else None,
        sectors=(known.sectors if known else ()) or ("UNK",),
        entity=None, via="nominal", why="given",
    )  # fmt: skip
    return [m for m in mentions if m is not known] + [given]
