"""Names of countries as codes."""

from __future__ import annotations

import pytest

from tocsin.knowledge.countries import load_countries


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("South Korea", "KOR"),
        ("SOUTH KOREA", "KOR"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("KOR", "KOR"),
        ("PRI", "USA"),  # a dependency, under its state
        ("Greenland", "DNK"),
        ("Congo", None),  # two states
        ("Korea", None),
        ("EUR", None),  # a body, or the continent
        ("Ruritania", None),
        ("", None),
    ],
)
def test_a_name_or_code_means_one_country_or_none(said: str, code: str | None) -> None:
    assert load_countries().code(said) == code


def test_a_series_has_its_own_words() -> None:
    assert load_countries("icews").code("Congo") == "COG"
    assert load_countries("gdelt").code("ROM") == "ROU"
    assert load_countries().code("ROM") is None


def test_every_state_has_a_name_that_means_it() -> None:
    countries = load_countries()
    wrong = {code for code in countries.states if countries.code(countries.names[code]) != code}
    assert wrong == set()
