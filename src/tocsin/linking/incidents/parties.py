"""The parties of an incident: who is named by its reports, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.votes import Given, votes
from tocsin.linking.words import stems
from tocsin.model.event import Actor
from tocsin.model.incident import Party
from tocsin.model.mention import EntityId

# How telling the words are by which a party is known.
_TELLING = ("name", "role", "capital", "demonym", "nominal", "conjunct", "pronoun", "implied")

Key = tuple[str, ...]


def parties(
    reports: Sequence[Report], of: Callable[[Report], Iterable[Actor]]
) -> tuple[Party, ...]:
    """The parties that the reports name, the one that most name first."""
    return tuple(
        party_of(given, of) for given in votes(reports, lambda one: map(party_key, of(one)))
    )


def party_key(actor: Actor) -> Key:
    """What makes two mentions one party: entity, else country and main sector, else words."""
    if actor.entity is not None:
        return ("entity", actor.entity.id)
    if actor.country is not None:
        return ("country", actor.country, *actor.sectors[:1])
    return ("words", *sorted(stems(actor.text or "")), *actor.sectors[:1])


def party_of(given: Given[Key], of: Callable[[Report], Iterable[Actor]]) -> Party:
    """The party of a key, from the mentions of it in the reports that give it."""
    mentions = [
        actor for report in given.reports for actor in of(report) if party_key(actor) == given.value
    ]
    best = min(mentions, key=_telling)
    entities = sorted({(a.entity.id, a.entity.name) for a in mentions if a.entity is not None})
    return Party(
        name=_name(best),
        country=best.country,
        sectors=best.sectors,
        entity=EntityId(*entities[0]) if entities else None,
        reports=given.ids,
    )


def _telling(actor: Actor) -> tuple[int, int, str]:
    text = actor.text or ""
    return _TELLING.index(actor.via), -len(text) if len(text) <= 60 else 0, text


def _name(actor: Actor) -> str:
    if actor.entity is not None and actor.via in ("pronoun", "implied", "nominal"):
        return actor.entity.name
    words = " ".join((actor.text or "").split())
    if actor.via == "pronoun" and actor.country is not None:
        return actor.country
    return words or actor.country or "+".join(actor.sectors) or "?"
