"""Timelines: which reports are of one thing, of one step, and what the thing is in now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tocsin.linking.channels import timelines
from tocsin.model.channel import PREFIX, StateReport, Thing
from tocsin.model.document import Span
from tocsin.model.event import Actor, When


def day(number: int, month: int = 6, year: int = 2020) -> date:
    return date(year, month, number)


def report(
    state: str,
    on: date | tuple[date, date] | None = None,
    *,
    id: str,  # noqa: A002
    published: date | None = None,
    status: str = "actual",
    change: str = "began",
    known: str | None = "pass",
    name: str = "the pass",
    kind: str = "border-crossing",
    parties: tuple[str, ...] = ("GRA", "RUR"),
    toward: str | None = None,
    document: str | None = None,
    at: int = 0,
    by: str | None = None,
    place: str | None = None,
) -> StateReport:
    days = on if isinstance(on, tuple) else (on, on)
    when = None
    if on is not None:
        when = When(start=days[0], end=days[1], text="then", span=Span(0, 4, "then"), anchor="text")
    actor = Actor(
        start=0, end=4, text=by, country=by, sectors=("GOV",), entity=None, via="name"
    )  # fmt: skip
    agreement = kind in ("accord", "treaty", "sanctions", "armistice")
    return StateReport(
        id=id, document=document or f"d{id}", sentence=Span(at, at + 9, f"sentence {id}"),
        thing=Span(0, len(name), name), known=known, name=name, kind=kind,
        category="agreement" if agreement else "channel", parties=parties, place=place,
        state=state, toward=toward, change=change, temporary=False, words=Span(0, 1, "w"),
        status=status, date=when, published=published, dated=None,
        actors=(actor,) if by else (), attribution=(), event=None, evidence=(),
    )  # type: ignore[arg-type]  # fmt: skip


def one(reports: Sequence[StateReport]) -> Thing:
    (thing,) = timelines(reports)
    return thing


def told(thing: Thing) -> list[tuple[str, date | None, date | None, int]]:
    return [(step.state, step.start, step.end, len(step.reports)) for step in thing.steps]


def test_no_reports_no_things() -> None:
    assert timelines(()) == ()


def test_the_steps_stand_by_day_and_the_last_is_the_state() -> None:
    thing = one([
        report("destroyed", day(16), id="c"),
        report("open", (day(1, 1, 2018), day(31, 12, 2018)), id="a", status="background"),
        report("closed", (day(1, 1), day(31, 1)), id="b"),
    ])  # fmt: skip
    assert [step.state for step in thing.steps] == ["open", "closed", "destroyed"]
    assert (thing.state, thing.since, thing.until) == ("destroyed", day(16), day(16))


def test_reports_of_one_state_on_days_that_meet_are_one_step_with_the_narrower_days() -> None:
    thing = one([
        report("closed", (day(1), day(30)), id="a"),
        report("closed", day(9), id="b"),
        report("closed", day(10), id="c"),
        report("closed", day(20), id="d"),
    ])  # fmt: skip
    assert told(thing) == [("closed", day(9), day(9), 3), ("closed", day(20), day(20), 1)]


def test_what_a_later_article_tells_of_goes_in_at_its_own_day() -> None:
    early = report("closed", day(9), id="a", published=day(10))
    late = report("open", day(1, 5, 2018), id="b", published=day(30, 9, 2021), status="background")
    thing = one([early, late])
    assert [step.state for step in thing.steps] == ["open", "closed"]
    assert thing.state == "closed"


def test_a_threat_a_doubt_or_a_forecast_is_no_state() -> None:
    thing = one([
        report("closed", day(1), id="a"),
        report("threatened", day(5), id="b", toward="destroyed"),
        report("destroyed", day(8), id="c", status="alleged"),
        report("destroyed", day(9), id="d", status="predicted"),
    ])  # fmt: skip
    assert len(thing.steps) == 4
    assert thing.state == "closed"


def test_what_stands_is_threatened_or_violated() -> None:
    treaty = {"kind": "treaty", "known": "treaty", "name": "the treaty"}
    thing = one([
        report("in force", day(1, 1, 1994), id="a", **treaty),
        report("threatened", day(5), id="b", toward="scrapped", **treaty),
    ])  # fmt: skip
    assert thing.state == "threatened"


def test_an_undated_report_joins_the_step_that_held_when_it_was_published() -> None:
    thing = one([
        report("closed", day(1, 2, 2016), id="a"),
        report("restored", day(3, 1, 2018), id="b"),
        report("closed", day(9), id="c"),
        report("closed", None, id="d", published=day(20, 6, 2017)),
        report("closed", None, id="e", published=day(20), change="held"),
    ])  # fmt: skip
    assert [(s, n) for s, _, _, n in told(thing)] == [("closed", 2), ("restored", 1), ("closed", 2)]


def test_without_a_day_it_is_known_by_that_of_the_article() -> None:
    thing = one([report("closed", None, id="a", published=day(20))])
    assert told(thing) == [("closed", None, day(20), 1)]
    assert (thing.since, thing.until) == (None, day(20))


def test_of_what_one_article_tells_without_days_its_news_is_the_latest() -> None:
    thing = one([
        report("restored", None, id="a", published=day(3), document="d", at=0),
        report("closed", None, id="b", published=day(3), document="d", at=300),
    ])  # fmt: skip
    assert [step.state for step in thing.steps] == ["closed", "restored"]


def test_without_any_day_nothing_is_guessed() -> None:
    thing = one([
        report("closed", None, id="a"),
        report("open", day(1), id="b"),
    ])  # fmt: skip
    assert thing.state == "open"
    assert thing.steps[0].end is None


def test_unknown_things_are_told_apart_by_parties_kind_and_words() -> None:
    def deal(name: str, id: str, parties: tuple[str, ...] = ("GRA", "RUR")) -> StateReport:  # noqa: A002
        return report(
            "in force", day(1), id=id, known=None, name=name, kind="accord", parties=parties
        )

    things = timelines([
        deal("new trade deal", "a"),
        deal("free trade accord", "b"),
        deal("fishing deal", "c"),
        deal("trade deal", "d", ("GRA", "STR")),
        report("in force", day(1), id="e", known=None, name="trade treaty", kind="treaty"),
    ])  # fmt: skip
    groups = sorted(sorted(r for s in thing.steps for r in s.reports) for thing in things)
    assert groups == [["a", "b", "e"], ["c"], ["d"]]
    assert all(thing.id.startswith(PREFIX) for thing in things)


def test_the_deal_is_the_only_deal() -> None:
    def deal(name: str, id: str) -> StateReport:  # noqa: A002
        return report("in force", day(1), id=id, known=None, name=name, kind="accord")

    assert len(timelines([deal("trade deal", "a"), deal("deal", "b")])) == 1
    assert len(timelines([deal("trade deal", "a"), deal("deal", "b"), deal("fish deal", "c")])) == 3


def test_consulates_of_two_cities_are_two() -> None:
    consulates = [
        report("closed", day(1), id=place, known=None, kind="consulate", place=place)
        for place in ("Zenda", "Strelsau")
    ]
    assert len(timelines(consulates)) == 2


def test_who_did_it_stands_once() -> None:
    thing = one([
        report("closed", day(9), id="a", by="RUR"),
        report("closed", day(9), id="b", by="RUR"),
        report("closed", day(9), id="c", by="GRA"),
    ])  # fmt: skip
    assert thing.steps[0].actors == (("RUR", "RUR"), ("GRA", "GRA"))


def test_sanctions_that_are_evaded_are_in_force() -> None:
    sanctions = {"kind": "sanctions", "known": "bans", "name": "sanctions"}
    thing = one([
        report("in force", day(1), id="a", **sanctions),
        report("violated", day(9), id="b", **sanctions),
    ])  # fmt: skip
    assert thing.state == "in force"


ANY = st.builds(
    report,
    st.sampled_from(("open", "closed", "restored", "threatened", "destroyed")),
    st.none()
    | st.dates(day(1, 1, 2016), day(30))
    | st.tuples(st.dates(day(1, 1, 2016), day(1, 1, 2018)), st.dates(day(1, 1, 2018), day(30))),
    id=st.uuids().map(str),
    published=st.none() | st.dates(day(1, 1, 2016), day(30)),
    status=st.sampled_from(("actual", "background", "predicted", "alleged")),
    change=st.sampled_from(("began", "held")),
    known=st.none() | st.just("pass"),
    name=st.sampled_from(("the pass", "northern pass", "pass")),
    document=st.sampled_from(("d1", "d2", "d3")),
    at=st.integers(0, 3),
)


@given(st.lists(ANY, max_size=12), st.randoms(use_true_random=False))
def test_no_order_of_the_reports_changes_anything(reports: list[StateReport], rng: object) -> None:
    shuffled = list(reports)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert timelines(shuffled + shuffled[:2]) == timelines(reports)


@given(st.lists(ANY, max_size=12))
def test_every_report_stands_in_one_step(reports: list[StateReport]) -> None:
    inside = [r for thing in timelines(reports) for step in thing.steps for r in step.reports]
    assert sorted(inside) == sorted({r.id for r in reports})
