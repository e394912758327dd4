"""When an alarm rings (``data/series/alarms.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ladder import load_ladder
from tocsin.knowledge.resources import check_keys, read_yaml
from tocsin.model.channel import STATES, Category, State

PATH = "series/alarms.yaml"
_WHOLE = (
    "look_back", "least_history", "least_read", "fresh", "evidence", "due", "least_rated",
    "least_acts",
)  # fmt: skip
_PARTS: Mapping[str, tuple[str, ...]] = {
    "first_deed": ("quiet", "before", "rungs"),
    "level": ("share", "low", "rest"),
    "change_point": ("penalty", "shortest", "apart", "latest"),
    "states": ("channel", "agreement"),
    "silence": ("days", "effort", "chance"),
    "escalation": ("after", "before"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSettings:
    """All that the file sets; its comments say why. Days are whole days, weeks whole weeks.

    ``deed_rungs`` are ids of rungs, ``least_rung`` is the number of one. ``level_share``,
    ``level_low``, ``silence_effort``, ``silence_chance`` and ``least_right`` are from 0 to 1.
    """

    look_back: int
    least_history: int
    least_read: int
    fresh: int
    least_right: float
    least_rung: int
    evidence: int
    deed_quiet: int
    deed_before: int
    deed_rungs: frozenset[str]
    level_share: float
    level_low: float
    level_rest: int
    change_penalty: float
    change_shortest: int
    change_apart: int
    change_latest: int
    states: Mapping[Category, frozenset[State]]
    due: int
    silence_days: int
    silence_effort: float
    silence_chance: float
    after: int
    before: int
    least_rated: int
    least_acts: int


@lru_cache(maxsize=1)
def load_alarms() -> AlarmSettings:
    """Load ``data/series/alarms.yaml``."""
    return parse_alarms(read_yaml(*PATH.split("/")))


def parse_alarms(content: Any) -> AlarmSettings:
    """The settings of the file's content; KnowledgeError names what is missing or cannot be."""
    names = (*_WHOLE, "least_right", "least_rung", *_PARTS)
    _complete(content, names)
    for part, inner in _PARTS.items():
        _complete(content[part], inner, part)
    deed, level, change = content["first_deed"], content["level"], content["change_point"]
    silence, after = content["silence"], content["escalation"]
    numbers = {name: _days(content[name], name) for name in _WHOLE}
    return AlarmSettings(
        **numbers,
        least_right=_share(content["least_right"], "least_right"),
        least_rung=_rung(content["least_rung"], "least_rung"),
        deed_quiet=_days(deed["quiet"], "first_deed"),
        deed_before=_days(deed["before"], "first_deed"),
        deed_rungs=frozenset(_named(name, "first_deed") for name in deed["rungs"]),
        level_share=_share(level["share"], "level"),
        level_low=_share(level["low"], "level"),
        level_rest=_days(level["rest"], "level"),
        change_penalty=_above(change["penalty"], "change_point"),
        change_shortest=_days(change["shortest"], "change_point"),
        change_apart=_days(change["apart"], "change_point"),
        change_latest=_days(change["latest"], "change_point"),
        states=_states(content["states"]),
        silence_days=_days(silence["days"], "silence"),
        silence_effort=_share(silence["effort"], "silence"),
        silence_chance=_share(silence["chance"], "silence"),
        after=_days(after["after"], "escalation"),
        before=_days(after["before"], "escalation"),
    )


def _complete(content: Any, names: tuple[str, ...], part: str | None = None) -> None:
    if not isinstance(content, dict):
        raise KnowledgeError("is no mapping of names to values", path=PATH, entry=part)
    check_keys(content, allowed=names, path=PATH, name=part)
    missing = [name for name in names if name not in content]
    if missing:
        raise KnowledgeError(f"lacks {', '.join(missing)}", path=PATH, entry=part)


def _days(value: Any, entry: str) -> int:
    if type(value) is not int or value < 1:
        raise KnowledgeError(f"{value!r} is no whole number above 0", path=PATH, entry=entry)
    return value


def _above(value: Any, entry: str) -> float:
    if type(value) not in (int, float) or not value > 0:
        raise KnowledgeError(f"{value!r} is no number above 0", path=PATH, entry=entry)
    return float(value)


def _share(value: Any, entry: str) -> float:
    if type(value) not in (int, float) or not 0 < value < 1:
        raise KnowledgeError(f"{value!r} is no number between 0 and 1", path=PATH, entry=entry)
    return float(value)


def _named(name: Any, entry: str) -> str:
    _rung(name, entry)
    return str(name)


def _rung(name: Any, entry: str) -> int:
    rung = load_ladder().named(name)
    if rung is None:
        known = ", ".join(one.id for one in load_ladder().rungs)
        raise KnowledgeError(
            f"there is no rung {name!r}; there are {known}", path=PATH, entry=entry
        )
    return rung.number


def _states(content: Mapping[Category, Any]) -> Mapping[Category, frozenset[State]]:
    found: dict[Category, frozenset[State]] = {}
    for category, allowed in STATES.items():
        wanted = content[category]
        if unknown := sorted(set(wanted) - set(allowed)):
            raise KnowledgeError(
                f"{category} has no state {', '.join(unknown)}; allowed: {', '.join(allowed)}",
                path=PATH, entry="states",
            )  # fmt: skip
        found[category] = frozenset(wanted)
    return found
