"""Parties: mentions of one actor are one, under the name that tells most."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.telling import GRA, RUR, report, who

from tocsin.linking.incidents.parties import parties, party_key
from tocsin.model.event import Actor
from tocsin.model.mention import EntityId


def actors(*groups: list[Actor]) -> Any:
    reports = [report(f"d{n}", actors=group) for n, group in enumerate(groups)]
    return parties(reports, lambda one: one.event.actors)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (who("Rudolf", "RUR", entity="Q1"), who("the king", "RUR", "GOV", entity="Q1"), True),
        (who("Rudolf", "RUR", entity="Q1"), who("Michael", "RUR", entity="Q2"), False),
        (who("Ruritania", "RUR", "GOV"), who("Strelsau", "RUR", "GOV", "MIL"), True),
        (who("the army", "RUR", "MIL"), who("Strelsau", "RUR", "GOV"), False),
        (who("Ruritania", "RUR"), who("Graustark", "GRA"), False),
        (who("the gangs"), who("The gang"), True),
        (who("the gangs"), who("the clan"), False),
        (who(None), who(None), True),
    ],
)
def test_what_is_one_party(one: Actor, other: Actor, same: bool) -> None:
    assert (party_key(one) == party_key(other)) is same
    assert len(actors([one], [other])) == (1 if same else 2)


@pytest.mark.parametrize(
    ("mentions", "name"),
    [
        ([who("its", "RUR", via="pronoun"), who("Strelsau", "RUR", via="capital")], "Strelsau"),
        ([who("Strelsau", "RUR", via="capital"), who("Ruritania", "RUR")], "Ruritania"),
        ([who("Ruritanian", "RUR", via="demonym"), who("the kingdom", "RUR", via="nominal")],
         "Ruritanian"),
        ([who("Rudolf", "RUR"), who("King Rudolf", "RUR")], "King Rudolf"),
        ([who("King Rudolf " + "the Fifth " * 9, "RUR"), who("Rudolf", "RUR")], "Rudolf"),
        ([who("they", "RUR", via="pronoun")], "RUR"),
        ([who("he", via="pronoun")], "he"),
        ([who(None, "RUR", via="implied")], "RUR"),
        ([who(None, None, "MIL", "GOV", via="implied")], "MIL+GOV"),
        ([who(None, via="implied")], "?"),
        ([who("King\n  Rudolf", "RUR")], "King Rudolf"),
    ],
)  # fmt: skip
def test_the_name_that_tells_most(mentions: list[Actor], name: str) -> None:
    for given_ in (mentions, mentions[::-1]):
        (party,) = actors(*([one] for one in given_))
        assert party.name == name


@pytest.mark.parametrize("via", ["pronoun", "nominal", "implied"])
def test_of_one_who_is_known_the_known_name_stands_for_a_pronoun(via: str) -> None:
    he = Actor(start=None, end=None, text="he", country="RUR", sectors=(),
               entity=EntityId("Q1", "Rudolf Elphberg"), via=via)  # type: ignore[arg-type]  # fmt: skip
    (party,) = actors([he])
    assert party.name == "Rudolf Elphberg"
    assert party.entity == EntityId("Q1", "Rudolf Elphberg")


def test_who_most_name_comes_first_with_the_reports_that_name_them() -> None:
    first, second = actors([RUR], [GRA, RUR], [GRA], [RUR])
    assert (first.country, len(first.reports)) == ("RUR", 3)
    assert (second.country, len(second.reports)) == ("GRA", 2)


mentions = st.lists(
    st.lists(st.sampled_from([RUR, GRA, who("the king", "RUR", "GOV", entity="Q1"), who("gang"),
                              who("they", "GRA", via="pronoun")]), max_size=3),
    max_size=6,
)  # fmt: skip


@given(mentions)
def test_everybody_is_in_one_party_and_every_report_is_kept(groups: list[list[Actor]]) -> None:
    found = actors(*groups)
    assert len(found) == len({party_key(actor) for group in groups for actor in group})
    wanted = sum(len({party_key(actor) for actor in group}) for group in groups)
    assert sum(len(party.reports) for party in found) == wanted
