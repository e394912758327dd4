"""Which rung of the ladder an act stands on."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.knowledge.ladder import Act, Rung, load_ladder


def rung_of(
    type_: str,
    mode: str | None = None,
    *,
    killed: float = 0,
    wounded: float = 0,
    content: str | None = None,
    contexts: Iterable[str] = (),
    condition: bool = False,
    deadline: bool = False,
    channel: bool = False,
) -> Rung:
    """The rung of an act of this type and mode.

    ``killed`` and ``wounded`` are people; ``content`` is the type of what a threat, demand or
    promise is about; ``condition`` and ``deadline`` say that it has one, ``channel`` that a channel
    was shut or suspended by it. KnowledgeError for a type or mode that PLOVER has not.
    """
    return load_ladder().rung(
        Act(
            type=type_,
            mode=mode,
            contexts=frozenset(contexts),
            content=content,
            condition=condition,
            deadline=deadline,
            channel=channel,
            killed=killed,
            wounded=wounded,
        )
    )
