"""Who says so: forms of speech, chains, and quotations over several sentences."""

from __future__ import annotations

import pytest
from tests.modality.build import bracketed

from tocsin.knowledge.modality import ModalityRules
from tocsin.language import Parser
from tocsin.modality import Modality, speech_frames
from tocsin.model.candidate import Judgement
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse


def _judge(modality: Modality, parser: Parser, example: str) -> Judgement:
    parse, found = bracketed(parser, example)
    return modality.judge(parse, [found], actors=(), dates=(), published=None)[0]


def _chain(judgement: Judgement) -> list[tuple[str | None, str]]:
    return [(a.speaker.text if a.speaker else None, a.stance) for a in judgement.attribution]


@pytest.mark.parametrize(
    ("example", "chain"),
    [
        ("Rebels [shelled] the port.", []),
        ("It was [burned], the South's ministry said.", [("the South's ministry", "asserts")]),
        ("“Rebels [burned] the mill,” the mayor told reporters.", [("the mayor", "asserts")]),
        ('"Rebels," the mayor said, "[burned] the mill."', [("the mayor", "asserts")]),
        ("Rebels, said the mayor, [burned] the mill.", [("the mayor", "asserts")]),
        ("He was quoted as saying that rebels [burned] the mill.", [("He", "asserts")]),
        ("As the paper reported, rebels [burned] the mill.", [("the paper", "asserts")]),
        ("A statement released by the palace said rebels [burned] the mill.",
         [("the palace", "asserts")]),
        ("The mayor said it would [ban] the march.", [("The mayor", "asserts")]),
        ("The agency said the minister had told it that rebels [burned] the mill.",
         [("The agency", "asserts"), ("the minister", "asserts")]),
        ("The mayor spoke, saying rebels [burned] the mill.", [("The mayor", "asserts")]),
        ("The mayor refused to confirm whether rebels [burned] the mill.",
         [("The mayor", "neither")]),
        ("The mayor neither confirmed nor denied that rebels [burned] the mill.",
         [("The mayor", "neither")]),
        ("The mayor did not say whether rebels [burned] the mill.", [("The mayor", "neither")]),
        ("The mayor's aides threatened to [burn] the mill.", []),
        ("The mayor has [warned] that rebels may come.", []),
    ],
)  # fmt: skip
def test_the_chain_of_speakers(
    modality: Modality, parser: Parser, example: str, chain: list[tuple[str | None, str]]
) -> None:
    assert _chain(_judge(modality, parser, example)) == chain


def test_a_speaker_goes_on_over_sentences(modality: Modality, parser: Parser) -> None:
    text = "“It is over,” the mayor said. “Rebels [burned] the mill. They left at dawn.”"
    assert _chain(_judge(modality, parser, text)) == [("the mayor", "asserts")]


def test_a_speaker_may_be_named_after_the_first_sentence(
    modality: Modality, parser: Parser
) -> None:
    text = "“Rebels [burned] the mill. They left at dawn,” the mayor said."
    assert _chain(_judge(modality, parser, text)) == [("the mayor", "asserts")]


def test_a_speaker_may_stand_in_the_paragraph_before(modality: Modality, parser: Parser) -> None:
    text = "The mayor went on to say:\n“Rebels [burned] the mill at dawn.”"
    assert _chain(_judge(modality, parser, text)) == [("The mayor", "asserts")]


def test_what_stands_outside_the_quotation_is_the_reporters(
    modality: Modality, parser: Parser
) -> None:
    text = "“It is over,” the mayor said. Rebels [burned] the mill at dawn."
    assert _chain(_judge(modality, parser, text)) == []


def _mention(parse: Parse, words: str, country: str) -> ActorMention:
    start = parse.text.index(words)
    sentence = parse.sentences[0]
    inside = [t.i for t in sentence.tokens if start <= t.start < start + len(words)]
    return ActorMention(
        sentence=0,
        first=inside[0],
        stop=inside[-1] + 1,
        head=inside[-1],
        start=start,
        end=start + len(words),
        text=words,
        country=country,
        sectors=("GOV",),
        entity=None,
        via="name",
    )


def test_the_speaker_is_the_known_actor(parser: Parser, rules: ModalityRules) -> None:
    parse = parser.parse("North Korea's state media said rebels burned the mill.")
    media = _mention(parse, "North Korea's state media", "PRK")
    (frame,) = speech_frames(parse.sentences[0], [media], rules, text=parse.text)
    assert frame.speakers == (media,)
    assert parse.sentences[0].tokens[frame.cue[0]].text == "said"


def test_joint_speakers_share_a_cue(parser: Parser, rules: ModalityRules) -> None:
    parse = parser.parse("Oslo and Rome said rebels burned the mill.")
    (frame,) = speech_frames(parse.sentences[0], (), rules, text=parse.text)
    assert [speaker.text for speaker in frame.speakers] == ["Oslo", "Rome"]


def test_nameless_speakers_are_marked(parser: Parser, rules: ModalityRules) -> None:
    parse = parser.parse("Officials said rebels burned the mill.")
    (frame,) = speech_frames(parse.sentences[0], (), rules, text=parse.text)
    assert frame.speakers[0].anonymous
