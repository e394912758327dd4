"""What speaks for and against two reports being of one happening: named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import asin, cos, log1p, radians, sin, sqrt

from tocsin.knowledge.linking import load_type_groups
from tocsin.linking import stories
from tocsin.linking.incidents.reports import Report, Who
from tocsin.linking.words import likeness, weight
from tocsin.model.event import Event, Quantity

# Two places are the same where their points are as near as that; far from each other from the
# second distance on.
_NEAR_KM, _FAR_KM = 30.0, 150.0
_EARTH_KM = 6371.0
# A span of more days than that says when only roughly.
_ROUGH = timedelta(days=6)
# From here on in an article stands what led to its news, and how it began.
_DEEP = 0.35
# PLOVER's quad classes of material cooperation and conflict; the others are words.
_DEEDS = (2, 4)
_SAME = ("same entity", "same name", "same country", "same word")
_AGREEING_DAYS = {"days same", "days overlap, undated"}
_HARM = "harm"
_RARE = 0.35  # the weight from which a word names a party
_TELLING = 0.12  # and from which it is more than "officials" and "people"


def features(one: Report, other: Report) -> dict[str, float]:
    """The features of a pair of reports of one group, the same in either order."""
    found = {"always": 1.0}
    a, b = one.event, other.event
    found[f"type {_type(a, b)}"] = 1.0
    if one.trigger & other.trigger:
        own = one.trigger - other.trigger, other.trigger - one.trigger
        found["trigger in part" if all(own) else "same trigger"] = 1.0
    found |= _parties(one, other)
    found |= _days(one, other)
    if (place := _place(a, b)) is not None:
        found[f"place {place}"] = 1.0
    if (content := _content(a, b)) is not None:
        found[f"content {content}"] = 1.0
    found["words"] = likeness(one.words, other.words)
    found["words near"] = likeness(one.near, other.near)
    if one.several != other.several:
        found["one of many" if one.many or other.many else "one of several"] = 1.0
    elif one.several:
        found["both of several"] = 1.0
    if one.document.id == other.document.id:
        found |= _in_one_article(one, other)
    else:
        found |= _in_two_articles(one, other)
    if None not in (one.ordinal, other.ordinal):
        found["ordinal same" if one.ordinal == other.ordinal else "ordinal other"] = 1.0
    if _is_one_deed(found, a, b):
        found["same deed"] = 1.0
    found |= _counts(a.quantities, b.quantities)
    if (a.status == "predicted") != (b.status == "predicted"):
        found["one predicted"] = 1.0
    if (a.status == "background") != (b.status == "background"):
        found["one background"] = 1.0
    return found


def _is_one_deed(found: Mapping[str, float], a: Event, b: Event) -> bool:
    """Whether both tell of one side doing the same to the other on days that agree, once: of deeds
    that is rarely by chance, of words it often is."""
    return (
        a.quad in _DEEDS
        and "type and mode same" in found
        and not {"one of several", "one of many", "both of several"} & found.keys()
        and bool(_AGREEING_DAYS & found.keys())
        and any(f"actor {same}" in found for same in _SAME)
        and any(f"recipient {same}" in found for same in _SAME)
    )


def _in_one_article(one: Report, other: Report) -> dict[str, float]:
    a, b = one.event, other.event
    found = {"one article": 1.0, "words near in one article": likeness(one.near, other.near)}
    if a.sentence.start == b.sentence.start:
        found["one sentence"] = 1.0
    if a.quad not in _DEEDS and b.quad not in _DEEDS:
        found["statements in one article"] = 1.0
    if a.trigger.start < b.trigger.end and b.trigger.start < a.trigger.end:
        found["one trigger"] = 1.0
    return found


def _in_two_articles(one: Report, other: Report) -> dict[str, float]:
    found = {"story": stories.alike(one.story, other.story)}
    if stories.logit(one.story, other.story) > 0:
        found["one story"] = 1.0
    if one.event.published is None or other.event.published is None:
        found["published when unknown"] = 1.0
    if max(map(_depth, (one, other))) > _DEEP:
        found["deep in an article"] = 1.0
    return found


def _depth(report: Report) -> float:
    """How far into its article a report stands, 0 to 1."""
    return report.event.sentence.start / max(1, len(report.document.text))


def _type(a: Event, b: Event) -> str:
    if a.type != b.type:
        return "related"
    if a.mode == b.mode:
        return "and mode same" if a.mode is not None else "same"
    return "same, mode in one" if None in (a.mode, b.mode) else "same, modes differ"


def _parties(one: Report, other: Report) -> dict[str, float]:
    mutual = load_type_groups().mutual
    if one.event.type in mutual or other.event.type in mutual:
        all_one = tuple(dict.fromkeys((*one.actors, *one.recipients)))
        all_other = tuple(dict.fromkeys((*other.actors, *other.recipients)))
        same = _same(all_one, all_other)
        if same.startswith("same") and _countries(all_one) ^ _countries(all_other):
            apart = (
                _countries(all_one) - _countries(all_other),
                (_countries(all_other) - _countries(all_one)),
            )
            same = "partly other" if all(apart) else same
        return {f"parties {same}": 1.0}
    actor, recipient = _same(one.actors, other.actors), _same(one.recipients, other.recipients)
    if "other" in (actor, recipient) and one.group == _HARM:
        # Who began a fight is what its sides tell differently.
        crossed = _same(one.actors, other.recipients), _same(one.recipients, other.actors)
        if all(said.startswith("same") or said == "other sector" for said in crossed):
            return {"sides swapped": 1.0}
    return {f"actor {actor}": 1.0, f"recipient {recipient}": 1.0}


def _countries(side: Sequence[Who]) -> set[str]:
    return {who.country for who in side if who.country is not None}


def _same(one: Sequence[Who], other: Sequence[Who]) -> str:
    """Whether two sides are the same: by entity, by name, by country, open, or not."""
    if not one or not other:
        return "open" if one or other else "in neither"
    entities = {who.entity for who in one} - {None}, {who.entity for who in other} - {None}
    if entities[0] & entities[1]:
        return "same entity"
    mine = frozenset().union(*(who.words for who in one))
    yours = frozenset().union(*(who.words for who in other))
    named = any(weight(stem) >= _RARE for stem in mine & yours)
    countries = {who.country for who in one}, {who.country for who in other}
    if countries[0] & countries[1] - {None}:
        if not named and (
            all(entities) or all(any(who.name for who in side) for side in (one, other))
        ):
            return "other name"
        sectors = (
            {sector for who in one for sector in who.sectors},
            {sector for who in other for sector in who.sectors},
        )
        if named:
            return "same name"
        return "same country" if sectors[0] & sectors[1] or not all(sectors) else "other sector"
    if named:
        return "same name"
    if None in countries[0] or None in countries[1]:
        alike = any(weight(stem) >= _TELLING for stem in mine & yours)
        return "same word" if alike else "of no country"
    return "other"


def _days(one: Report, other: Report) -> dict[str, float]:
    gap = _gap(one, other)
    if None in (one.first, one.last, other.first, other.last):
        if gap > 0:
            return {"days apart": 1.0, "days of distance": log1p(gap)}
        return {"days open": 1.0}
    if gap > 1 and _is_exact(one) and _is_exact(other):
        # The act recurs. One day is what time zones and nights make.
        return {"exact days apart": 1.0, "days of distance": log1p(gap)}
    if gap > 0:
        kind = "days apart" if one.dated and other.dated else "days apart, undated"
        return {kind: 1.0, "days of distance": log1p(gap)}
    if not (one.dated and other.dated):
        return {"days overlap, undated": 1.0}
    if _is_rough(one) or _is_rough(other):
        return {"days overlap, rough": 1.0}
    return {"days same": 1.0}


def _gap(one: Report, other: Report) -> int:
    """Days between the days of two reports; 0 where they overlap, or may."""
    return max(_from(one.last, other.first), _from(other.last, one.first), 0)


def _from(last: date | None, first: date | None) -> int:
    return (first - last).days if first is not None and last is not None else 0


def _is_exact(one: Report) -> bool:
    return one.dated and one.first is not None and one.first == one.last


def _is_rough(one: Report) -> bool:
    return one.first is not None and one.last is not None and one.last - one.first > _ROUGH


def _place(a: Event, b: Event) -> str | None:
    if a.place is None or b.place is None:
        return None
    one, other = a.place, b.place
    if (one.geonameid is not None and one.geonameid == other.geonameid) or one.name == other.name:
        return "same"
    if None in (one.lat, one.lon, other.lat, other.lon):
        return None
    apart = _kilometres(one.lat or 0, one.lon or 0, other.lat or 0, other.lon or 0)
    apart -= (one.radius_km or 0) + (other.radius_km or 0)
    if apart <= _NEAR_KM:
        return "near"
    return "far" if apart >= _FAR_KM else None


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points on the globe (haversine)."""
    lat, lon, other_lat, other_lon = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _content(a: Event, b: Event) -> str | None:
    if a.content is None or b.content is None:
        return None
    if a.content.type != b.content.type:
        return "other"
    return "same" if a.content.mode == b.content.mode else "same type"


def _counts(one: Sequence[Quantity], other: Sequence[Quantity]) -> dict[str, float]:
    """Do both give the same count, or different ones of the same thing?"""
    found: dict[str, float] = {}
    for a in one:
        for b in other:
            if a.unit == b.unit and a.value is not None and b.value is not None:
                same = a.value == b.value
                found["count same" if same else "count other"] = 1.0
            if (a.occasions is None) != (b.occasions is None) and a.unit == b.unit:
                found["one a sum"] = 1.0
    return found
