"""The attribute ruler that remembers: it finds what spaCy's own finds."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from tocsin.language.parser import DEFAULT_MODEL, Parser
from tocsin.language.remembering import RememberingMatcher, remember_attributes

TEXTS = (
    "There's gonna be talks, y'all; let's see who'd have thought it. He got ta go, c'm on!",
    "It is they who did it, and 'twas you that Ruritania had warned; that one gets none.",
    "The two sides  had\n\tno hotline \u00a0 in 1953, somethin' of an ol' sore.",
)


@pytest.fixture(scope="module")
def plain() -> Any:
    """The model as spaCy loads it."""
    return importlib.import_module(DEFAULT_MODEL).load()


def matched(matcher: Any, doc: Doc) -> list[tuple[int, int, int]]:
    return sorted(matcher(doc, allow_missing=True, as_spans=False))


def test_it_finds_what_the_ruler_finds_also_when_it_remembers(plain: Any) -> None:
    ruler = plain.get_pipe("attribute_ruler")
    ours = RememberingMatcher(ruler)
    for _ in range(2):
        for doc in plain.pipe(TEXTS):
            assert matched(ours, doc) == matched(ruler.matcher, doc)


def test_the_parser_remembers() -> None:
    ruler = Parser()._nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler.matcher, RememberingMatcher)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Who", "it", "did", "\n", "got", "ta", "THAT", "y'", "all", "Zenda"]),
            st.sampled_from(["DT", "IN", "PRP", "VBD", "_SP", "WP", "NN", "TO"]),
            st.sampled_from(["nsubj", "mark", "aux", "dobj", "det", "expl", "dep", "ROOT"]),
        ),
        max_size=8,
    )
)
def test_whatever_tags_and_relations_the_words_have(
    plain: Any, tokens: list[tuple[str, str, str]]
) -> None:
    words, tags, deps = ([one[n] for one in tokens] for n in range(3))
    doc = Doc(plain.vocab, words=words, tags=tags, deps=deps, heads=[0] * len(words))
    ruler = plain.get_pipe("attribute_ruler")
    assert matched(RememberingMatcher(ruler), doc) == matched(ruler.matcher, doc)


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LOWER": {"IN": ["zenda", "mill"]}}],
        [{"LOWER": {"NOT_IN": ["zenda"]}, "TAG": "NN"}],
        [{"LOWER": {"REGEX": "^ze"}}],
        [{"LOWER": {"IN": ["zenda"], "REGEX": "a$"}}],
        [{"ORTH": "Zenda"}],
        [{"TAG": "NN", "OP": "+"}],
        [{"LOWER": "zenda"}, {"LOWER": "mill"}],
    ],
)
def test_patterns_of_other_models_are_kept_as_they_are(pattern: list[dict[str, Any]]) -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("attribute_ruler")
    ruler.add(patterns=[pattern], attrs={"POS": "PROPN"})
    before = ruler.matcher
    remember_attributes(nlp)
    words = ["Zenda", "mill", "zenda", "MILL", "Zebra", "burnt"]
    doc = Doc(nlp.vocab, words=words, tags=["NN", "NN", "VB", "NN", "NN", "VBD"])
    for _ in range(2):
        assert matched(ruler.matcher, doc) == matched(before, doc)
    assert matched(ruler.matcher, doc)


def test_a_pipeline_without_a_ruler_is_left_alone() -> None:
    nlp = spacy.blank("en")
    remember_attributes(nlp)
    assert nlp.pipe_names == []
