"""States of channels and agreements: each rule's own examples, and what surrounds them."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin import Coder, Document
from tocsin.knowledge.channels import StateRule, load_channel_rules
from tocsin.model.channel import FIRM, StateReport

RULES = load_channel_rules().states
YES = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.yes]
NO = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.no]
DAY = date(2021, 3, 10)  # a Wednesday


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(coder="rules")


def read(coder: Coder, text: str, published: date | None = DAY) -> list[StateReport]:
    return list(coder.read(Document.of(text, published=published)).states)


def of_rule(reports: list[StateReport], rule: StateRule) -> list[StateReport]:
    return [
        report
        for report in reports
        if report.status in FIRM and report.evidence[0].rule == f"channels#{rule.id}"
    ]


@pytest.mark.parametrize(("rule", "text"), YES)
def test_a_rule_finds_its_examples(coder: Coder, rule: StateRule, text: str) -> None:
    found = of_rule(read(coder, text), rule)
    assert found
    assert found[0].state == rule.state


@pytest.mark.parametrize(("rule", "text"), NO)
def test_and_leaves_alone_what_is_none(coder: Coder, rule: StateRule, text: str) -> None:
    assert of_rule(read(coder, text), rule) == []


@pytest.mark.parametrize(
    ("text", "state", "toward", "status"),
    [
        (
            "Egypt threatened to scrap the military agreement with Libya.",
            "threatened",
            "scrapped",
            "actual",
        ),
        ("Egypt vowed to close its embassy in Libya.", "threatened", "closed", "actual"),
        (
            "Egypt repeated its threat to close the border crossing with Libya.",
            "threatened",
            "closed",
            "actual",
        ),
        ("Egypt will scrap the military agreement with Libya.", "scrapped", None, "predicted"),
        ("Egypt reportedly closed its embassy in Libya.", "closed", None, "alleged"),
    ],
)
def test_what_is_only_threatened_or_said_is_no_state_yet(
    coder: Coder, text: str, state: str, toward: str | None, status: str
) -> None:
    (report,) = read(coder, text)
    assert (report.state, report.toward, report.status) == (state, toward, status)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt could close its embassy in Libya.",
        "Kenya repeated its demand that Egypt lift the sanctions on Libya.",
        "Egypt has until Monday to sign the treaty with Libya.",
        "Closing the border crossing with Libya is risky for Egypt.",
        "Egypt called for the reopening of the border crossing with Libya.",
        "Egypt offered troops in return for the lifting of the sanctions of Kenya on Egypt.",
        "Egypt warned Libya not to leave the treaty with Egypt.",
        "Egypt summoned the ambassador of Libya.",
        "Kenya opened a road in Nairobi.",
        "The shop closed its doors in Nairobi.",
        "Three companies signed a deal.",
    ],
)
def test_what_is_wished_or_within_one_state_is_no_report(coder: Coder, text: str) -> None:
    assert [report for report in read(coder, text) if report.status in FIRM] == []


@pytest.mark.parametrize(
    ("text", "change", "start", "end"),
    [
        (
            "Egypt closed its embassy in Libya on Monday.",
            "began",
            date(2021, 3, 8),
            date(2021, 3, 8),
        ),
        (
            "The embassy of Egypt in Libya has been closed since January.",
            "began",
            date(2021, 1, 1),
            date(2021, 1, 31),
        ),
        (
            "The embassy of Egypt in Libya remained closed on Monday.",
            "held",
            date(2021, 3, 8),
            date(2021, 3, 8),
        ),
        ("The embassy of Egypt in Libya is closed.", "held", None, None),
        (
            "The 1994 treaty between Egypt and Libya was praised.",
            "began",
            date(1994, 1, 1),
            date(1994, 12, 31),
        ),
    ],
)
def test_the_day_is_that_on_which_it_began_or_held(
    coder: Coder, text: str, change: str, start: date | None, end: date | None
) -> None:
    (report,) = read(coder, text)
    assert report.change == change
    assert (report.date.start if report.date else None) == start
    assert (report.date.end if report.date else None) == end


def test_without_a_day_of_publication_nothing_is_guessed(coder: Coder) -> None:
    (report,) = read(coder, "Egypt closed its embassy in Libya on Monday.", None)
    assert report.date is not None
    assert (report.date.start, report.date.anchor, report.published) == (None, "none", None)


def test_the_words_that_stand_for_a_thing_are_that_thing(coder: Coder) -> None:
    text = (
        "Egypt opened an embassy in Libya in 2016. "
        "The building was destroyed on Monday. "
        "Its destruction shocked Kenya."
    )
    reports = read(coder, text)
    assert [report.state for report in reports] == ["open", "destroyed", "destroyed"]
    assert {report.parties for report in reports} == {("EGY", "LBY")}
    assert {report.name for report in reports} == {"embassy"}


def test_sanctions_go_from_one_to_another(coder: Coder) -> None:
    (report,) = read(coder, "Kenya imposed sanctions on Libya.")
    assert report.parties == ("KEN", "LBY")


def test_of_two_an_agreement_is_scrapped_of_many_it_is_left(coder: Coder) -> None:
    (two,) = read(coder, "Egypt withdrew from the treaty with Libya.")
    (many,) = read(coder, "Kenya withdrew from the Non-Proliferation Treaty.")
    assert (two.state, many.state) == ("scrapped", "left")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("North Korea blew up the liaison office in Kaesong.", "inter-korean-liaison-office"),
        ("North Korea cut the hotline with South Korea.", "inter-korean-hotlines"),
        ("South Korea closed the industrial complex in Kaesong.", "kaesong-industrial-complex"),
        (
            "North Korea scrapped the military agreement with Seoul.",
            "comprehensive-military-agreement",
        ),
        ("North Korea destroyed the roads connecting the two Koreas.", "inter-korean-roads"),
        ("North Korea and Kenya set up a hotline.", None),
        ("Washington and Pyongyang opened liaison offices.", None),
    ],
)
def test_a_pack_names_its_things(coder: Coder, text: str, known: str | None) -> None:
    (report,) = read(coder, text)
    assert report.known == known


def test_a_name_holds_from_the_day_that_the_thing_is_there(coder: Coder) -> None:
    text = "North Korea scrapped a military agreement with Seoul."
    (before,) = read(coder, text, date(2009, 1, 30))
    assert before.known is None
    assert before.parties == ("KOR", "PRK")
