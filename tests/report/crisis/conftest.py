"""A store of a made-up quarrel: Ruritania threatens a bridge of Graustark and razes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from tests.linking.telling import (
    GRA,
    RUR,
    Told,
    about,
    at,
    count,
    day,
    deed,
    on,
    says,
    told,
    who,
)

from tocsin.linking.linker import link
from tocsin.model.channel import StateReport
from tocsin.model.document import Span
from tocsin.report.crisis.gathering import gather
from tocsin.report.crisis.material import Material
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

NOW = datetime(2024, 10, 25, 12, 0)
CODING = Coding("1.0", {"coder": "rules"})
DYAD = ("RUR", "GRA")
HOSTILE = (
    "Ruritania <script>alert(1)</script> burnt [it](javascript:alert(2)) {{ 7*7 }} "
    "\N{RIGHT-TO-LEFT OVERRIDE}|`mill`\N{RIGHT-TO-LEFT MARK} of Graustark."
)


def threat() -> Told:
    published = day(13)
    sentence = "Ruritania threatened to raze the Zenda bridge of Graustark."
    return told(
        "t",
        deed(
            sentence, "threatened", type="THREATEN", mode="violence",
            content=about("ASSAULT", "destroy", "raze"), date=on(published),
        ),
        published=published,
    )  # fmt: skip


def razed(id: str = "r", outlet: str = "Courier", men: float = 1500, **more: Any) -> Told:  # noqa: A002
    return told(
        id,
        deed(
            f"Ruritania razed the Zenda bridge of Graustark with {men:g} men.", "razed",
            date=on(day(16)), place=at("Zenda", "RUR", 46.5, 14.2, radius_km=20),
            quantities=[count(men, "man")],
        ),
        published=day(17), outlet=outlet, url=f"https://example.org/{id}", **more,
    )  # fmt: skip


def talks() -> Told:
    return told(
        "k",
        deed(
            "Ruritania met Graustark at Strelsau.", "met", type="CONSULT", mode="visit",
            date=on(day(20)), place=at("Strelsau", "RUR", 47.1, 14.9, radius_km=5),
        ),
        published=day(20), outlet="Herald",
    )  # fmt: skip


def alleged() -> Told:
    envoy = who("the envoy", "GRA", "GOV")
    return told(
        "a",
        deed(
            "The envoy said that Ruritania had shelled the pass of Graustark.", "shelled",
            mode="heavy-weapons", status="alleged", date=on(day(22)),
            attribution=[says(envoy), says(RUR, "denied", "denies")],
        ),
        published=day(22), outlet="Herald",
    )  # fmt: skip


def hostile() -> Told:
    return told(
        "h", deed(HOSTILE, "burnt", date=on(day(24))), published=day(24),
        outlet="The <b>Courier</b>", url="javascript:alert(3)",
    )  # fmt: skip


def closed(one: Told) -> StateReport:
    """The Zenda road is closed, says this article."""
    words = Span(0, 4, one.document.text[:4])
    return StateReport(
        id="s1", document=one.document.id, sentence=words, thing=words, known="zenda-road",
        name="Zenda road", kind="road", category="channel", parties=("GRA", "RUR"), place=None,
        state="closed", toward=None, change="began", temporary=False, words=words,
        status="actual", date=on(day(16)), published=day(17), dated=None, actors=(),
        attribution=(), event=None, evidence=(),
    )  # fmt: skip


def entry(one: Told, states: Sequence[StateReport] = (), copy_of: str | None = None) -> Entry:
    return Entry(
        path="a.jsonl", outcome="copy" if copy_of else "coded", document=one.document,
        digest=one.document.id, events=() if copy_of else one.events, states=states,
        copy_of=copy_of, copy_kind="same" if copy_of else None,
    )  # fmt: skip


Fill = Callable[..., TableStore]


@pytest.fixture
def fill() -> Iterator[Fill]:
    """Put articles into a store, and link them."""
    with open_store(":memory:") as store:

        def fill(*items: Told | Entry) -> TableStore:
            for item in items:
                one = item if isinstance(item, Entry) else entry(item)
                store.add(one, CODING, at=NOW)
            link(store.links)
            return store

        yield fill


@pytest.fixture
def quarrel(fill: Fill) -> TableStore:
    """All of it, with a copy of one text, and a hostile article."""
    first = razed()
    copied = told("copy", deed(), published=day(18), outlet="Gazette")
    return fill(
        threat(),
        entry(first, [closed(first)]),
        razed("r2", "Herald", 3000),
        talks(),
        alleged(),
        hostile(),
        entry(copied, copy_of="r"),
        told("g", deed("Graustark accused Ruritania of it.", "accused", type="ACCUSE", mode=None,
                       actors=[GRA], recipients=[RUR], date=on(day(18))), published=day(18)),
    )  # fmt: skip


@pytest.fixture
def material(quarrel: TableStore) -> Material:
    return gather(quarrel, DYAD)
