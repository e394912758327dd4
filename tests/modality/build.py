"""Candidates without the events stage: a trigger is found by its text in a parsed sentence."""

from __future__ import annotations

from tocsin.language import Parser
from tocsin.model.candidate import Candidate
from tocsin.model.parse import Parse, Sentence

LIGHT_PARTS = ("prt", "aux", "advmod")


def candidate(parse: Parse, trigger: str, *, kind: str = "ASSAULT") -> Candidate:
    """A candidate for the words ``trigger`` where they first stand in ``parse``."""
    words = trigger.split()
    for sentence in parse.sentences:
        texts = [token.text for token in sentence.tokens]
        for first in range(len(texts) - len(words) + 1):
            if texts[first : first + len(words)] == words:
                return _candidate(sentence, tuple(range(first, first + len(words))), kind)
    raise LookupError(f"{trigger!r} does not stand in {parse.text!r}")


def _candidate(sentence: Sentence, trigger: tuple[int, ...], kind: str) -> Candidate:
    heads = [i for i in trigger if sentence.tokens[i].head not in trigger] or [trigger[0]]
    verbs = [i for i in heads if sentence.tokens[i].pos == "VERB"]
    head = (verbs or heads)[0]
    return Candidate(
        sentence=sentence.index,
        head=head,
        trigger=trigger,
        rule="test/any#future" if trigger[0] != head and "MD" in _tags(sentence, trigger) else "t",
        type=kind,
        mode=None,
        actors=(),
        recipients=(),
        nominal=sentence.tokens[head].tag.startswith("NN"),
    )


def _tags(sentence: Sentence, tokens: tuple[int, ...]) -> set[str]:
    return {sentence.tokens[i].tag for i in tokens}


def bracketed(parser: Parser, example: str) -> tuple[Parse, Candidate]:
    """Parse an example of a rule, whose trigger stands in square brackets."""
    before, rest = example.split("[", 1)
    trigger, after = rest.split("]", 1)
    parse = parser.parse(before + trigger + after)
    for sentence in parse.sentences:
        inside = tuple(
            token.i
            for token in sentence.tokens
            if len(before) <= token.start < len(before) + len(trigger)
        )
        if inside:
            return parse, _candidate(sentence, inside, "ASSAULT")
    raise LookupError(f"no trigger in {example!r}")
