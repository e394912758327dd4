"""What every store does: the same test over all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.conftest import CODING, NOW, Add, coded, document

from tocsin.errors import OptionError, StoreError
from tocsin.store import Coding, Entry, Filters, open_store
from tocsin.store.tables import TableStore


def ids(store: TableStore, **filters: Any) -> list[str]:
    return [row["document"] for row in store.ask("events", Filters(**filters))]


def test_what_is_added_comes_back_as_it_was(store: TableStore, add: Add) -> None:
    one = replace(document(title="T", author="A", url="https://example.org/1"), left_out=((0, 2),))
    entry = coded(one)
    assert add(entry)
    assert store.document("d1") == one
    assert store.event(entry.events[0].id) == entry.events[0]
    assert list(store.records()) == list(entry.events)
    assert list(store.check()) == []


def test_adding_again_changes_nothing(store: TableStore, add: Add) -> None:
    assert add(coded(document()))
    assert not add(coded(document()), at=NOW + timedelta(days=1))
    assert len(store.ask("events")) == len(store.ask("documents")) == 1


def test_an_article_without_events_is_known_as_coded(store: TableStore, add: Add) -> None:
    one = document(text="NOTHING happened in Zenda.")
    assert store.known("d1", one.text) is None
    add(coded(one))
    known = store.known("d1", one.text)
    assert known is not None
    assert (known.coding, known.copy_of) == (CODING.id, None)
    (row,) = store.ask("documents")
    assert row["events"] == 0


def test_coding_anew_keeps_the_old_events_beside_the_new(store: TableStore, add: Add) -> None:
    newer = Coding("2.0", {"coder": "full"})
    add(coded(document()))
    later = Entry(**{**_fields(coded(document())), "events": ()})
    assert add(later, newer, NOW + timedelta(days=1))
    assert store.ask("events") == []
    assert [row["events"] for row in store.ask("codings")] == [1, 0]
    assert store.event(coded(document()).events[0].id) is not None
    known = store.known("d1", document().text)
    assert known is not None
    assert known.coding == newer.id
    assert list(store.check()) == []


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def test_the_same_id_with_another_text_is_another_document(store: TableStore, add: Add) -> None:
    add(coded(document()))
    other = document(text="Graustark shelled the bridge.")
    free = store.free_id(other)
    assert free != "d1"
    assert store.free_id(document()) == "d1"
    with pytest.raises(StoreError, match="another text under the id d1"):
        add(coded(other))
    add(coded(document(id=free, text=other.text)))
    known = store.known("d1", other.text)
    assert known is not None
    assert known.id == free
    assert len(store.ask("documents")) == 2
    assert list(store.check()) == []


def test_copies_and_versions_are_kept_without_events(store: TableStore, add: Add) -> None:
    add(coded(document()))
    copy = Entry(
        path="b.txt", outcome="copy", document=document(id="d2", outlet="Post"),
        digest="digest of d1", copy_of="d1", copy_kind="same", contained=1.0,
    )  # fmt: skip
    add(copy)
    add(coded(document(id="d3", text="Graustark left Zenda."), version_of="d1"))
    rows = {row["id"]: row for row in store.ask("documents")}
    assert (rows["d2"]["copy_of"], rows["d2"]["events"]) == ("d1", None)
    assert rows["d3"]["version_of"] == "d1"
    known = store.known("d2", document().text)
    assert known is not None
    assert (known.coding, known.copy_of) == (None, "d1")
    assert list(store.check()) == []


def test_fingerprints_come_back_in_the_order_of_adding(store: TableStore, add: Add) -> None:
    for name in ("z", "a", "m"):
        add(coded(document(id=name, text=f"Ruritania fell in {name}.")))
    prints = list(store.prints())
    assert [one.id for one in prints] == ["z", "a", "m"]
    assert prints[0].shingles == b"\x01\x02\x03\x04"
    assert (prints[0].outlet, prints[0].published) == ("Courier", date(2020, 6, 16))
    assert [one.id for one in store.last_documents(2)] == ["a", "m"]


def test_what_was_set_aside_is_kept_once(store: TableStore, add: Add) -> None:
    problem = Entry(path="a.jsonl", line=3, outcome="set aside", reason="is no JSON")
    assert add(problem)
    assert not add(problem)
    (row,) = store.ask("set_aside")
    assert row == {"path": "a.jsonl", "line": 3, "document": None, "reason": "is no JSON"}


def test_a_failed_entry_leaves_nothing_behind(
    store: TableStore, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.store import tables

    def fail(*_: Any) -> Any:
        raise ValueError("no mentions")

    with monkeypatch.context() as patched:
        patched.setattr(tables, "mention_rows", fail)
        with pytest.raises(ValueError, match="no mentions"):
            add(coded(document()))
    assert store.ask("documents") == store.ask("events") == store.ask("codings") == []
    assert add(coded(document()))
    assert list(store.check()) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["d1", "d2", "d3"]),
        ({"dyad": ("RUR", "GRA")}, ["d1", "d2", "d3"]),
        ({"dyad": ("GRA", "RUR")}, []),
        ({"dyad": ("*", "GRA")}, ["d1", "d2", "d3"]),
        ({"since": date(2020, 6, 17)}, ["d2", "d3"]),
        ({"until": date(2020, 6, 17)}, ["d1", "d2"]),
        ({"since": date(2020, 6, 17), "until": date(2020, 6, 17)}, ["d2"]),
        ({"type": "ASSAULT", "mode": "destroy", "status": "actual"}, ["d1", "d2", "d3"]),
        ({"type": "AID"}, []),
        ({"where": "RUR"}, ["d1", "d2", "d3"]),
        ({"where": "zend"}, ["d1", "d2", "d3"]),
        ({"where": "Strelsau"}, []),
        ({"outlet": "Post"}, ["d2"]),
        ({"document": "d3"}, ["d3"]),
        ({"words": "MILL"}, ["d3"]),
        ({"least": 0.95}, []),
        ({"limit": 2}, ["d1", "d2"]),
    ],
)
def test_events_are_narrowed(
    store: TableStore, add: Add, filters: dict[str, Any], found: list[str]
) -> None:
    for n, (outlet, what) in enumerate(
        [("Courier", "bridge"), ("Post", "tower"), ("Courier", "mill")], 1
    ):
        day = date(2020, 6, 15 + n)
        text = f"Ruritania razed the {what} today."
        add(coded(document(id=f"d{n}", text=text, outlet=outlet, published=day)))
    assert ids(store, **filters) == found
    assert [event.document for event in store.records(Filters(**filters))] == found


def test_unknown_questions_and_filters_are_refused(store: TableStore) -> None:
    with pytest.raises(OptionError, match="there is no question 'secrets'"):
        store.ask("secrets")
    with pytest.raises(OptionError, match="documents cannot be narrowed by type"):
        store.ask("documents", Filters(type="AID"))


def test_nothing_in_a_value_becomes_sql(store: TableStore, add: Add) -> None:
    add(coded(document(outlet="'; DROP TABLE events; --")))
    assert ids(store, outlet="'; DROP TABLE events; --") == ["d1"]
    assert ids(store, words="%' OR 1=1 --") == []


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), WORDS), max_size=8), st.randoms())
def test_the_order_of_adding_does_not_matter(rows: list[tuple[str, str]], random: Any) -> None:
    def content(ordered: list[tuple[str, str]]) -> Any:
        with open_store(":memory:") as store:
            for id_, words in ordered:
                one = document(id=f"{id_}-{words}", text=f"Ruritania said {words}")
                store.add(coded(one), CODING, at=NOW)
            assert list(store.check()) == []
            return store.ask("events"), sorted(row["id"] for row in store.ask("documents"))

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert content(rows) == content(shuffled) == content([*shuffled, *rows])
