"""Threats, channels and what is followed over time, in every kind of store."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.linking.telling import Told, about, day, deed, on, told
from tests.store.conftest import CODING, NOW

from tocsin.linking.ledgers import follow_again
from tocsin.linking.linker import link
from tocsin.model.channel import StateReport
from tocsin.model.codec import record_from_dict
from tocsin.model.document import Span
from tocsin.model.threat import Threat
from tocsin.store import Entry, Filters, open_store
from tocsin.store.tables import TableStore

THREAT = told(
    "t",
    deed(
        "Ruritania threatened to raze the Zenda bridge of Graustark.", "threatened",
        type="THREATEN", mode="violence", content=about("ASSAULT", "destroy", "raze"),
        date=on(day(13)),
    ),
    published=day(13),
)  # fmt: skip
RAZED = told(
    "r", deed("Ruritania razed the Zenda bridge of Graustark.", date=on(day(16))), published=day(16)
)


def state(number: int, document: Told, said: str, when: date) -> StateReport:
    """The Zenda road is in a state."""
    words = Span(0, 4, document.document.text[:4])
    return StateReport(
        id=f"s{number}", document=document.document.id, sentence=words, thing=words,
        known="zenda-road", name="Zenda road", kind="road", category="channel",
        parties=("GRA", "RUR"), place=None, state=said, toward=None,  # type: ignore[arg-type]
        change="began", temporary=False, words=words, status="actual", date=on(when),
        published=when, dated=None, actors=(), attribution=(), event=None, evidence=(),
    )  # fmt: skip


def add(store: TableStore, *told_with: tuple[Told, list[StateReport]]) -> None:
    for one, states in told_with:
        entry = Entry(
            path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events, states=states,
        )  # fmt: skip
        store.add(entry, CODING, at=NOW)
    link(store.links)


def threats(store: TableStore, **filters: Any) -> list[Threat]:
    rows = store.ask("threat_records", Filters(**filters))
    return [record_from_dict(Threat, json.loads(row["record"])) for row in rows]


def test_a_threat_meets_its_deed_when_that_comes_in(store: TableStore) -> None:
    add(store, (THREAT, []))
    assert [one.outcome for one in threats(store)] == ["open"]
    add(store, (RAZED, []))
    (found,) = threats(store)
    assert (found.outcome, found.outcome_incident) == ("carried out", f"i-{RAZED.events[0].id}")
    assert found.lag is not None
    assert (found.lag.least, found.lag.most) == (3, 3)
    (row,) = store.ask("threats", Filters(dyad=("RUR", "GRA"), outcome="carried out"))
    assert (row["kind"], row["lag_least"], row["content_mode"]) == ("threat", 3, "destroy")
    assert store.ask("threats", Filters(kind="demand")) == []


def test_channels_come_to_their_states(store: TableStore) -> None:
    road = [state(1, THREAT, "closed", day(13))]
    add(store, (THREAT, road), (RAZED, [state(2, RAZED, "destroyed", day(16))]))
    (row,) = store.ask("channels", Filters(dyad=("RUR", "GRA")))
    assert (row["name"], row["state"], row["since"]) == ("Zenda road", "destroyed", day(16))
    assert row["steps"] == "2020-06-13 closed;2020-06-16 destroyed"
    for filters in (Filters(state="closed"), Filters(kind="hotline"), Filters(dyad=("PRK", "*"))):
        assert store.ask("channels", filters) == []
    assert len(store.ask("channels", Filters(words="zenda", since=day(15)))) == 1


def test_ledgers_last(lasting: str) -> None:
    with open_store(lasting) as store:
        add(store, (THREAT, [state(1, THREAT, "closed", day(13))]), (RAZED, []))
        before = store.ask("threats"), store.ask("channels")
        assert all(before)
    with open_store(lasting, read_only=True) as store:
        assert (store.ask("threats"), store.ask("channels")) == before
        assert store.links.states()[0].name == "Zenda road"


def test_a_linking_that_was_cut_off_before_its_end_is_followed_by_the_next(
    lasting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(lasting) as store:
        monkeypatch.setattr(
            type(store.links), "replace_ledgers", lambda *_: (_ for _ in ()).throw(KeyError)
        )
        with pytest.raises(KeyError):
            add(store, (THREAT, []), (RAZED, []))
        monkeypatch.undo()
    with open_store(lasting) as store:
        assert store.ask("threats") == []
        link(store.links)
        assert len(store.ask("threats")) == 1


def test_what_changed_and_was_not_followed_is_known_when_the_store_is_opened_again(
    lasting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(lasting) as store:
        add(store, (THREAT, [state(1, THREAT, "closed", day(13))]))
    with monkeypatch.context() as patched:
        patched.setattr("tocsin.linking.linker.follow_again", lambda _: None)
        with open_store(lasting) as store:
            add(store, (RAZED, [state(2, RAZED, "destroyed", day(16))]))
            assert [one.outcome for one in threats(store)] == ["open"]
    monkeypatch.setattr("tocsin.store.links.Links.incidents", None)
    with open_store(lasting) as store:
        changes = store.links.changes(share=2)
        assert changes is not None
        assert changes.incidents == {f"i-{RAZED.events[0].id}"}
        assert changes.documents == ("r",)
        follow_again(store.links, share=2)
        assert [one.outcome for one in threats(store)] == ["carried out"]
        assert [row["state"] for row in store.ask("channels")] == ["destroyed"]
        assert list(store.check()) == []


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM incidents", "was followed and is no incident"),
        ("DELETE FROM incidents", "acts of the incident"),
    ],
)
def test_a_fault_of_the_ledgers_is_found(sql: str, fault: str) -> None:
    with open_store(":memory:") as store:
        add(store, (THREAT, []), (RAZED, []))
        assert list(store.check()) == []
        store._db.execute(sql)
        assert any(fault in found for found in store.check())


def test_many_are_kept_at_once_or_none(store: TableStore) -> None:
    entries = [
        Entry(path="a", outcome="coded", document=one.document, digest="d", events=one.events)
        for one in (THREAT, RAZED, THREAT)
    ]
    assert store.add_all(entries, CODING, at=NOW) == 2
    assert store.add_all(entries, CODING, at=NOW + timedelta(days=1)) == 0
    assert {row["id"] for row in store.ask("documents")} == {"t", "r"}
    assert list(store.check()) == []
