"""Records in words, the same in every section."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.kind_names import kind_name
from tocsin.model.incident import Count, Incident, Party
from tocsin.report.view import days_words, number_words
from tocsin.series.observations import ANY, Dyad

_MOST_NAMES = 3
# PLOVER's codes for those who have no state, by names as short as those of countries.
_BODIES = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "international bodies",
    "NGO": "international NGOs",
    "ISM": "social movements",
    "IMG": "armed groups across borders",
    "MNC": "multinational companies",
}
# They join letters in scripts of Persia and India; all other marks without a shape of their own go.
_JOINERS = "\u200c\u200d"


def line(text: str) -> str:
    """``text`` on one line, without control characters and marks that turn the direction of what
    stands behind them."""
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _JOINERS or not unicodedata.category(char).startswith("C")
    )
    return " ".join(kept.split())


def web_address(url: str | None) -> str | None:
    """An address that may become a link: http or https with a host, and nothing odd in it."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def country(code: str) -> str:
    """The usual name of a country, of a body that is none, or of all others."""
    if code == ANY:
        return "all others"
    return load_countries().names.get(code) or _BODIES.get(code, code)


def direction(dyad: Dyad) -> str:
    """North Korea → South Korea."""
    return f"{country(dyad[0])} → {country(dyad[1])}"


def towards(dyad: Dyad) -> str:
    """North Korea towards South Korea."""
    return f"{country(dyad[0])} towards {country(dyad[1])}"


def names(parties: Sequence[Party]) -> str:
    """Those who act or are acted upon, the first ones by name with their country."""
    words = list(dict.fromkeys(_name(party) for party in parties))
    if len(words) > _MOST_NAMES:
        words[_MOST_NAMES:] = [f"{len(words) - _MOST_NAMES} more"]
    return listed(words) or "nobody named"


def _name(party: Party) -> str:
    if party.country is None:
        return party.name
    if party.name in (party.country, country(party.country)):
        return country(party.country)
    return f"{party.name} ({party.country})"


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, several: str | None = None) -> str:
    """1 article, 2 articles."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def level(value: float) -> str:
    """A value of the index, the same in all sections."""
    return f"{value:,.2f}"


def kind(incident: Incident) -> str:
    """What was done, such as destruction; of a threat or demand what it is about too."""
    words = kind_name(incident.type, incident.mode)
    if incident.content_type is None:
        return words
    about = kind_name(incident.content_type, incident.content_mode)
    return words if about == words else f"{words} ({about})"


def code(incident: Incident) -> str:
    """PLOVER's type and mode."""
    return incident.type + (f" / {incident.mode}" if incident.mode else "")


def deed(incident: Incident) -> str:
    """What was done by whom to whom."""
    return f"{kind(incident)}, {names(incident.actors)} → {names(incident.recipients)}"


def when(incident: Incident) -> str:
    """The days that most reports give, else when it was first reported."""
    if told := days_words(incident.start, incident.end):
        return told
    first = days_words(incident.first_report, incident.first_report)
    return f"day not told, reported {first}" if first else "day not told"


def other_days(incident: Incident) -> str:
    """The days that other reports give."""
    days = (days_words(one.start, one.end) for one in incident.days[1:])
    return " or ".join(dict.fromkeys(filter(None, days)))


def where(incident: Incident) -> str:
    """The places that reports give."""
    places = [
        f"{site.name} ({site.country})" if site.country and site.name != site.country else site.name
        for site in incident.sites[:_MOST_NAMES]
    ]
    return " or ".join(dict.fromkeys(places))


def counts(found: Iterable[Count]) -> tuple[str, ...]:
    """Counts, those of one thing together: reports that disagree are joined by "or"."""
    groups: dict[tuple[str, str | None, bool], list[str]] = {}
    for count in found:
        value = _value(count)
        group = groups.setdefault((count.unit, count.casualty, count.total), [])
        if value and value not in group:
            group.append(value)
    return tuple(_counted(*key, values) for key, values in groups.items() if values)


def _value(count: Count) -> str:
    if count.value is None:
        return count.qualifier or ""
    upper = f" to {number_words(count.upper)}" if count.upper is not None else ""
    qualifier = f"{count.qualifier.replace('-', ' ')} " if count.qualifier else ""
    return f"{qualifier}{number_words(count.value)}{upper}"


def _counted(unit: str, casualty: str | None, total: bool, values: Sequence[str]) -> str:
    words = [" or ".join(values), unit]
    if casualty is not None and casualty != unit:
        words.append(casualty)
    if total:
        words.append("in all")
    return " ".join(words)


def corroboration(incident: Incident) -> str:
    """How many reports, texts and independent sources there are."""
    return (
        f"{counted(len(incident.reports), 'report')}, "
        f"{counted(len(incident.documents), 'article')}, "
        f"{counted(incident.families, 'text')} (copies as one), "
        f"{counted(incident.sources, 'independent source')}"
    )
