"""Every kind of store, and entries to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import event_of

from tocsin.model.document import Document
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

NOW = datetime(2024, 10, 25, 12, 0, tzinfo=UTC).replace(tzinfo=None)
CODING = Coding("1.0", {"coder": "rules"})
KINDS = ("memory", "duckdb", "parquet")


def name_of(kind: str, folder: Path) -> str:
    return {"memory": ":memory:", "duckdb": str(folder / "a.duckdb"), "parquet": f"{folder}/a/"}[
        kind
    ]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[kind for kind in KINDS if kind != "memory"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of a store that outlasts its process."""
    return name_of(str(request.param), tmp_path)


@pytest.fixture
def store(kind: str, tmp_path: Path) -> Iterator[TableStore]:
    with open_store(name_of(kind, tmp_path)) as store:
        yield store


def document(
    id: str = "d1",  # noqa: A002
    text: str = "Ruritania razed the bridge today.",
    **more: Any,
) -> Document:
    given: dict[str, Any] = {"outlet": "Courier", "published": date(2020, 6, 16)} | more
    return Document.of(text, id=id, **given)


def coded(one: Document, **more: Any) -> Entry:
    """A coded document; its first word did it."""
    events = [event_of(one, one.text.split()[0])] if one.text.split()[0] != "NOTHING" else []
    return Entry(
        path="a.jsonl", line=1, outcome="coded", document=one, digest=f"digest of {one.id}",
        shingles=b"\x01\x02\x03\x04", events=events, **more,
    )  # fmt: skip


Add = Callable[..., bool]


@pytest.fixture
def add(store: TableStore) -> Add:
    def add(entry: Entry, coding: Coding = CODING, at: datetime = NOW) -> bool:
        return store.add(entry, coding, at=at)

    return add
