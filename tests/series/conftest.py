"""Stores with incidents and with rows of others' series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.linking.telling import Told
from tests.series.made_up import FIRST

from tocsin.linking.linker import link
from tocsin.model.imported import Imported, row_key
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

NOW = datetime(2024, 10, 25, 12, 0)
CODING = Coding("1.0", {"coder": "rules"})


def entry(one: Told, **more: Any) -> Entry:
    """A coded article, or with ``copy_of`` a copy."""
    given: dict[str, Any] = {
        "path": "a.jsonl", "document": one.document, "digest": one.document.id,
        "outcome": "copy" if "copy_of" in more else "coded",
        "events": () if "copy_of" in more else one.events,
    }  # fmt: skip
    return Entry(**(given | more))


def row(number: int, **more: Any) -> Imported:
    """Graustark accuses Ruritania on the first of January 2021."""
    values: dict[str, Any] = {
        "day": FIRST, "actor": "Graustark", "actor_country": "GRA", "recipient": "Ruritania",
        "recipient_country": "RUR", "cameo": "112", "type": "ACCUSE", "mode": "allege",
        "typed_by": "cameo", "quad": 3, "score": -2.0, "scale": "goldstein",
        "publisher": "Courier",
    }  # fmt: skip
    raw = f'{{"n": {number}}}'
    return Imported(
        "icews", row_key("icews", raw), raw, "a", number, str(number), **(values | more)
    )


Fill = Callable[..., TableStore]


@pytest.fixture
def fill() -> Iterator[Fill]:
    """Put articles and rows into a store, and link them."""
    with open_store(":memory:") as store:

        def fill(*items: Told | Imported | Entry) -> TableStore:
            for item in items:
                if isinstance(item, Imported):
                    store.add_imported([item])
                else:
                    one = entry(item) if isinstance(item, Told) else item
                    store.add(one, CODING, at=NOW)
            link(store.links)
            return store

        yield fill
