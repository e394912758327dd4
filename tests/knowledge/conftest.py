"""A coder of single sentences for the tests of rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.actors import ActorFinder
from tocsin.events import EventFinder
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.triggers import load_triggers
from tocsin.language import Parser
from tocsin.model.candidate import Candidate


@pytest.fixture(scope="session")
def code() -> Callable[[str], tuple[Candidate, ...]]:
    """Code a sentence with the real parser, actor tables and rules, before modality."""
    parser, actors = Parser(), ActorFinder(load_actors())
    finder = EventFinder(load_triggers())

    def run(text: str) -> tuple[Candidate, ...]:
        parse = parser.parse(text)
        return finder.find(parse, actors.find(parse, published=None))

    return run
