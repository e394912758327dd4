"""Packs: on for the texts that speak of them, when named for all, and never with none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tocsin import Coder, Document
from tocsin.pipeline.explain import explain


@pytest.fixture(scope="module")
def none() -> Coder:
    return Coder(packs=(), coder="rules")


@pytest.fixture(scope="module")
def always() -> Coder:
    return Coder(packs=("korea",), coder="rules")


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("Seoul summoned the ambassador.", ("korea",)),
        ("The launch was reported by KCNA.", ("korea",)),
        ("France summoned the ambassador.", ()),
        ("The North blew up the bridge.", ()),
    ],
)
def test_a_pack_is_on_for_the_texts_that_speak_of_it(
    coder: Coder, text: str, packs: tuple[str, ...]
) -> None:
    assert coder.work(Document.of(text)).packs == packs


def test_the_title_speaks_too(coder: Coder) -> None:
    document = Document.of("The embassy was closed.", title="A rift with South Korea")
    assert coder.work(document).packs == ("korea",)


def test_a_pack_that_is_named_is_on_for_every_text(always: Coder) -> None:
    assert always.work(Document.of("France summoned the ambassador.")).packs == ("korea",)


def test_none_is_never_on(none: Coder) -> None:
    work = none.work(Document.of("Seoul warned Pyongyang. The North blew up the bridge."))
    assert work.packs == ()
    assert "the North" not in {m.text for m in work.actors if m.country}
    assert {m.text: m.country for m in work.actors}["Seoul"] == "KOR"


def test_people_and_places_of_a_pack_that_is_off_are_unknown(
    coder: Coder, none: Coder, always: Coder
) -> None:
    document = Document.of("France thanked Jeffrey Fowle on Tuesday.")
    countries = [
        {m.country for m in c.work(document).actors if "Fowle" in m.text}
        for c in (coder, none, always)
    ]
    assert countries == [{None}, {None}, {"USA"}]
    place = Document.of("France bombed the Joint Security Area.")
    found = [{m.name for m in c.work(place).places} for c in (coder, always)]
    assert found == [{"France"}, {"France", "Joint Security Area"}]


@pytest.mark.parametrize(
    ("text", "says"),
    [("Seoul protested.", "PACKS: korea"), ("France protested.", "PACKS: none")],
)
def test_an_explanation_says_which_packs_were_on(coder: Coder, text: str, says: str) -> None:
    assert explain(coder, text).splitlines()[0] == says


def test_a_users_own_actor_is_coded(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- {person: Anna Beispiel, country: DEU, office: foreign minister, since: 2027}"
    )
    coder = Coder(actors=path, coder="rules")
    text = "Anna Beispiel condemned Russia. The German foreign minister condemned Japan."
    work = coder.work(Document.of(text, published=date(2027, 3, 1)))
    found = {m.text: (m.country, m.entity and m.entity.name) for m in work.actors}
    assert found["Anna Beispiel"] == ("DEU", "Anna Beispiel")
    assert found["German foreign minister"] == ("DEU", "Anna Beispiel")
    assert any(f"{path}:1" in m.why for m in work.actors)
