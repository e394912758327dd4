"""Names near to one that no table knows: other spellings, and full names that hold its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from tocsin.knowledge.actors import ActorTable
from tocsin.knowledge.spelling import fold
from tocsin.model.mention import EntityId

# Below this likeness names have little but their length in common: of the misspelt names that were
# tried, all were above it.
_ENOUGH = 0.75
_HOLDS_ALL = 0.9


def near_names(table: ActorTable, name: str, *, most: int = 8) -> tuple[str, ...]:
    """Return up to ``most`` names of the tables that are like ``name``, the likest first.

    Of one actor's spellings only the likest is there.
    """
    wanted = fold(" ".join(name.replace("-", " ").split())).lower()
    words = set(wanted.split())
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    found: list[tuple[float, str, frozenset[object]]] = []
    for tokens, of_whom in _phrases(table):
        plain = fold(" ".join(token for token in tokens if token != "-")).lower()
        score = _score(matcher, plain, words)
        if score >= _ENOUGH:
            found.append((score, written(tokens), of_whom))
    # of spellings as like, the one by which the actor is shown
    found.sort(key=lambda one: (-one[0], one[1] not in map(_shown, one[2]), one[1]))
    shown: list[str] = []
    seen: set[object] = set()
    for _, near, of_whom in found:
        if len(shown) < most and near not in shown and not of_whom <= seen:
            shown.append(near)
            seen |= of_whom
    return tuple(shown)


def _phrases(table: ActorTable) -> Iterator[tuple[Sequence[str], frozenset[object]]]:
    for tokens, entries in table.names.phrases():
        yield tokens, frozenset(entry.entity or (entry.country, entry.form) for entry in entries)
    for tokens, agents in table.agents.phrases():
        yield tokens, frozenset(agent.row for agent in agents)


def _score(matcher: SequenceMatcher[str], plain: str, words: set[str]) -> float:
    if words <= set(plain.split()):
        # "Pompeo": the fewer words besides, the nearer
        return _HOLDS_ALL + 0.1 * len(words) / len(plain.split())
    matcher.set_seq1(plain)
    if matcher.real_quick_ratio() < _ENOUGH or matcher.quick_ratio() < _ENOUGH:
        return 0.0
    return matcher.ratio()


def _shown(whom: object) -> str:
    return whom.name if isinstance(whom, EntityId) else ""


def written(tokens: Iterable[str]) -> str:
    """A name's tokens as one writes them: "Kim Yo-jong", "Workers' Party", "U.S."."""
    out = ""
    glue = True
    for token in tokens:
        mark = token in ("-", "'", ".", ",", "'s")
        out += token if glue or mark else f" {token}"
        glue = token == "-" or (token == "'" and not out.endswith("s'"))
    return out
