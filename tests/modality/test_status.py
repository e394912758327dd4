"""Statuses: the bench of sentences as a gate, and cases that the bench does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.modality.build import bracketed

from tocsin.evaluation.factuality import evaluate_factuality
from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.model.candidate import Candidate
from tocsin.model.event import STATUSES

CASES = Path(__file__).parents[2] / "bench" / "status_cases.jsonl"
FLOOR = 0.90


def test_the_bench_of_sentences_keeps_its_floor(modality: Modality, parser: Parser) -> None:
    assert evaluate_factuality(CASES, parser, modality).macro_f1 >= FLOOR


@pytest.mark.parametrize(
    ("example", "status", "dropped"),
    [
        ("He could condemn the [attack] on the port.", "actual", None),
        ("Critics may condemn [attacks] on the port.", "actual", None),
        ("The navy could launch [attacks] on the port.", "predicted", None),
        ("The navy could stage raids such as [attacks] on ports.", "predicted", None),
        ("Envoys urged both sides to engage in [talks].", "hypothetical", None),
        ("An [attack] did not surprise the port.", "actual", None),
        ("Moscow, which denies a role, [shelled] the port.", "actual", None),
        ("The guards did not [shell] the port, and rebels left.", None, "negated"),
        ("The pilots did not fail to [bomb] the port.", "actual", None),
        ("Troops were forced to [withdraw] from the port.", "actual", None),
        ("Peru was the first state to [recognise] the junta.", "actual", None),
        ("Who ordered the troops that [shelled] the port?", "background", None),
        ("Did the fleet [shell] the port?", None, "question"),
        ("The envoy [blasted] the fleet, asking, “How many must die?”", "actual", None),
        ("The fleet [denied] any part in it.", "actual", None),
        ("The court [probed] the alleged theft of the guns.", "actual", None),
        ("It was the latest attack to [hit] the port.", "actual", None),
        ("The envoy, who [met] the rebels, spoke of hope.", "background", None),
        ("The envoy, who [met] the rebels on Tuesday, spoke of hope.", "actual", None),
        ("Prices rose after rebels [shelled] the port.", "actual", None),
        ("The rebels will [shell] the port in March.", "predicted", None),
        ("A professor said the North is [pressuring] the South.", None, "opinion"),
        ("A professor said the North [shelled] the South on Monday.", "actual", None),
        ("Experts say the North will [shell] the South.", None, "opinion"),
        ("A professor said the allies must [shell] the port.", None, "opinion"),
        ("The minister said the fleet will [shell] the port.", "predicted", None),
    ],
)
def test_scope_ends_where_it_should(
    modality: Modality, parser: Parser, example: str, status: str | None, dropped: str | None
) -> None:
    parse, found = bracketed(parser, example)
    judgement = modality.judge(parse, [found], actors=(), dates=(), published=None)[0]
    assert (judgement.status, judgement.dropped) == (status, dropped)


def _typed(found: Candidate, **changes: object) -> Candidate:
    from dataclasses import replace

    return replace(found, **changes)  # type: ignore[arg-type]


def test_a_future_that_made_the_type_is_no_doubt(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "The envoys will [meet] in May.")
    agree = _typed(found, type="AGREE", rule="agree/consult#future-meet")
    plain = _typed(found, type="CONSULT")
    judged = modality.judge(parse, [agree, plain], actors=(), dates=(), published=None)
    assert [judgement.status for judgement in judged] == ["actual", "predicted"]


def test_a_conditional_threat_is_made_all_the_same(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "Oslo would [strike] if Rome fires the guns.")
    would = next(t.i for t in parse.sentences[0].tokens if t.text == "would")
    threat = _typed(found, type="THREATEN", trigger=(would, *found.trigger))
    judged = modality.judge(parse, [threat, found], actors=(), dates=(), published=None)
    assert [judgement.status for judgement in judged] == ["actual", "hypothetical"]
    assert judged[0].condition is not None


def test_words_that_made_the_type_have_no_second_say(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "The envoys will not [meet] in May.")
    consumed = tuple(t.i for t in parse.sentences[0].tokens if t.text in ("will", "not"))
    refusal = _typed(found, type="REJECT", consumed=consumed)
    judged = modality.judge(parse, [refusal, found], actors=(), dates=(), published=None)
    assert [judgement.status for judgement in judged] == ["actual", None]


def test_who_gathered_to_protest_did_protest(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "Miners gathered at the gate to [protest].")
    protest = _typed(found, type="PROTEST")
    judged = modality.judge(parse, [protest], actors=(), dates=(), published=None)
    assert judged[0].status == "actual"


def test_nothing_to_judge(modality: Modality, parser: Parser) -> None:
    parse = parser.parse("Rebels shelled the port.")
    assert modality.judge(parse, [], actors=(), dates=(), published=None) == ()


TEXT = (
    'if unless not no would could said denied the army rebels attack attacked to that , . “ ” " '
    "according reports whether port ? by in 2018 without he and its : refused confirm"
)
WORDS = st.sampled_from(TEXT.split())


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(WORDS, min_size=3, max_size=25))
def test_every_range_lies_in_its_sentence(
    modality: Modality, parser: Parser, words: list[str]
) -> None:
    parse = parser.parse(" ".join(words))
    every = [
        Candidate(
            sentence=sentence.index,
            head=token.i,
            trigger=(token.i,),
            rule="any",
            type="THREATEN",
            mode=None,
            actors=(),
            recipients=(),
            nominal=token.tag.startswith("NN"),
        )
        for sentence in parse.sentences
        for token in sentence.tokens
    ]
    judged = modality.judge(parse, every, actors=(), dates=(), published=date(2020, 1, 1))
    assert len(judged) == len(every)
    for found, judgement in zip(every, judged, strict=True):
        assert (judgement.status in STATUSES) != (judgement.dropped is not None)
        size = len(parse.sentences[found.sentence].tokens)
        ranges = [judgement.condition, judgement.deadline, *(c[1:] for c in judgement.cues)]
        assert all(0 <= r[0] < r[1] <= size for r in ranges if r is not None)
        for link in judgement.attribution:
            assert 0 <= link.cue[0] < link.cue[1] <= len(parse.sentences[link.sentence].tokens)
            if link.speaker is not None:
                speaker = link.speaker
                assert parse.text[speaker.start : speaker.end] == speaker.text


@pytest.mark.parametrize(
    ("type_", "rule", "status"),
    [
        ("AGREE", "relation#proposed", "actual"),
        ("THREATEN", "relation#inferred", "actual"),
        ("ASSAULT", "relation#proposed", "predicted"),
        ("AGREE", "agree#sign", "predicted"),
    ],
)
def test_what_is_ahead_makes_a_promise_that_no_rule_names(
    modality: Modality, parser: Parser, type_: str, rule: str, status: str
) -> None:
    parse, found = bracketed(parser, "The fleet will [open] the port to rebels.")
    found = _typed(found, type=type_, rule=rule)
    judgement = modality.judge(parse, [found], actors=(), dates=(), published=None)[0]
    assert judgement.status == status
