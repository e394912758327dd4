"""The public record: its keys, its order, there and back, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import InputError
from tocsin.model.codec import event_from_dict, event_to_dict, from_json_line, to_json_line
from tocsin.model.document import Dated, Span
from tocsin.model.event import (
    Actor,
    Attribution,
    Content,
    Event,
    Evidence,
    Place,
    Quantity,
    Speaker,
    When,
)
from tocsin.model.mention import EntityId

ACTOR_KEYS = ["start", "end", "text", "country", "sectors", "entity", "via"]
SPAN_KEYS = ["start", "end", "text"]
DATE_KEYS = ["start", "end", "text", "span", "anchor", "time"]
EVENT_KEYS = [
    "id", "document", "sentence", "type", "mode", "contexts", "quad", "score", "cameo",
    "trigger", "actors", "recipients", "status", "content", "condition", "deadline",
    "attribution", "date", "published", "place", "quantities", "confidence", "evidence", "dated",
    "object", "cardinality",
]  # fmt: skip


def span(start: int, text: str) -> Span:
    return Span(start, start + len(text), text)


@pytest.fixture
def full() -> Event:
    """An event in which nothing is null that may hold something."""
    when = When(
        start=dt.date(2021, 3, 2), end=dt.date(2021, 3, 2), text="Tuesday",
        span=span(30, "Tuesday"), anchor="published", time="15:00+09:00",
    )  # fmt: skip
    actor = Actor(
        start=0, end=7, text="Ruritan", country="RUR", sectors=("GOV", "MIL"),
        entity=EntityId("Q1", "Ruritania"), via="name",
    )  # fmt: skip
    speaker = Speaker(
        start=40, end=44, text="Eyes", country="RUR", sectors=("JRN",), entity=None,
        via="nominal", state_media=True, anonymous=False,
    )  # fmt: skip
    return Event(
        id="e1", document="d1", sentence=span(0, "Ruritan guns shelled the old bridge"),
        type="THREATEN", mode="violence", contexts=("military",), quad=3, score=-3.5,
        cameo="138", trigger=span(13, "shelled"), actors=(actor,), recipients=(actor,),
        status="alleged",
        content=Content(
            type="ASSAULT", mode=None, trigger=span(13, "shelled"), actors=(actor,),
            recipients=(),
        ),
        condition=span(1, "unless"), deadline=when,
        attribution=(Attribution(speaker=speaker, cue=span(45, "said"), stance="asserts"),),
        date=when, published=dt.date(2021, 3, 3),
        place=Place(
            name="Zenda", country="RUR", lat=47.5, lon=-9.0, geonameid=7, radius_km=5.0,
            span=span(9, "Zenda"), admin1="05",
        ),
        quantities=(
            Quantity(
                value=5500.0, upper=None, unit="shell", qualifier="about", occasions=22,
                period=when, span=span(3, "5,500 shells"), casualty="killed", part="total",
            ),
        ),
        confidence=0.93,
        evidence=(Evidence(rule="threaten/violence#warn", spans=(span(13, "shelled"),)),),
        object=span(21, "the old bridge"), cardinality="several",
        dated=Dated(dt.date(2021, 3, 3), "url", 0.99),
    )  # fmt: skip


def test_keys_stand_in_the_documented_order(full: Event) -> None:
    record = event_to_dict(full)
    assert list(record) == EVENT_KEYS
    assert list(record["sentence"]) == SPAN_KEYS
    assert list(record["actors"][0]) == ACTOR_KEYS
    assert list(record["actors"][0]["entity"]) == ["id", "name"]
    assert list(record["content"]) == ["type", "mode", "trigger", "actors", "recipients"]
    assert list(record["deadline"]) == list(record["date"]) == DATE_KEYS
    assert list(record["attribution"][0]) == ["speaker", "cue", "stance"]
    assert list(record["attribution"][0]["speaker"]) == [*ACTOR_KEYS, "state_media", "anonymous"]
    assert list(record["place"]) == [
        "name", "country", "lat", "lon", "geonameid", "radius_km", "span", "admin1",
    ]  # fmt: skip
    assert list(record["quantities"][0]) == [
        "value", "upper", "unit", "qualifier", "occasions", "period", "span", "casualty", "part",
    ]  # fmt: skip
    assert list(record["evidence"][0]) == ["rule", "spans", "model", "probability"]


def test_whole_numbers_and_days_are_written_plainly(full: Event) -> None:
    record = event_to_dict(full)
    assert json.dumps(record["quantities"][0]["value"]) == "5500"
    assert record["published"] == "2021-03-03"
    assert record["date"]["start"] == "2021-03-02"


def test_the_event_comes_back(full: Event) -> None:
    assert event_from_dict(event_to_dict(full)) == full
    assert from_json_line(to_json_line(full)) == full


def test_a_line_is_one_line_for_every_reader(full: Event) -> None:
    record = event_to_dict(full) | {"document": "a\u2028b\u2029c\x85d\ne"}
    line = to_json_line(event_from_dict(record))
    assert len(line.splitlines()) == 1
    assert from_json_line(line).document == "a\u2028b\u2029c\x85d\ne"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("colour",), 1, "unknown key 'colour'; allowed: id, document, sentence"),
        (("actors", 0, "name"), "x", "actors[0]: unknown key 'name'; allowed: start"),
        (("status",), "maybe", 'status: "maybe" is not one of actual, background, alleged'),
        (("date", "start"), "16/06/2020", "date.start: \"16/06/2020\" is not a day such as"),
        (("quad",), 3.5, "quad: 3.5 is not a whole number"),
        (("quad",), True, "quad: true is not a whole number"),
        (("score",), "high", 'score: "high" is not a number'),
        (("score",), float("inf"), "score: Infinity is not a number"),
        (("sentence",), None, "sentence: null is not an object"),
        (("contexts",), "military", 'contexts: "military" is not a list'),
        (("evidence", 0, "spans", 0, "text"), 5, "evidence[0].spans[0].text: 5 is not a string"),
        (("attribution", 0, "speaker", "anonymous"), 1, "anonymous: 1 is not true or false"),
    ],
)  # fmt: skip
def test_a_record_that_is_not_exactly_as_written_is_refused(
    full: Event, path: tuple[str | int, ...], value: object, message: str
) -> None:
    record = event_to_dict(full)
    at = record
    for step in path[:-1]:
        at = at[step]  # type: ignore[index]
    at[path[-1]] = value  # type: ignore[index]
    with pytest.raises(InputError) as caught:
        event_from_dict(record)
    assert message in str(caught.value)


def test_a_missing_key_is_refused(full: Event) -> None:
    record = event_to_dict(full)
    del record["quad"]
    with pytest.raises(InputError, match=r"missing key 'quad'; required: id, "):
        event_from_dict(record)


def test_a_key_that_came_into_the_record_later_may_be_missing(full: Event) -> None:
    record = event_to_dict(full)
    for name in ("object", "cardinality", "dated"):
        del record[name]
    assert event_from_dict(record) == replace(full, object=None, cardinality="one", dated=None)


@pytest.mark.parametrize("line", ["", "no", "[]", "null", "[" * 100_000])
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(InputError):
        from_json_line(line)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
PLACES = st.builds(Place, lat=st.none() | FINITE, lon=st.none() | FINITE, radius_km=FINITE)
QUANTITIES = st.builds(Quantity, value=FINITE, upper=st.none() | FINITE)
EVIDENCE = st.builds(Evidence, probability=st.none() | FINITE)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.builds(
        Event,
        score=FINITE,
        confidence=FINITE,
        place=st.none() | PLACES,
        quantities=st.lists(QUANTITIES, max_size=2).map(tuple),
        evidence=st.lists(EVIDENCE, max_size=2).map(tuple),
    )
)
def test_any_event_comes_back_from_its_line(event: Event) -> None:
    assert from_json_line(to_json_line(event)) == event
