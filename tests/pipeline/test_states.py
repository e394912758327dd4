"""Events and states from one parse, and what the articles of the yardstick tell of channels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tocsin import Coder, Document
from tocsin.linking.channels import timelines
from tocsin.model.channel import Step, Thing
from tocsin.model.codec import record_to_dict
from tocsin.model.ids import content_id

TEXT = (
    "Kenya closed its embassy in Libya on Monday, the foreign ministry said. "
    "The 1994 treaty between Kenya and Libya remains in force.\n\n"
    "Libya threatened to scrap it."
)
DOCUMENT = Document.of(TEXT, published=date(2021, 3, 10))


def test_one_reading_gives_the_same_events_as_coding(coder: Coder) -> None:
    reading = coder.read(DOCUMENT)
    assert reading.events == coder.code(DOCUMENT)
    assert reading.events
    assert reading.states


def test_every_span_can_be_sliced_again(coder: Coder) -> None:
    for report in coder.read(DOCUMENT).states:
        spans = [report.sentence, report.thing, report.words]
        spans += [report.date.span] if report.date else []
        spans += [span for why in report.evidence for span in why.spans]
        for span in spans:
            assert TEXT[span.start : span.end] == span.text


def test_an_id_is_a_hash_of_all_else_and_twice_the_same(coder: Coder) -> None:
    first, second = coder.read(DOCUMENT).states, coder.read(DOCUMENT).states
    assert first == second
    for report in first:
        record = record_to_dict(report)
        assert record.pop("id") == content_id(record)


def test_a_state_knows_the_event_that_has_its_words(coder: Coder) -> None:
    reading = coder.read(DOCUMENT)
    events = {event.id: event for event in reading.events}
    linked = [report for report in reading.states if report.event is not None]
    assert linked
    for report in linked:
        assert events[report.event or ""].sentence == report.sentence


def test_who_says_so_is_kept(coder: Coder) -> None:
    (closed,) = [r for r in coder.read(DOCUMENT).states if r.state == "closed"]
    assert [link.cue.text for link in closed.attribution] == ["said"]


def test_a_breach_on_somebodys_word_is_alleged(coder: Coder) -> None:
    said = coder.read(Document.of("Kenya said Libya violated the treaty with Kenya."))
    told = coder.read(Document.of("Libya violated the treaty with Kenya."))
    assert [report.status for report in said.states] == ["alleged"]
    assert [report.status for report in told.states] == ["actual"]


def things(coder: Coder, path: Path, published: date) -> Mapping[str, Thing]:
    document = Document.of(path.read_text(encoding="utf-8"), published=published)
    return {thing.id: thing for thing in timelines(coder.read(document).states)}


def days(step: Step) -> tuple[str, date | None, date | None]:
    return step.state, step.start, step.end


@pytest.mark.shared
def test_june_2020_reads_as_a_person_would_write_it(coder: Coder, shared: Path) -> None:
    found = things(coder, shared / "articles" / "korea-2020-06.txt", date(2020, 6, 16))
    assert set(found) == {
        "inter-korean-liaison-office",
        "inter-korean-hotlines",
        "comprehensive-military-agreement",
        "korean-armistice",
    }
    office = found["inter-korean-liaison-office"]
    assert [days(step) for step in office.steps] == [
        ("open", date(2018, 1, 1), date(2018, 12, 31)),
        ("closed", date(2020, 1, 1), date(2020, 1, 31)),
        ("threatened", date(2020, 6, 13), date(2020, 6, 13)),
        ("destroyed", date(2020, 6, 16), date(2020, 6, 16)),
    ]
    assert [step.temporary for step in office.steps] == [False, True, False, False]
    assert office.steps[2].toward == "destroyed"
    assert office.steps[3].actors[0][0] == "PRK"
    assert len(office.steps[3].reports) == 5
    assert found["inter-korean-hotlines"].state == "closed"
    agreement = found["comprehensive-military-agreement"]
    assert (agreement.state, agreement.steps[0].toward) == ("threatened", "scrapped")
    armistice = found["korean-armistice"]
    assert (armistice.state, armistice.since) == ("in force", date(1953, 1, 1))


@pytest.mark.shared
def test_october_2024_tells_of_roads_and_the_armistice(coder: Coder, shared: Path) -> None:
    found = things(coder, shared / "articles" / "korea-2024-10.txt", date(2024, 10, 25))
    assert set(found) == {"inter-korean-roads", "korean-armistice"}
    roads = found["inter-korean-roads"]
    assert [step.state for step in roads.steps] == ["closed", "destroyed"]
    assert roads.state == "destroyed"
    assert roads.steps[1].actors[0][0] == "PRK"
