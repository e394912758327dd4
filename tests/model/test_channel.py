"""The record of a state: there and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import InputError
from tocsin.model.channel import STATES, StateReport, Step, Thing
from tocsin.model.codec import record_from_dict, record_to_dict
from tocsin.model.document import Dated, Span
from tocsin.model.event import STATUSES, Actor, Attribution, Evidence, Speaker, When
from tocsin.model.mention import EntityId

TEXTS = st.text(max_size=8)
DAYS = st.dates()
SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99), TEXTS)
ENTITIES = st.builds(EntityId, TEXTS, TEXTS)
ACTORS = st.builds(
    Actor, start=st.none() | st.integers(0, 9), end=st.none(), text=st.none() | TEXTS,
    country=st.none() | TEXTS, sectors=st.tuples(TEXTS), entity=st.none() | ENTITIES,
    via=st.sampled_from(("name", "implied")),
)  # fmt: skip
SPEAKERS = st.builds(
    Speaker, start=st.none(), end=st.none(), text=TEXTS, country=TEXTS, sectors=st.just(()),
    entity=st.none(), via=st.just("role"), state_media=st.booleans(), anonymous=st.booleans(),
)  # fmt: skip
WHENS = st.builds(
    When, start=st.none() | DAYS, end=st.none() | DAYS, text=TEXTS, span=SPANS,
    anchor=st.sampled_from(("published", "text", "none")), time=st.none() | TEXTS,
)  # fmt: skip
ALL_STATES = sorted({state for states in STATES.values() for state in states})


def few(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


REPORTS = st.builds(
    StateReport, id=TEXTS, document=TEXTS, sentence=SPANS, thing=SPANS, known=st.none() | TEXTS,
    name=TEXTS, kind=TEXTS, category=st.sampled_from(tuple(STATES)), parties=few(TEXTS),
    place=st.none() | TEXTS, state=st.sampled_from(ALL_STATES),
    toward=st.none() | st.sampled_from(ALL_STATES), change=st.sampled_from(("began", "held")),
    temporary=st.booleans(), words=SPANS, status=st.sampled_from(STATUSES),
    date=st.none() | WHENS, published=st.none() | DAYS,
    dated=st.none() | st.builds(Dated, DAYS, st.just("url"), st.floats(0, 1)),
    actors=few(ACTORS),
    attribution=few(
        st.builds(Attribution, speaker=st.none() | SPEAKERS, cue=SPANS, stance=st.just("asserts"))
    ),
    event=st.none() | TEXTS,
    evidence=few(st.builds(Evidence, rule=st.none() | TEXTS, spans=few(SPANS))),
)  # fmt: skip


@given(REPORTS)
def test_a_report_comes_back_from_json(report: StateReport) -> None:
    line = json.dumps(record_to_dict(report), allow_nan=False)
    assert record_from_dict(StateReport, json.loads(line)) == report


@given(REPORTS)
def test_its_keys_are_its_fields_in_their_order(report: StateReport) -> None:
    assert list(record_to_dict(report)) == [field.name for field in dataclasses.fields(report)]


def test_a_thing_comes_back_too() -> None:
    step = Step(
        state="closed", toward=None, status="actual", start=None, end=dt.date(2021, 3, 2),
        temporary=True, actors=(("RUR", "Ruritania"),), reports=("r",), documents=("d",),
        events=(), sentence="Ruritania closed the pass.",
    )  # fmt: skip
    thing = Thing(
        id="t-1", name="pass", kind="border-crossing", category="channel", parties=("GRA", "RUR"),
        aliases=("the pass",), steps=(step,), state="closed", since=None, until=step.end,
    )  # fmt: skip
    record = record_to_dict(thing)
    record["steps"][0]["actors"][0] = list(record["steps"][0]["actors"][0])
    assert record_from_dict(Thing, json.loads(json.dumps(record))) == thing


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(InputError, match="state"):
        record_from_dict(Thing, {"state": "ajar"})
