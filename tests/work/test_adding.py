"""Adding articles: what becomes of each, how far the work is, and stopping it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from tests.cli.conftest import StubCoder
from tests.linking.stories import text

from tocsin.errors import ResourceError
from tocsin.store import Coding, open_store
from tocsin.store.tables import TableStore
from tocsin.work.adding import Added, Adder, Pasted, coding_of, pasted
from tocsin.work.engine import InProcess

BRIDGE = Pasted(
    text="Ruritania razed the bridge today.", title="Bridge razed", published=date(2020, 6, 16),
    outlet="Courier", url="https://example.org/bridge",
)  # fmt: skip
MILL = Pasted(text="Graustark burnt the old mill today.")
STORY = text(80, 1)
GERMAN = (
    "Die Brücke wurde gestern in der Nacht von den Soldaten der Nachbarn gesprengt, sagte der "
    "Minister. Niemand wurde verletzt, doch die Straße bleibt bis auf Weiteres gesperrt. Die "
    "Regierung hat für morgen eine Sitzung einberufen und fordert eine Erklärung. "
) * 3


@pytest.fixture
def store() -> Iterator[TableStore]:
    with open_store(":memory:") as store:
        yield store


def add(store: TableStore, *texts: Pasted, **more: Any) -> Added:
    return Adder(store, InProcess(StubCoder()), Coding("1.0")).add(pasted(texts), **more)


def outcomes(added: Added) -> list[str]:
    return [one.outcome for one in added.outcomes]


def test_a_pasted_text_is_kept_with_what_is_said_of_it_and_linked(store: TableStore) -> None:
    added = add(store, BRIDGE)
    (one,) = added.outcomes
    assert (one.outcome, one.events, one.title) == ("coded", 1, "Bridge razed")
    assert (added.linked, added.stopped, store.links.count()) == (1, False, 1)
    assert one.document is not None
    document = store.document(one.document)
    assert document is not None
    assert (document.text, document.title, document.published, document.outlet, document.url) == (
        BRIDGE.text, BRIDGE.title, BRIDGE.published, BRIDGE.outlet, BRIDGE.url,
    )  # fmt: skip


def test_what_becomes_of_each_item_is_told(store: TableStore) -> None:
    add(store, BRIDGE)
    added = add(
        store, BRIDGE, Pasted(text=STORY), Pasted(text=STORY + " Later."), Pasted(text=" "),
        Pasted(text="UNFIT"),
        Pasted(text=GERMAN),
    )  # fmt: skip
    assert outcomes(added) == ["known", "coded", "copy", "set aside", "set aside", "set aside"]
    assert added.outcomes[2].copy_of == added.outcomes[1].document
    assert [one.line for one in added.outcomes] == [1, 2, 3, 4, 5, 6]
    assert added.outcomes[4].reason == "is not fit"
    assert "not in English" in (added.outcomes[5].reason or "")
    assert added.run.items == 6
    assert list(store.check()) == []


def test_progress_is_told_by_stage(store: TableStore) -> None:
    told: list[tuple[Any, ...]] = []
    add(store, BRIDGE, MILL, told=lambda *said: told.append(said))
    assert told == [
        ("reading", 1, None, 0), ("reading", 2, None, 0), ("coding", 1, 2, 1), ("coding", 2, 2, 2),
        ("linking", 2, 2, 2),
    ]  # fmt: skip


def after(calls: int) -> Callable[[], bool]:
    """Says so from that call on."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("calls", range(6))
def test_what_was_done_before_it_was_stopped_is_kept_and_the_rest_is_done_next_time(
    store: TableStore, calls: int
) -> None:
    texts = BRIDGE, MILL, Pasted(text="Hofbau fell.")
    adder = Adder(store, InProcess(StubCoder()), Coding("1.0"))
    added = adder.add(pasted(texts), stopped=after(calls))
    assert added.stopped
    assert len(added.outcomes) == max(0, calls - 3) == added.linked == store.links.count()
    again = adder.add(pasted(texts))
    assert not again.stopped
    assert outcomes(again) == ["known"] * len(added.outcomes) + ["coded"] * (3 - added.linked)
    assert store.links.count() == 3
    assert list(store.check()) == []


def test_what_was_done_before_an_error_is_kept_and_linked_next_time(store: TableStore) -> None:
    with pytest.raises(ResourceError):
        add(store, BRIDGE, Pasted(text="NOMODEL"), MILL)
    assert len(store.ask("documents")) == 1
    assert outcomes(add(store, BRIDGE, MILL)) == ["known", "coded"]
    assert store.links.count() == 2


def test_a_coding_is_the_same_for_the_same_options() -> None:
    none = {"coder": None, "packs": None}
    assert coding_of(none).id == coding_of({}).id
    assert coding_of({"coder": "rules"}).id != coding_of({}).id
