"""From an article to the ledger: threats in the text meet the deed in the text.

The article is our own; its facts are those of June 2020. Every event is an incident of its own, so
that the ledger is tested without the linker.
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.linking.naive import one_each

from tocsin import Coder
from tocsin.linking.threats import follow
from tocsin.model.document import Document
from tocsin.model.incident import Incident
from tocsin.model.threat import Lag, Threat

ARTICLE = """\
North Korea demolished the joint liaison office in Kaesong on Tuesday.

On Saturday, Kim Yo Jong, sister of leader Kim Jong Un, threatened to destroy the liaison office.

On June 4, North Korea threatened to scrap the military agreement with South Korea unless Seoul \
stopped the activists.

On Tuesday, North Korea threatened to move troops into the demilitarized zone.

On June 9, Pyongyang cut all telephone lines with South Korea.

The United States urged North Korea on Tuesday to return to the talks.
"""
PUBLISHED = date(2020, 6, 16)


@pytest.fixture(scope="module")
def incidents() -> tuple[Incident, ...]:
    return one_each(Coder().code(Document.of(ARTICLE, published=PUBLISHED)))


@pytest.fixture(scope="module")
def threats(incidents: tuple[Incident, ...]) -> dict[str, Threat]:
    found = follow(incidents, as_of=PUBLISHED)
    return {threat.content_text or "": threat for threat in found if threat.kind == "threat"}


def test_the_threat_to_the_office_is_carried_out_three_days_later(
    threats: dict[str, Threat], incidents: tuple[Incident, ...]
) -> None:
    threat = threats["destroy"]
    assert threat.made is not None
    assert (threat.made.start, threat.made.end) == (date(2020, 6, 13), date(2020, 6, 13))
    assert {speaker.country for speaker in threat.speakers} == {"PRK"}
    assert threat.outcome == "carried out"
    assert threat.lag == Lag(least=3, most=3)
    (deed,) = (one for one in incidents if one.id == threat.outcome_incident)
    assert "demolished" in deed.sentence
    assert "office" in threat.reason


def test_threats_without_a_deed_are_open_with_their_condition(threats: dict[str, Threat]) -> None:
    scrap, move = threats["scrap"], threats["move"]
    assert (scrap.outcome, scrap.condition) == ("open", "unless Seoul stopped the activists")
    assert (move.outcome, move.content_type, move.condition) == ("open", "MOBILIZE", None)


def test_after_half_a_year_they_have_lapsed(incidents: tuple[Incident, ...]) -> None:
    found = {t.content_text: t.outcome for t in follow(incidents, as_of=date(2021, 1, 1))}
    assert (found["scrap"], found["move"]) == ("lapsed", "lapsed")


def test_a_demand_of_the_same_day_is_open(incidents: tuple[Incident, ...]) -> None:
    demands = [one for one in follow(incidents, as_of=PUBLISHED) if one.kind == "demand"]
    assert [(one.outcome, one.stop) for one in demands] == [("open", False)] * len(demands)
