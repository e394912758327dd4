"""How well a deed does what a threat or demand said: features, their weights, and a score."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tocsin.knowledge.contents import Act, Contents
from tocsin.linking.content_words import Shared, Things, joined, words
from tocsin.linking.traits import (
    Window,
    bloc,
    countries,
    domestic,
    same_actor,
    same_side,
    window,
)
from tocsin.model.event import Status
from tocsin.model.incident import Incident, Site
from tocsin.model.threat import Feature, Kind

#: A deed that is known as one, or at least said to be one.
DONE: tuple[Status, ...] = ("actual", "background", "alleged")
# Two places as near as this are one for a threat: a town and its surroundings.
_NEAR_KM = 50.0
# Larger places are states and seas: half the country of median size has a radius of 150 km or more.
_WIDE_KM = 150.0
_EARTH_KM = 6371.0
_CONFLICT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A threat or demand that is being followed, with what is looked for.

    ``acts`` are what was threatened or demanded, none where nobody knows; ``read`` says that the
    text told them, and not only the mode. ``things`` are the words for what it is about.
    """

    incident: Incident
    kind: Kind
    stop: bool
    acts: tuple[Act, ...]
    read: bool
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A deed that may be the one that was threatened or demanded, and how well it fits."""

    incident: Incident
    window: Window
    score: float
    features: tuple[Feature, ...]

    @property
    def why(self) -> str:
        """The features in words."""
        return "; ".join(feature.why for feature in self.features)


def said(incident: Incident, things: Things) -> Said | None:
    """What is to be followed of an incident; None where it is no threat or demand that was made."""
    if incident.type not in ("THREATEN", "REQUEST") or incident.status not in DONE:
        return None
    if _forecast(incident, things):
        return None
    harm = incident.content_type in things.contents.types["harm"]
    days = window(incident)
    if incident.type == "THREATEN":
        read = incident.content_type is not None and harm
        if incident.content_type is not None and harm:
            acts: tuple[Act, ...] = ((incident.content_type, incident.content_mode),)
        else:
            mode = incident.mode or incident.content_mode
            acts = things.contents.modes.get(mode or "", ())
        return Said(incident=incident, kind="threat", stop=False, acts=acts, read=read, window=days)
    if incident.content_type is None:
        return None
    acts = ((incident.content_type, incident.content_mode),)
    stop = incident.content_type in things.contents.types["stoppable"] and things.stops(incident)
    return Said(incident=incident, kind="demand", stop=stop, acts=acts, read=True, window=days)


def _forecast(incident: Incident, things: Things) -> bool:
    """Whether others only expect it of the one who is to act: no threat was made.

    So where it stands on the word of others than the press and than his own officials, and no word
    says that anybody threatened.
    """
    speakers = [claim.speaker for claim in incident.claims if claim.speaker is not None]
    if not speakers or incident.type != "THREATEN":
        return False
    if any("JRN" in speaker.sectors for speaker in speakers):
        return False
    if things.contents.words["threat"] & set(words(incident.sentence)):
        return False
    official = [one for one in speakers if bloc(one, things.contents) is not None]
    return not same_side(official, incident.actors, things.contents)


def about(one: Said, other: Incident, things: Things, *, least: int = 1) -> Shared | None:
    """What another report shares with a threat or demand where it is about the same thing.

    ``least`` is how many words it takes; two where little else speaks for it, as one word is soon
    shared by chance, and two telling ones where the text did not tell what was threatened.
    """
    found = things.shared(one.incident, one.kind, other)
    if found.share < things.contents.about or found.telling < (1 if one.read else 2):
        return None
    return found if len(found.words) >= least else None


def ordered(one: Incident, other: Incident, contents: Contents) -> bool:
    """Whether the reports of two things of one day say which came first."""
    if one.sentence == other.sentence:
        return False
    text = f"{one.sentence} {other.sentence}".lower()
    return any(phrase in text for phrase in contents.words["later"])


def match(one: Said, deed: Incident, things: Things) -> Match | None:
    """How well a deed fits; None where it is no such deed, was before, or fits too badly.

    That the right side acts is the caller's to see to.
    """
    contents, done = things.contents, window(deed)
    if deed.status not in DONE or deed.id == one.incident.id or deed.cardinality == "habitual":
        return None
    if deed.first_report is not None and done.start is not None and done.start > deed.first_report:
        return None  # it was to come: announced, and nobody has seen it
    same_day = done.start is not None and done.start == one.window.end
    in_order = same_day and ordered(one.incident, deed, contents)
    if not done.may_follow(one.window, ordered=in_order):
        return None
    fit = _fit(one, deed, contents)
    to = _recipient(one, deed, contents)
    if fit is None or to is None:
        return None
    if _needs_thing(one, contents) and about(one, deed, things, least=2) is None:
        return None
    thing = _object(one, deed, things)
    features = (fit, to, thing, _place(one, deed, contents), _order(one, done, contents))
    score = math.fsum(feature.value * feature.weight for feature in features)
    if score < contents.threshold:
        return None
    return Match(incident=deed, window=done, score=round(score, 4), features=features)


def _needs_thing(one: Said, contents: Contents) -> bool:
    """Whether only the thing can tell that a deed is the one: of words, and of what nobody told."""
    return not one.acts or all(act[0] in contents.types["spoken"] for act in one.acts)


def _feature(name: str, value: float, why: str, contents: Contents) -> Feature:
    return Feature(name=name, value=round(value, 4), weight=contents.weights[name], why=why)


def _fit(one: Said, deed: Incident, contents: Contents) -> Feature | None:
    if not one.acts:
        if deed.quad != _CONFLICT:
            return None
        return _feature("type", 0.5, "what was threatened is not told", contents)
    value, why = max(contents.fit(act, (deed.type, deed.mode)) for act in one.acts)
    if not value:
        return None
    if not one.read:
        value, why = value * contents.told_by_mode, f"{why} (told by the mode of the threat)"
    return _feature("type", value, why, contents)


def _recipient(one: Said, deed: Incident, contents: Contents) -> Feature | None:
    """A threat is carried out on its addressee; a demand is met for anybody."""
    said_to = one.incident.recipients if one.kind == "threat" or one.stop else one.incident.actors
    # "threatened Washington with an attack on Seoul": the deed is to be done to Seoul
    meant = one.incident.content_recipients or said_to
    wanted, found = countries(meant) or countries(said_to), countries(deed.recipients)
    if one.kind == "threat" and domestic(one.incident):
        # within a country that is no more than the setting
        if same_actor(said_to, deed.recipients, contents):
            return _feature("recipient", 1.0, "both to the same one", contents)
        if found - wanted or any(party.entity is not None for party in deed.recipients):
            return None
        wanted = frozenset()
    both = wanted & found
    if both:
        return _feature("recipient", 1.0, f"both to {', '.join(sorted(both))}", contents)
    if one.kind == "threat" and wanted and found:
        return None
    if one.kind == "demand" and one.acts[0][0] in contents.types["together"]:
        return None
    if not wanted and not found:
        return _feature("recipient", contents.unknown["neither"], "to nobody in either", contents)
    why = "not known to be to the same one"
    return _feature("recipient", contents.unknown["recipient"], why, contents)


def _object(one: Said, deed: Incident, things: Things) -> Feature:
    contents = things.contents
    wanted = things.wanted(one.incident, one.kind, deed)
    if not wanted:
        why = "no particular thing was named"
        return _feature("object", contents.unknown["object"], why, contents)
    found = things.compare(wanted, things.told(deed, one.incident))
    if found.telling:
        return _feature("object", found.share, f"both about {joined(found.words)}", contents)
    return _feature("object", 0.0, f"not about {joined(wanted)}", contents)


def _place(one: Said, deed: Incident, contents: Contents) -> Feature:
    here, there = one.incident.sites, deed.sites
    if not here or not there:
        return _feature("place", contents.unknown["place"], "one place is unknown", contents)
    here = tuple(site for site in here if not _wide(site))
    there = tuple(site for site in there if not _wide(site))
    if not here or not there:
        return _feature("place", contents.unknown["place"], "one place is a whole region", contents)
    near = min(_apart(left, right) for left in here for right in there)
    if near <= _NEAR_KM:
        return _feature("place", 1.0, f"at {there[0].name}", contents)
    if countries_of(here) & countries_of(there):
        return _feature("place", 0.6, "in the same country", contents)
    return _feature("place", 0.0, "elsewhere", contents)


def _wide(site: Site) -> bool:
    """Whether a place is too large to tell two deeds apart: a country, a sea."""
    return site.radius_km is not None and site.radius_km > _WIDE_KM


def countries_of(sites: tuple[Site, ...]) -> frozenset[str]:
    """The countries of places that have one."""
    return frozenset(site.country for site in sites if site.country is not None)


def _apart(left: Site, right: Site) -> float:
    """Great-circle distance in km (haversine), 0 for one name, infinite where unknown."""
    if left.name == right.name:
        return 0.0
    if None in (left.lat, left.lon, right.lat, right.lon):
        return math.inf
    lat, lon, lat2, lon2 = (
        math.radians(value or 0.0) for value in (left.lat, left.lon, right.lat, right.lon)
    )
    half = (
        math.sin((lat2 - lat) / 2) ** 2
        + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _order(one: Said, done: Window, contents: Contents) -> Feature:
    if done.after(one.window):
        return _feature("order", 1.0, "after it", contents)
    return _feature("order", contents.unknown["order"], "perhaps after it", contents)
