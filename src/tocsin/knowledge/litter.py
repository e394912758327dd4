"""The litter of news pages: what is taken out of a text before it is parsed.

The rules are data (``data/rules/litter.yaml``); each carries its own yes and no examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

Where = Literal["line", "first", "head", "tail", "inside"]

PATH = "rules/litter.yaml"


@dataclass(frozen=True, slots=True)
class LitterRule:
    """One kind of litter.

    ``where`` says what the pattern must cover: ``line`` a whole line, ``first`` one of the first
    lines of the text, ``head`` the beginning of a line, ``tail`` its end, ``inside`` any part.
    What is taken out is what the pattern covers, or its group ``litter`` where it has one.
    ``yes`` and ``no`` are lines with and without it. ``needs`` are words without which there is no
    match: looking for them first is quick.
    """

    id: str
    where: Where
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    needs: str = ""

    def find(self, line: str) -> list[tuple[int, int]]:
        """Where in ``line`` (white space stripped) the litter stands, as (start, end)."""
        if self.needs not in line:
            return []
        found: list[re.Match[str] | None]
        if self.where in ("line", "first"):
            found = [self.pattern.fullmatch(line)]
        elif self.where == "head":
            found = [self.pattern.match(line)]
        else:
            found = list(self.pattern.finditer(line))
        group = "litter" if "litter" in self.pattern.groupindex else 0
        spans = [match.span(group) for match in found if match is not None]
        return [
            (start, end)
            for start, end in spans
            if end > start and (self.where != "tail" or end == len(line))
        ]


@dataclass(frozen=True, slots=True)
class Litter:
    """All litter rules, and what is known of datelines and of glued names.

    ``agencies`` are the names that stand in brackets in a dateline; ``no_places`` are words in
    capitals that look like one but are none ("UPDATE — …"). ``link_label`` matches a line that has
    titles of other stories below it. ``glued`` finds the places where a
    name, a sentence or a clause ran into what is beside it because markup was stripped.
    """

    rules: tuple[LitterRule, ...]
    agencies: frozenset[str]
    no_places: frozenset[str]
    link_label: re.Pattern[str]
    glued: re.Pattern[str]


@cache
def load_litter() -> Litter:
    """Load and check ``data/rules/litter.yaml``."""
    return parse_litter(read_yaml(*PATH.split("/")))


def parse_litter(content: Any) -> Litter:
    """Return the rules of the file's content; KnowledgeError where one is wrong."""
    if not isinstance(content, Mapping):
        raise KnowledgeError("is no mapping", path=PATH)
    check_keys(content, allowed=("rules", "datelines", "glued_names", "link_label"), path=PATH)
    rules = tuple(_rule(entry) for entry in content["rules"])
    ids = [rule.id for rule in rules]
    for twice in {one for one in ids if ids.count(one) > 1}:
        raise KnowledgeError("this id stands twice", path=PATH, entry=twice)
    datelines = content["datelines"]
    check_keys(datelines, allowed=("agencies", "no_places"), path=PATH, name="datelines")
    return Litter(
        rules=rules,
        agencies=frozenset(datelines["agencies"]),
        no_places=frozenset(datelines["no_places"]),
        link_label=re.compile(content["link_label"]),
        glued=_glued(content["glued_names"]),
    )


# A sentence or clause that ran into the next ("… the talks.Officials said"), but no part of an
# address of the web or of mail.
_SENTENCES = (
    r"(?<=[a-z]{2}[.!?])(?=“?[A-Z][a-z]+[ ,’'A-Z])"
    r"|(?<=[a-z][.!?][”\"])(?=[“\"]?[A-Z][a-z]*[ ,’'A-Z])"
    r"|(?<=[a-z]{2},)(?=[A-Za-z][a-z]+ )"
)


def _glued(names: list[str]) -> re.Pattern[str]:
    """Matches the empty places where a name runs into the word before or behind it."""
    before = "|".join(map(re.escape, names))
    behind = "|".join(f"(?<={re.escape(name)})" for name in names)
    return re.compile(
        rf"(?<=[A-Za-z,])(?={before})|(?:{behind})(?=[A-Za-z])(?!is[mt]|iversity)|{_SENTENCES}"
    )


def _rule(entry: Any) -> LitterRule:
    name = str(entry.get("id")) if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not name:
        raise KnowledgeError(f"a rule without an id: {entry!r}", path=PATH)
    keys = ("id", "where", "pattern", "yes", "no")
    check_keys(entry, allowed=(*keys, "needs"), path=PATH, name=name)
    for key in keys:
        if not entry.get(key):
            raise KnowledgeError(
                f"has no {key!r}; needed: {', '.join(keys)}", path=PATH, entry=name
            )
    if entry["where"] not in get_args(Where):
        raise KnowledgeError(
            f"where is {entry['where']!r}; allowed: {', '.join(get_args(Where))}",
            path=PATH, entry=name,
        )  # fmt: skip
    try:
        pattern = re.compile(entry["pattern"])
    except re.error as error:
        raise KnowledgeError(f"the pattern is wrong: {error}", path=PATH, entry=name) from error
    yes, no = tuple(entry["yes"]), tuple(entry["no"])
    needs = str(entry.get("needs", ""))
    for line in yes:
        if needs not in line:
            message = f"needs {needs!r}, which {line!r} has not"
            raise KnowledgeError(message, path=PATH, entry=name)
    return LitterRule(name, entry["where"], pattern, yes, no, needs)
