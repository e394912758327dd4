from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.evaluation.places import kilometres
from tocsin.knowledge.gazetteer import Gazetteer
from tocsin.language.parser import Parser
from tocsin.model.mention import ActorMention
from tocsin.places import find_places, resolve_spans

PIECES = (
    "Troops massed near Kaesong. ", "Seoul said nothing. ", "In Paris, Texas, it rained.\n",
    "the Donbas ", "“North Korea’s” ", "Punggye-ri, ", "São Paulo ", "é ", "DMZ; ",
    "St. Petersburg ",
    "in the North ", "Mr. London ", "(R-Utah) ", "\u00a0", "U.S.-led ", "Côte d’Ivoire ",
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8))
def test_every_mention_can_be_sliced_again(
    pieces: list[str], parser: Parser, gazetteer: Gazetteer
) -> None:
    text = "".join(pieces)
    parse = parser.parse(text)
    places = find_places(parse, gazetteer)
    assert list(places) == sorted(places, key=lambda place: place.start)
    for place in places:
        sentence = parse.sentences[place.sentence]
        assert text[place.start : place.end] == place.text
        assert sentence.offsets(place.first, place.stop) == (place.start, place.end)
        assert place.first <= place.head < place.stop
        assert place.radius_km is None or place.radius_km > 0


def test_finding_twice_gives_the_same(parser: Parser, gazetteer: Gazetteer) -> None:
    parse = parser.parse("Rebels near Homs and Hama fled to Beirut, Lebanon, and to Springfield.")
    assert find_places(parse, gazetteer) == find_places(parse, gazetteer)


def test_mentions_do_not_overlap(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Shells fell on the Kaesong Industrial Complex, Yeonpyeong Island and the Sea of Japan."
    places = find_places(parser.parse(text), gazetteer)
    assert [place.text for place in places] == [
        "Kaesong Industrial Complex",
        "Yeonpyeong Island",
        "Sea of Japan",
    ]
    assert all(a.end <= b.start for a, b in pairwise(places))


def test_the_north_is_a_place_only_beside_both_koreas(parser: Parser, gazetteer: Gazetteer) -> None:
    both = "South Korea watched North Korea. Refugees arrived in the North."
    last = find_places(parser.parse(both), gazetteer)[-1]
    assert (last.text, last.country, last.literal) == ("North", "PRK", True)
    other = "Sudan watched Chad. Refugees arrived in the North."
    assert all(p.text != "North" for p in find_places(parser.parse(other), gazetteer))


def test_a_known_actor_that_acts_is_no_place(parser: Parser, gazetteer: Gazetteer) -> None:
    parse = parser.parse("Kaesong is calm.")
    (place,) = find_places(parse, gazetteer)
    actor = ActorMention(
        sentence=0, first=0, stop=1, head=0, start=0, end=7, text="Kaesong",
        country="PRK", sectors=("GOV",), entity=None, via="capital",
    )  # fmt: skip
    (as_actor,) = find_places(parse, gazetteer, actors=(actor,))
    assert place.literal
    assert not as_actor.literal


def test_an_unknown_spot_lies_where_its_company_lies(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "In Beirut, wounded men were treated at the Qwertzine Hospital."
    start = text.index("Qwertzine")
    (spot,) = resolve_spans(parser.parse(text), gazetteer, [(start, start + 18)])
    assert spot is not None
    assert (spot.country, spot.geonameid) == ("LBN", None)
    assert spot.radius_km is not None
    assert spot.radius_km >= 40


def test_a_span_without_any_place_around_stays_open(parser: Parser, gazetteer: Gazetteer) -> None:
    assert resolve_spans(parser.parse("We met at Zzyxq."), gazetteer, [(10, 15)]) == (None,)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Syrian troops left Damascus. Fighters entered Tripoli. Lebanon protested in Beirut.",
         "Tripoli", "LBN"),
        ("American tourists left New York. Most of them flew to Paris.", "Paris", "FRA"),
        ("Police in Melbourne and elsewhere in Victoria, Australia, made arrests.",
         "Melbourne", "AUS"),
    ],
)  # fmt: skip
def test_company_decides_between_namesakes(
    text: str, name: str, country: str, parser: Parser, gazetteer: Gazetteer
) -> None:
    places = {p.text: p for p in find_places(parser.parse(text), gazetteer)}
    assert places[name].country == country


def test_distance_is_on_the_sphere() -> None:
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert kilometres(37.57, 126.98, 39.03, 125.75) == pytest.approx(195, abs=3)


def test_somebodys_name_after_a_comma_is_no_region(parser: Parser, gazetteer: Gazetteer) -> None:
    text = (
        "North Korea blew up the office in Kaesong, the South's Unification Ministry said. "
        "South Korea expressed regret."
    )
    named = {place.text: place.country for place in find_places(parser.parse(text), gazetteer)}
    assert named["Kaesong"] == "PRK"
