"""Entities found for many paragraphs at a time: they are spaCy's own."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English

from tocsin.language.naming import Namer, Span
from tocsin.language.parser import DEFAULT_MODEL, Parser

TEXTS = (
    "Ruritania's foreign minister Rudolf von Tarlenheim told reporters in Strelsau on Tuesday "
    "that the Kingdom of Graustark had fired three missiles into the Sea of Japan.",
    "The United Nations Security Council met at 10 a.m. in New York; Russia, China and the "
    "European Union sent 1,200 tonnes of wheat worth $3.5 million to Mogadishu.",
    "STRELSAU, June 16",
    "Gonna be cold.",
    "…",
    "Kim",
    "Kim  \t Jong Un",
    "“We won't,” Mr. Kim Yong Chol said. “Never.” Seoul did not answer. Nor did Washington D.C.",
    "",
)
_WORDS = (
    "Kim", "Jong", "Un", "North", "Korea", "the", "of", "United", "Nations", "Monday", "12", "per",
    "cent", "said", "in", "Seoul", ".", ",", "“", "”", " ", "-", "Ministry", "Foreign", "and",
    "$", "million", "U.S.", "who", "1950s",
)  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Any:
    """The model as spaCy loads it."""
    return importlib.import_module(DEFAULT_MODEL).load()


@pytest.fixture(scope="module")
def before(plain: Any) -> Any:
    """The same without its recogniser."""
    found = importlib.import_module(DEFAULT_MODEL).load()
    found.remove_pipe("ner")
    return found


def by_spacy(plain: Any, texts: Sequence[str]) -> list[list[Span]]:
    return [
        [(ent.start, ent.end, ent.label_) for ent in doc.ents]
        for doc in plain.pipe(texts, batch_size=len(texts))
    ]


def by_us(plain: Any, before: Any, texts: Sequence[str]) -> list[list[Span]]:
    namer = Namer(plain.get_pipe("ner"))
    return namer.find(list(before.pipe(texts, batch_size=len(texts))))


def test_they_are_those_of_spacy_in_whatever_order(plain: Any, before: Any) -> None:
    found = by_us(plain, before, TEXTS)
    assert found == by_spacy(plain, TEXTS)
    kinds = {kind for one in found for _, _, kind in one}
    assert {"GPE", "ORG", "PERSON", "DATE", "MONEY", "TIME"} <= kinds
    assert by_us(plain, before, TEXTS[::-1]) == found[::-1]


@settings(max_examples=60)
@given(
    texts=st.lists(
        st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join), min_size=1, max_size=5
    )
)
def test_they_are_those_of_spacy_in_any_words(plain: Any, before: Any, texts: list[str]) -> None:
    assert by_us(plain, before, texts) == by_spacy(plain, texts)


def test_nothing_is_found_in_nothing(plain: Any) -> None:
    namer = Namer(plain.get_pipe("ner"))
    assert namer.find([]) == []
    assert namer.find([plain.make_doc(""), plain.make_doc("")]) == [[], []]


def test_the_parser_names_so(plain: Any) -> None:
    parser = Parser()
    assert parser._namer is not None
    assert "ner" not in parser._nlp.pipe_names
    text = "\n".join(TEXTS)
    told = [
        (sentence.tokens[one.first].text, sentence.tokens[one.stop - 1].text, one.label)
        for sentence in parser.parse(text).sentences
        for one in sentence.entities
    ]
    theirs = [
        (ent[0].text, ent[-1].text, ent.label_) for doc in plain.pipe(TEXTS) for ent in doc.ents
    ]
    assert told == theirs


def test_what_is_no_such_recogniser_is_left_alone(plain: Any) -> None:
    assert Namer.fits(plain.get_pipe("ner"))
    assert not Namer.fits(plain.get_pipe("parser"))
    others = English()
    assert not Namer.fits(others.add_pipe("entity_ruler"))
    assert not Namer.fits(others.add_pipe("beam_ner"))


@pytest.mark.parametrize("place", ["before", "after"])
def test_where_rules_tell_entities_too_the_model_keeps_its_recogniser(place: str) -> None:
    ruled = importlib.import_module(DEFAULT_MODEL).load()
    ruled.add_pipe("entity_ruler", **{place: "ner"})
    assert Namer.taken_from(ruled) is None
    assert "ner" in ruled.pipe_names


def test_a_model_with_rules_for_entities_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ruled = English()
    ruled.add_pipe("sentencizer")
    ruled.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Tocsin"}])
    monkeypatch.setattr("tocsin.language.parser._load", lambda model: ruled)
    (sentence,) = Parser("ruled").parse("Today Tocsin rang.").sentences
    (entity,) = sentence.entities
    assert (entity.first, entity.stop, entity.label) == (1, 2, "ORG")
