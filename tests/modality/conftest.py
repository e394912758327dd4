"""One parser, one set of rules for all tests of modality."""

from __future__ import annotations

import pytest

from tocsin.knowledge.cardinality import load_cardinality
from tocsin.knowledge.logistic import load_background
from tocsin.knowledge.modality import ModalityRules, load_modality
from tocsin.language import Parser
from tocsin.modality import Modality


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser."""
    return Parser()


@pytest.fixture(scope="session")
def rules() -> ModalityRules:
    """The packaged rules."""
    return load_modality()


@pytest.fixture(scope="session")
def modality(rules: ModalityRules) -> Modality:
    """A judge with the packaged rules."""
    return Modality(rules, load_background(), load_cardinality())
