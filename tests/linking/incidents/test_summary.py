"""The record of an incident: best values first, all others beside them, each with its reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.telling import (
    GRA,
    RUR,
    about,
    at,
    count,
    day,
    deed,
    on,
    report,
    says,
    since,
    told,
    who,
)

from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.summary import incident_of
from tocsin.model.codec import record_from_dict, record_to_dict
from tocsin.model.incident import Incident


def of(*reports: dict[str, Any]) -> tuple[list[Report], Incident]:
    """Reports of an article each, and their incident."""
    made = [report(f"d{n}", **given) for n, given in enumerate(reports)]
    return made, incident_of(made)


def test_the_id_is_that_of_the_first_report() -> None:
    made, incident = of({"published": day(18)}, {"published": day(16)}, {"published": None})
    assert incident.id == f"i-{made[1].id}"
    assert incident.reports == tuple(made[n].id for n in (1, 0, 2))
    assert incident.documents == ("d1", "d0", "d2")
    assert (incident.first_report, incident.last_report) == (day(16), day(18))


def test_of_one_article_reports_stand_in_the_order_of_the_text() -> None:
    one = told("d1", *(deed(f"Ruritania razed bridge {n}.") for n in range(3)))
    incident = incident_of(one.reports[::-1])
    assert incident.reports == tuple(event.id for event in one.events)
    assert incident.documents == ("d1",)


def test_the_type_that_most_give_with_the_mode_that_any_gives() -> None:
    _, incident = of({"mode": None}, {"mode": None}, {"mode": "aerial"}, {"type": "COERCE"})
    assert (incident.type, incident.mode) == ("ASSAULT", "aerial")
    _, incident = of({"type": "COERCE", "mode": "destroy"}, {"mode": None}, {"mode": None})
    assert (incident.type, incident.mode) == ("ASSAULT", None)


def test_contexts_of_at_least_a_third_of_the_votes() -> None:
    _, incident = of(
        {"contexts": ["military", "legal"]}, {"contexts": ["military"]}, {"contexts": []}, {}
    )
    assert incident.contexts == ("military",)
    _, incident = of({"contexts": ["military", "legal"]}, {"contexts": ["military"]}, {})
    assert set(incident.contexts) == {"military", "legal"}


def test_counts_that_disagree_stand_side_by_side_with_those_that_give_them() -> None:
    made, incident = of(
        {"quantities": [count(1500)]}, {"quantities": [count(3000)]}, {"quantities": [count(1500)]}
    )
    assert [(one.value, one.reports) for one in incident.counts] == [
        (1500, (made[0].id, made[2].id)), (3000, (made[1].id,)),
    ]  # fmt: skip
    assert not any(one.total for one in incident.counts)


def test_counts_of_one_unit_stand_together_and_sums_behind_all() -> None:
    killed = count(2, "guard", casualty="killed")
    _, incident = of(
        {"quantities": [count(9, "balloon"), killed]},
        {"quantities": [count(8, "balloon"), count(5500, "balloon", occasions=22)]},
        {"quantities": [killed, count(5500, "balloon", occasions=22)]},
        {"quantities": [killed]},
        {"quantities": [count(45, "guard", casualty="killed", part="total")]},
    )
    assert [(one.value, one.unit, one.total) for one in incident.counts] == [
        (2, "guard", False), (8, "balloon", False), (9, "balloon", False), (45, "guard", True),
        (5500, "balloon", True),
    ]  # fmt: skip


def test_what_became_of_people_keeps_counts_apart() -> None:
    both = [count(3, "guard", casualty=what) for what in ("killed", "wounded")]
    _, incident = of({"quantities": both})
    assert {one.casualty for one in incident.counts} == {"killed", "wounded"}


def test_the_days_that_most_give_and_of_those_the_narrower() -> None:
    made, incident = of(
        {"date": on(day(1), day(30))}, {"date": day(14)}, {"date": since(day(3))}, {"date": None}
    )
    assert (incident.start, incident.end) == (day(14), day(14))
    assert [(one.start, one.end) for one in incident.days] == [
        (day(14), day(14)), (day(1), day(30)), (day(3), None),
    ]  # fmt: skip
    assert incident.days[1].reports == (made[0].id,)
    _, incident = of(
        {"date": day(14)}, {"date": on(day(1), day(30))}, {"date": on(day(1), day(30))}
    )
    assert (incident.start, incident.end) == (day(1), day(30))


def test_without_a_date_it_has_none_and_not_that_of_publication() -> None:
    _, incident = of({}, {"date": on(None, None)})
    assert (incident.start, incident.end, incident.days) == (None, None, ())


def test_sites_with_those_that_give_them() -> None:
    made, incident = of({"place": at("Zenda")}, {"place": at("Hofbau")}, {"place": at("Zenda")}, {})
    assert [(one.name, one.reports) for one in incident.sites] == [
        ("Zenda", (made[0].id, made[2].id)), ("Hofbau", (made[1].id,)),
    ]  # fmt: skip


def test_what_a_threat_is_about() -> None:
    sentence = "It will raze Zenda unless the\nguards leave; it will burn Zenda by Friday."
    threat = {"type": "THREATEN", "mode": None, "sentence": sentence, "trigger": "will"}
    made, incident = of(
        threat | {"content": about("ASSAULT", "destroy"), "condition": "unless the\nguards leave"},
        threat | {"content": about("ASSAULT", "destroy", "burn"), "deadline": on(day(19))},
        threat | {"content": about("ASSAULT", "destroy"), "deadline": on(day(18), day(20))},
        threat,
    )
    assert (incident.content_type, incident.content_mode) == ("ASSAULT", "destroy")
    assert incident.content_text == "raze"
    assert incident.condition == "unless the guards leave"
    assert incident.deadline is not None
    assert (incident.deadline.start, incident.deadline.reports) == (day(19), (made[1].id,))


def test_a_deed_has_neither_content_nor_condition_nor_deadline() -> None:
    _, incident = of({})
    assert (incident.content_type, incident.content_mode, incident.content_text) == (None,) * 3
    assert (incident.condition, incident.deadline) == (None, None)


def test_copies_count_once() -> None:
    reports = [report(f"d{n}", outlet=f"Paper {n}") for n in range(4)]
    assert (incident_of(reports).families, incident_of(reports).sources) == (4, 4)
    copied = incident_of(reports, {"d1": "d0", "d3": "d2"})
    assert (copied.families, copied.sources) == (2, 2)
    assert copied.documents == incident_of(reports).documents
    elsewhere = incident_of(reports, {"d1": "not among them", "d2": "not among them"})
    assert elsewhere.families == 3


def test_sources_are_independent_ones() -> None:
    one_paper = [report(f"d{n}", outlet="Courier") for n in range(3)]
    assert incident_of(one_paper).sources == 1
    nobody_knows = [report(f"d{n}", outlet=None) for n in range(3)]
    assert incident_of(nobody_knows).sources == 3
    agency = [
        report(f"d{n}", outlet=f"Paper {n}", sentence="ZENDA (Reuters) - Ruritania razed it.")
        for n in range(3)
    ]
    assert incident_of(agency).sources == 1


def test_the_sentence_is_of_the_report_that_tells_most() -> None:
    _, incident = of(
        {"confidence": 0.99},
        {"sentence": "On Friday Ruritania\n razed  Zenda.", "date": day(14), "place": at("Zenda")},
    )
    assert incident.sentence == "On Friday Ruritania razed Zenda."


def test_parties_claims_and_status_are_there() -> None:
    _, incident = of(
        {"attribution": [says(GRA, "denied", "denies")]}, {"actors": [who("Rudolf", "RUR", "MIL")]}
    )
    assert [one.name for one in incident.actors] == ["Ruritania", "Rudolf"]
    assert [one.name for one in incident.recipients] == ["Graustark"]
    assert [one.stance for one in incident.claims] == ["denies"]
    assert (incident.status, incident.status_reason) == (
        "actual", "2 articles give it as a fact; denied by Graustark",
    )  # fmt: skip


tellings = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["ASSAULT", "COERCE"]),
        "mode": st.sampled_from([None, "destroy"]),
        "actors": st.sampled_from([(), (RUR,), (GRA, RUR)]),
        "date": st.sampled_from([None, day(14), on(day(1), day(9)), since(day(3))]),
        "place": st.sampled_from([None, at("Zenda"), at("Hofbau", lat=50.0, lon=14.0)]),
        "quantities": st.sampled_from([(), (count(9),), (count(9, occasions=3), count(4))]),
        "status": st.sampled_from(["actual", "alleged", "denied"]),
        "attribution": st.sampled_from([(), (says(RUR),), (says(None),)]),
        "published": st.sampled_from([None, day(15), day(16)]),
        "confidence": st.sampled_from([0.2, 0.5, 0.9]),
        "outlet": st.sampled_from([None, "Courier", "Post"]),
    }
)


@settings(max_examples=50, deadline=None)
@given(st.lists(tellings, min_size=1, max_size=5), st.randoms(), st.booleans())
def test_the_order_of_the_reports_changes_nothing_and_nothing_is_lost(
    given_: list[dict[str, Any]], random: Any, copied: bool
) -> None:
    reports = [report(f"d{n}", **one) for n, one in enumerate(given_)]
    families = {"d1": "d0"} if copied else {}
    incident = incident_of(reports, families)
    random.shuffle(reports)
    assert incident_of(reports, families) == incident
    assert sorted(incident.reports) == sorted(one.id for one in reports)
    for value in (*incident.counts, *incident.days, *incident.sites, *incident.claims):
        assert value.reports
        assert set(value.reports) <= set(incident.reports)
    assert 1 <= incident.sources <= incident.families <= len(incident.documents)
    assert record_from_dict(Incident, record_to_dict(incident)) == incident


@pytest.mark.parametrize(("first", "last"), [(None, None), (day(3), None)])
def test_start_and_end_may_be_open(first: date | None, last: date | None) -> None:
    _, incident = of({"date": replace(on(first), end=last) if first else None})
    assert (incident.start, incident.end) == (first, last)
