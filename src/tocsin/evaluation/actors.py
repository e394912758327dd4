"""Who is who in running news, held against judgements by eye.

The labels are JSON lines, one mention of a party each, without its text: ``{article, part,
sentence, span, kind, country, sectors, who, place}``. ``article`` is ``file/id`` in a folder of
gzipped JSON lines, ``sentence`` and ``span`` are offsets into its text, ``kind`` is name, demonym,
role, nominal or pronoun, ``country`` a list of codes, None for a party of no country, ``["?"]``
where a reader cannot tell; ``place`` marks a place that is no party here. A line without ``span``
is a judged sentence in which no party stands.

A mention is *resolved* where the coder gives it a country or a sector, and *right* where the
country is the reader's and a sector is shared. What the coder resolves in a judged sentence and no
reader takes for a party is *beside*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.evaluation.intervals import wilson
from tocsin.evaluation.rows import read_rows
from tocsin.model.document import Document
from tocsin.model.mention import ActorMention
from tocsin.pipeline.stage import Work

KINDS = ("name", "demonym", "role", "nominal", "pronoun")
_SENTENCE = ("article", "part", "sentence")
_MENTION = (*_SENTENCE, "kind", "country", "sectors")
# Bodies of several states: whether a body has a code of its own is the table's matter.
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG"})

Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One labelled mention beside what the coder says of it."""

    label: Label
    found: tuple[ActorMention, ...]

    @property
    def resolved(self) -> bool:
        """Whether the coder says anything of it."""
        return any(m.country or m.sectors for m in self.found)

    @property
    def country(self) -> bool:
        """Whether the coder's countries are among the reader's, or none is where none should be."""
        wanted = set(self.label["country"] or ())
        given = {m.country for m in self.found if m.country}
        if wanted & _BODIES and given & _BODIES:
            return True
        return given <= wanted if given else not wanted

    @property
    def sector(self) -> bool:
        """Whether a sector is shared, or one of both names none."""
        wanted = set(self.label["sectors"])
        given = {s for m in self.found for s in m.sectors}
        return not wanted or not given or bool(wanted & given)

    @property
    def right(self) -> bool:
        """Resolved, with the right country and sector."""
        return self.resolved and self.country and self.sector


@dataclass(frozen=True, slots=True)
class ActorScores:
    """The mentions that a reader can resolve, and those that the coder saw beside them."""

    mentions: Sequence[Mentioned]
    beside: Sequence[tuple[str, ActorMention]]

    def as_dict(self) -> dict[str, Any]:
        """Numbers over all kinds and by kind."""
        out: dict[str, Any] = {"all": _numbers(self.mentions)}
        for kind in KINDS:
            out[kind] = _numbers([m for m in self.mentions if m.label["kind"] == kind])
        out["beside"] = len(self.beside)
        return out

    def cases(self) -> list[dict[str, Any]]:
        """One line per mention: where it stands and the answers, never the text."""
        return [
            {
                "article": one.label["article"],
                "span": one.label["span"],
                "kind": one.label["kind"],
                "resolved": one.resolved,
                "country": one.country,
                "sector": one.sector,
                "given": sorted({m.country or "-" for m in one.found}),
            }
            for one in self.mentions
        ]

    def table(self) -> str:
        """The numbers for people, with Wilson's 95 % intervals."""
        lines = [
            f"{'':<9} {'mentions':>8} {'resolved':>9}  {'right, of resolved':<18}  "
            f"{'country right':>13} {'sector right':>12}"
        ]
        for name, row in self.as_dict().items():
            if name != "beside" and row["mentions"]:
                right = row["right"]
                lines.append(
                    f"{name:<9} {row['mentions']:>8} {row['resolved']:>9.3f}  "
                    f"{right['share']:.3f} ({right['low']:.2f}-{right['high']:.2f})    "
                    f"{row['country']:>15.3f} {row['sector']:>12.3f}"
                )
        lines.append(f"resolved beside what readers call parties: {len(self.beside)}")
        return "\n".join(lines)


def read_actor_labels(path: Path, part: str | None = None) -> list[dict[str, Any]]:
    """Read the labels, of one ``part`` or all. InputError with the line that cannot be used."""
    return read_rows(path, lambda row: _MENTION if "span" in row else _SENTENCE, part)


def evaluate_actors(
    labels: Sequence[Label], articles: Mapping[str, Document], work: Callable[[Document], Work]
) -> ActorScores:
    """Resolve the actors of the labels' articles with ``work`` and compare."""
    by_article: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_article[label["article"]].append(label)
    mentions: list[Mentioned] = []
    beside: list[tuple[str, ActorMention]] = []
    for name, own in sorted(by_article.items()):
        done = work(articles[name])
        given = [
            (*done.clean.given_span(*span), m) for m in done.actors for span in _spans(done, m)
        ]
        spans = [tuple(label["span"]) for label in own if "span" in label]
        for label in own:
            if "span" not in label or label.get("place") or label["country"] == ["?"]:
                continue
            if label["country"] or label["sectors"]:
                mentions.append(Mentioned(label, _best(tuple(label["span"]), given)))
        judged = {tuple(label["sentence"]) for label in own}
        beside += [
            (name, m)
            for m in done.actors
            for start, end in [done.clean.given_span(m.start, m.end)]
            if any(a <= start and end <= b for a, b in judged)
            and (m.country or m.sectors)
            and not any(start < b and a < end for a, b in spans)
        ]
    return ActorScores(mentions, beside)


def _spans(done: Work, mention: ActorMention) -> Iterator[tuple[int, int]]:
    """Where a mention stands, and each further word that leads to it: "Hua, the spokeswoman"."""
    yield mention.start, mention.end
    tokens = done.parse.sentences[mention.sentence].tokens
    for i in mention.also:
        yield tokens[i].start, tokens[i].end


def _best(
    span: tuple[int, int], given: Sequence[tuple[int, int, ActorMention]]
) -> tuple[ActorMention, ...]:
    """The mentions of the span that covers most of ``span``, and of these the longest."""
    covers = [(min(b, span[1]) - max(a, span[0]), -(b - a), a, b) for a, b, _ in given]
    most = max((one for one in covers if one[0] > 0), default=None)
    if most is None:
        return ()
    return tuple(m for a, b, m in given if (a, b) == most[2:])


def _numbers(mentions: Sequence[Mentioned]) -> dict[str, Any]:
    resolved = [one for one in mentions if one.resolved]
    n = len(resolved)
    interval = wilson(sum(one.right for one in resolved), n)
    return {
        "mentions": len(mentions),
        "resolved": round(n / len(mentions), 4) if mentions else None,
        "right": {
            "share": round(sum(one.right for one in resolved) / n, 4) if n else None,
            "low": round(interval.low, 4) if interval else None,
            "high": round(interval.high, 4) if interval else None,
        },
        "country": round(sum(one.country for one in resolved) / n, 4) if n else None,
        "sector": round(sum(one.sector for one in resolved) / n, 4) if n else None,
    }
