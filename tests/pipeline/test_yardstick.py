"""The two articles by which Tocsin is measured, taken the whole way.

The articles are not ours: the tests say what must be found, not what is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tocsin import Coder, Document, Event

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def june(coder: Coder, shared: Path) -> tuple[Event, ...]:
    """The events of June 2020, published on 2020-06-16."""
    text = (shared / "articles" / "korea-2020-06.txt").read_text(encoding="utf-8")
    return coder.code(Document.of(text, published=date(2020, 6, 16)))


@pytest.fixture(scope="module")
def october(coder: Coder, shared: Path) -> tuple[Event, ...]:
    """The events of October 2024, whose publication date is not known."""
    text = (shared / "articles" / "korea-2024-10.txt").read_text(encoding="utf-8")
    return coder.code(Document.of(text))


def find(
    events: Sequence[Event],
    type_: str,
    mode: str | None = None,
    *,
    by: str | None = None,
    to: str | None = None,
    status: str | None = None,
) -> list[Event]:
    """Events of a type and mode between two countries."""
    return [
        event
        for event in events
        if event.type == type_
        and (mode is None or event.mode == mode)
        and (by is None or by in {actor.country for actor in event.actors})
        and (to is None or to in {actor.country for actor in event.recipients})
        and (status is None or event.status == status)
    ]


def speakers(event: Event) -> list[str]:
    return [link.speaker.text or "" for link in event.attribution if link.speaker]


def test_the_demolition_is_the_norths_and_dated(june: Sequence[Event]) -> None:
    demolitions = find(june, "ASSAULT", "destroy", by="PRK", to="KOR", status="actual")
    assert demolitions
    assert demolitions[0].date is not None
    assert demolitions[0].date.start == demolitions[0].date.end == date(2020, 6, 16)


def test_witnesses_of_the_demolition_are_speakers_and_never_its_authors(
    june: Sequence[Event],
) -> None:
    demolitions = find(june, "ASSAULT", "destroy")
    said = [name for event in demolitions for name in speakers(event)]
    assert any("Unification Ministry" in name for name in said)
    assert any("Korean Central News Agency" in name for name in said)
    for event in demolitions:
        assert "KOR" not in {actor.country for actor in event.actors}
        assert not any("Agency" in (actor.text or "") for actor in event.actors)
    state_media = [
        link.speaker.state_media
        for event in demolitions
        for link in event.attribution
        if link.speaker and "Agency" in (link.speaker.text or "")
    ]
    assert state_media
    assert all(state_media)


def test_the_threat_to_destroy_the_office_is_dated_to_saturday(june: Sequence[Event]) -> None:
    threats = [
        event
        for event in find(june, "THREATEN", by="PRK")
        if event.content and (event.content.type, event.content.mode) == ("ASSAULT", "destroy")
    ]
    assert threats
    (threat,) = threats
    assert threat.actors[0].entity is not None
    assert threat.actors[0].entity.name.replace("-", " ").title() == "Kim Yo Jong"
    assert threat.date is not None
    assert threat.date.start == date(2020, 6, 13)
    assert threat.deadline is not None
    assert threat.deadline.text.strip("“”") == "before long"
    assert threat.status == "actual"


def test_hotlines_are_cut_and_an_agreement_threatened_on_a_condition(
    june: Sequence[Event],
) -> None:
    assert find(june, "SANCTION", "discontinue", by="PRK", to="KOR", status="actual")
    threats = [event for event in find(june, "THREATEN", by="PRK", to="KOR") if event.condition]
    assert [event.condition.text.split()[0] for event in threats if event.condition] == ["unless"]
    assert all(event.content and event.content.type == "SANCTION" for event in threats)


def test_plans_for_leaflets_are_criticised(june: Sequence[Event]) -> None:
    accusations = find(june, "ACCUSE", "disapprove", by="PRK")
    assert any("defectors" in (r.text or "") for event in accusations for r in event.recipients)


def test_the_appeal_of_monday_is_a_demand_on_the_north(june: Sequence[Event]) -> None:
    appeals = find(june, "REQUEST", by="KOR", to="PRK", status="actual")
    assert any(event.date and event.date.start == date(2020, 6, 15) for event in appeals)


def test_two_armies_exchange_fire(june: Sequence[Event]) -> None:
    (fight,) = find(june, "ASSAULT", by="IND")
    assert {actor.country for actor in fight.actors} == {"CHN", "IND"}
    assert fight.date is not None
    assert fight.date.start == date(2020, 6, 15)
    assert any(q.unit in ("dead", "person") and q.qualifier == "several" for q in fight.quantities)


def test_a_professors_opinion_is_no_deed(june: Sequence[Event]) -> None:
    for event in june:
        assert not any("Easley" in name and event.status == "actual" for name in speakers(event))
        assert not any("Easley" in (actor.text or "") for actor in event.actors)


@pytest.mark.parametrize("litter", ["Jim Heath", "Pin It", "Share This"])
def test_litter_makes_no_event(june: Sequence[Event], litter: str) -> None:
    assert not [event for event in june if litter in event.sentence.text]


def test_the_ambassador_is_summoned(october: Sequence[Event]) -> None:
    assert find(october, "ACCUSE", by="KOR", to="RUS", status="actual")


def test_the_withdrawal_is_demanded(october: Sequence[Event]) -> None:
    demands = find(october, "REQUEST", by="KOR")
    assert any(event.content and event.content.type == "RETREAT" for event in demands)


def test_the_deployment_is_alleged_with_its_number(october: Sequence[Event]) -> None:
    alleged = find(october, "MOBILIZE", "troops", by="PRK", status="alleged")
    assert [1500] in [[q.value for q in event.quantities] for event in alleged]


def test_the_white_house_warns_twice(october: Sequence[Event]) -> None:
    assert len(find(october, "THREATEN", by="USA", status="actual")) == 2


def test_the_drones_are_neither_confirmed_nor_denied(october: Sequence[Event]) -> None:
    drones = find(october, "COERCE", by="KOR")
    assert [event.status for event in drones] == ["unconfirmed"]
    assert [link.stance for link in drones[0].attribution] == ["neither"]
    assert not [event for event in find(october, "REJECT", by="KOR") if event.content]


def test_the_balloons_are_counted_over_their_occasions(october: Sequence[Event]) -> None:
    counted = [
        (event, q)
        for event in find(october, "COERCE", by="PRK")
        for q in event.quantities
        if q.occasions
    ]
    ((event, quantity),) = counted
    assert (quantity.value, quantity.unit, quantity.occasions) == (5500, "balloon", 22)
    assert quantity.period is not None
    assert "May 28" in quantity.period.text
    assert "KOR" in {actor.country for actor in event.recipients}


def test_the_roads_are_blown_up(october: Sequence[Event]) -> None:
    # Told of in passing and without a day: news or known, a text without a date does not tell.
    found = find(october, "ASSAULT", "destroy", by="PRK")
    assert {event.status for event in found} <= {"actual", "background"}
    assert found


def test_the_south_is_called_an_enemy(october: Sequence[Event]) -> None:
    assert find(october, "ACCUSE", by="PRK", to="KOR", status="actual")


def test_armistice_and_summit_are_background(october: Sequence[Event]) -> None:
    background = [event for event in october if event.status == "background"]
    assert any(event.type == "CONSULT" for event in background)
    assert any(
        event.date and event.date.start and event.date.start.year == 1953 for event in background
    )


def test_without_a_publication_date_relative_dates_stay_unresolved(
    october: Sequence[Event],
) -> None:
    relative = [event.date for event in october if event.date and "last week" in event.date.text]
    assert relative
    assert all(when.start is None and when.anchor == "none" for when in relative)


def test_every_span_is_a_slice_of_the_text_as_given(coder: Coder, shared: Path) -> None:
    from tocsin.model.codec import event_to_dict

    def spans(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if {"start", "end", "text"} <= value.keys() else []
            return own + [span for inner in value.values() for span in spans(inner)]
        if isinstance(value, list):
            return [span for inner in value for span in spans(inner)]
        return []

    for path in sorted((shared / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for event in coder.code(Document.of(text)):
            record = event_to_dict(event)
            for span in spans(record):
                if isinstance(span["start"], int):
                    assert text[span["start"] : span["end"]] == span["text"]  # type: ignore[misc]
