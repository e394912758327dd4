"""Whom a run is about: articles pass by any name of theirs, and no event of theirs is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import Coder, Document
from tocsin.errors import InputError, KnowledgeError, OptionError
from tocsin.ingest.items import Item, PassedOver
from tocsin.pipeline.scope import Scope


@pytest.fixture(scope="module")
def korea() -> Scope:
    return Scope(["korea"])


def named(scope: Scope, text: str, title: str | None = None) -> bool:
    return scope.is_named(Document.of(text, title=title))


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired two missiles.",
        "The DPRK condemned the drills.",
        "Seoul summoned the ambassador.",
        "South Korean envoys flew home.",
        "The two Koreas agreed to talk.",
        "Kim Jong Un spoke on Monday.",
        "Kim Jong-un spoke on Monday.",
        "The Rodong Sinmun said so.",
        "A statement by President Moon Jae-in followed.",
    ],
)
def test_a_state_is_named_by_its_names_demonyms_capital_bodies_and_people(
    korea: Scope, text: str
) -> None:
    assert named(korea, text)


@pytest.mark.parametrize(
    "text",
    [
        "France and Germany signed a treaty in Paris.",
        "The North won the war between the states.",
        "Northern Korealand is no land.",
        "KOREA is not how names are written here, nor korea.",
    ],
)
def test_others_are_not(korea: Scope, text: str) -> None:
    assert not named(korea, text)


def test_a_name_of_the_crisis_needs_one_of_its_states() -> None:
    north = Scope(["PRK"])
    assert not named(north, "Troops of the North crossed the river.")
    assert named(north, "Troops of the North crossed the river, Seoul said.")


def test_the_title_counts(korea: Scope) -> None:
    text = "The regime fired two missiles on Monday."
    assert not named(korea, text)
    assert named(korea, text, title="Pyongyang fires again")


def test_litter_does_not_count(korea: Scope) -> None:
    text = "France closed its embassy on Monday, the minister said.\n\nREAD MORE: Kim Jong Un waves"
    assert not named(korea, text)
    assert named(korea, text.replace("READ MORE: ", "Then "))


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (["PRK"], "North Korea"),
        (["prk", "North Korea"], "North Korea"),
        (["korea"], "North Korea, South Korea"),
        (["UNO", "Hezbollah"], "UNO, Hezbollah"),
    ],
)
def test_they_are_said_in_words(about: list[str], words: str) -> None:
    assert ", ".join(sorted(Scope(about).words.split(", "))) == ", ".join(sorted(words.split(", ")))


def test_an_actor_is_known_by_all_its_names_and_does_not_bring_its_state() -> None:
    scope = Scope(["Hezbollah"])
    assert named(scope, "Hizbollah fired rockets.")
    assert not named(scope, "Lebanon closed its airport.")


def test_whoever_is_unknown_is_refused() -> None:
    with pytest.raises(OptionError, match=r"'Ruritania'.*--actors"):
        Scope(["Ruritania"])


def test_actors_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("- name: Elphberg Guard\n  country: POL\n  sectors: [MIL]\n")
    scope = Scope(["Elphberg Guard"], actors=own)
    assert named(scope, "The Elphberg Guard marched.")
    assert not named(scope, "Poland marched.")
    assert named(Scope(["POL"], actors=own), "The Elphberg Guard marched.")
    assert not named(Scope(["POL"]), "The Elphberg Guard marched.")


def test_a_pack_without_states_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "zenda"
    pack.mkdir()
    with pytest.raises(KnowledgeError, match="holds none of"):
        Scope([str(pack)])
    (pack / "actors.csv").write_text(
        "name,also,country,sectors,qid,since,until,media,needs,doubt\n"
    )
    with pytest.raises(OptionError, match="which states"):
        Scope([str(pack)])


def test_a_country_goes_before_a_folder_that_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("Iran", "Hezbollah"):
        (tmp_path / name).mkdir()
    assert Scope(["Iran", "Hezbollah"]).words == "Iran, Hezbollah"


def test_a_pack_of_ones_own_is_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("about: [FRA, DEU]\n")
    (tmp_path / "actors.yaml").write_text("- name: Elphberg Guard\n  country: FRA\n")
    assert Scope([str(tmp_path)]).words == "Germany, France"


def test_items_are_sifted_in_order(korea: Scope) -> None:
    seoul = Item("a", 1, Document.of("Seoul rejected the offer.", id="s"))
    paris = Document.of(
        "Paris rejected the offer.", id="p", title="No", outlet="Post", published=date(2020, 6, 16)
    )
    bad = Item("a", 3, InputError("broken"))
    first, second, third = korea.sift([seoul, Item("a", 2, paris), bad])
    assert (first, third) == (seoul, bad)
    assert second == Item(
        "a", 2, PassedOver(
            id="p", title="No", outlet="Post", published=date(2020, 6, 16),
            reason=f"names none of {korea.words}",
        ),
    )  # fmt: skip


SENTENCES = st.sampled_from(
    [
        "North Korea fired two missiles at the border.",
        "Pyongyang threatened to close the office.",
        "France accused Germany of spying.",
        "The government condemned the attack.",
        "Its army shelled the island on Monday.",
        "The North blew up the liaison office.",
        "Russia and China signed an agreement with the regime.",
        "Mr Kim met the Russian president in Moscow.",
        "South Korean police arrested nine protesters.",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_no_event_of_theirs_is_lost(rules: Coder, korea: Scope, sentences: list[str]) -> None:
    document = Document.of(" ".join(sentences), published=date(2020, 6, 16))
    theirs = [
        event
        for event in rules.code(document)
        if any(map(korea.means, (*event.actors, *event.recipients)))
    ]
    assert not theirs or korea.is_named(document)


@pytest.fixture(scope="module")
def rules() -> Coder:
    return Coder(coder="rules")
