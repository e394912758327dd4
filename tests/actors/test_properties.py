"""Whatever the parse, mentions are sound: made-up trees over words that matter."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.actors import ActorFinder
from tocsin.language.parser import Parser
from tocsin.model.mention import PlaceMention
from tocsin.model.parse import Entity, Parse, Sentence, Token

VOCABULARY = (
    "the The North South Korea Koreas Korean Russia Russian 's , - and of in from said it its he "
    "she they them both two sides president army officials Kim Jong Un Moscow U.S.-South U.S. led "
    "regime former ally Jordan Georgia “ ” ( ) -- attacked was dozens sister Trump"
)
WORDS = VOCABULARY.split()
RELATIONS = (
    "nsubj nsubjpass dobj pobj prep poss case compound amod conj cc appos punct ROOT ccomp advcl "
    "relcl det nummod nmod agent attr xcomp npadvmod"
)
DEPS = RELATIONS.split()
POS = {"NOUN": "NNS", "PROPN": "NNP", "VERB": "VBD", "ADJ": "JJ", "PRON": "PRP", "ADP": "IN"}


@st.composite
def parses(draw: st.DrawFn) -> Parse:
    text, sentences = "", []
    for index in range(draw(st.integers(1, 3))):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
        root = draw(st.integers(0, len(words) - 1))
        placed, heads = [root], {root: root}
        for i in draw(st.permutations([n for n in range(len(words)) if n != root])):
            heads[i] = draw(st.sampled_from(placed))
            placed.append(i)
        tokens = []
        for i, word in enumerate(words):
            pos = draw(st.sampled_from(sorted(POS)))
            start = len(text)
            text += word + " "
            tokens.append(
                Token(
                    i,
                    word,
                    word.lower(),
                    pos,
                    "POS" if word == "'s" else POS[pos],
                    "ROOT" if i == root else draw(st.sampled_from(DEPS)),
                    heads[i],
                    start,
                    start + len(word),
                )
            )
        entities = []
        if draw(st.booleans()):
            first = draw(st.integers(0, len(words) - 1))
            stop = draw(st.integers(first + 1, len(words)))
            label = draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE"]))
            entities.append(Entity(first, stop, label))
        sentences.append(
            Sentence(index, index, tokens[0].start, tokens[-1].end, tuple(tokens), tuple(entities))
        )
    return Parse(text, tuple(sentences))


@settings(max_examples=60, deadline=None)
@given(parse=parses(), published=st.sampled_from([None, date(2020, 6, 16)]))
def test_mentions_are_sound_on_any_parse(
    finder: ActorFinder, parse: Parse, published: date | None
) -> None:
    mentions = finder.find(parse, published=published)
    assert mentions == finder.find(parse, published=published)
    assert [(m.sentence, m.first) for m in mentions] == sorted(
        (m.sentence, m.first) for m in mentions
    )
    for mention in mentions:
        tokens = parse.sentences[mention.sentence].tokens
        assert 0 <= mention.first < mention.stop <= len(tokens)
        assert parse.text[mention.start : mention.end] == mention.text
        assert mention.start == tokens[mention.first].start
        assert {mention.head, *mention.also} <= set(range(len(tokens)))
        assert mention.head not in mention.also
        assert mention.why


def test_a_place_lends_its_country_to_an_agent(finder: ActorFinder, parser: Parser) -> None:
    parse = parser.parse("Springfield police arrested two men.")
    place = PlaceMention(
        sentence=0,
        first=0,
        stop=1,
        head=0,
        start=0,
        end=11,
        text="Springfield",
        name="Springfield",
        country="USA",
        lat=None,
        lon=None,
        geonameid=None,
        literal=False,
    )
    first = finder.find(parse, places=(place,))[0]
    assert (first.text, first.country, first.sectors) == ("Springfield police", "USA", ("COP",))
