"""Scores of attribution: on whose word, over all attributions and over those of coded events.

The set is JSON lines (also gzipped) of ``{id, text, attributions: [{source, cue, content}]}`` with
lists of ``[start, end]``, as PolNeAR has them; ``date``, ``outlet`` and ``title`` where known.
PolNeAR marks attitudes too ("backs", "wants", "is expected"); ``said_recall`` is over those whose
cue holds one of our words of speech.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.attribution import Voices
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.pipeline.stage import Work

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

    Of coded events: ``told`` are those of a given attribution (counted once for each) whose
    content holds the event's trigger, ``told_right`` those with its source among the event's
    speakers, ``told_aloud`` and ``told_aloud_right`` the same where the cue is a word of speech.
    ``spoken`` coded events name a speaker, ``spoken_right`` of them one who is the source of such
    an attribution: of a chain ("the report said that a witness said") PolNeAR often has only one.
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
    events: int
    told: int
    told_right: int
    told_aloud: int
    told_aloud_right: int
    spoken: int
    spoken_right: int
    missed_cues: tuple[tuple[str, int], ...]
    spurious_cues: tuple[tuple[str, int], ...]
    cases: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, float]:
        """The figures by name: shares between 0 and 1, and what they are counted on."""
        precision, recall = _share(self.right, self.found), _share(self.matched, self.given)
        total = precision + recall
        shares = {
            "event_speaker_accuracy": _share(self.told_right, self.told),
            "event_speaker_precision": _share(self.spoken_right, self.spoken),
            "event_speaker_accuracy_said": _share(self.told_aloud_right, self.told_aloud),
            "overlap_precision": precision,
            "overlap_recall": recall,
            "overlap_f1": 2 * precision * recall / total if total else 0.0,
            "said_recall": _share(self.said_matched, self.said),
            "speaker_accuracy": _share(self.speaker_right, self.with_source),
            "content_accuracy": _share(self.contents_right, self.contents),
        }
        counts = {"given": self.given, "found": self.found, "events": self.events}
        counts |= {"attributed_events": self.told, "events_with_speaker": self.spoken}
        return counts | {name: round(share, 4) for name, share in shares.items()}

    def table(self) -> str:
        """The scores for people."""
        lines = [f"{name:<28} {value:>8}" for name, value in self.as_dict().items()]
        missed = ", ".join(f"{cue} {n}" for cue, n in self.missed_cues)
        spurious = ", ".join(f"{cue} {n}" for cue, n in self.spurious_cues)
        return "\n".join([*lines, f"missed cues: {missed}", f"spurious cues: {spurious}"])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def evaluate_attribution(
    path: Path | str,
    work: Callable[[Document], Work],
    rules: ModalityRules,
    *,
    limit: int | None = None,
) -> AttributionScores:
    """Code every text of the set and compare. InputError names a bad line."""
    count: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    cases: list[dict[str, Any]] = []
    for number, row in enumerate(_rows(Path(path))):
        if limit is not None and number >= limit:
            break
        text = row["text"]
        given = [_given(entry, text, rules) for entry in row["attributions"]]
        given = [said for said in given if said.cue and said.content]
        done = work(_document(row))
        found = list(found_attributions(done, rules))
        _count_overlap(text, given, found, count, missed, spurious)
        for event in done.events:
            cases.append(_count_event(row["id"], text, event, given, count))
    return AttributionScores(
        **{name: count[name] for name in _COUNTS},
        missed_cues=tuple(missed.most_common(40)),
        spurious_cues=tuple(spurious.most_common(40)),
        cases=tuple(cases),
    )


def _document(row: dict[str, Any]) -> Document:
    day = row.get("date")
    return Document(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        outlet=row.get("outlet"),
        published=date.fromisoformat(day) if day else None,
    )


def _count_overlap(
    text: str,
    given: Sequence[Said],
    found: Sequence[Said],
    count: Counter[str],
    missed: Counter[str],
    spurious: Counter[str],
) -> None:
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


def _count_event(
    document: str, text: str, event: Event, given: Sequence[Said], count: Counter[str]
) -> dict[str, Any]:
    """Count one event's speakers; return the case: offsets and answers, no text."""
    trigger = [(event.trigger.start, event.trigger.end)]
    links = [
        (link.speaker.start, link.speaker.end, (link.cue.start, link.cue.end))
        for link in event.attribution
        if link.speaker and link.speaker.start is not None and link.speaker.end is not None
    ]
    speakers = [(start, end) for start, end, _ in links]
    over = [said for said in given if said.source and _overlap(trigger, said.content)]
    named = [_named(text, links, said) for said in over]
    told = [any(of) for of in named]
    aloud = [right for right, said in zip(told, over, strict=True) if said.speech]
    spoken = [any(of[n] for of in named) for n in range(len(speakers))]
    count["events"] += 1
    count["told"] += len(told)
    count["told_right"] += sum(told)
    count["told_aloud"] += len(aloud)
    count["told_aloud_right"] += sum(aloud)
    count["spoken"] += bool(spoken)
    count["spoken_right"] += any(spoken)
    return {
        "document": document,
        "trigger": trigger[0],
        "speakers": speakers,
        "right": spoken,
        "given": [{"source": said.source, "cue": said.cue, "found": ok}
                  for said, ok in zip(over, told, strict=True)],
    }  # fmt: skip


def _named(text: str, links: Sequence[tuple[int, int, tuple[int, int]]], said: Said) -> list[bool]:
    """Which of an event's speakers (start, end, cue) are the given source.

    For "who" we name the antecedent: it is right where the cue is the same.
    """
    first, last = said.source[0]
    relative = text[first:last].lower() in _RELATIVE
    return [
        _overlap([(start, end)], said.source) > 0
        or (relative and end <= first and _overlap([cue], said.cue) > 0)
        for start, end, cue in links
    ]


_RELATIVE = frozenset(("who", "which", "that", "whom"))
_COUNTS = (
    "given", "found", "matched", "right", "said", "said_matched", "with_source", "speaker_right",
    "contents", "contents_right", "events", "told", "told_right", "told_aloud",
    "told_aloud_right", "spoken", "spoken_right",
)  # fmt: skip


def found_attributions(work: Work, rules: ModalityRules) -> Iterator[Said]:
    """Our attributions as ranges of the document's own text, running quotations included."""
    voices = Voices(rules, work.parse, work.actors)
    span = work.clean.given_span
    running: dict[tuple[int, int], Ranges] = {}
    for sentence in work.parse.sentences:
        frame = voices.running(sentence)
        if frame is not None:
            key = (frame.sentence, frame.verb)
            running.setdefault(key, []).append(span(sentence.start, sentence.end))
    for sentence in work.parse.sentences:
        for frame in voices.frames(sentence):
            tokens = [sentence.tokens[i] for i in sorted(frame.content)]
            content = [span(token.start, token.end) for token in tokens]
            content.extend(running.get((frame.sentence, frame.verb), ()))
            if content:
                yield Said(
                    source=[span(actor.start, actor.end) for actor in frame.speakers],
                    cue=[span(*sentence.offsets(*frame.cue))],
                    content=content,
                )


def _given(entry: dict[str, Any], text: str, rules: ModalityRules) -> Said:
    cue = [(s, e) for s, e in entry.get("cue") or ()]
    words = _text(text, cue).lower().split()
    # "make", "give" and "send" say something only beside a statement.
    kinds = (words_ for kind, words_ in rules.speech_by_word.items() if kind != "paper")
    stems = {word[:4] for words_ in kinds for word in words_}
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
