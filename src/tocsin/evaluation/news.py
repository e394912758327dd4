"""Events in running news, held against judgements of sentences by eye.

The labels are JSON lines, one judged sentence each, without its text: ``{id, article, part, span,
parties, countries, events}``. ``article`` is ``file/id`` in a folder of gzipped JSON lines,
``span`` the sentence in the article's text, ``parties`` number -> spans in the article's text,
``countries`` number -> country, ``events`` all events of the sentence: ``{actors, recipients, type,
mode, status, trigger}``; ``second``, where it is there, those of an independent second reader.
Articles are coded whole, so that what stands before a sentence counts.

A coded event is *right* where the sentence has an event of its type, one of its actors is an actor
there and one of its recipients a recipient. Where the label names nobody, nobody may be named; a
recipient that is left open or implied is incomplete, but not wrong. The event is *all right* where
the countries of those named and the status are right too.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.evaluation.intervals import wilson
from tocsin.evaluation.rows import read_rows
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event

# Bounds of confidence for which the shares of right ones are shown.
_BOUNDS = (0.3, 0.5, 0.6, 0.7, 0.8)
_FIELDS = ("id", "article", "part", "span", "parties", "countries", "events")
# Articles are labelled within their first so many characters.
READ = 8000

Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One coded event beside the label that it matched, and in what it agrees with it."""

    sentence: str
    source: str
    event: Event
    gold: Mapping[str, Any] | None
    countries: bool
    status: bool

    @property
    def right(self) -> bool:
        """Type and parties are right."""
        return self.gold is not None

    @property
    def all_right(self) -> bool:
        """Type, parties, their countries and the status are right at once."""
        return self.right and self.countries and self.status


@dataclass(frozen=True, slots=True)
class NewsScores:
    """The answers of one run; ``labels`` are the judged sentences, ``found`` holds, by sentence,
    the numbers of its events that were coded."""

    labels: Sequence[Label]
    answers: Sequence[Answer]
    found: Mapping[str, set[int]] = field(default_factory=dict)

    def as_dict(self, source: str | None = None) -> dict[str, Any]:
        """Numbers over all sentences, or those of one ``source`` (the articles' file)."""
        labels = [one for one in self.labels if source in (None, _source(one))]
        answers = [one for one in self.answers if source in (None, one.source)]
        events = sum(len(one["events"]) for one in labels)
        found = sum(len(self.found.get(one["id"], ())) for one in labels)
        n = len(answers)
        out: dict[str, Any] = {"sentences": len(labels), "events": events, "coded": n}
        for name, hits in (
            ("right", sum(one.right for one in answers)),
            ("all_right", sum(one.all_right for one in answers)),
        ):
            out[name] = _share(hits, n)
        out["status"] = _share(
            sum(one.status for one in answers if one.right), sum(one.right for one in answers)
        )
        out["recall"] = _share(found, events)
        return out

    def cases(self) -> list[dict[str, Any]]:
        """One line per coded event and per event not found: ids and answers, never the text."""
        out = [
            {
                "sentence": one.sentence,
                "type": one.event.type,
                "right": one.right,
                "countries": one.countries,
                "status": one.status,
                "confidence": one.event.confidence,
                "rule": next((e.rule for e in one.event.evidence if e.rule), None),
            }
            for one in self.answers
        ]
        out += [
            {"sentence": label["id"], "type": event["type"], "missed": number}
            for label in self.labels
            for number, event in enumerate(label["events"])
            if number not in self.found.get(label["id"], ())
        ]
        return out

    def table(self) -> str:
        """The numbers for people, with Wilson's 95 % intervals, then by type."""
        sources = sorted({_source(one) for one in self.labels})
        lines = [
            f"{'':<16} {'sentences':>9} {'events':>7} {'coded':>6}  "
            f"{'type, parties':<18} {'+ country, status':<18} {'recall':<18}"
        ]
        for name in [None, *sources] if len(sources) > 1 else sources:
            row = self.as_dict(name)
            shares = "  ".join(f"{_text(row[key]):<18}" for key in ("right", "all_right", "recall"))
            lines.append(
                f"{name or 'all':<16} {row['sentences']:>9} {row['events']:>7} {row['coded']:>6}  "
                + shares
            )
        coded: Counter[str] = Counter(one.event.type for one in self.answers)
        right: Counter[str] = Counter(one.event.type for one in self.answers if one.right)
        gold: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for label in self.labels:
            for number, event in enumerate(label["events"]):
                gold[event["type"]] += 1
                found[event["type"]] += number in self.found.get(label["id"], ())
        lines += ["", f"{'type':<10} {'coded':>6} {'right':>6} {'events':>7} {'found':>6}"]
        lines += [
            f"{t:<10} {coded[t]:>6} {right[t]:>6} {gold[t]:>7} {found[t]:>6}"
            for t in sorted({*coded, *gold})
        ]
        lines += ["", *self._by_confidence()]
        readers = agreement(self.labels)
        if readers is not None:
            lines += [
                "",
                f"two readers of {readers['sentences']} of these sentences: "
                f"{_text(readers['second_by_first'])} of the second's events are the first's, "
                f"{_text(readers['first_by_second'])} the other way; "
                f"status the same in {_text(readers['status'])}",
            ]
        return "\n".join(lines)

    def _by_confidence(self) -> Iterator[str]:
        """What is right of the events that are at least so sure."""
        yield f"{'confidence':<16} {'':>9} {'':>7} {'coded':>6}"
        for bound in _BOUNDS:
            sure = [one for one in self.answers if one.event.confidence >= bound]
            right = _share(sum(one.right for one in sure), len(sure))
            all_right = _share(sum(one.all_right for one in sure), len(sure))
            yield (
                f"from {bound:<11} {'':>9} {'':>7} {len(sure):>6}  "
                f"{_text(right):<18}  {_text(all_right):<18}"
            )


def read_labels(path: Path, part: str | None = None) -> list[dict[str, Any]]:
    """Read the labels, of one ``part`` or all. InputError with the line that cannot be used."""
    return read_rows(path, lambda _: _FIELDS, part)


def read_articles(folder: Path, wanted: Iterable[str]) -> dict[str, Document]:
    """Return the wanted articles by ``file/id``. InputError where one is not in the folder."""
    by_file: dict[str, set[str]] = defaultdict(set)
    for name in wanted:
        file, _, id_ = name.partition("/")
        by_file[file].add(id_)
    found = {}
    for file, ids in sorted(by_file.items()):
        path = folder / f"{file}.jsonl.gz"
        if not path.exists():
            raise InputError(f"no such file: the labels speak of {len(ids)} of its articles",
                             path=str(path))  # fmt: skip
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if str(row["id"]) in ids:
                    name = f"{file}/{row['id']}"
                    found[name] = Document.of(
                        row["text"][:READ], id=name, published=_day(row.get("date"))
                    )
        lost = sorted(ids - {name.partition("/")[2] for name in found if name.startswith(file)})
        if lost:
            raise InputError(f"has no article {lost[0]}", path=str(path))
    return found


def _day(value: Any) -> date | None:
    """The day of an article that tells one; the readers of the labels saw it too."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def evaluate_news(
    labels: Sequence[Label],
    articles: Mapping[str, Document],
    code: Callable[[Document], Sequence[Event]],
) -> NewsScores:
    """Code the labels' articles with ``code`` and compare, sentence by sentence."""
    by_article: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_article[label["article"]].append(label)
    answers: list[Answer] = []
    found: dict[str, set[int]] = defaultdict(set)
    for name, own in sorted(by_article.items()):
        events = code(articles[name])
        for label in own:
            start, end = label["span"]
            for event in events:
                if start <= event.trigger.start < end:
                    answers.append(compare(event, label, found[label["id"]]))
    return NewsScores(labels, answers, found)


def agreement(labels: Sequence[Label]) -> dict[str, Any] | None:
    """How far two readers agree where both judged: the share of the second's events that the first
    has, and the other way, and of those the share of one status. None where nobody read twice.
    """
    twice = [label for label in labels if "second" in label]
    if not twice:
        return None
    shared = [
        (one, other)
        for label in twice
        for one in label["events"]
        for other in label["second"]
        if _same(one, other)
    ]
    first = sum(any(_same(e, o) for o in one["second"]) for one in twice for e in one["events"])
    second = sum(any(_same(e, o) for o in one["events"]) for one in twice for e in one["second"])
    return {
        "sentences": len(twice),
        "second_by_first": _share(second, sum(len(one["second"]) for one in twice)),
        "first_by_second": _share(first, sum(len(one["events"]) for one in twice)),
        "status": _share(sum(e["status"] == o["status"] for e, o in shared), len(shared)),
    }


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["type"] == other["type"] and all(
        bool(set(one[side]) & set(other[side])) or not (one[side] or other[side])
        for side in ("actors", "recipients")
    )


def compare(event: Event, label: Label, found: set[int]) -> Answer:
    """Hold one event against its sentence's label; ``found`` takes the numbers that it matches."""
    best: tuple[bool, bool, Mapping[str, Any]] | None = None
    for number, gold in enumerate(label["events"]):
        if gold["type"] != event.type:
            continue
        sides = (
            _side(event.actors, gold["actors"], label),
            _side(event.recipients, gold["recipients"], label, may_lack=True),
        )
        if None in sides:
            continue
        found.add(number)
        answer = (all(sides), event.status == gold["status"], gold)
        if best is None or answer[:2] > best[:2]:
            best = answer
    return Answer(
        label["id"],
        _source(label),
        event,
        best[2] if best else None,
        bool(best and best[0]),
        bool(best and best[1]),
    )


def _side(
    coded: Sequence[Actor], gold: Sequence[str], label: Label, *, may_lack: bool = False
) -> bool | None:
    """Whether the countries of a side are right; None where its parties are not."""
    named = [actor for actor in coded if actor.start is not None]
    if not gold:
        return None if named else True
    if not named and may_lack:
        return True
    right = None
    for actor in named:
        for number in gold:
            if any(actor.start < b and a < actor.end for a, b in label["parties"][number]):
                same = actor.country == label["countries"].get(number)
                right = bool(right) or same
    return right


def _source(label: Label) -> str:
    return str(label["article"]).partition("/")[0]


def _share(hits: int, n: int) -> dict[str, Any]:
    interval = wilson(hits, n)
    return {
        "share": round(hits / n, 4) if n else None,
        "low": round(interval.low, 4) if interval else None,
        "high": round(interval.high, 4) if interval else None,
    }


def _text(share: Mapping[str, Any]) -> str:
    if share["share"] is None:
        return "–"
    return f"{share['share']:.3f} ({share['low']:.2f}-{share['high']:.2f})"
