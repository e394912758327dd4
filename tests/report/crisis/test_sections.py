"""The sections: the numbers of each are those of the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.linking.telling import GRA, RUR, day, deed, on, told
from tests.report.crisis.conftest import DYAD, Fill, razed, talks

from tocsin.report.crisis.accuracy import FIGURES
from tocsin.report.crisis.building import build
from tocsin.report.crisis.gathering import gather
from tocsin.report.crisis.incidents import incident_section
from tocsin.report.crisis.index import adding_up
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.sparkline import sparkline


@pytest.mark.parametrize(
    ("amounts", "total"), [([0.333, 0.333, 0.334], 1.0), ([1.005, 2.005], 3.01), ([0.0], 0.0)]
)
def test_shares_as_shown_add_up(amounts: list[float], total: float) -> None:
    shown = adding_up(amounts, total)
    assert round(sum(shown), 2) == total
    assert all(abs(one - other) < 0.01 + 1e-9 for one, other in zip(shown, amounts, strict=True))


def test_the_shares_of_the_last_day_add_up_to_the_index(material: Material) -> None:
    shares = build(material).index.shares[0]
    whole = sum(float(row.share) for row in shares.rows) + float(shares.rest)
    assert f"{whole:.2f}" == shares.value
    assert all(row.reference for row in shares.rows)


def test_the_ladder_tells_words_from_deeds(material: Material) -> None:
    ladder = build(material).ladder
    assert [row.number for row in ladder.rows] == list(range(1, 15))
    for name, deeds in (("all words", False), ("all deeds", True)):
        cells = dict(ladder.sums)[name]
        whole = sum(float(row.cells[0].incidents) for row in ladder.rows if row.deed is deeds)
        assert float(cells[0].incidents) == pytest.approx(whole, abs=0.2)
    assert ladder.highest[0].number == max(
        one.rung.number for one in material.sides[0].observations
    )
    assert ladder.highest[0].reference is not None


def test_incidents_are_newest_first_with_all_that_is_told(material: Material) -> None:
    section = build(material).incidents
    rows = [row for month in section.months for row in month.rows]
    assert section.shown == section.total == len(rows) == len(material.observations)
    (bridge,) = [row for row in rows if "razed" in row.sentence]
    assert bridge.counts in (("1,500 or 3,000 man",), ("3,000 or 1,500 man",))
    assert bridge.place == "Zenda (RUR)"
    assert "2 independent sources" in bridge.corroboration
    assert len(bridge.others) == 1
    assert bridge.url is not None


def test_those_of_most_weight_are_shown_and_the_others_counted(material: Material) -> None:
    section = incident_section(material, 2)
    rows = [row for month in section.months for row in month.rows]
    assert (section.shown, section.total) == (2, len(material.observations))
    assert any("razed" in row.sentence for row in rows)


def test_threats_have_their_outcome_and_its_evidence(material: Material) -> None:
    ledger, other = build(material).threats
    (row,) = ledger.rows
    assert (row.outcome, row.lag, row.content) == ("carried out", "3 days", "destruction")
    assert "razed the Zenda bridge" in row.end_sentence
    assert ledger.rates[0].rate == "1.00 (0.21 to 1.00)"
    assert other.rows == ()


def test_claims_tell_who_asserts_and_who_denies(material: Material) -> None:
    claims = build(material).claims
    (row,) = claims.rows
    assert [voice.name for voice in row.asserts] == ["the envoy (GRA)"]
    assert [voice.name for voice in row.denies] == ["Ruritania (RUR)"]
    assert row.reference is not None


def test_channels_have_their_steps_with_evidence(material: Material) -> None:
    (thing,) = build(material).channels.rows
    assert (thing.name, thing.state, thing.since, thing.lost) == (
        "Zenda road", "closed", "16 Jun 2020", True,
    )  # fmt: skip
    assert thing.steps[0].inside
    assert thing.steps[0].source == "Courier, 17 Jun 2020"


def test_sources_count_texts_and_copies_apart(material: Material) -> None:
    sources = build(material).sources
    assert (sources.articles, sources.copies) == (7, 1)
    rows = {row.name: row for row in sources.rows}
    assert rows["Gazette"].copies == 1
    assert rows["Gazette"].total == 0
    assert sum(row.total for row in sources.rows) == sum(sources.sums) == 7
    assert (sources.days, sources.unread) == (12, 6)
    assert sources.gaps == ("14 Jun 2020 to 16 Jun 2020 (3 days)",)
    assert sources.more_gaps == 3


def test_long_periods_are_told_by_year(fill: Fill) -> None:
    store = fill(razed(), told("o", deed(), published=day(-900)))
    assert build(gather(store, DYAD)).sources.columns == ("2017", "2018", "2019", "2020")


def test_undated_and_unread_are_told_among_the_limits(fill: Fill) -> None:
    store = fill(
        razed(),
        told("n", deed("Ruritania once shelled the Strelsau tower of Graustark.", "shelled",
                       mode="heavy-weapons", status="background"), published=day(18)),
        told("f", deed("Ruritania burnt the Zenda mill.", "burnt", date=on(day(-60))),
             published=day(18)),
    )  # fmt: skip
    limits = build(gather(store, DYAD, since=day(-90))).limits
    text = " ".join(limits.left_out)
    assert "1 incident without a day" in text
    assert "1 incident happened in months of which nothing was read" in text


def test_the_measured_figures_are_those_of_the_page_on_accuracy() -> None:
    page = Path(__file__).parents[3].joinpath("docs/accuracy.md").read_text(encoding="utf-8")
    for figure in FIGURES:
        for words in figure.found:
            assert words in page, words


def test_talks_count_in_both_directions_and_stand_once(fill: Fill) -> None:
    material = gather(fill(talks()), DYAD)
    assert [len(side.observations) for side in material.sides] == [1, 1]
    assert build(material).incidents.total == 1


def test_what_only_the_other_side_does_is_there_too(fill: Fill) -> None:
    one = told("g", deed(actors=[GRA], recipients=[RUR], date=on(day(18))), published=day(18))
    material = gather(fill(one), DYAD)
    assert [len(side.observations) for side in material.sides] == [0, 1]
    assert build(replace(material, alarms=())).incidents.total == 1


def test_a_sparkline_has_a_dot_where_nothing_is_known() -> None:
    assert sparkline([0.0, None, 8.0]) == "▁·█"
    assert len(sparkline([1.0] * 500)) <= 80
    assert sparkline([]) == ""
