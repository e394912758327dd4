"""Quotations that run over sentences: whose words they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.modality.speech import SpeechFrame
from tocsin.model.parse import Sentence

_OPEN = frozenset("“„«") | {"``"}
_CLOSE = frozenset("”»")
_EITHER = frozenset(('"', "''"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """The tokens of a paragraph's sentences that stand inside quotation marks.

    ``inside`` maps a sentence's number to its quoted tokens; ``unclosed`` says that the last
    quotation has no end, as where it goes on in the next paragraph.
    """

    inside: Mapping[int, frozenset[int]]
    unclosed: bool


def quoted_tokens(paragraph: Sequence[Sentence]) -> Quoted:
    """Find what is quoted in the sentences of one paragraph.

    Curly marks say themselves whether they open or close; a straight mark opens where none is
    open. A quotation that is still open at the end of the paragraph runs to its end, as
    quotations over several paragraphs do.
    """
    inside: dict[int, frozenset[int]] = {}
    open_ = False
    for sentence in paragraph:
        found = []
        for token in sentence.tokens:
            if token.text in _OPEN:
                open_ = True
            elif token.text in _CLOSE:
                open_ = False
            elif token.text in _EITHER:
                open_ = not open_
            elif open_:
                found.append(token.i)
        inside[sentence.index] = frozenset(found)
    return Quoted(inside, open_)


def running_frame(
    sentence: Sentence,
    paragraph: Sequence[Sentence],
    quoted: Quoted,
    frames: Mapping[int, tuple[SpeechFrame, ...]],
) -> SpeechFrame | None:
    """The act of saying, in another sentence of the paragraph, that a quoted sentence belongs to.

    The speaker goes on: a sentence quoted in full belongs to the last one who spoke before it in
    the paragraph; where nobody has, to the first who speaks after it.
    """
    before = [s for s in paragraph if s.index < sentence.index]
    for other in reversed(before):
        said = _holds_quote(frames.get(other.index, ()), quoted.inside[other.index])
        if said is not None:
            return said
    for other in (s for s in paragraph if s.index > sentence.index):
        said = _holds_quote(frames.get(other.index, ()), quoted.inside[other.index])
        if said is not None:
            return said
        if not quoted.inside[other.index]:
            return None
    return None


def is_quoted(sentence: Sentence, quoted: Quoted) -> bool:
    """Whether nearly all words of a sentence stand in quotation marks."""
    words = [t.i for t in sentence.tokens if t.pos != "PUNCT"]
    inside = quoted.inside.get(sentence.index, frozenset())
    return bool(words) and sum(i in inside for i in words) >= 0.9 * len(words)


def _holds_quote(frames: Sequence[SpeechFrame], inside: frozenset[int]) -> SpeechFrame | None:
    """The frame of a sentence that speaks in quotation marks, or speaks and says no more.

    Who speaks inside the marks is spoken of.
    """
    for frame in frames:
        if frame.verb in inside:
            continue
        if frame.speakers and (not frame.content or len(frame.content & inside) > 2):
            return frame
    return None
