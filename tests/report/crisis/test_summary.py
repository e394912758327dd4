"""The summary: every sentence has its references, and they say what it says."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.linking.telling import day, deed, told
from tests.report.crisis.conftest import DYAD, Fill, razed

from tocsin.model.alarm import Alarm
from tocsin.report.crisis.building import build
from tocsin.report.crisis.gathering import gather
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.standing import highest, standing


def lines(material: Material) -> list[str]:
    return [one.text for one in build(material).summary.sentences]


def test_every_sentence_leads_to_rows_of_evidence(material: Material) -> None:
    report = build(material)
    numbers = {row.number for row in report.references}
    assert 5 <= len(report.summary.sentences) <= 10
    for sentence in report.summary.sentences:
        assert sentence.references
        assert set(sentence.references) <= numbers
        assert all(part.references for part in sentence.parts)


def test_references_are_numbered_as_they_are_named(material: Material) -> None:
    report = build(material)
    named = dict.fromkeys(n for one in report.summary.sentences for n in one.references)
    assert list(named) == sorted(named)
    assert [row.number for row in report.references] == list(range(1, len(report.references) + 1))


def test_no_row_of_the_summary_is_without_a_sentence(fill: Fill) -> None:
    summary = build(gather(fill(razed()), DYAD)).summary
    named = {number for one in summary.sentences for number in one.references}
    assert named == set(range(1, max(named) + 1))


def test_the_level_is_that_of_the_index(material: Material) -> None:
    side = material.sides[0]
    now = standing(side.measured)
    assert now is not None
    assert now.value == side.measured.tension.value(day(24))
    assert (now.peak, now.peak_value) == highest(side.measured.tension)
    assert f"stood at {now.value:.2f}" in lines(material)[0]
    assert now.known == 11


def test_it_says_so_when_nothing_was_read_of_late(fill: Fill) -> None:
    material = gather(fill(razed()), DYAD, until=day(30))
    assert "though nothing was read after 17 Jun 2020" in lines(material)[0]


def test_the_gravest_deed_comes_with_its_sentence(material: Material) -> None:
    report = build(material)
    sentence = next(one for one in report.summary.sentences if "gravest" in one.text)
    rows = {row.number: row for row in report.references}
    assert "razed the Zenda bridge" in (rows[sentence.references[0]].sentence or "")
    assert "2 independent sources" in sentence.parts[0].text


def test_threats_channels_disputes_and_what_was_read_are_told(material: Material) -> None:
    text = " ".join(lines(material))
    assert "of 1 threat 1 carried out" in text
    assert "Zenda road (closed, 16 Jun 2020)" in text
    assert "1 incident is disputed or no plain fact (1 alleged)" in text
    assert "rests on 7 articles" in text
    assert "on 6 of its 12 days nothing was read" in text


def test_the_counts_of_incidents_are_those_of_their_table(material: Material) -> None:
    report = build(material)
    sentence = next(one.text for one in report.summary.sentences if "on record" in one.text)
    first = report.incidents.counts[0]
    assert f"{first.incidents} of Ruritania" in sentence or f"{first.incidents} of RUR" in sentence
    assert f"{report.incidents.total} incidents" in sentence


def test_what_does_not_exist_is_not_told(fill: Fill) -> None:
    store = fill(told("x", deed(actors=[], recipients=[]), published=day(3)))
    text = " ".join(lines(gather(store, DYAD)))
    assert not re.search("threatened|gravest|disputed|channels", text)
    assert "0 incidents on record" in text


def test_a_sentence_without_evidence_is_not_written(material: Material) -> None:
    bare = replace(material, reports={})
    assert all("gravest" not in line for line in lines(bare))


def test_what_rang_is_told_with_the_last(material: Material) -> None:
    first, last = (
        Alarm(
            id=f"al{n}", kind=kind, dyad=("RUR", "GRA"), source="incidents", day=day,
            reason=reason, evidence=(), level=None, sentence=None,
        )
        for n, (kind, day, reason) in enumerate(
            [("level", material.since, "It rose."), ("silence", material.until, "It fell silent.")]
        )
    )  # fmt: skip
    text = " ".join(lines(replace(material, alarms=(last, first))))
    assert "In the period 2 alarms rang (1 silence and 1 level)" in text
    assert "silence, It fell silent." in text
    assert "alarm" not in " ".join(lines(material))
