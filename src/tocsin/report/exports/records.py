"""Whole records as JSON lines: what their keys are, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import get_type_hints

from tocsin.model.document import Dated, Span
from tocsin.model.event import (
    Actor,
    Attribution,
    Content,
    Event,
    Evidence,
    Place,
    Quantity,
    Speaker,
    When,
)
from tocsin.model.mention import EntityId

#: The parts of a record with what is said of their keys.
PARTS: Mapping[type, Mapping[str, str]] = {
    Event: {
        "id": "The event's id: a hash of its content.",
        "document": "The id of the article.",
        "sentence": "The sentence that reports it.",
        "type": "PLOVER's type.",
        "mode": "PLOVER's mode.",
        "contexts": "PLOVER's contexts.",
        "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material "
        "conflict.",
        "score": "PLOVER's score, -10 to 10.",
        "cameo": "The nearest CAMEO code.",
        "trigger": "The words that tell the deed.",
        "actors": "Who did it.",
        "recipients": "To whom.",
        "status": "actual, background, alleged, denied, unconfirmed, predicted or hypothetical.",
        "content": "What a threat, demand, promise or refusal is about.",
        "condition": "The words of its condition.",
        "deadline": "Its deadline.",
        "attribution": "Who says so, the chain of words from the nearest on.",
        "date": "When it happened.",
        "published": "The day of publication of the article.",
        "place": "Where it happened.",
        "quantities": "The counts.",
        "confidence": "How sure it is that a reader finds type and parties right, 0 to 1.",
        "evidence": "Which rules and models spoke for it.",
        "dated": "How the day of publication is known.",
        "object": "What was acted upon, where that is no actor.",
        "cardinality": "one happening, several taken together, or habitual.",
    },
    Span: {
        "start": "Where the words begin in the article's text, in code points.",
        "end": "Where they end, exclusive.",
        "text": "The words.",
    },
    Actor: {
        "start": "Where the words begin, in code points; null where the actor is implied.",
        "end": "Where they end, exclusive.",
        "text": "The words.",
        "country": "ISO 3166-1 alpha-3, or PLOVER's code of a body without a state.",
        "sectors": "PLOVER's sectors, the main one first.",
        "entity": "Who that is.",
        "via": "How it was resolved: name, demonym, capital, role, pronoun, nominal, conjunct, "
        "implied.",
    },
    Speaker: {
        "state_media": "Whether these are a state's media.",
        "anonymous": "Whether nobody is named.",
    },
    EntityId: {"id": "A stable id: of Wikidata where it has one.", "name": "A name to show."},
    Attribution: {
        "speaker": "Who says so; null where nobody is said to.",
        "cue": "The words that tell it, such as said.",
        "stance": "asserts, denies or neither.",
    },
    When: {
        "start": "The first day; null where unknown.",
        "end": "The last day, itself included.",
        "text": "The words.",
        "span": "Where they stand.",
        "anchor": "What the day hangs on: published, text or none.",
        "time": "The time of day, with the offset from UTC where it is known.",
    },
    Place: {
        "name": "Its name.",
        "country": "ISO 3166-1 alpha-3.",
        "lat": "Latitude in degrees (WGS 84).",
        "lon": "Longitude in degrees (WGS 84).",
        "geonameid": "Its id at GeoNames.",
        "radius_km": "How far from there it may have been, in kilometres.",
        "span": "The words that name it.",
        "admin1": "GeoNames' code of its first-level region.",
    },
    Quantity: {
        "value": "The number.",
        "upper": "The upper number of a range.",
        "unit": "Of what, in the singular.",
        "qualifier": "about, at-least, and the like.",
        "occasions": "On how many occasions.",
        "period": "In what time.",
        "span": "The words.",
        "casualty": "What became of people: killed, wounded, missing, detained, displaced.",
        "part": "total of a sum, increment of what comes on top.",
    },
    Content: {
        "type": "PLOVER's type.",
        "mode": "PLOVER's mode.",
        "trigger": "The words that tell it.",
        "actors": "Who would do it.",
        "recipients": "To whom.",
    },
    Evidence: {
        "rule": "The rule that spoke.",
        "spans": "The words that it looked at.",
        "model": "The model that was asked.",
        "probability": "What it says of the type, 0 to 1.",
    },
    Dated: {
        "day": "The day.",
        "by": "given, url, line, dateline or text.",
        "confidence": "How sure, 0 to 1.",
    },
}


def record_codebook() -> str:
    """The codebook of whole records, as Markdown."""
    lines = [
        "# Codebook: events as JSON lines",
        "",
        "One event a line (UTF-8), every key always there, null where nothing is known. Offsets "
        "count code points of the article's text, ends are exclusive.",
    ]
    for part, said in PARTS.items():
        kinds = get_type_hints(part)
        also = " (and the keys of Actor)" if part is Speaker else ""
        lines += ["", f"## {part.__name__}{also}", "", "| key | type | meaning |", "|---|---|---|"]
        for field in fields(part):
            if field.name in said:
                kind = _kind(kinds[field.name])
                lines.append(f"| `{field.name}` | {kind} | {said[field.name]} |")
    return "\n".join(lines) + "\n"


def _kind(hint: object) -> str:
    """A type in words: a part by its name, several as a list."""
    words = getattr(hint, "__name__", str(hint))
    arguments = [one for one in getattr(hint, "__args__", ()) if one not in (type(None), Ellipsis)]
    if getattr(hint, "__origin__", None) is tuple:
        return f"list of {_kind(arguments[0])}"
    if arguments and all(isinstance(one, str) for one in arguments):
        return "text"
    if arguments:
        return f"{' or '.join(_kind(one) for one in arguments)}, or null"
    return {"str": "text", "int": "whole number", "float": "number", "bool": "true or false",
            "date": "day, 2020-06-16"}.get(words, words)  # fmt: skip
