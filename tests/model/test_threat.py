"""A threat as a record: there and back, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import InputError
from tocsin.model.codec import record_from_dict, record_to_dict
from tocsin.model.incident import Days, Party
from tocsin.model.mention import EntityId
from tocsin.model.threat import OUTCOMES, Feature, Lag, Threat

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
words = st.lists(text, max_size=2).map(tuple)
dates = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
share = st.floats(0, 1)
parties = st.lists(
    st.builds(
        Party,
        name=text,
        country=st.none() | text,
        sectors=words,
        entity=st.none() | st.builds(EntityId, text, text),
        reports=words,
    ),
    max_size=2,
).map(tuple)
when = st.none() | st.builds(Days, start=dates, end=dates, reports=words)
threats = st.builds(
    Threat,
    id=text,
    kind=st.sampled_from(["threat", "demand"]),
    speakers=parties,
    addressees=parties,
    content_type=st.none() | text,
    content_mode=st.none() | text,
    content_text=st.none() | text,
    stop=st.booleans(),
    condition=st.none() | text,
    deadline=when,
    made=when,
    made_told=st.sampled_from(["text", "report", "nothing"]),
    reports=words,
    sentence=text,
    outcome=st.sampled_from(OUTCOMES),
    outcome_incident=st.none() | text,
    settled=when,
    lag=st.none() | st.builds(Lag, least=st.integers(0, 999), most=st.none() | st.integers(0, 999)),
    reason=text,
    score=st.none() | share,
    features=st.lists(
        st.builds(Feature, name=text, value=share, weight=share, why=text), max_size=2
    ).map(tuple),
)


@given(threats)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_threat_comes_back_from_its_record_and_from_json(threat: Threat) -> None:
    record = record_to_dict(threat)
    assert list(record) == [field.name for field in dataclasses.fields(Threat)]
    assert record_from_dict(Threat, record) == threat
    assert record_from_dict(Threat, json.loads(json.dumps(record))) == threat


@given(threats)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
def test_an_outcome_that_is_none_is_refused(threat: Threat) -> None:
    with pytest.raises(InputError, match='outcome: "done" is not one of carried out, complied'):
        record_from_dict(Threat, record_to_dict(threat) | {"outcome": "done"})
