"""Incidents held against a set in which every mention of an event was judged by eye.

The set is JSON lines, one article each: ``{id, part, outlet, published, url, title, text,
mentions}``, and a mention is ``{start, end, text, type, incident}`` with ``or``, the other types
that are as right. Mentions of one ``incident`` are reports of one happening, in any article.

A coded event is the mention whose trigger its own overlaps, of whatever type; where it overlaps
none, the nearest mention of its type in its sentence. A mention is met by one event at most, the
one of the right type and closest words; an event that meets none is spurious. Two settings:

- linking alone: only mentions that were found, so that the linker is judged and not the coder;
- end to end (``whole_``): missed mentions cost recall, spurious events precision.

Measures are those of :mod:`tocsin.evaluation.coreference`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from tocsin.errors import InputError
from tocsin.evaluation.coreference import b_cubed, ceaf_e, conll_f1, muc, pairs
from tocsin.evaluation.rows import Row, read_rows
from tocsin.model.document import Document
from tocsin.model.event import Event

#: Gives the events of a whole set of articles, those of one happening together.
Link = Callable[[Sequence[Document]], Iterable[Sequence[Event]]]

_FIELDS = ("id", "part", "outlet", "published", "url", "title", "text", "mentions")
_MENTION_FIELDS = ("start", "end", "text", "type", "incident")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of the set, or an event that is none (``incident`` None), by article and place.

    ``event`` is the id of the event, ``coded`` its type (``types`` are those that are right),
    ``cluster`` the number of those that the linker put together; None where it was not found.
    """

    article: str
    part: str
    start: int
    text: str
    types: tuple[str, ...]
    incident: str | None
    event: str | None = None
    cluster: int | None = None
    coded: str | None = None

    @property
    def name(self) -> str:
        """The mention in a line: article, place and words."""
        return f"{self.article}:{self.start}:{self.text}"


@dataclass(frozen=True, slots=True)
class IncidentScores:
    """The mentions of one run, found or not, and the spurious events."""

    articles: Mapping[str, str]
    mentions: Sequence[Mention]

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the set."""
        return tuple(sorted(set(self.articles.values())))

    def as_dict(self, part: str | None = None) -> dict[str, float]:
        """Numbers of one ``part`` or of all. ``found`` counts mentions that an event met,
        ``right_type`` those of a right type among them; ``pairs`` are the pairs of mentions of one
        incident, so that it can be told how much the shares of pairs rest on.
        """
        of_part = [one for one in self.mentions if part in (None, one.part)]
        gold = {one: one.incident for one in of_part if one.incident is not None}
        system = {one: one.cluster for one in of_part if one.cluster is not None}
        found = {one: cluster for one, cluster in system.items() if one in gold}
        return {
            "articles": sum(part in (None, of) for of in self.articles.values()),
            "incidents": len(set(gold.values())),
            "mentions": len(gold),
            "found": len(found),
            "right_type": sum(one.coded in one.types for one in found),
            "spurious": len(system) - len(found),
            **_figures({one: gold[one] for one in found}, found),
            **{f"whole_{name}": value for name, value in _figures(gold, system).items()},
        }

    def cases(self) -> list[dict[str, Any]]:
        """What is wrong, a line each: mentions ``missed``, events ``spurious``, pairs of found
        mentions ``apart`` that are one incident, pairs ``together`` that are two.
        """
        out: list[dict[str, Any]] = []
        for one in self.mentions:
            if one.incident is None:
                out.append({"case": "spurious", "mention": one.name, "type": one.coded})
            elif one.cluster is None:
                out.append({"case": "missed", "mention": one.name, "incident": one.incident})
        found = [
            one for one in self.mentions if one.incident is not None and one.cluster is not None
        ]
        for a, b in combinations(found, 2):
            if (a.incident == b.incident) == (a.cluster == b.cluster):
                continue
            case: dict[str, Any] = {"mentions": [a.name, b.name]}
            if a.incident == b.incident:
                out.append({"case": "apart", **case, "incident": a.incident})
            else:
                out.append({"case": "together", **case, "incidents": [a.incident, b.incident]})
        return out

    def table(self) -> str:
        """The numbers for people: each part and all, linking alone and then end to end."""
        names = ("B³ P", "B³ R", "B³ F1", "MUC", "CEAF-e", "CoNLL", "pair P", "pair R", "pairs")
        rows = [(part or "all", self.as_dict(part)) for part in (*self.parts, None)]
        lines = [
            f"{'':<8} {'articles':>8} {'incidents':>9} {'mentions':>8} {'found':>6} "
            f"{'right type':>10} {'spurious':>8}",
            *(
                f"{part:<8} {row['articles']:>8} {row['incidents']:>9} {row['mentions']:>8} "
                f"{row['found']:>6} {row['right_type']:>10} {row['spurious']:>8}"
                for part, row in rows
            ),
        ]
        for title, prefix in (("linking alone", ""), ("end to end", "whole_")):
            lines += ["", f"{title:<14} " + " ".join(f"{name:>7}" for name in names)]
            lines += [
                f"{part:<14} "
                + " ".join(f"{row[prefix + key]:>7.3f}" for key in _SHOWN)
                + f" {row[prefix + 'pairs']:>7}"
                for part, row in rows
            ]
        return "\n".join(lines)


_SHOWN = (
    "b3_precision", "b3_recall", "b3_f1", "muc_f1", "ceafe_f1", "conll_f1", "pair_precision",
    "pair_recall",
)  # fmt: skip


def read_incident_set(path: Path | str, part: str | None = None) -> list[Row]:
    """Read the set, of one ``part`` or all.

    Raises InputError with the line that cannot be used: a field that is missing, a day that is
    none, words that do not stand where a mention says.
    """
    path = Path(path)
    rows = read_rows(path, lambda _: _FIELDS, None)
    seen = set()
    for number, row in enumerate(rows, 1):
        fault = "has the id of an earlier one" if row["id"] in seen else _fault(row)
        if fault:
            raise InputError(fault, path=str(path), line=number)
        seen.add(row["id"])
    return [row for row in rows if part in (None, row["part"])]


def _fault(row: Row) -> str | None:
    try:
        date.fromisoformat(row["published"])
    except (TypeError, ValueError):
        return f"was published on {row['published']!r}, which is no day such as 2020-06-16"
    places = set()
    for mention in row["mentions"]:
        missing = [name for name in _MENTION_FIELDS if name not in mention]
        if missing:
            return f"has a mention that lacks {', '.join(missing)}"
        place = (mention["start"], mention["end"])
        if not mention["text"] or row["text"][slice(*place)] != mention["text"]:
            return f"has {mention['text']!r} not at {place[0]} to {place[1]}"
        if place in places:
            return f"has two mentions at {place[0]} to {place[1]}"
        places.add(place)
    return None


def documents_of(rows: Iterable[Row]) -> list[Document]:
    """The articles of the set, as the coder gets them."""
    return [
        Document.of(
            row["text"],
            id=row["id"],
            title=row["title"],
            outlet=row["outlet"],
            url=row["url"],
            published=date.fromisoformat(row["published"]),
        )
        for row in rows
    ]


def evaluate_incidents(rows: Sequence[Row], link: Link) -> IncidentScores:
    """Let ``link`` put together the events of all articles at once, and compare.

    Raises ValueError where an event comes twice or is of no article of the set.
    """
    events: dict[str, list[tuple[int, Event]]] = {row["id"]: [] for row in rows}
    seen: set[tuple[str, str]] = set()
    for number, cluster in enumerate(link(documents_of(rows))):
        for event in cluster:
            if event.document not in events:
                raise ValueError(f"event {event.id} is of {event.document!r}, not of the set")
            if (event.document, event.id) in seen:
                raise ValueError(f"event {event.id} of {event.document!r} comes twice")
            seen.add((event.document, event.id))
            events[event.document].append((number, event))
    mentions = [one for row in rows for one in _mentions(row, events[row["id"]])]
    return IncidentScores({row["id"]: row["part"] for row in rows}, mentions)


def _mentions(row: Row, events: Sequence[tuple[int, Event]]) -> list[Mention]:
    """The mentions of one article, each with the event that met it, then the spurious events."""
    events = sorted(events, key=lambda one: (one[1].trigger.start, one[1].trigger.end, one[1].id))
    met = align(row["mentions"], [event for _, event in events])
    out = []
    for number, gold in enumerate(row["mentions"]):
        cluster, event = events[met[number]] if number in met else (None, None)
        out.append(
            Mention(
                article=row["id"],
                part=row["part"],
                start=gold["start"],
                text=gold["text"],
                types=_types(gold),
                incident=gold["incident"],
                event=event.id if event else None,
                cluster=cluster,
                coded=event.type if event else None,
            )
        )
    taken = set(met.values())
    out += [
        Mention(
            article=row["id"],
            part=row["part"],
            start=event.trigger.start,
            text=event.trigger.text,
            types=(),
            incident=None,
            event=event.id,
            cluster=cluster,
            coded=event.type,
        )
        for number, (cluster, event) in enumerate(events)
        if number not in taken
    ]
    return out


def align(mentions: Sequence[Row], events: Sequence[Event]) -> dict[int, int]:
    """The number of the event that meets each mention, by the number of the mention.

    Of several pairs the best comes first: overlap before a sentence shared, the right type before
    another, the longer overlap, the nearer trigger, the surer event, the earlier one.
    """
    candidates = []
    for e, event in enumerate(events):
        start, end = event.trigger.start, event.trigger.end
        common = [min(end, m["end"]) - max(start, m["start"]) for m in mentions]
        overlaps = any(length > 0 for length in common)
        for m, mention in enumerate(mentions):
            right = event.type in _types(mention)
            inside = event.sentence.start <= mention["start"] < event.sentence.end
            if common[m] > 0 or (not overlaps and inside and right):
                rank = (common[m] <= 0, not right, -common[m], -event.confidence, e, m)
                candidates.append((rank, m, e))
    met: dict[int, int] = {}
    for _, m, e in sorted(candidates):
        if m not in met and e not in met.values():
            met[m] = e
    return met


def _types(mention: Mapping[str, Any]) -> tuple[str, ...]:
    return (mention["type"], *mention.get("or", ()))


def _figures(
    gold: Mapping[Mention, Hashable], system: Mapping[Mention, Hashable]
) -> dict[str, float]:
    b3, pair = b_cubed(gold, system), pairs(gold, system)
    together = Counter(gold.values()).values()
    values = {
        "b3_precision": b3.precision,
        "b3_recall": b3.recall,
        "b3_f1": b3.f1,
        "muc_f1": muc(gold, system).f1,
        "ceafe_f1": ceaf_e(gold, system).f1,
        "conll_f1": conll_f1(gold, system),
        "pair_precision": pair.precision,
        "pair_recall": pair.recall,
        "pair_f1": pair.f1,
    }
    return {
        "pairs": sum(n * (n - 1) // 2 for n in together),
        **{name: round(value, 4) for name, value in values.items()},
    }
