"""Parsing with numpy's products: the parses are spaCy's own, and one core works at a time."""

from __future__ import annotations

import importlib
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from tocsin.language.arithmetic import Arithmetic, calculate_by_numpy, on_one_core
from tocsin.language.parser import DEFAULT_MODEL, Parser

TEXTS = (
    "Ruritania's foreign minister told reporters in Strelsau on Tuesday that Graustark had fired "
    "three missiles into the sea, and warned of a \"merciless\" answer. Nobody was hurt.",
    "The two sides reopened the hotline they had cut in June; talks resume next week.",
    "Gonna be cold.", "…",
)  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Any:
    """The model as spaCy loads it."""
    return importlib.import_module(DEFAULT_MODEL).load()


def told(docs: Any) -> list[list[tuple[Any, ...]]]:
    return [
        [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in doc]
        for doc in docs
    ]


def test_the_parses_are_those_of_spacy(plain: Any) -> None:
    before = told(plain.pipe(TEXTS))
    faster = importlib.import_module(DEFAULT_MODEL).load()
    calculate_by_numpy(faster)
    kinds = {
        type(node.ops)
        for _, component in faster.pipeline
        if getattr(component, "model", None) is not None
        for node in component.model.walk()
    }
    assert kinds == {Arithmetic}
    assert told(faster.pipe(TEXTS)) == before


def test_the_parser_calculates_so() -> None:
    parser = Parser()
    assert parser._namer is not None
    for model in (parser._nlp.get_pipe("tok2vec").model, parser._namer._words):
        assert {type(node.ops) for node in model.walk()} == {Arithmetic}


@given(st.integers(0, 9), st.integers(1, 9), st.integers(1, 9), st.booleans(), st.booleans())
def test_products_are_those_of_thinc(
    rows: int, inner: int, columns: int, first: bool, second: bool
) -> None:
    rng = numpy.random.default_rng(1)
    x = rng.random((inner, rows) if first else (rows, inner), dtype=numpy.float32)
    y = rng.random((columns, inner) if second else (inner, columns), dtype=numpy.float32)
    said = Arithmetic().gemm(x, y, trans1=first, trans2=second)
    assert said.shape == (rows, columns)
    assert said.dtype == numpy.float32
    if rows:
        known = NumpyOps().gemm(x, y, trans1=first, trans2=second)
        numpy.testing.assert_allclose(said, known, rtol=1e-4)
    out = numpy.zeros((rows, columns), dtype=numpy.float32)
    assert Arithmetic().gemm(x, y, out=out, trans1=first, trans2=second) is out
    numpy.testing.assert_array_equal(out, said)


def test_one_core_works_inside_and_all_again_after() -> None:
    def cores() -> set[int]:
        return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}

    before = cores()
    with on_one_core():
        assert cores() == {1}
    assert cores() == before
