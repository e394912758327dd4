"""Scores of attribution: ``python -m tocsin.evaluation.attribution FILE [CASES]``.

The set is JSON lines (also gzipped) of ``{id, text, attributions: [{source, cue, content}]}`` with
lists of ``[start, end]``, as PolNeAR has them. PolNeAR marks attitudes too ("backs", "wants",
"is expected"); ``said_recall`` is over those whose cue holds one of our words of speech.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.knowledge.modality import ModalityRules, load_modality
from tocsin.language.parser import Parser
from tocsin.modality.attribution import Voices
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse

Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An attribution as character ranges; ``source`` is empty for words like "reportedly"."""

    source: Ranges
    cue: Ranges
    content: Ranges
    speech: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionScores:
    """Counts over a set.

    ``matched`` of ``given`` attributions were found among ``found``: cue and content overlap.
    ``speaker_right`` of the ``with_source`` matched ones have the right speaker.
    ``contents_right`` of ``contents`` given contents with a source got the right speaker for most
    of their words, whatever the cue. ``said`` counts the given ones with a word of speech.
    """

    given: int
    found: int
    matched: int
    right: int
    said: int
    said_matched: int
    with_source: int
    speaker_right: int
    contents: int
    contents_right: int
    missed_cues: tuple[tuple[str, int], ...]
    spurious_cues: tuple[tuple[str, int], ...]

    @property
    def precision(self) -> float:
        """Share of ours that overlap a given one in cue and content."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the given ones that ours overlap."""
        return self.matched / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def said_recall(self) -> float:
        """Recall over the given ones whose cue holds a word of speech."""
        return self.said_matched / self.said if self.said else 0.0

    @property
    def speaker_accuracy(self) -> float:
        """Share of the matched ones with a source whose speaker overlaps it."""
        return self.speaker_right / self.with_source if self.with_source else 0.0

    @property
    def content_accuracy(self) -> float:
        """Share of all given contents with a source that got their speaker."""
        return self.contents_right / self.contents if self.contents else 0.0

    def table(self) -> str:
        """The scores for people."""
        return "\n".join(
            (
                f"given {self.given}, found {self.found}, matched {self.matched}",
                f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}",
                f"recall of words of speech {self.said_recall:.3f} (of {self.said})",
                f"speaker right where matched {self.speaker_accuracy:.3f} (of {self.with_source})",
                f"speaker right over all contents {self.content_accuracy:.3f} (of {self.contents})",
                "missed cues: " + ", ".join(f"{c} {n}" for c, n in self.missed_cues),
                "spurious cues: " + ", ".join(f"{c} {n}" for c, n in self.spurious_cues),
            )
        )


def evaluate_attribution(
    path: Path | str, parser: Parser, rules: ModalityRules, *, limit: int | None = None
) -> AttributionScores:
    """Find the attributions of every text of the set and compare. InputError names a bad line."""
    count: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for number, row in enumerate(_rows(Path(path))):
        if limit is not None and number >= limit:
            break
        text = row["text"]
        given = [_given(entry, text, rules) for entry in row["attributions"]]
        given = [said for said in given if said.cue and said.content]
        found = list(found_attributions(parser.parse(text), rules))
        count["given"] += len(given)
        count["found"] += len(found)
        for ours in found:
            if any(_match(said, ours) for said in given):
                count["right"] += 1
            else:
                spurious[_text(text, ours.cue)] += 1
        for said in given:
            matches = [ours for ours in found if _match(said, ours)]
            count["said"] += said.speech
            if matches:
                count["matched"] += 1
                count["said_matched"] += said.speech
                if said.source:
                    count["with_source"] += 1
                    count["speaker_right"] += any(
                        _overlap(said.source, ours.source) for ours in matches
                    )
            else:
                missed[_text(text, said.cue).lower()] += 1
            if said.source:
                count["contents"] += 1
                size = sum(end - start for start, end in said.content)
                count["contents_right"] += any(
                    _overlap(said.source, ours.source)
                    and _overlap(said.content, ours.content) * 2 > size
                    for ours in found
                )
    numbers = {name: count[name] for name in _COUNTS}
    return AttributionScores(
        **numbers,
        missed_cues=tuple(missed.most_common(40)),
        spurious_cues=tuple(spurious.most_common(40)),
    )


_COUNTS = (
    "given", "found", "matched", "right", "said", "said_matched", "with_source", "speaker_right",
    "contents", "contents_right",
)  # fmt: skip


def found_attributions(
    parse: Parse, rules: ModalityRules, actors: Sequence[ActorMention] = ()
) -> Iterator[Said]:
    """Our attributions of a parse as character ranges, running quotations included."""
    voices = Voices(rules, parse, actors)
    running: dict[tuple[int, int], Ranges] = {}
    for sentence in parse.sentences:
        frame = voices.running(sentence)
        if frame is not None:
            key = (frame.sentence, frame.verb)
            running.setdefault(key, []).append((sentence.start, sentence.end))
    for sentence in parse.sentences:
        for frame in voices.frames(sentence):
            content = [
                (sentence.tokens[i].start, sentence.tokens[i].end) for i in sorted(frame.content)
            ]
            content.extend(running.get((frame.sentence, frame.verb), ()))
            if content:
                yield Said(
                    source=[(actor.start, actor.end) for actor in frame.speakers],
                    cue=[sentence.offsets(*frame.cue)],
                    content=content,
                )


def _given(entry: dict[str, Any], text: str, rules: ModalityRules) -> Said:
    cue = [(s, e) for s, e in entry.get("cue") or ()]
    words = _text(text, cue).lower().split()
    stems = {word[:4] for words_ in rules.speech_by_word.values() for word in words_}
    return Said(
        source=[(s, e) for s, e in entry.get("source") or ()],
        cue=cue,
        content=[(s, e) for s, e in entry.get("content") or ()],
        speech=any(word[:4] in stems or word == "said" for word in words),
    )


def _match(given: Said, ours: Said) -> bool:
    return bool(_overlap(given.cue, ours.cue) and _overlap(given.content, ours.content))


def _overlap(left: Ranges, right: Ranges) -> int:
    """How many characters two lists of ranges share."""
    return sum(
        max(0, min(end, stop) - max(start, first)) for start, end in left for first, stop in right
    )


def _text(text: str, ranges: Ranges) -> str:
    return " ".join(text[start:end] for start, end in ranges)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not {"text", "attributions"} <= set(row):
                    raise InputError("lacks text or attributions", path=str(path), line=number)
                yield row
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores for a file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--limit", type=int, default=None)
    given = options.parse_args(arguments)
    print(evaluate_attribution(given.file, Parser(), load_modality(), limit=given.limit).table())


if __name__ == "__main__":
    main()
