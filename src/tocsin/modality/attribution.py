"""On whose word a deed is reported: the chain of speakers, the reporter's own source first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.quotes import Quoted, is_quoted, quoted_tokens, running_frame
from tocsin.modality.speech import SpeechFrame, signature, speech_frames
from tocsin.model.candidate import Attribution, Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence

_NO_FRAME = SpeechFrame(-1, -1, (0, 0), (), None, "neither", frozenset(), "none")


class Voices:
    """All acts of saying of one document, found paragraph by paragraph, only where asked for."""

    def __init__(self, rules: ModalityRules, parse: Parse, actors: Sequence[ActorMention]) -> None:
        self._rules = rules
        self._text = parse.text
        self._actors: dict[int, list[ActorMention]] = {}
        for actor in actors:
            self._actors.setdefault(actor.sentence, []).append(actor)
        self._sentences = parse.sentences
        self._following: SpeechFrame | None = None
        self._paragraphs: dict[int, list[Sentence]] = {}
        for sentence in parse.sentences:
            self._paragraphs.setdefault(sentence.paragraph, []).append(sentence)
        self._frames: dict[int, tuple[SpeechFrame, ...]] = {}
        self._quoted: dict[int, Quoted] = {}

    def frames(self, sentence: Sentence) -> tuple[SpeechFrame, ...]:
        """The acts of saying in a sentence."""
        if sentence.index not in self._frames:
            inside = self._quotations(sentence.paragraph).inside[sentence.index]
            found = speech_frames(
                sentence,
                self._actors.get(sentence.index, ()),
                self._rules,
                text=self._text,
                quoted=inside,
            )
            self._frames[sentence.index] = tuple(_within(frame, inside) for frame in found)
        return self._frames[sentence.index]

    def chain(self, sentence: Sentence, candidate: Candidate) -> tuple[Attribution, ...]:
        """Who says that the candidate happened, outermost first."""
        own = frozenset((*candidate.trigger, *candidate.consumed, candidate.head))
        return self.chain_at(sentence, candidate.head, own)

    def chain_at(
        self, sentence: Sentence, head: int, own: frozenset[int]
    ) -> tuple[Attribution, ...]:
        """Who says what stands at token ``head``; cues among the tokens ``own`` do not count."""
        found = [
            frame
            for frame in self.frames(sentence)
            if head in frame.content and frame.verb not in own
        ]
        found.sort(key=lambda frame: (-len(frame.content), frame.cue))
        statement = self._statement(sentence)
        inside = self._quotations(sentence.paragraph).inside[sentence.index]
        outer = self.running(sentence) if not _speaks(found, inside) else None
        for frame in (outer, statement):
            if frame is not None and frame not in found:
                found.insert(0, frame)
        return tuple(_attributions(found))

    def running(self, sentence: Sentence) -> SpeechFrame | None:
        """The speaker of another sentence whose quotation this one continues."""
        paragraph = self._paragraphs[sentence.paragraph]
        bare = self._bare_neighbour(sentence, paragraph)
        if bare is not None:
            return bare
        quoted = self._quotations(sentence.paragraph)
        if not is_quoted(sentence, quoted):
            return None
        frames = {other.index: self.frames(other) for other in paragraph}
        found = running_frame(sentence, paragraph, quoted, frames)
        return found or self._from_before(sentence.paragraph) or self._signed(sentence.paragraph)

    def _quotations(self, number: int) -> Quoted:
        if number not in self._quoted:
            self._quoted[number] = quoted_tokens(self._paragraphs[number])
        return self._quoted[number]

    def _from_before(self, number: int) -> SpeechFrame | None:
        """Who speaks in the paragraph before: "She went on to say:", or a quotation left open."""
        for _ in range(4):
            number -= 1
            if number not in self._paragraphs:
                return None
            paragraph = self._paragraphs[number]
            if paragraph[-1].tokens[-1].text == ":":
                said = [frame for frame in self.frames(paragraph[-1]) if frame.speakers]
                return said[-1] if said else None
            if not self._quotations(number).unclosed:
                return None
            for sentence in reversed(paragraph):
                said = [frame for frame in self.frames(sentence) if frame.speakers]
                if said:
                    return said[-1]
        return None

    def _statement(self, sentence: Sentence) -> SpeechFrame | None:
        """Whose statement the sentence is part of: "issued the following statement:" and all on."""
        if self._following is None:
            self._following = next(
                (frame for frame in map(self._hands_out, self._sentences) if frame), _NO_FRAME
            )
        opener = self._following
        return opener if opener is not _NO_FRAME and opener.sentence < sentence.index else None

    def _hands_out(self, sentence: Sentence) -> SpeechFrame | None:
        words = {token.lower for token in sentence.tokens}
        if sentence.tokens[-1].text != ":" or not words & {"following", "follows"}:
            return None
        silent = [one for one in self.frames(sentence) if one.speakers and not one.content]
        return silent[0] if silent else None

    def _signed(self, number: int) -> SpeechFrame | None:
        """Who signs a quotation in a line of its own below it: "Ann Miller, Daily News"."""
        (line, *more) = self._paragraphs.get(number + 1, [None])
        if line is None or more:
            return None
        return signature(line, self._actors.get(line.index, ()), self._rules, text=self._text)

    def _bare_neighbour(
        self, sentence: Sentence, paragraph: Sequence[Sentence]
    ) -> SpeechFrame | None:
        """ "…" she said: a split sentence that holds no more than the speaker and the verb."""
        if not _ends_quoted(sentence):
            return None
        for other in paragraph:
            if other.index != sentence.index + 1 or len(other.tokens) > 8:
                continue
            if any(t.text in '“"' for t in other.tokens[:2]):
                continue
            for frame in self.frames(other):
                if not frame.content and frame.speakers:
                    return frame
        return None


def _within(frame: SpeechFrame, inside: frozenset[int]) -> SpeechFrame:
    """Who is quoted as saying that others speak has no say over what stands outside the marks."""
    if frame.verb not in inside or frame.content <= inside:
        return frame
    return replace(frame, content=frame.content & inside)


def _ends_quoted(sentence: Sentence) -> bool:
    return sentence.tokens[-1].text in ("”", '"', "''", ",")


def _speaks(frames: Iterable[SpeechFrame], inside: frozenset[int]) -> bool:
    """Whether somebody other than an adverb speaks, and not just within what is quoted."""
    return any(frame.speakers and frame.verb not in inside for frame in frames)


def _attributions(frames: Iterable[SpeechFrame]) -> list[Attribution]:
    chain: list[Attribution] = []
    for frame in frames:
        for speaker in frame.speakers or (None,):
            chain.append(
                Attribution(
                    speaker=speaker, sentence=frame.sentence, cue=frame.cue, stance=frame.stance
                )
            )
    return chain
