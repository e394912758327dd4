"""What a name may mean, on a day and over time, and what is near to a name nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tocsin.actors.lexicon import load_lexicon
from tocsin.actors.near import near_names, written
from tocsin.actors.who import Meaning, who
from tocsin.knowledge.actors import ActorTable, load_actors

Ask = Callable[..., tuple[Meaning, ...]]


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors()


@pytest.fixture(scope="module")
def ask(table: ActorTable) -> Ask:
    lexicon = load_lexicon()

    def of(name: str, on: str | None = None) -> tuple[Meaning, ...]:
        return who(table, lexicon, name, on=date.fromisoformat(on) if on else None)

    return of


@pytest.mark.parametrize(
    ("name", "on", "country", "sectors", "person"),
    [
        ("Kim You-geun", "2020-06-16", "KOR", ("GOV", "MIL"), "Kim You-geun"),
        ("Kim Yo Jong", "2020-06-16", "PRK", ("GOV", "PTY"), "Kim Yo-jong"),
        ("the South Korean president", "2020-06-16", "KOR", ("GOV",), "Moon Jae-in"),
        ("South Korea’s president", "2024-10-25", "KOR", ("GOV",), "Yoon Suk-yeol"),
        ("president of South Korea", "2020-06-16", "KOR", ("GOV",), "Moon Jae-in"),
        ("President Moon", "2020-06-16", "KOR", ("GOV",), "Moon Jae-in"),
        ("Moon", "2020-06-16", "KOR", ("GOV",), "Moon Jae-in"),
        ("U.S. Secretary of State Mike Pompeo", "2020-06-16", "USA", ("GOV",), "Mike Pompeo"),
        ("China's foreign ministry spokesman Zhao Lijian", "2020-06-16", "CHN", ("GOV",),
         "Zhao Lijian"),
        ("the pope", "2015-06-16", "VAT", ("REL", "GOV"), "Pope Francis"),
        ("Pyongyang", "2020-06-16", "PRK", ("GOV",), None),
        ("the Kremlin", None, "RUS", ("GOV",), None),
        ("Danish", None, "DNK", ("GOV",), None),
        ("Danes", None, "DNK", ("CVL",), None),
        ("Taliban", "2010-01-01", "AFG", ("REB",), "Taliban"),
        ("KCNA", None, "PRK", ("JRN",), "Korean Central News Agency"),
        ("South Korean activists", None, "KOR", ("CVL",), None),
        ("prosecutors", None, None, ("JUD",), None),
        ("U.N. officials", None, "UNO", ("GOV",), None),
        ("spokesman for the Unification Ministry", None, "KOR", ("GOV",), None),
    ],
)  # fmt: skip
def test_a_name_means_whom_the_coder_takes_it_for(
    ask: Ask, name: str, on: str | None, country: str | None, sectors: tuple[str, ...],
    person: str | None,
) -> None:  # fmt: skip
    first = ask(name, on)[0]
    assert (first.country, first.sectors) == (country, sectors)
    assert (first.entity.name if first.entity else None) == person
    assert all(row.line for meaning in ask(name, on) for row in meaning.rows)
    assert first.holds is (True if on else None)


@pytest.mark.parametrize(
    ("name", "on", "note", "holds"),
    [
        ("Moon Jae-in", "2023-01-01", "was president until 2022-05-09", True),
        ("Moon Jae-in", "2012-01-01", "president only from 2017-05-10", True),
        ("Yugoslavia", "2020-01-01", "was so until 2006-06-05", False),
        ("the German chancellor", "1970-01-01", "chancellor only from 1982-10-04", False),
        ("President Moon", "2024-01-01", "was so from 2017-05-10 until 2022-05-09", False),
    ],
)
def test_outside_of_the_term_it_says_when_it_was(
    ask: Ask, name: str, on: str, note: str, holds: bool
) -> None:
    first = ask(name, on)[0]
    assert (first.note, first.holds) == (note, holds)


def test_without_a_day_all_periods_come_in_order(ask: Ask) -> None:
    terms = [m for m in ask("Donald Trump") if m.office == "president"]
    assert [str(m.since) for m in terms] == ["2017-01-20", "2025-01-20"]
    holders = [m for m in ask("South Korea's unification minister") if m.kind == "person"]
    assert len(holders) > 8
    assert [m.since for m in holders] == sorted(m.since or date.min for m in holders)


def test_a_name_of_two_has_both_and_says_the_doubt(ask: Ask) -> None:
    assert {(m.country, bool(m.doubt)) for m in ask("Georgia")} == {("GEO", True), ("USA", True)}
    assert {m.country for m in ask("the two Koreas")} == {"KOR", "PRK"}


def test_what_holds_only_in_the_news_of_a_pack_says_so(ask: Ask) -> None:
    assert [(m.country, m.needs) for m in ask("the North")] == [("PRK", "korea")]


@pytest.mark.parametrize("name", ["Qwxz Vbnm", "South Korean Qwxz", "kim you-geun", "Kim", ""])
def test_nobody_is_made_up(ask: Ask, name: str) -> None:
    assert [m for m in ask(name, "2020-06-16") if m.kind != "person"] == []
    assert {m.country for m in ask(name, "2020-06-16")} <= {"PRK"}  # of a ruler's surname alone


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Kim Yougeun", "Kim You-geun"),
        ("kim you-geun", "Kim You-geun"),
        ("Emanuel Macron", "Emmanuel Macron"),
        ("Yeon-chul", "Kim Yeon-chul"),
        ("Piongyang", "Pyongyang"),
        ("prosecuters", "prosecutors"),
    ],
)
def test_other_spellings_and_parts_are_near(
    table: ActorTable, ask: Ask, name: str, near: str
) -> None:
    found = near_names(table, name)
    assert near in found
    assert len(found) <= 8
    assert all(ask(other) for other in found)


def test_nothing_is_near_to_nonsense(table: ActorTable) -> None:
    assert near_names(table, "Qwxz Vbnm") == ()


@pytest.mark.parametrize(
    "name", ["Kim Yo-jong", "Workers' Party", "Cote d'Ivoire", "China's", "North Korea"]
)
def test_names_are_written_as_one_writes_them(name: str) -> None:
    from tocsin.knowledge.phrases import phrase_tokens

    assert written(phrase_tokens(name)) == name
