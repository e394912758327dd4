"""Tocsin's own flat layout: one event a row, with everything that fits into a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tocsin.knowledge.actors import load_sectors
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.event import CARDINALITIES, STATUSES
from tocsin.model.flat import COLUMNS, flat_row
from tocsin.report.exports.columns import Column, Layout
from tocsin.store import Report

_PLOVER = "PLOVER, manual draft 2.0"
_ISO = "ISO 3166-1 alpha-3; PLOVER's codes of bodies without a state"
_SEVERAL = "Several values have ; between, those of one list in the same order."


def _listed(values: Any) -> str:
    return ", ".join(values)


def _described() -> dict[str, dict[str, str]]:
    """What is said of every column of :data:`tocsin.model.flat.COLUMNS`."""
    ontology, codes = load_ontology(), load_sectors()
    types = _listed(ontology.types)
    modes = _listed(sorted({mode for one in ontology.types.values() for mode in one.mode_scores}))
    country = {"allowed": f"codes of states; {_listed(codes.bodies)}", "origin": _ISO}
    sectors = {"allowed": _listed(codes.sectors), "origin": _PLOVER}
    entity = {"origin": "Wikidata where it has one, else Tocsin's tables"}
    text = {"origin": "the article's words"}
    return {
        "id": {"about": "The event's id: a hash of its content, the same when it is coded again."},
        "document": {"about": "The id of the article.", "origin": "the input, else a hash"},
        "published": {
            "about": "The day on which the article was published, where it is known.",
            "origin": "the input",
        },
        "published_by": {
            "about": "What told that day: the input, the address, a line of the text or the "
            "dateline.",
            "allowed": "given, url, line, dateline",
        },
        "type": {"about": "What was done.", "allowed": types, "origin": _PLOVER},
        "mode": {"about": "How it was done.", "allowed": modes, "origin": _PLOVER},
        "contexts": {
            "about": f"What it was about. {_SEVERAL}",
            "allowed": _listed(sorted(ontology.contexts)),
            "origin": _PLOVER,
        },
        "quad": {
            "about": "Class: verbal cooperation, material cooperation, verbal conflict, material "
            "conflict.",
            "allowed": "1, 2, 3, 4",
            "origin": _PLOVER,
        },
        "score": {
            "about": "From the most conflictual to the most cooperative, by type and mode.",
            "unit": "points", "allowed": "-10 to 10", "origin": _PLOVER,
        },
        "cameo": {"about": "The nearest CAMEO code.", "origin": "CAMEO, manual 1.1b3"},
        "status": {
            "about": "Is it told as having happened (background: long before), on somebody's word, "
            "denied, neither confirmed nor denied, expected or only thought of?",
            "allowed": _listed(STATUSES),
        },
        "cardinality": {
            "about": "Do the words tell of one happening, of several together, or of a habit?",
            "allowed": _listed(CARDINALITIES), "origin": "TimeML",
        },
        "date_start": {"about": "The first day of the event.", "origin": "the text"},
        "date_end": {"about": "The last day of the event, itself included.", "origin": "the text"},
        "date_text": {"about": "The words that tell the day.", **text},
        "date_anchor": {
            "about": "What the day hangs on: the day of publication, a date in the text, nothing "
            "(then it is not resolved).",
            "allowed": "published, text, none",
        },
        "time": {
            "about": "The time of day at the place of the event, with the offset from UTC.",
            "unit": "hh:mm±hh:mm", "origin": "the text",
        },
        "actor": {"about": f"Who did it; empty where implied. {_SEVERAL}", **text},
        "actor_country": {"about": f"Their countries. {_SEVERAL}", **country},
        "actor_sectors": {"about": f"Their sectors, of one actor with + between. {_SEVERAL}",
                          **sectors},
        "actor_entity": {"about": f"The ids of whom they are. {_SEVERAL}", **entity},
        "recipient": {"about": f"To whom it was done; empty where implied. {_SEVERAL}", **text},
        "recipient_country": {"about": f"Their countries. {_SEVERAL}", **country},
        "recipient_sectors": {
            "about": f"Their sectors, of one recipient with + between. {_SEVERAL}", **sectors,
        },
        "recipient_entity": {"about": f"The ids of whom they are. {_SEVERAL}", **entity},
        "content_type": {
            "about": "What a threat, demand, promise or refusal is about.", "allowed": types,
            "origin": _PLOVER,
        },
        "content_mode": {"about": "Its mode.", "allowed": modes, "origin": _PLOVER},
        "content_text": {"about": "The words that tell it.", **text},
        "condition": {"about": "The condition of a threat or promise.", **text},
        "deadline_text": {"about": "The words of its deadline.", **text},
        "deadline_start": {"about": "The first day of its deadline.", "origin": "the text"},
        "deadline_end": {"about": "The last day of its deadline.", "origin": "the text"},
        "speaker": {"about": f"Who says so; empty where nobody is named. {_SEVERAL}", **text},
        "speaker_country": {"about": f"Their countries. {_SEVERAL}", **country},
        "stance": {
            "about": f"What they say of it. {_SEVERAL}", "allowed": "asserts, denies, neither",
        },
        "place": {"about": "Where it happened.", "origin": "the article's words"},
        "place_country": {"about": "The country of the place.", "origin": _ISO},
        "admin1": {"about": "The first-level region of the place.", "origin": "GeoNames"},
        "lat": {"about": "Latitude of the place (WGS 84).", "unit": "degrees",
                "allowed": "-90 to 90", "origin": "GeoNames; Tocsin's tables of places"},
        "lon": {"about": "Longitude of the place (WGS 84).", "unit": "degrees",
                "allowed": "-180 to 180", "origin": "GeoNames; Tocsin's tables of places"},
        "radius_km": {"about": "How far from there it may have been.", "unit": "kilometres"},
        "geonameid": {"about": "The id of the place.", "origin": "GeoNames"},
        "quantities": {"about": f"Counts with their units, in words. {_SEVERAL}", **text},
        "trigger": {"about": "The words that tell the deed.", **text},
        "object": {"about": "What was acted upon, where that is no actor.", **text},
        "sentence": {"about": "The sentence.", **text},
        "sentence_start": {"about": "Where the sentence begins in the article's text.",
                           "unit": "code points"},
        "sentence_end": {"about": "Where it ends, exclusive.", "unit": "code points"},
        "confidence": {
            "about": "How sure it is that a reader finds type and parties right.",
            "unit": "probability", "allowed": "0 to 1",
        },
        "rules": {"about": f"The rules and models that spoke for it. {_SEVERAL}"},
    }  # fmt: skip


def _rows(report: Report) -> Iterator[list[Any]]:
    yield list(flat_row(report.event).values())


def _column(name: str, kind: str, about: str, **more: str) -> Column:
    unit, allowed = more.get("unit", ""), more.get("allowed", "")
    origin = more.get("origin", "Tocsin")
    return Column(name=name, kind=kind, about=about, unit=unit, allowed=allowed, origin=origin)


def flat_layout() -> Layout:
    """The layout ``tocsin``: :data:`tocsin.model.flat.COLUMNS`."""
    said = _described()
    return Layout(
        name="tocsin",
        title="Tocsin's flat layout",
        about="One event a row: one report of one act in one sentence.",
        columns=tuple(_column(name, kind, **said[name]) for name, kind in COLUMNS.items()),
        rows=_rows,
    )
