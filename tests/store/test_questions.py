"""What each question is answered with, over all stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.linking.telling import GRA, RUR, Told, about, at, day, deed, says, told, who
from tests.store.conftest import CODING, NOW

from tocsin.errors import OptionError
from tocsin.linking.linker import link
from tocsin.store import Coding, Entry, Filters, open_store
from tocsin.store.questions import QUESTIONS
from tocsin.store.tables import TableStore

RUPERT = who("Rupert", "RUR", "GOV", entity="Q1")
HE = replace(RUPERT, text="he", via="pronoun")
BRIDGE = at("Zenda", lat=50.0, lon=14.0, radius_km=5.0)
RAZED = told(
    "razed",
    deed("Ruritania razed the Zenda bridge of Graustark, Rupert said.", actors=(RUR, RUR),
         place=BRIDGE, attribution=[says(RUPERT)], date=day(16)),
    published=day(16), outlet="Courier", title="A bridge is gone",
)  # fmt: skip
AGAIN = told(
    "again",
    deed("Ruritania razed the Zenda bridge of Graustark on Tuesday.", place=BRIDGE, date=day(16)),
    published=day(17),
    outlet="Post",
)
VISIT = told(
    "visit",
    deed("Rupert visited Graustark in Strelsau.", "visited", type="CONSULT", mode="visit",
         actors=(HE,), place=at("Strelsau", "GRA"), date=day(20)),
    published=day(21), outlet="Post",
)  # fmt: skip

LATER = told(
    "later", deed("Ruritania razed the mill.", date=day(22)), published=day(22), outlet="Post"
)

THREAT = told(
    "threat",
    deed("Ruritania threatened to raze the Zenda bridge of Graustark.", "threatened",
         type="THREATEN", mode="violence", content=about("ASSAULT", "destroy"), date=day(13)),
    published=day(13),
)  # fmt: skip
KEPT = told(
    "kept", deed("Ruritania razed the Zenda bridge of Graustark.", date=day(16)), published=day(16)
)


def put(store: TableStore, *articles: Told, **more: Any) -> None:
    for one in articles:
        entry = Entry(
            path="a", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events, **more,
        )  # fmt: skip
        store.add(entry, CODING, at=NOW)


@pytest.fixture
def asked(store: TableStore) -> TableStore:
    put(store, RAZED, AGAIN, VISIT)
    copy = replace(RAZED.document, id="copy", outlet="Herald", published=date(2020, 6, 18))
    entry = Entry(
        path="a", outcome="copy", document=copy, digest="d", copy_of="razed", copy_kind="same",
        contained=1.0,
    )  # fmt: skip
    store.add(entry, CODING, at=NOW)
    put(store, LATER, version_of="again")
    link(store.links)
    return store


def test_every_question_says_what_it_is_for() -> None:
    for question in QUESTIONS.values():
        assert question.purpose
        assert question.columns


def test_outlets_with_what_was_read_of_them(asked: TableStore) -> None:
    rows = {row.pop("outlet"): row for row in asked.ask("outlets")}
    assert list(rows) == ["Post", "Courier", "Herald"]
    assert rows["Post"] == {
        "articles": 3, "copies": 0, "events": 3, "first": day(17), "last": day(22),
    }  # fmt: skip
    assert (rows["Herald"]["articles"], rows["Herald"]["copies"]) == (0, 1)
    assert rows["Herald"]["events"] == 0
    (row,) = asked.ask("outlets", Filters(since=day(17), until=day(17)))
    assert (row["outlet"], row["articles"], row["last"]) == ("Post", 1, day(17))


def test_copies_and_versions_are_told_from_both_sides(asked: TableStore) -> None:
    def related(id_: str) -> list[tuple[str, str]]:
        rows = asked.ask("copies", Filters(document=id_))
        return [(row["relation"], row["other"]) for row in rows]

    assert related("razed") == [("has copy", "copy")]
    assert related("copy") == [("copy of", "razed")]
    assert related("again") == [("has version", "later")]
    assert related("later") == [("version of", "again")]
    assert related("visit") == []
    (row,) = asked.ask("copies", Filters(document="copy"))
    assert (row["kind"], row["outlet"], row["title"]) == ("same", "Courier", "A bridge is gone")


def test_the_reports_of_an_incident_stand_as_published(asked: TableStore) -> None:
    incident = asked.incident(RAZED.events[0].id)
    assert incident is not None
    rows = asked.ask("incident_reports", Filters(id=incident.id))
    assert [row["event"] for row in rows] == list(incident.reports)
    assert [row["document"] for row in rows] == ["razed", "again"]
    assert rows[0] | {"url": None} == {
        "incident": incident.id, "event": RAZED.events[0].id, "document": "razed",
        "sentence": RAZED.events[0].sentence.text, "status": "actual", "published": day(16),
        "type": "ASSAULT", "mode": "destroy", "confidence": RAZED.events[0].confidence,
        "outlet": "Courier", "url": None, "title": "A bridge is gone",
    }  # fmt: skip


def test_places_with_what_happened_there(asked: TableStore) -> None:
    strelsau, zenda = asked.ask("places")
    assert zenda == {
        "place": "Zenda", "country": "RUR", "lat": 50.0, "lon": 14.0, "radius_km": 5.0,
        "incidents": 1, "conflict": 1, "cooperation": 0, "first": day(16), "last": day(16),
    }  # fmt: skip
    assert (strelsau["place"], strelsau["cooperation"]) == ("Strelsau", 1)
    assert strelsau["lat"] is strelsau["radius_km"] is None
    assert asked.ask("places", Filters(type="CONSULT")) == [strelsau]
    assert asked.ask("places", Filters(where="RUR")) == [zenda]
    assert asked.ask("places", Filters(until=day(1))) == []


def test_actors_by_entity_or_else_by_country_sectors_and_name(asked: TableStore) -> None:
    rows = {(row["name"], row["sectors"]): row for row in asked.ask("actors")}
    rupert = rows["Rupert", "GOV"]
    assert rupert == {
        "name": "Rupert", "country": "RUR", "sectors": "GOV", "entity": "Q1", "as_actor": 1,
        "as_recipient": 0, "as_speaker": 1, "first": day(16), "last": day(20),
    } | {"last": rupert["last"]}  # fmt: skip
    assert rupert["last"] in (day(20), day(21))
    ruritania = rows["Ruritania", "GOV"]
    assert (ruritania["as_actor"], ruritania["as_recipient"], ruritania["entity"]) == (3, 0, None)
    assert rows["Graustark", "GOV"]["as_recipient"] == 4


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"words": "RUP"}, ["Rupert"]),
        ({"where": "GRA"}, ["Graustark"]),
        ({"id": "Q1"}, ["Rupert"]),
        ({"since": day(18), "until": day(21), "where": "RUR"}, ["Rupert"]),
        ({"until": day(1)}, []),
    ],
)
def test_actors_are_narrowed(asked: TableStore, filters: dict[str, Any], found: list[str]) -> None:
    assert [row["name"] for row in asked.ask("actors", Filters(**filters))] == found
    assert asked.count("actors", Filters(**filters)) == len(found)


def test_actors_are_those_of_the_newest_coding(asked: TableStore) -> None:
    for one in (RAZED, AGAIN, VISIT):
        entry = Entry(path="a", outcome="coded", document=one.document, digest="d")
        asked.add(entry, Coding("2.0", {}), at=NOW.replace(year=2030))
    assert {row["name"] for row in asked.ask("actors")} == {"Ruritania", "Graustark"}


def test_dyads_with_what_the_one_did_to_the_other(asked: TableStore) -> None:
    (row,) = asked.ask("dyads")
    assert (row["actor"], row["recipient"]) == ("RUR", "GRA")
    assert (row["incidents"], row["conflict"], row["cooperation"]) == (3, 2, 1)
    assert row["first"] == day(16)
    (row,) = asked.ask("dyads", Filters(dyad=("*", "GRA"), until=day(17)))
    assert row["incidents"] == 1
    assert asked.ask("dyads", Filters(dyad=("GRA", "RUR"))) == []


def test_a_side_of_a_dyad_may_have_several_countries(store: TableStore) -> None:
    both = told(
        "both", deed("Ruritania and Graustark met.", "met", actors=(RUR, GRA), recipients=(GRA,))
    )
    put(store, both)
    link(store.links)
    assert [(row["actor"], row["recipient"]) for row in store.ask("dyads")] == [("RUR", "GRA")]


def test_a_search_finds_what_holds_all_words_the_newest_first(asked: TableStore) -> None:
    def found(words: str, **more: Any) -> list[tuple[str, int]]:
        rows = asked.ask("search", Filters(words=words, **more))
        return [(row["id"], row["matches"]) for row in rows]

    assert [id_ for id_, _ in found("RAZED the")] == ["later", "copy", "again", "razed"]
    assert dict(found("bridge"))["razed"] == 2
    assert dict(found("bridge zenda"))["razed"] == 3
    assert found("bridge nowhere") == []
    assert [id_ for id_, _ in found("bridge", outlet="Post")] == ["again"]
    assert asked.count("search", Filters(words="razed the", limit=1)) == 4
    assert found('"zenda bridge"') == found("zenda-bridge") != []
    assert found('"bridge zenda"') == []
    assert found("ridge") == []
    for words in (None, "", "  ", '"', "-"):
        with pytest.raises(OptionError, match="search needs words"):
            asked.ask("search", Filters(words=words))


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", "%", "$word_1", "{word}", "{pattern}", "a.*", "(", "\\b"]
)
def test_nothing_that_is_looked_for_becomes_sql(asked: TableStore, words: str) -> None:
    assert asked.ask("search", Filters(words=words)) == []
    assert asked.ask("actors", Filters(words=words)) == []


def test_incidents_claims_and_events_are_found_by_their_ids(asked: TableStore) -> None:
    (incident,) = asked.ask("incidents", Filters(quad=1))
    assert asked.ask("incidents", Filters(id=incident["id"])) == [incident]
    assert asked.ask("incidents", Filters(quad=1, id="i-other")) == []
    (claim,) = asked.ask("claims", Filters(id=asked.ask("incidents")[0]["id"]))
    assert claim["speaker"] == "Rupert"
    (event,) = asked.ask("events", Filters(id=VISIT.events[0].id))
    assert event["document"] == "visit"


def test_threats_by_what_settled_them(store: TableStore) -> None:
    put(store, THREAT, KEPT)
    link(store.links)
    settled = [row for row in store.ask("threats") if row["outcome_incident"]]
    assert settled
    for row in settled:
        by = Filters(settled_by=row["outcome_incident"])
        assert row["id"] in [one["id"] for one in store.ask("threats", by)]
        assert store.ask("threats", Filters(id=row["id"])) == [row]
    assert store.ask("threats", Filters(settled_by="i-other")) == []


def test_a_search_is_the_same_where_words_were_sorted_again(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.store import words

    monkeypatch.setattr(words, "_RUN", 2)
    put(store, RAZED, AGAIN)
    put(store, VISIT)
    put(store, LATER, THREAT, KEPT)
    assert [row["id"] for row in store.ask("search", Filters(words="razed brid"))] == [
        "again", "kept", "razed",
    ]  # fmt: skip
    assert store.count("search", Filters(words="rur")) == 5
    assert store.count("search", Filters(words='"of graustark"')) == 4
    assert list(store.check()) == []


def test_a_store_of_an_older_tocsin_learns_its_words_and_newest_codings(lasting: str) -> None:
    with open_store(lasting) as store:
        put(store, RAZED, AGAIN, VISIT)
        entry = Entry(path="a", outcome="coded", document=RAZED.document, digest="d")
        store.add(entry, Coding("2.0", {}), at=NOW.replace(year=2030))
        events, found = store.ask("events"), store.ask("search", Filters(words="the"))
        assert len(events) == 2
        assert len(found) == 2
        _forget(store, "words", "words of articles")
        _forget(store, "superseded", "superseded codings")
    with open_store(lasting) as store:
        assert store.ask("events") == events
        assert store.ask("search", Filters(words="the")) == found
        assert list(store.check()) == []


def test_an_older_coding_that_comes_late_is_not_the_newest(store: TableStore) -> None:
    put(store, RAZED)
    events = store.ask("events")
    entry = Entry(path="a", outcome="coded", document=RAZED.document, digest="d")
    for version, year in (("0.1", 2001), ("0.2", 2000)):
        assert store.add(entry, Coding(version, {}), at=NOW.replace(year=year))
    assert store.ask("events") == events
    assert list(store.check()) == []


def test_a_store_of_an_older_tocsin_learns_its_parties(lasting: str) -> None:
    with open_store(lasting) as store:
        put(store, RAZED, AGAIN, VISIT)
        actors = store.ask("actors")
        _forget(store, "parties", "parties of events")
    with open_store(lasting) as store:
        assert store.ask("actors") == actors
        assert list(store.check()) == []


def _forget(store: TableStore, table: str, step: str) -> None:
    """Leave a store as it was before there was a table."""
    if store.path.endswith(".duckdb"):
        store._db.execute(f"DROP TABLE {table}")
        store._db.execute("DELETE FROM migrations WHERE name = ?", [step])
    else:
        store._db.execute(f"DELETE FROM {table}")
