"""The links of a store held against pairs of events that were judged by eye.

The set is JSON lines, one pair each: ``{articles, draw, one, other, same}``, and beside ``same`` or
in its place ``followed``. An end is ``{document, type, start, end}``: the trigger of an event by
its type and place. ``same`` says whether both are reports of one happening, ``followed`` whether
``other`` is the deed that ``one`` threatened or demanded; null where the reader could not tell.
``draw`` is how the pair came into the set; ``articles`` the collection.

A pair whose events the store does not have, or not so coded, is counted and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tocsin.errors import InputError
from tocsin.evaluation.rows import read_rows
from tocsin.model.event import Event
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat

Place = tuple[str, str, int, int]
Relation = Literal["same", "followed"]
_END = ("document", "type", "start", "end")


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two events by their places, what was asked of them, and the answer (None: not decided)."""

    one: Place
    other: Place
    relation: Relation
    answer: bool | None
    draw: str
    articles: str


@dataclass(frozen=True, slots=True)
class LinkScores:
    """The pairs that were decided, each with whether the store links it; None: it lacks one."""

    pairs: Sequence[JudgedPair]
    linked: Sequence[bool | None]

    def as_dict(self) -> dict[str, float]:
        """For each relation: ``pairs`` in the store, ``linked`` of them, ``precision`` and
        ``recall`` among the judged; ``absent`` are those that the store does not have."""
        found: dict[str, float] = {}
        for relation in self._relations:
            figures = self._figures(relation)
            found |= {f"{relation}_{name}": value for name, value in figures.items()}
        return found

    @property
    def _relations(self) -> list[Relation]:
        return list(dict.fromkeys(pair.relation for pair in self.pairs))

    def table(self) -> str:
        """The same by draw, as lines of a table."""
        names = ("pairs", "linked", "precision", "recall", "absent")
        draws = dict.fromkeys((pair.relation, pair.draw) for pair in self.pairs)
        rows = [["", *names]]
        for relation, draw in [*draws, *((relation, None) for relation in self._relations)]:
            figures = self._figures(relation, draw)
            name = f"{relation}: {'all' if draw is None else draw}"
            rows.append([name, *(f"{figures[column]:g}" for column in names)])
        wide = max(len(row[0]) for row in rows)
        return "\n".join(
            f"{row[0]:<{wide}}" + "".join(f"{cell:>10}" for cell in row[1:]) for row in rows
        )

    def cases(self) -> list[dict[str, Any]]:
        """Every pair: by places, what was judged, what the store says."""
        return [
            {
                "one": dict(zip(_END, pair.one, strict=True)),
                "other": dict(zip(_END, pair.other, strict=True)),
                "draw": pair.draw, pair.relation: pair.answer, "linked": linked,
            }
            for pair, linked in zip(self.pairs, self.linked, strict=True)
        ]  # fmt: skip

    def _figures(self, relation: Relation, draw: str | None = None) -> dict[str, float]:
        chosen = [
            (pair.answer, linked)
            for pair, linked in zip(self.pairs, self.linked, strict=True)
            if pair.relation == relation and draw in (None, pair.draw)
        ]
        present = [(answer, linked) for answer, linked in chosen if linked is not None]
        linked = [answer for answer, found in present if found]
        right = sum(bool(answer) for answer in linked)
        wanted = sum(bool(answer) for answer, _ in present)
        return {
            "pairs": len(present),
            "linked": len(linked),
            "precision": round(right / (len(linked) or 1), 4),
            "recall": round(right / (wanted or 1), 4),
            "absent": len(chosen) - len(present),
        }


def read_judged_pairs(path: Path | str) -> list[JudgedPair]:
    """The pairs of a set that were decided; InputError names the line of one that is none."""
    found = []
    for number, row in enumerate(read_rows(Path(path), lambda _: ("one", "other"), None), 1):
        relation: Relation = "followed" if "followed" in row else "same"
        if relation not in row:
            raise InputError("has neither 'same' nor 'followed'", path=str(path), line=number)
        try:
            one, other = (_place(row[end]) for end in ("one", "other"))
        except (KeyError, TypeError, ValueError):
            raise InputError(
                f"an end needs {', '.join(_END)}", path=str(path), line=number
            ) from None
        answer = row[relation]
        if answer is not None:
            draw, articles = str(row.get("draw", "")), str(row.get("articles", ""))
            found.append(JudgedPair(one, other, relation, bool(answer), draw, articles))
    return found


def _place(end: Any) -> Place:
    return str(end["document"]), str(end["type"]), int(end["start"]), int(end["end"])


def evaluate_links(
    pairs: Sequence[JudgedPair],
    events: Iterable[Event],
    incidents: Iterable[Incident],
    threats: Iterable[Threat],
) -> LinkScores:
    """Hold the links of a store against judged pairs.

    ``events`` are those of the articles that the pairs are of; ``incidents`` and ``threats`` all
    that the store has.
    """
    ids: dict[Place, set[str]] = defaultdict(set)
    for one in events:  # of one trigger there may be several, of several modes
        ids[one.document, one.type, one.trigger.start, one.trigger.end].add(one.id)
    incident_of: dict[str, str] = {id_: one.id for one in incidents for id_ in one.reports}
    deed_of = {threat.id: threat.outcome_incident for threat in threats if threat.score is not None}
    return LinkScores(pairs, [_linked(pair, ids, incident_of, deed_of) for pair in pairs])


def _linked(
    pair: JudgedPair,
    ids: Mapping[Place, set[str]],
    incident_of: Mapping[str, str],
    deed_of: Mapping[str, str | None],
) -> bool | None:
    one, other = (
        {incident_of[id_] for id_ in ids.get(place, ()) if id_ in incident_of}
        for place in (pair.one, pair.other)
    )
    if not one or not other:
        return None
    if pair.relation == "same":
        return bool(one & other)
    return any(deed_of.get(id_) in other for id_ in one)
