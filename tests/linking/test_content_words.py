"""What is threatened, what is struck, and what they share."""

from __future__ import annotations

import pytest
from tests.linking.made_up import GRAUSTARK, claim, deed, demand, party, threat

from tocsin.knowledge.contents import load_contents
from tocsin.linking.content_words import Things, singular


@pytest.fixture(name="things")
def things_of_one_test() -> Things:
    """Nothing is kept from one test to the next: made-up incidents share their ids."""
    return Things(load_contents())


@pytest.mark.parametrize(
    ("sentence", "text", "wanted"),
    [
        ("They vowed to destroy the old mill and the ferry.", "destroy", ["mill", "ferry"]),
        ("They called the mill useless and vowed to destroy it.", "destroy", ["mill", "useless"]),
        ("The mill will be destroyed, they warned.", "destroyed", ["mill"]),
        ("They will cut the telegraph after the raid on the mill.", "cut", ["telegraph"]),
        ("They would burn the mill unless the lancers left.", "burn", ["mill"]),
        ("They threatened the mill with fire.", None, ["mill"]),
        ("They vowed to attack U.S. grain ships.", "attack", ["grain", "ship"]),
        ("They vowed to attack General Zapt at the mill.", "attack", ["mill"]),
    ],
)
def test_what_is_threatened(
    things: Things, sentence: str, text: str | None, wanted: list[str]
) -> None:
    content = ("ASSAULT", None, text) if text else (None, None, None)
    said = threat(sentence=sentence, content=content, condition="unless the lancers left")
    assert sorted(things.wanted(said, "threat", deed(sentence=sentence))) == sorted(wanted)


def test_a_deed_is_read_without_the_threat_that_it_retells(things: Things) -> None:
    words = "Guns hit the ferry, days after a threat to burn the mill, and sank a barge."
    told = things.told(deed(sentence=words), threat())
    assert {"ferry", "barge"} <= told
    assert "mill" not in told


def test_the_parties_are_no_things(things: Things) -> None:
    graustark = party("GRA", name="Graustark Mint")
    words = "Guns hit the Mint, the Graustark Mint said of the ruined mint."
    done = deed(sentence=words, recipients=(graustark,), claims=(claim(GRAUSTARK),))
    assert things.told(done, threat()) == {"ruined"}


def test_an_unnamed_recipient_is_a_thing(things: Things) -> None:
    assert "ferry" in things.told(
        deed(sentence="", recipients=(party(None, name="ferry"),)), threat()
    )


def test_words_of_one_kind_count_in_part(things: Things) -> None:
    found = things.compare({"office": 1.0, "mill": 1.0}, frozenset({"building"}))
    assert found.share == pytest.approx(0.3)
    assert found.words == ("office (its kind)",)
    assert found.telling == 1


def test_words_of_any_report_tell_nothing(things: Things) -> None:
    found = things.compare(things.things("nuclear missiles"), frozenset({"missile"}))
    assert (found.words, found.telling) == (("missile",), 0)
    assert things.compare({}, frozenset({"missile"})).share == 0


@pytest.mark.parametrize(
    ("sentence", "text", "stop"),
    [
        ("They urged Zenda to stop the raids.", "raids", True),
        ("Zenda should not raid the mill, they said.", "raid", True),
        ("They urged Zenda to refrain from raids.", "raids", True),
        ("They urged Zenda to end the pact.", "end", False),
        ("They urged Zenda to raid the mill.", "raid", False),
        ("The talks did not help, and they urged Zenda to expel him.", "expel", False),
    ],
)
def test_whether_a_demand_is_to_stop(things: Things, sentence: str, text: str, stop: bool) -> None:
    assert things.stops(demand(sentence=sentence, content=("ASSAULT", None, text))) is stop


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("offices", "office"), ("agencies", "agency"), ("boxes", "box"), ("glass", "glass"),
        ("crisis", "crisis"), ("rupert's", "rupert"), ("ruritanians’", "ruritanian"),
        ("churches", "church"), ("houses", "house"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_the_singular(word: str, one: str) -> None:
    assert singular(word) == one
