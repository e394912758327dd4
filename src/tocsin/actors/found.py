"""A mention in the making, and what sectors a noun phrase adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tocsin.actors.people import Person
from tocsin.knowledge.actors import AgentEntry
from tocsin.model.mention import EntityId, Via
from tocsin.model.parse import Sentence, Token

_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
# PLOVER's codes for bodies without a state: who speaks for one speaks for no state.
BODIES = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
# "rebel forces", "Taliban attackers": the modifier says whose arms they are.
_ARMED = ("REB", "COP", "PRM", "SPY", "UAF", "PRE", "CRM")
# "opposition lawmakers", "student activists": the modifier adds to the head.
_ADDING = frozenset({"OPP", "REL", "LAB", "EDU", "REF", "PTY", "AGR", "PRE"})


@dataclass(slots=True, eq=False)
class Found:
    """A mention before it is written down. ``kind`` is that of its leading piece.

    ``gone`` marks what another mention has taken in; ``of`` is what a pronoun stands for,
    ``noun`` the lemma of an agent noun that leads; who does not ``acts`` is no party of an event.
    """

    sentence: int
    first: int
    stop: int
    head: int
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    entity: EntityId | None = None
    via: Via = "name"
    state_media: bool = False
    anonymous: bool = False
    why: str = ""
    also: set[int] = field(default_factory=set)
    person: Person | None = None
    agent: AgentEntry | None = None
    label: str = ""
    name: str = ""
    office: str | None = None
    gender: str | None = None
    plural: bool = False
    gone: bool = False
    several: bool = False
    noun: str = ""
    of: Found | None = None
    acts: bool = True

    def say(self, why: str) -> None:
        """Add a reason."""
        if why and why not in self.why:
            self.why = f"{self.why}; {why}" if self.why else why


def is_state(sectors: Iterable[str]) -> bool:
    """Whether any of the sectors is a branch of the state."""
    return any(sector in _STATE for sector in sectors)


def join_sectors(own: Sequence[str], around: Sequence[str]) -> tuple[str, ...]:
    """The sectors of a head with ``own`` and modifiers or an owner with ``around``.

    A head that says little ("official", "spokesman") takes those around it; a head that says
    something keeps it.
    """
    specific = [sector for sector in around if sector != "GOV"]
    if not own or tuple(own) == ("GOV",):
        return tuple(dict.fromkeys(specific or own or around))
    if own[0] in ("MIL", "UAF"):
        armed = [sector for sector in around if sector in _ARMED]
        if armed:
            return tuple(dict.fromkeys(armed))
    added = [sector for sector in around if sector in _ADDING]
    return tuple(dict.fromkeys((*own, *added)))


def is_plural(sentence: Sentence, head: int) -> bool:
    """Whether the head is a plural noun."""
    return sentence.tokens[head].tag in ("NNS", "NNPS")


def determiner(sentence: Sentence, head: int) -> str:
    """The determiner of a head in lower case, "" if it has none."""
    child = sentence.child(head, "det", "poss")
    return sentence.tokens[child].lower if child is not None else ""


def is_former(sentence: Sentence, first: int, former: frozenset[str]) -> bool:
    """Whether "former", "ex-" or the like stands before (or starts) the phrase at ``first``."""
    tokens = sentence.tokens
    at = first - 1
    while at >= 0 and tokens[at].text in ("-", "–"):
        at -= 1
    return (at >= 0 and tokens[at].lower in former) or tokens[first].lower in former


def stand_for(sentence: Sentence, token: Token, of: Iterable[Found]) -> list[Found]:
    """The mentions that a pronoun makes of those it stands for, each actor once."""
    result: list[Found] = []
    for one in of:
        if any(o.country == one.country and o.entity == one.entity for o in result):
            continue
        name = one.name or (one.entity.name if one.entity else "") or one.country or "a name"
        result.append(
            replace(
                one,
                sentence=sentence.index,
                first=token.i,
                stop=token.i + 1,
                head=token.i,
                via="pronoun",
                also=set(),
                of=one,
                why=f"{token.lower} for {name}, sentence {one.sentence + 1}",
                label="",
                several=False,
                acts=True,
            )
        )
    for one in result:
        one.several = len(result) > 1
    return result
