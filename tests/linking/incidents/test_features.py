"""Features: each is there when it should be, and a pair has the same in either order."""

from __future__ import annotations

from math import log1p
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.telling import (
    GRA,
    RUR,
    SENTENCE,
    about,
    at,
    count,
    day,
    deed,
    on,
    report,
    since,
    told,
    who,
)

from tocsin.knowledge.logistic import load_incidents
from tocsin.linking.incidents.features import features
from tocsin.model.event import Evidence

ARMY = who("the army", "RUR", "MIL")
PRESS = who("a weekly", "RUR", "MED")
KING = who("King Rudolf", "RUR", "GOV", entity="Q1")
THE_KING = who("the monarch", "RUR", "GOV", entity="Q1", via="nominal")
GANG = who("the Hentzau gang")
THE_GANG = who("Hentzau's men")
STRANGERS = who("men", None)


def pair(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    """The features of two reports of two articles."""
    return features(report("d1", **one), report("d2", **other))


def named(found: dict[str, float], first: str) -> set[str]:
    return {name for name in found if name.split()[0] == first}


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        (("ASSAULT", "destroy"), ("ASSAULT", "destroy"), "type and mode same"),
        (("PROTEST", None), ("PROTEST", None), "type same"),
        (("ASSAULT", "destroy"), ("ASSAULT", None), "type same, mode in one"),
        (("ASSAULT", "destroy"), ("ASSAULT", "aerial"), "type same, modes differ"),
        (("ASSAULT", "destroy"), ("COERCE", "destroy"), "type related"),
    ],
)
def test_types_and_modes(
    one: tuple[str, str | None], other: tuple[str, str | None], feature: str
) -> None:
    found = pair({"type": one[0], "mode": one[1]}, {"type": other[0], "mode": other[1]})
    assert named(found, "type") == {feature}


def test_a_trigger_is_the_same_in_any_form() -> None:
    other = {"sentence": "They are razing Zenda.", "trigger": "razing"}
    assert "same trigger" in pair({}, other)
    assert "same trigger" not in pair({}, other | {"trigger": "They"})


def test_a_trigger_may_be_the_same_in_part() -> None:
    both = "Ruritania razed the bridge and razed the mill."
    one, other = ({"sentence": both, "trigger": f"razed the {what}"} for what in ("bridge", "mill"))
    assert "trigger in part" in pair(one, other)
    assert "same trigger" not in pair(one, other)
    assert "same trigger" in pair(one, {"sentence": both, "trigger": "razed"})


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        ([KING], [THE_KING], "same entity"),
        ([KING], [who("Black Michael", "RUR", "GOV", entity="Q2")], "other name"),
        ([who("Colonel Sapt", "RUR", "MIL")], [who("Rupert Hentzau", "RUR", "MIL")], "other name"),
        ([KING], [KING], "same entity"),
        ([who("Rassendyll", "RUR", "GOV")], [who("Mr Rassendyll", "RUR", "MED")], "same name"),
        ([GANG], [THE_GANG], "same name"),
        ([RUR], [who("its government", "RUR", "GOV", via="nominal")], "same country"),
        ([ARMY], [who("people", "RUR")], "same country"),
        ([ARMY], [PRESS], "other sector"),
        ([ARMY, GRA], [who("its forces", "GRA", "MIL")], "same country"),
        ([RUR], [], "open"),
        ([RUR], [STRANGERS], "of no country"),
        ([who("the office", via="nominal")], [who("its liaison office", "RUR")], "same word"),
        ([], [], "in neither"),
        ([ARMY], [GRA], "other"),
    ],
)
def test_actors_and_recipients(one: list[Any], other: list[Any], feature: str) -> None:
    far = [who("Strelsau", "STR", "GOV")]
    found = pair({"actors": one, "recipients": far}, {"actors": other, "recipients": far})
    assert named(found, "actor") == {f"actor {feature}"}
    found = pair({"actors": far, "recipients": one}, {"actors": far, "recipients": other})
    assert named(found, "recipient") == {f"recipient {feature}"}


def test_a_common_word_makes_no_name() -> None:
    one, other = who("the new men of the Red Hall"), who("the new people of the South")
    assert named(pair({"actors": [one]}, {"actors": [other]}), "actor") == {"actor of no country"}


def test_where_both_sides_do_the_same_it_counts_not_who_is_named_first() -> None:
    talks = {"type": "CONSULT", "mode": None}
    one = talks | {"actors": [RUR], "recipients": [GRA]}
    found = pair(one, talks | {"actors": [GRA], "recipients": [RUR]})
    assert "parties same name" in found
    assert not named(found, "actor") | named(found, "recipient")
    with_others = talks | {"actors": [who("Strelsau", "STR")], "recipients": []}
    assert "parties other" in pair(one, with_others)
    assert "parties partly other" in pair(
        one, talks | {"actors": [RUR], "recipients": [who("Strelsau", "STR", "GOV")]}
    )
    assert "parties in neither" in pair(
        talks | {"actors": [], "recipients": []}, talks | {"actors": [], "recipients": []}
    )


@pytest.mark.parametrize(
    ("type_", "mode", "swapped"), [("ASSAULT", "destroy", True), ("THREATEN", None, False)]
)
def test_only_of_a_fight_are_the_sides_told_the_other_way_round(
    type_: str, mode: str | None, swapped: bool
) -> None:
    kind = {"type": type_, "mode": mode}
    one = kind | {"actors": [ARMY], "recipients": [who("guards", "GRA", "MIL")]}
    other = kind | {"actors": [who("its men", "GRA", "MIL")], "recipients": [RUR]}
    found = pair(one, other)
    assert ("sides swapped" in found) is swapped
    assert bool(named(found, "actor")) is not swapped


def test_a_third_party_swaps_no_sides() -> None:
    found = pair({}, {"actors": [GRA], "recipients": [who("Strelsau", "STR", "GOV")]})
    assert "sides swapped" not in found
    assert {"actor other", "recipient other"} <= found.keys()


@pytest.mark.parametrize(
    ("one", "other", "feature", "apart"),
    [
        (day(16), day(16), "days same", 0),
        (on(day(14), day(16)), on(day(16), day(18)), "days same", 0),
        (on(day(1), day(30)), day(16), "days overlap, rough", 0),
        (day(14), day(16), "exact days apart", 2),
        (day(15), day(16), "days apart", 1),
        (on(day(1), day(3)), on(day(8), day(9)), "days apart", 5),
        (day(16), None, "days overlap, undated", 0),
        (day(9), None, "days apart, undated", 4),
        (None, None, "days overlap, undated", 0),
    ],
)
def test_days(one: Any, other: Any, feature: str, apart: int) -> None:
    found = pair({"date": one}, {"date": other})
    told = {name for name in found if "days" in name}
    assert told == {feature} | ({"days of distance"} if apart else set())
    assert found.get("days of distance", 0.0) == pytest.approx(log1p(apart))


def test_open_days_are_apart_only_from_what_cannot_be_in_them() -> None:
    known = {"status": "background"}  # at the latest on the day of publication, June 16
    assert "days open" in pair(known, {"date": day(3)})
    assert "days open" in pair(known, {"date": day(16)})
    later = pair(known, {"date": day(20)})
    assert later["days apart"] == 1.0
    assert later["days of distance"] == pytest.approx(log1p(4))
    assert "days open" in pair({"status": "predicted"}, {"date": day(20)})


def test_what_goes_on_since_a_day_is_apart_from_what_was_before() -> None:
    going_on = {"date": since(day(10)), "published": None}
    for before in ({"date": on(day(5), day(8))}, {"status": "background", "published": day(8)}):
        found = pair(going_on, before)
        assert found["days of distance"] == pytest.approx(log1p(2))
        assert found == features(report("d2", **before), report("d1", **going_on))
    assert "days open" in pair(going_on, {"date": on(day(12))})


def test_what_begins_after_its_report_is_on_one_day_with_itself() -> None:
    to_come = {"date": since(day(30)), "status": "predicted"}
    assert "days apart" not in pair(to_come, to_come)
    assert "days apart" in pair(to_come, {"date": day(16)})


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        (at("Zenda"), at("Zenda"), "place same"),
        (at("Zenda", geonameid=7), at("Old Zenda", geonameid=7), "place same"),
        (at("Zenda", lat=50.0, lon=14.0), at("Hofbau", lat=50.1, lon=14.0), "place near"),
        (at("Zenda", lat=50.0, lon=14.0), at("Hofbau", lat=50.6, lon=14.0), None),
        (at("Zenda", lat=50.0, lon=14.0), at("Strelsau", lat=54.0, lon=14.0), "place far"),
        (
            at("Zenda", lat=50.0, lon=14.0),
            at("Graustark", lat=54.0, lon=14.0, radius_km=420.0),
            "place near",
        ),
        (at("Zenda"), at("Hofbau"), None),
        (at("Zenda"), None, None),
        (at("Zenda", lat=0.0, lon=179.95), at("Hofbau", lat=0.0, lon=-179.95), "place near"),
    ],
)
def test_places(one: Any, other: Any, feature: str | None) -> None:
    found = named(pair({"place": one}, {"place": other}), "place")
    assert found == ({feature} if feature else set())


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        (about("ASSAULT", "destroy"), about("ASSAULT", "destroy"), "content same"),
        (about("ASSAULT", "destroy"), about("ASSAULT", "aerial"), "content same type"),
        (about("ASSAULT"), about("SANCTION"), "content other"),
        (about("ASSAULT"), None, None),
    ],
)
def test_contents(one: Any, other: Any, feature: str | None) -> None:
    threat = {"type": "THREATEN", "mode": None}
    found = named(pair(threat | {"content": one}, threat | {"content": other}), "content")
    assert found == ({feature} if feature else set())


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ([count(1500)], [count(1500)], {"count same"}),
        ([count(1500)], [count(3000)], {"count other"}),
        ([count(1500), count(9)], [count(1500)], {"count same", "count other"}),
        ([count(1500)], [count(1500, "balloon")], set()),
        ([count(None)], [count(1500)], set()),
        ([count(9, "balloon")], [count(9, "balloon", occasions=2)], {"count same", "one a sum"}),
        ([], [count(9)], set()),
    ],
)  # fmt: skip
def test_counts(one: list[Any], other: list[Any], wanted: set[str]) -> None:
    found = pair({"quantities": one}, {"quantities": other})
    assert found.keys() & {"count same", "count other", "one a sum"} == wanted


@pytest.mark.parametrize("status", ["predicted", "background"])
def test_one_that_is_to_come_or_long_known(status: str) -> None:
    assert f"one {status}" in pair({"status": status}, {})
    assert f"one {status}" not in pair({"status": status}, {"status": status})


def test_reports_of_one_article_share_it_and_not_their_story() -> None:
    sentence = "Ruritania razed the bridge and then razed the mill."
    first, second, third = told(
        "d1", deed(sentence, "razed the bridge"), deed(sentence, "razed the mill"), deed()
    ).reports
    assert "one article" in features(first, third)
    assert not {"one sentence", "story"} & features(first, third).keys()
    (same,) = told("d2", deed(sentence, "razed")).reports
    assert "one article" not in features(first, same)
    assert features(first, same)["story"] > 0.5
    assert "one sentence" not in features(first, second)  # two sentences with the same words


def test_two_deeds_of_one_sentence() -> None:
    one = told("d1", deed("Ruritania razed the bridge and burnt the mill.", "razed"))
    (first,) = one.reports
    assert "one sentence" in features(first, first)


def test_two_events_of_one_trigger() -> None:
    first, second = told("d1", deed(SENTENCE, "razed"), deed(SENTENCE, "bridge")).reports
    assert "one trigger" in features(first, first)
    assert "one trigger" not in features(first, second)


def test_what_is_only_said_in_one_article() -> None:
    blame = {"type": "ACCUSE", "mode": None}
    first, second, third = told(
        "d1", deed("Ruritania blamed them.", "blamed", **blame),
        deed("It accused them again.", "accused", **blame), deed(),
    ).reports  # fmt: skip
    assert "statements in one article" in features(first, second)
    assert "statements in one article" not in features(first, third)
    (elsewhere,) = told("d2", deed("Ruritania blamed them.", "blamed", **blame)).reports
    assert "statements in one article" not in features(first, elsewhere)


def test_what_stands_deep_in_another_article() -> None:
    top = report("d1", more="The river rose. " * 20)
    *_, deep = told("d2", deed("The river rose over night in Zenda."), deed()).reports
    assert "deep in an article" in features(top, deep)
    assert "deep in an article" not in features(top, report("d3"))


def test_articles_of_one_story() -> None:
    tale = "Rassendyll and Hentzau duelled at Tarlenheim castle; Sapt hid the crown. "
    assert "one story" in pair({"more": tale}, {"more": tale})
    assert "one story" not in pair({"more": tale * 3}, {"more": "Cherries are ripe. " * 9})


@pytest.mark.parametrize(
    ("several", "is_several"),
    [
        ({"quantities": [count(9, occasions=3)]}, True),
        ({"cardinality": "several"}, True),
        ({"cardinality": "habitual"}, True),
        ({"cardinality": "one"}, False),
        ({"quantities": [count(9)]}, False),
    ],
)
def test_several_at_once(several: dict[str, Any], is_several: bool) -> None:
    one_of = {"one of several", "one of many"}
    assert bool(one_of & pair({}, several).keys()) is is_several
    assert ("both of several" in pair(several, several)) is is_several


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("cardinality#measure", "one of many"),
        ("cardinality#plural", "one of several"),
        ("cardinality#present", "one of several"),
    ],
)
def test_a_plural_is_a_weaker_sign_of_many_than_a_count(rule: str, name: str) -> None:
    said = {"cardinality": "several", "evidence": [Evidence(rule=rule, spans=())]}
    assert name in pair({}, said)
    assert len({"one of many", "one of several"} & pair({}, said).keys()) == 1


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("its sixth raid", "its first raid", "ordinal other"),
        ("its 6th raid", "its sixth and boldest raid", "ordinal same"),
        ("its raid", "its first raid", None),
    ],
)
def test_how_manieth_it_is(one: str, other: str, name: str | None) -> None:
    told_so = [
        {"sentence": f"Ruritania launched {it} on Zenda.", "trigger": "raid"} for it in (one, other)
    ]
    found = pair(*told_so)
    assert {key for key in found if key.startswith("ordinal")} == ({name} if name else set())


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        ({"date": day(16)}, True),
        ({}, True),
        ({"recipients": [who("its men", "GRA", "GOV", via="nominal")]}, True),
        ({"date": day(3)}, False),
        ({"mode": "aerial"}, False),
        ({"actors": []}, False),
        ({"recipients": [who("Strelsau", "STR", "GOV")]}, False),
        ({"quantities": [count(9, occasions=3)]}, False),
    ],
)
def test_one_side_that_does_the_same_to_the_other_on_one_day(
    other: dict[str, Any], is_one: bool
) -> None:
    assert ("same deed" in pair({"date": day(16)}, other)) is is_one


def test_words_may_be_said_twice_on_one_day() -> None:
    assert "same deed" not in pair(
        {"type": "ACCUSE", "mode": None}, {"type": "ACCUSE", "mode": None}
    )


def test_words_near_the_trigger() -> None:
    other = {
        "sentence": "Snow fell on hills and on men who slept while others razed Zenda.",
        "trigger": "razed",
    }
    found = pair({}, other)
    assert 0 < found["words"] < found["words near"] < 1


def test_words_are_alike_from_0_to_1() -> None:
    assert pair({}, {})["words"] == pytest.approx(1.0)
    other = {"sentence": "Snow fell.", "trigger": "fell"}
    assert pair({}, other)["words"] == 0.0


def test_every_feature_has_a_weight() -> None:
    weights = load_incidents().weights
    reports = [report(f"d{n}", **given) for n, given in enumerate(SAMPLES)]
    for one in reports:
        for other in reports:
            if one.group == other.group:
                assert features(one, other).keys() <= weights.keys()


PLACES = (None, at("Zenda", lat=50.0, lon=14.0), at("Hofbau", lat=52.0, lon=14.0))
PARTIES = ((), (RUR,), (GRA,), (ARMY,), (KING, PRESS), (GANG,), (STRANGERS,))
DATES = (
    None, day(14), day(16), on(day(1), day(28)), since(day(10)), since(day(30)), on(None, day(9)),
)  # fmt: skip
telling = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["ASSAULT", "COERCE", "MOBILIZE"]),
        "mode": st.sampled_from([None, "destroy"]),
        "actors": st.sampled_from(PARTIES),
        "recipients": st.sampled_from(PARTIES),
        "date": st.sampled_from(DATES),
        "place": st.sampled_from(PLACES),
        "quantities": st.sampled_from([(), (count(9),), (count(9, occasions=3), count(4))]),
        "status": st.sampled_from(["actual", "background", "predicted", "alleged"]),
        "published": st.sampled_from([None, day(8), day(16)]),
        "sentence": st.sampled_from(["Ruritania razed it.", "It razed the Zenda bridge and mill."]),
        "trigger": st.just("razed"),
    }
)
SAMPLES: list[dict[str, Any]] = [
    {"actors": a, "recipients": b, "date": c, "place": d, "status": e}
    for a, b, c, d, e in zip(
        PARTIES, PARTIES[::-1], DATES, PLACES * 3,
        ("actual", "background", "predicted", "actual", "alleged", "actual", "actual"),
        strict=False,
    )
] + [
    {"type": "CONSULT", "mode": None, "actors": a, "recipients": b}
    for a, b in zip(PARTIES, PARTIES[::-1], strict=True)
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(telling, telling)
def test_a_pair_has_the_same_features_in_either_order(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = report("d1", **one), report("d2", **other)
    assert features(first, second) == pytest.approx(features(second, first))


@settings(max_examples=40, deadline=None)
@given(telling)
def test_a_report_is_on_one_day_with_itself(one: dict[str, Any]) -> None:
    assert "days apart" not in pair(one, one)
