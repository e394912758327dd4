"""The summary: what the record comes to, in sentences that can each be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.report.crisis import sentences
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.references import References
from tocsin.report.crisis.sentence import Sentence
from tocsin.report.crisis.sources import Sources

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The sentences in their order."""

    sentences: tuple[Sentence, ...]


def summary(material: Material, sources: Sources, references: References) -> Summary:
    """At most ten sentences; one without a reference is not written."""
    told = [one for one in _sentences(material, sources, references) if one.references]
    # What was read is the ground of all others, and is said whatever else there is to say.
    return Summary(sentences=(*told[:-1][: _MOST - 1], told[-1]))


def _sentences(material: Material, sources: Sources, references: References) -> Iterator[Sentence]:
    for side in material.sides:
        yield from sentences.level(side, references)
    yield from sentences.number(material, references)
    yield from sentences.alarms(material, references)
    yield from sentences.gravest(material, references)
    yield from sentences.moves(material, references)
    for side in material.sides:
        yield from sentences.threats(side, references)
    yield from sentences.channels(material, references)
    yield from sentences.disputed(material, references)
    yield from sentences.read(sources, references)
