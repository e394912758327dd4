"""Which mentions a pronoun may mean, how alike answers add up, and what is watched."""

from __future__ import annotations

import pytest

from tocsin.actors import ActorFinder
from tocsin.actors.asked import Asked, Option
from tocsin.knowledge.ranking import Ranking
from tocsin.language.parser import Parser
from tocsin.model.parse import Parse

_RANKING = Ranking(weights={"x": 1.0}, bound=0.5)


def _asked(parse: Parse, options: list[Option]) -> Asked:
    return Asked("body", parse.sentences[0], 0, options, {})


@pytest.fixture(scope="module")
def parse(parser: Parser) -> Parse:
    """A sentence that the options may stand in."""
    return parser.parse("It rained.")


def test_options_of_one_answer_add_up(parse: Parse) -> None:
    options = [Option("IRN", {"x": 1.0}), Option("RUS", {"x": 1.2}), Option("IRN", {"x": 1.1})]
    chosen = _asked(parse, options).chosen(_RANKING)
    assert chosen is not None
    assert chosen[0] is options[2]  # the likelier of Iran's two
    shares = _RANKING.probabilities([*(one.features for one in options), {}])
    assert chosen[1] == pytest.approx(shares[0] + shares[2])


def test_below_the_bound_nothing_is_chosen(parse: Parse) -> None:
    options = [Option("IRN", {"x": 1.0}), Option("RUS", {"x": 1.0})]
    assert _asked(parse, options).chosen(_RANKING) is None
    assert _asked(parse, []).chosen(_RANKING) is None


def _options(finder: ActorFinder, parser: Parser, text: str, word: str) -> set[str]:
    """The heads of all options that a word was asked about."""
    watched: list[Asked] = []
    ActorFinder(finder.table, watch=watched.append).find(parser.parse(text))
    (asked,) = [one for one in watched if one.sentence.tokens[one.at].text == word]
    return {
        " and ".join(one.sentence.tokens[member.head].text for member in one.members)
        for one in asked.options
        if one.sentence is not None
    }


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # number and nature
        ("Vladimir Putin and Russian soldiers came. He left.", "He", {"Putin"}),
        ("Vladimir Putin and Russian soldiers came. It left.", "It", set()),
        ("Iran and Russia met. They left.", "They", {"Iran", "Russia", "Iran and Russia"}),
        # who is named in the pronoun's own clause is somebody else, but may own what it acts on
        ("Donald Trump met Vladimir Putin. He likes Putin.", "He", {"Trump"}),
        ("Donald Trump met Vladimir Putin and liked his tie.", "his", {"Trump", "Putin"}),
        # an owner is sought behind it only where its phrase runs ahead
        ("In his letter, Vladimir Putin wrote to Donald Trump.", "his", {"Putin"}),
    ],
)
def test_who_may_be_meant(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str]
) -> None:
    assert _options(finder, parser, text, word) == expected


def test_a_pronoun_says_how_probable_its_meaning_is(finder: ActorFinder, parser: Parser) -> None:
    found = finder.find(parser.parse("Vladimir Putin arrived. He met reporters."))
    (he,) = [one for one in found if one.text == "He"]
    assert "probability 0." in he.why
