"""The ladder of escalation: which rung an act stands on (``data/ladder/rungs.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_yaml

PATH = "ladder/rungs.yaml"
_RUNG = ("id", "number", "name", "deed", "definition", "sources", "rules", "yes", "no")
_MORE = ("contexts", "contents", "condition", "deadline", "channel", "killed", "wounded")
_EXAMPLE = (
    "text", "type", "mode", "contexts", "content", "condition", "deadline", "channel", "killed",
    "wounded",
)  # fmt: skip
_EXAMPLES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What of an act decides on its rung. ``content`` is the type of what it is about; ``channel``
    says that a channel was shut or suspended by it; ``killed`` and ``wounded`` are people, 0 where
    nobody is counted."""

    type: str
    mode: str | None = None
    contexts: frozenset[str] = frozenset()
    content: str | None = None
    condition: bool = False
    deadline: bool = False
    channel: bool = False
    killed: float = 0
    wounded: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRule:
    """What acts stand on a rung: ``types``, of these ``modes`` only where there are some (None in
    them is no mode), and where there is more all of it must hold."""

    types: tuple[str, ...]
    modes: tuple[str | None, ...] = ()
    contexts: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()
    condition: bool = False
    deadline: bool = False
    channel: bool = False
    killed: float = 0
    wounded: float = 0

    @property
    def is_plain(self) -> bool:
        """Whether type and mode decide alone."""
        return not any(getattr(self, name) for name in _MORE)

    def holds(self, act: Act) -> bool:
        """Whether an act is as the rule says."""
        return (
            act.type in self.types
            and (not self.modes or act.mode in self.modes)
            and (not self.contexts or bool(self.contexts & act.contexts))
            and (not self.contents or act.content in self.contents)
            and (act.condition or not self.condition)
            and (act.deadline or not self.deadline)
            and (act.channel or not self.channel)
            and act.killed >= self.killed
            and act.wounded >= self.wounded
        )


@dataclass(frozen=True, slots=True)
class RungExample:
    """A sentence with what of it decides, which stands on the rung, or (``no``) on another."""

    text: str
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A rung: ``number`` from the lowest, 1, upwards; ``deed`` tells deeds from words. ``kahn`` are
    the rungs of Kahn's ladder that lie here, ``plover`` is the span of PLOVER's scores."""

    id: str
    number: int
    name: str
    deed: bool
    definition: str
    kahn: Mapping[int, str]
    plover: tuple[float, float]
    rules: tuple[RungRule, ...]
    yes: tuple[RungExample, ...]
    no: tuple[RungExample, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs, from the lowest to the highest."""

    rungs: tuple[Rung, ...]

    def named(self, id_: str) -> Rung | None:
        """The rung with this id."""
        return next((rung for rung in self.rungs if rung.id == id_), None)

    def plain(self, type_: str, mode: str | None) -> list[Rung]:
        """The rungs to which type and mode come alone: one, where the file is right."""
        act = Act(type=type_, mode=mode)
        found = [
            (bool(rule.modes), rung)
            for rung in self.rungs
            for rule in rung.rules
            if rule.is_plain and rule.holds(act)
        ]
        narrow = any(by_mode for by_mode, _ in found)
        return [rung for by_mode, rung in found if by_mode is narrow]

    def rung(self, act: Act) -> Rung:
        """The rung of an act: the highest that a rule with more to it gives, else that of its type
        and mode. KnowledgeError for a type or mode that is none."""
        load_ontology().check(act.type, act.mode, path=PATH)
        lifted = [
            rung
            for rung in self.rungs
            if any(not rule.is_plain and rule.holds(act) for rule in rung.rules)
        ]
        return lifted[-1] if lifted else self.plain(act.type, act.mode)[0]


@lru_cache(maxsize=1)
def load_ladder() -> Ladder:
    """Load ``data/ladder/rungs.yaml``; KnowledgeError names the rung that is wrong."""
    return parse_ladder(read_yaml(*PATH.split("/")))


def parse_ladder(content: Any) -> Ladder:
    """The ladder of the file's content; KnowledgeError unless rungs are numbered from 1 on, their
    ids are different and every type and mode comes to exactly one of them."""
    check_keys(content, allowed=("rungs",), path=PATH)
    ladder = Ladder(tuple(_rung(entry) for entry in content["rungs"]))
    if [rung.number for rung in ladder.rungs] != list(range(1, len(ladder.rungs) + 1)):
        raise KnowledgeError("the rungs are not numbered 1, 2, 3 … in their order", path=PATH)
    if len({rung.id for rung in ladder.rungs}) < len(ladder.rungs):
        raise KnowledgeError("two rungs have one id", path=PATH)
    for type_, mode in _every_kind():
        found = [rung.id for rung in ladder.plain(type_, mode)]
        if len(found) != 1:
            what = " and ".join(found) or "no rung"
            raise KnowledgeError(f"{type_}/{mode or 'none'} comes to {what}", path=PATH)
    return ladder


def ladder_problems() -> Iterator[str]:
    """What is wrong with a ladder that could be loaded: examples and spans of scores."""
    ladder = load_ladder()
    types = load_ontology().types
    for rung in ladder.rungs:
        for examples, right in ((rung.yes, True), (rung.no, False)):
            for example in examples:
                found = ladder.rung(example.act).id
                if (found == rung.id) is not right:
                    yield f"{PATH} [{rung.id}]: {example.text!r} comes to {found}"
        scores = [types[t].score_of(m) for t, m in _every_kind() if rung in ladder.plain(t, m)]
        if (min(scores), max(scores)) != rung.plover:
            yield f"{PATH} [{rung.id}]: PLOVER's scores go from {min(scores)} to {max(scores)}"


def _every_kind() -> Iterator[tuple[str, str | None]]:
    """Every type, alone and with each of its modes."""
    for name, type_ in load_ontology().types.items():
        yield from ((name, mode) for mode in (None, *type_.mode_scores))


def _rung(entry: Mapping[str, Any]) -> Rung:
    name = str(entry.get("id"))
    check_keys(entry, allowed=_RUNG, path=PATH, name=name)
    missing = [key for key in _RUNG if key not in entry]
    if missing:
        raise KnowledgeError(f"lacks {', '.join(missing)}", path=PATH, entry=name)
    if not isinstance(entry["deed"], bool):
        raise KnowledgeError("deed is neither true nor false", path=PATH, entry=name)
    sources = entry["sources"]
    check_keys(sources, allowed=("kahn", "plover"), path=PATH, name=name)
    low, high = sources["plover"]
    rung = Rung(
        id=name,
        number=entry["number"],
        name=entry["name"],
        deed=entry["deed"],
        definition=" ".join(entry["definition"].split()),
        kahn=dict(sources.get("kahn", {})),
        plover=(float(low), float(high)),
        rules=tuple(_rule(rule, name) for rule in entry["rules"]),
        yes=tuple(_example(one, name) for one in entry["yes"]),
        no=tuple(_example(one, name) for one in entry["no"]),
    )
    if len(rung.yes) < _EXAMPLES or not rung.no:
        raise KnowledgeError("needs two examples (yes) and one (no)", path=PATH, entry=name)
    return rung


def _rule(entry: Mapping[str, Any], name: str) -> RungRule:
    check_keys(entry, allowed=("types", "modes", *_MORE), path=PATH, name=name)
    modes = tuple(None if mode == "none" else mode for mode in entry.get("modes", ()))
    for type_ in entry["types"]:
        for mode in modes or (None,):
            load_ontology().check(type_, mode, path=PATH, entry=name)
    unknown = set(entry.get("contexts", ())) - load_ontology().contexts
    if unknown:
        raise KnowledgeError(f"no context: {', '.join(sorted(unknown))}", path=PATH, entry=name)
    for type_ in entry.get("contents", ()):
        load_ontology().check(type_, None, path=PATH, entry=name)
    return RungRule(
        types=tuple(entry["types"]),
        modes=modes,
        contexts=frozenset(entry.get("contexts", ())),
        contents=frozenset(entry.get("contents", ())),
        condition=bool(entry.get("condition")),
        deadline=bool(entry.get("deadline")),
        channel=bool(entry.get("channel")),
        killed=float(entry.get("killed", 0)),
        wounded=float(entry.get("wounded", 0)),
    )


def _example(entry: Mapping[str, Any], name: str) -> RungExample:
    check_keys(entry, allowed=_EXAMPLE, path=PATH, name=name)
    load_ontology().check(entry["type"], entry.get("mode"), path=PATH, entry=name)
    act = Act(
        type=entry["type"],
        mode=entry.get("mode"),
        contexts=frozenset(entry.get("contexts", ())),
        content=entry.get("content"),
        condition=bool(entry.get("condition")),
        deadline=bool(entry.get("deadline")),
        channel=bool(entry.get("channel")),
        killed=float(entry.get("killed", 0)),
        wounded=float(entry.get("wounded", 0)),
    )
    return RungExample(entry["text"], act)
