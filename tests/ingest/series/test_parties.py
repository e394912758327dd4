"""Countries and sectors of actors that are given by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ingest.series.parties import load_parties, split

DAY = date(2014, 8, 1)


@pytest.mark.parametrize(
    ("name", "country", "sectors"),
    [
        ("Peru", "PER", "GOV"),
        ("Police (Peru)", "PER", "COP"),
        ("Armed Gang (Peru)", "PER", "UAF"),
        ("Citizen (Palestinian Territory, Occupied)", "PSE", "CVL"),
        ("Member of Legislative (Govt) (South Korea)", "KOR", "LEG"),
        ("Ministry of Lakes (Peru)", "PER", "GOV"),  # by its noun
        ("Lakeside Party (Peru)", "PER", "PTY"),
        ("Juggler (Peru)", "PER", None),
        ("Citizen (Africa)", None, "CVL"),
        ("Citizen (Boko Haram)", "NGA", "REB"),  # the group's, not the kind's
        ("UN Security Council", "UNO", None),
        ("Amnesty International", "NGO", "SOC"),
        ("Benjamin Netanyahu", "ISR", "GOV"),
        ("Kim Jong-Un", "PRK", "GOV"),
        ("Abdel Fattah Al-Sisi", "EGY", "GOV"),  # el-Sisi elsewhere
        ("Sergey Viktorovich Lavrov", "RUS", "GOV"),
        ("Sergey Kuzhugetovich Shoygu", "RUS", "GOV;MIL"),  # spelt otherwise too
        ("Emperor Akihito", "JPN", "GOV"),
        ("Umar al Bashir", "SDN", "GOV"),
        ("Peruvian Coast Guard", "PER", "COP"),
        ("Royal Thai Navy", "THA", "MIL"),
        ("Constitutional Court of the Republic of Latvia", "LVA", "JUD"),
        ("Uganda Police Force", "UGA", "COP"),
        ("Lower Slobbovia", None, None),
        ("Jordan Pickford", None, None),  # no body, whatever country it begins with
        ("Jane Q. Nobody", None, None),
        ("", None, None),
    ],
)
def test_a_name_means_a_country_and_sectors_or_none(
    name: str, country: str | None, sectors: str | None
) -> None:
    assert load_parties().of(name, DAY) == (country, sectors)


@given(st.text(alphabet=st.one_of(st.sampled_from("()_-' oftheRPal"), st.characters())))
def test_no_name_stops_a_run(name: str) -> None:
    country, _ = load_parties().of(name, DAY)
    assert country is None or len(country) == 3


def test_who_has_left_office_has_left_it() -> None:
    of = load_parties().of
    assert of("Benjamin Netanyahu", date(2005, 1, 1)) == ("ISR", "ELI")
    assert of("Jens Stoltenberg", date(2012, 1, 1)) == ("NOR", "GOV")
    assert of("Jens Stoltenberg", date(2015, 1, 1))[0] == "IGO"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Peru", ("Peru", None)),
        ("Police (Peru)", ("Police", "Peru")),
        ("Member of Legislative (Govt) (Peru)", ("Member of Legislative (Govt)", "Peru")),
        ("Citizen (Holy See (Vatican))", ("Citizen", "Holy See (Vatican)")),
        ("Awami (People's) League", ("Awami (People's) League", None)),
        ("Police Peru)", ("Police Peru)", None)),
    ],
)
def test_the_last_parenthesis_says_whose(name: str, parts: tuple[str, str | None]) -> None:
    assert split(name) == parts
