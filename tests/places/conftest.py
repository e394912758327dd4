from __future__ import annotations

import pytest

from tocsin.knowledge.gazetteer import Gazetteer, load_gazetteer
from tocsin.language.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()
