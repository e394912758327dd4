"""Claims: who asserts, who denies, who does neither, and who says it in whose name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.linking.telling import GRA, RUR, day, report, says, who

from tocsin.linking.incidents.claims import claims
from tocsin.model.event import Attribution

NEWS = who("Strelsau Radio", "RUR", "MED")


def test_each_party_and_stance_is_one_claim() -> None:
    one, other = (report(f"d{n}", attribution=[says(RUR)]) for n in (1, 2))
    denied = report("d3", attribution=[says(GRA, "denied", "denies")])
    first, second = claims([one, other, denied])
    assert first.speaker is not None
    assert (first.speaker.country, first.stance, first.reports) == (
        "RUR", "asserts", (one.id, other.id),
    )  # fmt: skip
    assert second.speaker is not None
    assert (second.speaker.country, second.stance) == ("GRA", "denies")


def test_one_that_says_now_this_and_now_that_has_two_claims() -> None:
    found = claims([
        report("d1", attribution=[says(RUR, "denied", "denies")], published=day(16)),
        report("d2", attribution=[says(RUR, "admitted")], published=day(20)),
    ])  # fmt: skip
    assert [(one.stance, one.first) for one in found] == [
        ("denies", day(16)), ("asserts", day(20)),
    ]  # fmt: skip


def test_a_denied_or_unconfirmed_report_carries_its_first_speakers_stance() -> None:
    chain = [says(GRA), says(NEWS, "reported")]
    for status, stance in (("denied", "denies"), ("unconfirmed", "neither")):
        found = claims([report(status=status, attribution=chain)])
        stances = {one.speaker.name: one.stance for one in found if one.speaker}
        assert stances == {"Graustark": stance, "Strelsau Radio": "asserts"}


def test_state_media_and_the_anonymous_are_told_apart() -> None:
    found = claims([
        report("d1", attribution=[says(NEWS, state_media=True)]),
        report("d2", attribution=[says(who("an official", "RUR", "GOV"), anonymous=True)]),
        report("d3", attribution=[says(who("an official", "RUR", "GOV"))]),
    ])  # fmt: skip
    assert sorted((one.state_media, one.anonymous) for one in found) == [
        (False, False), (False, True), (True, False),
    ]  # fmt: skip


def test_where_nobody_is_named_the_claim_has_no_speaker() -> None:
    (claim,) = claims([report(attribution=[says(None, "reportedly")])])
    assert (claim.speaker, claim.anonymous, claim.stance) == (None, True, "asserts")


def test_they_stand_by_the_day_of_their_first_report_and_those_without_one_last() -> None:
    found = claims([
        report("d1", attribution=[says(RUR)], published=day(20)),
        report("d2", attribution=[says(GRA)], published=day(16)),
        report("d3", attribution=[says(NEWS)], published=None),
        report("d4", attribution=[says(RUR)], published=day(12)),
    ])  # fmt: skip
    assert [one.first for one in found] == [day(12), day(16), None]


def test_the_reporters_own_voice_is_no_claim() -> None:
    assert claims([report()]) == ()


LINKS = [says(RUR), says(GRA, "denied", "denies"), says(None), says(RUR, state_media=True)]
links = st.lists(st.sampled_from(LINKS), max_size=3)


@given(st.lists(links, max_size=5), st.randoms())
def test_no_link_is_lost_and_their_order_does_not_count(
    chains: list[list[Attribution]], random: object
) -> None:
    reports = [report(f"d{n}", attribution=chain) for n, chain in enumerate(chains)]
    found = claims(reports)
    wanted = {(one.id, link.stance) for one in reports for link in one.event.attribution}
    assert {(id_, claim.stance) for claim in found for id_ in claim.reports} == wanted
    keys = [(one.speaker and one.speaker.name, one.stance, one.state_media) for one in found]
    assert len(keys) == len(set(keys))
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = claims(shuffled)
    assert [(one.stance, one.first, sorted(one.reports)) for one in again] == [
        (one.stance, one.first, sorted(one.reports)) for one in found
    ]
