"""Contexts of events: the rules' own examples, clauses, documents, actors, and the bench."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tocsin.actors import ActorFinder
from tocsin.events import EventFinder
from tocsin.events.contexts import contexts_of, document_contexts
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.contexts import load_contexts
from tocsin.knowledge.triggers import load_triggers
from tocsin.language import Parser
from tocsin.model.candidate import Candidate
from tocsin.model.parse import Sentence

RULES = load_contexts()
CASES = Path(__file__).parents[2] / "bench" / "context_cases.jsonl"
YES = [(c.name, text) for c in RULES.contexts.values() for text in c.yes]
NO = [(c.name, text) for c in RULES.contexts.values() for text in c.no]
Code = Callable[[str], tuple[Sentence, tuple[Candidate, ...]]]


@pytest.fixture(scope="module")
def code() -> Code:
    parser, actors = Parser(), ActorFinder(load_actors())
    finder = EventFinder(load_triggers())

    def run(text: str) -> tuple[Sentence, tuple[Candidate, ...]]:
        parse = parser.parse(text)
        return parse.sentences[0], finder.find(parse, actors.find(parse, published=None))

    return run


def bare(sent: Sentence, head: int, **fields: object) -> Candidate:
    values = {"type": "ACCUSE", "mode": None, "actors": (), "recipients": (), **fields}
    return Candidate(sentence=0, head=head, trigger=(head,), rule="test", **values)  # type: ignore[arg-type]


def at(sent: Sentence, word: str) -> Candidate:
    return bare(sent, next(t.i for t in sent.tokens if t.text == word))


def found(code: Code, text: str, document: frozenset[str] = frozenset()) -> set[str]:
    sent, candidates = code(text)
    events = candidates or (bare(sent, sent.root),)
    return {c for event in events for c in contexts_of(sent, event, RULES, document=document)}


@pytest.mark.parametrize(("context", "text"), YES)
def test_a_context_is_found_in_its_examples(code: Code, context: str, text: str) -> None:
    assert context in found(code, text)


@pytest.mark.parametrize(("context", "text"), NO)
def test_a_context_is_not_found_in_its_counterexamples(code: Code, context: str, text: str) -> None:
    assert context not in found(code, text)


def test_what_another_clause_tells_is_not_the_events(code: Code) -> None:
    sent, _ = code("France expelled two clerks after the ministry had reported cases of cholera.")
    assert "health" not in contexts_of(sent, at(sent, "expelled"), RULES, document=frozenset())


def test_a_strong_sign_elsewhere_is_not_the_events_even_in_such_a_document(code: Code) -> None:
    sent, _ = code("France accused Togo after the ministry had reported cases of cholera.")
    event = at(sent, "accused")
    assert contexts_of(sent, event, RULES, document=frozenset({"health"})) == ()


def test_a_strong_sign_elsewhere_supports_a_weak_one_of_the_clause(code: Code) -> None:
    sent, _ = code("Fiji criticized the treatment after the nurses had left.")
    event = at(sent, "criticized")
    assert contexts_of(sent, event, RULES, document=frozenset()) == ("health",)


def test_a_weak_sign_needs_the_document(code: Code) -> None:
    sent, _ = code("Fiji criticized the treatment.")
    event = at(sent, "criticized")
    assert contexts_of(sent, event, RULES, document=frozenset()) == ()
    assert contexts_of(sent, event, RULES, document=frozenset({"health"})) == ("health",)


def test_a_word_said_twice_is_one_sign(code: Code) -> None:
    sent, _ = code("Fiji criticized the treatment after the treatment.")
    assert contexts_of(sent, at(sent, "criticized"), RULES, document=frozenset()) == ()


def test_the_document_alone_gives_nothing(code: Code) -> None:
    sent, _ = code("Fiji thanked Samoa.")
    event = at(sent, "thanked")
    assert contexts_of(sent, event, RULES, document=frozenset(RULES.contexts)) == ()


def test_the_document_alone_is_enough_for_acts_that_carry_it(code: Code) -> None:
    sent, _ = code("Police arrested seven people in Turin.")
    event = bare(sent, sent.root, type="COERCE", mode="arrest")
    given = frozenset({"illegal_drugs", "health"})
    assert contexts_of(sent, event, RULES, document=given) == ("illegal_drugs",)


def test_the_triggers_own_contexts_come_in_order(code: Code) -> None:
    sent, _ = code("Armenian troops left the village.")
    event = bare(sent, sent.root, contexts=("trafficking", "economic"))
    contexts = contexts_of(sent, event, RULES, document=frozenset())
    assert contexts == ("military", "economic", "trafficking")


def test_plurals_in_a_headline_are_known(code: Code) -> None:
    assert "military" in found(code, "North Korea Fires Two Missiles")


def test_a_document_needs_several_sentences(code: Code) -> None:
    parser = Parser()
    one = parser.parse("Cholera broke out. The mayor left. The bakers stayed. It rained.")
    two = parser.parse("Cholera broke out. The mayor left. The hospital closed. It rained.")
    assert document_contexts(one, RULES) == frozenset()
    assert document_contexts(two, RULES) == frozenset({"health"})


def test_a_long_document_needs_a_share_of_its_sentences(code: Code) -> None:
    text = "Cholera broke out. The hospital closed. " + "The bakers stayed at home. " * 20
    assert document_contexts(Parser().parse(text), RULES) == frozenset()


# Micro-F1 of the first two thirds when the signs were last read against them, less a little.
_FLOOR = 0.92


def test_the_bench_stays_above_its_floor(code: Code) -> None:
    counts: Counter[str] = Counter()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["split"] != "dev":
            continue
        sent, candidates = code(case["text"])
        start, end = case["trigger"]["start"], case["trigger"]["end"]
        tokens = [t.i for t in sent.tokens if t.start < end and t.end > start]
        events = [c for c in candidates if set(c.trigger) & set(tokens)]
        event = events[0] if events else bare(sent, tokens[0])
        document = frozenset(case.get("document", ()))
        got = set(contexts_of(sent, event, RULES, document=document))
        gold = set(case["contexts"])
        counts.update(right=len(got & gold), all=len(got) + len(gold))
    assert 2 * counts["right"] / counts["all"] >= _FLOOR
