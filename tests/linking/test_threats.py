"""The ledger of threats and demands: each outcome, and each deed that is none."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.made_up import (
    GRAUSTARK,
    RUPERT,
    RURITANIA,
    STREL,
    claim,
    day,
    days,
    deed,
    demand,
    incident,
    party,
    site,
    threat,
)

from tocsin.errors import OptionError
from tocsin.linking.incidents.reports import NEWS_DAYS
from tocsin.linking.threats import HORIZON, follow
from tocsin.model.incident import Incident
from tocsin.model.threat import Lag, Threat

LATER = date(2022, 3, 1)


def only(*incidents: Incident, **options: object) -> Threat:
    """The one threat among these, at the end of 2021."""
    (found,) = follow(incidents, **({"as_of": LATER} | options))  # type: ignore[arg-type]
    return found


class TestThreats:
    def test_the_deed_carries_it_out_and_the_lag_is_in_days(self) -> None:
        found = only(threat(), deed())
        assert (found.outcome, found.outcome_incident) == ("carried out", "deed")
        assert found.lag == Lag(least=3, most=3)
        assert found.settled is not None
        assert found.settled.start == day(4)
        assert {feature.name for feature in found.features} == {
            "type", "recipient", "object", "place", "order",
        }  # fmt: skip
        assert found.score == pytest.approx(
            sum(feature.value * feature.weight for feature in found.features), abs=1e-3
        )
        assert "custom, house" in found.reason

    def test_ranges_of_days_make_a_range_of_lags(self) -> None:
        found = only(threat(on=days(day(1), day(3))), deed(on=days(day(5), day(9))))
        assert found.lag == Lag(least=2, most=8)

    def test_another_arm_of_the_same_state_carries_it_out(self) -> None:
        rupert = party("RUR", "GOV", "PTY", name="Rupert of Hentzau", entity=RUPERT)
        found = only(threat(actors=(rupert,)), deed(actors=(party("RUR", "MIL"),)))
        assert found.outcome == "carried out"

    def test_what_is_threatened_may_stand_before_the_pronoun(self) -> None:
        words = "Rupert called the old customs house useless and threatened to destroy it soon."
        assert only(threat(sentence=words), deed()).outcome == "carried out"

    def test_within_a_country_others_do_not_carry_it_out(self) -> None:
        guild = party("RUR", "BUS", name="the guild")
        flavia = party("RUR", name="Flavia", entity=replace(RUPERT, id="Q2"))
        rupert = party("RUR", name="Rupert", entity=RUPERT)
        said = threat(actors=(rupert,), recipients=(guild,))
        assert only(said, deed(actors=(rupert,), recipients=(guild,))).outcome == "carried out"
        assert only(said, deed(actors=(flavia,), recipients=(guild,))).outcome == "lapsed"
        assert only(said, deed(actors=(rupert,), recipients=(flavia,))).outcome == "lapsed"

    def test_what_is_announced_for_a_later_day_is_not_done(self) -> None:
        assert only(threat(), deed(on=day(20), seen=day(3))).outcome == "lapsed"

    def test_an_alleged_deed_counts_and_is_said_to_be_alleged(self) -> None:
        found = only(threat(), deed(status="alleged"))
        assert found.outcome == "carried out"
        assert "only alleged" in found.reason

    def test_the_better_deed_is_taken_then_the_earlier(self) -> None:
        guns = deed("a", mode="heavy-weapons", on=day(3))
        assert only(threat(), guns, deed("b"), deed("c", on=day(5))).outcome_incident == "b"

    @pytest.mark.parametrize(
        "other",
        [
            deed(on=day(31, 5)),
            deed(on=day(1)),
            deed(actors=(STREL,)),
            deed(actors=(party("RUR", "REB"),)),
            deed(recipients=(STREL,)),
            deed(status="denied"),
            deed(status="predicted"),
            deed(status="hypothetical"),
            deed(status="unconfirmed"),
            deed(type="ACCUSE", mode="disapprove", quad=3),
            deed(sentence="Ruritanian guns destroyed a bridge near the lake on Friday."),
            deed(on=days(None), seen=day(1)),
            deed(on=day(4), seen=LATER + timedelta(days=1)),
            deed(on=day(1, 6) + timedelta(days=HORIZON + 1)),
        ],
        ids=[
            "before", "the same day", "by another state", "by rebels", "to another state", "denied",
            "predicted", "hypothetical", "unconfirmed", "of another type", "another thing",
            "of a day nobody told, in news of the same day", "reported too late",
            "beyond the horizon",
        ],
    )  # fmt: skip
    def test_no_other_deed_does(self, other: Incident) -> None:
        found = only(threat(), other)
        assert (found.outcome, found.outcome_incident) == ("lapsed", None)

    def test_on_one_day_the_text_must_tell_the_order(self) -> None:
        words = "Hours after the threat, Ruritania destroyed the customs house."
        found = only(threat(), deed(on=day(1), sentence=words))
        assert (found.outcome, found.lag) == ("carried out", Lag(least=0, most=0))

    def test_a_deed_in_the_same_sentence_and_days_is_not_its_outcome(self) -> None:
        words = "Ruritania cut the telegraph and threatened to scrap the ferry pact this month."
        when = days(day(1), day(16))
        said = threat(on=when, sentence=words, content=("SANCTION", "discontinue", "scrap"))
        done = deed(type="SANCTION", mode="discontinue", on=when, sentence=words)
        assert only(said, done).outcome == "lapsed"

    def test_a_report_that_retells_the_threat_is_not_about_its_thing(self) -> None:
        words = "Ruritania shelled a bridge after it threatened to destroy the customs house."
        assert only(threat(), deed(mode=None, sentence=words)).outcome == "lapsed"

    def test_an_unknown_addressee_is_weak_but_not_against_it(self) -> None:
        assert only(threat(recipients=()), deed()).outcome == "carried out"

    def test_a_place_far_away_speaks_against_it(self) -> None:
        near, far = site("Zenda", 47.0, 10.0), site("Strelsau", 40.0, 20.0)
        here = only(threat(sites=(near,)), deed(sites=(near,)))
        there = only(threat(sites=(near,)), deed(sites=(far,)))
        assert (here.score or 0) > (there.score or 0)

    def test_of_unknown_content_only_the_thing_tells(self) -> None:
        bare = threat(mode=None, content=(None, None, None), sentence=(
            "Ruritania threatened a customs house blockade."))  # fmt: skip
        assert only(bare, deed()).outcome == "carried out"
        assert only(bare, deed(sentence="Guns destroyed a bridge.")).outcome == "lapsed"

    def test_without_a_deed_it_is_open_until_the_horizon(self) -> None:
        last = day(1) + timedelta(days=HORIZON)
        assert only(threat(), as_of=last).outcome == "open"
        assert only(threat(), as_of=last + timedelta(days=1)).outcome == "lapsed"
        assert only(threat(), as_of=day(12), horizon=10).outcome == "lapsed"

    def test_without_a_day_given_it_is_told_as_of_the_last_report(self) -> None:
        assert follow([threat()])[0].outcome == "open"

    def test_a_deadline_goes_before_the_horizon(self) -> None:
        soon = threat(deadline=day(10))
        assert only(soon, as_of=day(10)).outcome == "open"
        assert only(soon, as_of=day(11)).outcome == "lapsed"
        assert only(soon, deed(on=day(11))).outcome == "lapsed"

    def test_the_deadline_of_a_condition_is_for_meeting_it(self) -> None:
        ultimatum = threat(deadline=day(10), condition="unless the lancers leave")
        assert only(ultimatum, deed(on=day(11))).outcome == "carried out"

    def test_what_came_later_is_not_known_yet(self) -> None:
        assert only(threat(), deed(), as_of=day(3)).outcome == "open"

    def test_a_condition_that_is_met_lets_it_lapse(self) -> None:
        words = "Graustark withdrew its lancers across the ford."
        done = incident(
            "met", "RETREAT", "withdraw", actors=(GRAUSTARK,), recipients=(), on=day(5), quad=2,
            sentence=words,
        )  # fmt: skip
        said = threat(condition="unless Graustark moves its lancers across the ford")
        found = only(said, done)
        assert (found.outcome, found.outcome_incident) == ("lapsed", "met")
        assert "condition was met" in found.reason
        # the deed after all is still the deed
        assert only(said, done, deed(on=day(8))).outcome == "carried out"
        # a condition that the addressee must not do is not met by doing it
        other = only(replace(said, condition="if the lancers stay"), done)
        assert (other.outcome, other.outcome_incident) == ("lapsed", None)

    def test_the_speaker_takes_it_back(self) -> None:
        back = incident(
            "back", "CONCEDE", on=day(3), quad=1, sentence="Ruritania will spare the customs house."
        )
        found = only(threat(), back)
        assert (found.outcome, found.outcome_incident) == ("withdrawn", "back")
        assert only(threat(), back, deed()).outcome == "withdrawn"
        assert only(threat(), replace(back, days=days(day(8))), deed()).outcome == "carried out"
        assert only(threat(), replace(back, recipients=(STREL,))).outcome == "lapsed"

    def test_a_later_one_with_a_new_deadline_takes_its_place(self) -> None:
        again = threat("threat 2", on=day(3), deadline=day(20))
        first, second = follow([threat(), again, deed()], as_of=LATER)
        assert (first.outcome, first.outcome_incident) == ("superseded", "threat 2")
        assert (second.outcome, second.lag) == ("carried out", Lag(least=1, most=1))

    def test_saying_it_again_without_anything_new_does_not(self) -> None:
        first, second = follow([threat(), threat("threat 2", on=day(3)), deed()], as_of=LATER)
        assert first.outcome == second.outcome == "carried out"

    def test_an_agreement_settles_it(self) -> None:
        pact = incident(
            "pact", "AGREE", on=day(3), quad=1, sentence="Both sides will share the customs house."
        )
        assert only(threat(), pact, deed()).outcome == "superseded"

    @pytest.mark.parametrize("status", ["predicted", "hypothetical", "denied", "unconfirmed"])
    def test_what_was_not_made_is_no_threat(self, status: str) -> None:
        assert follow([threat(status=status)], as_of=LATER) == ()

    def test_what_others_expect_is_no_threat(self) -> None:
        words = "Ruritania could destroy the customs house, the envoy of Strelia said."
        assert follow([threat(sentence=words, claims=(claim(STREL),))], as_of=LATER) == ()
        own = threat(sentence=words, claims=(claim(party("RUR", "MIL")),))
        assert len(follow([own], as_of=LATER)) == 1
        retold = threat(claims=(claim(STREL),))
        assert len(follow([retold], as_of=LATER)) == 1

    def test_an_old_threat_is_one_of_its_own_day(self) -> None:
        old = threat(status="background", on=day(1, 3), seen=day(1, 6))
        found = only(old, deed(on=day(5, 3), seen=day(2, 6)))
        assert found.made is not None
        assert (found.outcome, found.made.start) == ("carried out", day(1, 3))

    def test_nobody_knows_when_it_was_made(self) -> None:
        found = only(threat(on=days(None), seen=None), deed())
        assert (found.outcome, found.made, found.made_told) == ("open", None, "nothing")

    def test_later_news_of_a_deed_without_a_day_is_perhaps_after(self) -> None:
        found = only(threat(), deed(on=days(None), seen=day(2)))
        assert (found.outcome, found.lag) == ("carried out", Lag(least=0, most=1))
        assert "perhaps after it" in found.reason

    def test_a_day_told_by_the_report_is_marked(self) -> None:
        found = only(threat(on=days(None), seen=day(2)), deed(on=day(12)))
        assert (found.made_told, found.lag) == ("report", Lag(least=10, most=10 + NEWS_DAYS))


class TestDemands:
    def test_the_addressee_complies(self) -> None:
        words = "The lancers of Ruritania were withdrawn from the pass."
        done = deed(type="RETREAT", mode="withdraw", on=day(9), quad=2, sentence=words)
        found = only(demand(), done)
        assert (found.kind, found.outcome, found.lag) == (
            "demand",
            "complied",
            Lag(least=8, most=8),
        )

    def test_the_addressee_refuses(self) -> None:
        words = "Ruritania refused to withdraw its lancers from the pass."
        no = incident("no", "REJECT", "yield", on=day(3), quad=3, sentence=words)
        found = only(demand(), no)
        assert (found.outcome, found.outcome_incident) == ("defied", "no")
        words = "Ruritania refused a loan for its lancers."
        assert only(demand(), replace(no, sentence=words)).outcome == "lapsed"

    def test_whoever_refuses_first_and_then_complies_complied(self) -> None:
        no = incident(
            "no",
            "REJECT",
            on=day(3),
            quad=3,
            sentence="Ruritania will keep its lancers at the pass.",
        )
        words = "Ruritania withdrew its lancers from the pass."
        done = deed(type="RETREAT", mode="withdraw", on=day(9), quad=2, sentence=words)
        assert only(demand(), no, done).outcome == "complied"

    def test_a_demand_to_stop_is_defied_by_the_deed(self) -> None:
        words = "Graustark demanded that Ruritania stop shelling the customs house."
        stop = demand(content=("ASSAULT", "heavy-weapons", "shelling"), sentence=words)
        found = only(stop, deed(mode="heavy-weapons"))
        assert (found.stop, found.outcome) == (True, "defied")
        assert only(stop).outcome == "lapsed"

    def test_the_speaker_takes_it_back(self) -> None:
        back = incident(
            "back", "CONCEDE", actors=(GRAUSTARK,), recipients=(RURITANIA,), on=day(3), quad=1,
            sentence="Graustark no longer minds the lancers on the pass.",
        )  # fmt: skip
        assert only(demand(), back).outcome == "withdrawn"

    def test_without_an_answer_it_is_open_and_then_lapses(self) -> None:
        assert only(demand(), as_of=day(20)).outcome == "open"
        assert only(demand()).outcome == "lapsed"

    def test_without_content_there_is_nothing_to_follow(self) -> None:
        assert follow([demand(content=(None, None, None))], as_of=LATER) == ()

    def test_a_request_is_not_answered_by_any_other_request(self) -> None:
        words = "Graustark urged Ruritania to ask the duke for grain."
        ask = demand(content=("REQUEST", None, "ask"), sentence=words)
        other = deed(type="REQUEST", mode=None, quad=3, sentence="Ruritania asked for a truce.")
        assert only(ask, other).outcome == "lapsed"


def test_the_horizon_is_at_least_a_day() -> None:
    with pytest.raises(OptionError, match="at least one day, not 0"):
        follow([], horizon=0)


STORY = (
    threat(),
    threat("threat 2", on=day(3), deadline=day(20)),
    demand(),
    deed(),
    deed("deed 2", mode="heavy-weapons", on=day(6)),
    deed("deed 3", on=days(day(2), day(5))),
    incident("back", "CONCEDE", on=day(7), quad=1, sentence="They spare the customs house."),
    incident("no", "REJECT", on=day(3), quad=3, sentence="No lancers leave the pass."),
)


def test_the_order_of_incidents_does_not_matter() -> None:
    expected = follow(STORY, as_of=LATER)
    for order in itertools.islice(itertools.permutations(STORY), 0, 40320, 577):
        assert follow(order, as_of=LATER) == expected


def test_those_that_are_asked_for_end_as_among_all() -> None:
    every = follow(STORY, as_of=LATER)
    assert len(every) > 1
    for one in every:
        assert follow(STORY, as_of=LATER, only={one.id}) == (one,)
    assert follow(STORY, as_of=LATER, only=()) == ()


codes = st.sampled_from(["STR", "KRA", "HOF"])


@given(codes, codes, st.sampled_from(["ASSAULT", "CONCEDE", "REJECT", "AGREE"]), st.integers(1, 28))
def test_what_others_do_to_each_other_changes_nothing(
    actor: str, recipient: str, type_: str, number: int
) -> None:
    other = incident(
        "other", type_, actors=(party(actor),), recipients=(party(recipient),), on=day(number),
        sentence="They destroyed the customs house.",
    )  # fmt: skip
    assert follow((*STORY, other), as_of=LATER) == follow(STORY, as_of=LATER)


@given(st.integers(1, 28), st.integers(0, 5), st.integers(1, 28), st.integers(0, 5))
def test_a_deed_before_the_threat_is_never_its_outcome(
    said: int, said_for: int, done: int, done_for: int
) -> None:
    made = days(day(said), day(said) + timedelta(days=said_for))
    when = days(day(done), day(done) + timedelta(days=done_for))
    found = only(threat(on=made), deed(on=when))
    if done + done_for < said or done < said:
        assert found.outcome == "lapsed"
    if done > said + said_for:
        assert found.outcome == "carried out"
    if found.lag is not None:
        assert found.lag.most is not None
        assert 0 <= found.lag.least <= found.lag.most
