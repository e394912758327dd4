"""A user's own actors: what a file may say, what it is told when wrong, and what it overrides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.actors import ActorEntry, load_actors, own_problems
from tocsin.knowledge.own import Days, left_of

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of actors."""

    def to_file(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def on(entries: tuple[ActorEntry, ...], day: str) -> list[ActorEntry]:
    """The readings that hold on a day."""
    when = date.fromisoformat(day)
    return [e for e in entries if (e.since or date.min) <= when <= (e.until or date.max)]


def names(entries: list[ActorEntry]) -> list[str]:
    return [entry.entity.name if entry.entity else "" for entry in entries]


MINISTER = "- {person: Anna Beispiel, country: DEU, office: foreign minister, since: 2022-03-01}\n"


def test_a_minister_in_one_line_takes_the_office_from_that_day(write: Write) -> None:
    table = load_actors(own=write(MINISTER))
    held = table.offices["DEU", "foreign secretary"]
    assert names(on(held, "2022-02-28")) == ["Annalena Baerbock"]
    assert names(on(held, "2022-03-01")) == ["Anna Beispiel"]
    assert names(on(held, "2026-01-01")) == ["Anna Beispiel"]
    (entry,) = on(table.names.get("Anna Beispiel"), "2022-03-01")
    assert (entry.country, entry.sectors, entry.office) == ("DEU", ("GOV",), "foreign minister")
    assert entry.row.endswith("mine.yaml:1#Anna Beispiel")


def test_whom_she_follows_is_a_former_minister_from_then_on(write: Write) -> None:
    table = load_actors(own=write(MINISTER))
    (entry,) = on(table.names.get("Annalena Baerbock"), "2022-03-01")
    assert (entry.sectors, entry.office) == (("ELI",), None)


def test_whom_she_leaves_no_day_of_the_term_is_known_still(write: Write) -> None:
    table = load_actors(own=write(MINISTER))
    assert {(e.country, e.office) for e in table.names.get("Johann Wadephul")} == {("DEU", None)}


def test_a_person_of_ours_under_another_spelling_is_the_same(write: Write) -> None:
    row = "- {person: Kim Chong-un, also: Kim Jong Un, country: PRK, sectors: [ELI], since: 2031}\n"
    table = load_actors(own=write(row))
    assert {e.entity for e in table.names.get("Kim Chong-un")} >= {
        e.entity for e in table.names.get("Kim Jong-un")
    }


def test_a_namesake_in_another_state_is_somebody_else(write: Write) -> None:
    row = "- {person: Zhao Lijian, country: SGP, sectors: BUS}\n"
    entries = load_actors(own=write(row)).names.get("Zhao Lijian")
    assert {e.country for e in entries} == {"CHN", "SGP"}
    assert len({e.entity for e in entries}) == 2


def test_bodies_and_names_of_states_have_all_that_ours_have(write: Write) -> None:
    table = load_actors(
        own=write(
            "- name: River Guard\n  also: [RG, the Guard]\n  country: SSD\n  sectors: [PRM, COP]\n"
            "  qid: Q1\n  since: 2019\n  until: 2026-06\n  media: state\n  needs: korea\n"
            "  doubt: a shoe\n"
            "- {names: [Zubrowka, Old Lutz], country: AUT, form: seat, sectors: [JUD]}\n"
        )
    )
    (guard,) = table.names.get("RG")
    assert (guard.since, guard.until) == (date(2019, 1, 1), date(2026, 6, 30))
    assert (guard.state_media, guard.needs, guard.doubt) == (True, "korea", "a shoe")
    assert (guard.entity and guard.entity.id, guard.sectors) == ("Q1", ("PRM", "COP"))
    assert guard.row.endswith("mine.yaml:1#River Guard")
    (seat,) = table.names.get("Old Lutz")
    assert (seat.country, seat.form, seat.sectors) == ("AUT", "seat", ("JUD",))
    assert seat.row.endswith("mine.yaml:11#AUT seat")


def test_a_body_of_the_user_goes_before_ours_on_its_days(write: Write) -> None:
    row = "- {name: Taliban, country: AFG, sectors: [OPP], since: 2030-01-01}\n"
    table = load_actors(own=write(row))
    assert [e.sectors for e in on(table.names.get("Taliban"), "2029-12-31")] == [("GOV",)]
    assert [e.sectors for e in on(table.names.get("Taliban"), "2030-01-01")] == [("OPP",)]


def test_what_the_user_says_of_one_state_leaves_others_alone(write: Write) -> None:
    before = load_actors().names.get("Xinhua")
    row = "- {name: Xinhua, country: BRA, sectors: [BUS]}\n"
    after = load_actors(own=write(row)).names.get("Xinhua")
    assert before
    assert set(before) < set(after)


@pytest.mark.parametrize(
    ("ours", "own", "left"),
    [
        ((2000, 2005), (2010, None), [(2000, 2005)]),
        ((2000, None), (2010, None), [(2000, 2009)]),
        ((2000, None), (2010, 2012), [(2000, 2009)]),
        ((2000, 2020), (2010, 2012), [(2000, 2009), (2013, 2020)]),
        ((2011, 2011), (2010, 2012), []),
        ((2011, None), (2010, 2012), [(2013, None)]),
        ((None, None), (2010, None), [(None, 2009)]),
        ((2000, 2020), (None, 2012), [(2013, 2020)]),
    ],
)
def test_what_is_left_of_a_term_beside_the_users(
    ours: tuple[int | None, int | None],
    own: tuple[int | None, int | None],
    left: list[tuple[int | None, int | None]],
) -> None:
    def term(years: tuple[int | None, int | None]) -> Days:
        first, last = years
        return Days(date(first, 1, 1) if first else None, date(last, 12, 31) if last else None)

    assert left_of(term(ours), term(own)) == tuple(map(term, left))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "should be a list of actors"),
        ("person: Ann\n", "should be a list of actors"),
        ("- {person: Ann\n", "mine.yaml:2: is not YAML"),
        ("# a\n- Ann\n", "mine.yaml:2: is no row"),
        ("# a\n\n- {country: DEU}\n", "mine.yaml:3: needs one of person, name, names"),
        ("- {person: A, name: B}\n", "has person, name"),
        ("- {person: Ann, country: DEU, rank: 1}\n", "unknown key 'rank'; allowed: person, also"),
        ("- {person: Ann, country: GER}\n", "mine.yaml:1 [Ann]: unknown country 'GER'"),
        ("- {person: Ann}\n", "country is missing"),
        ("- {person: Ann, country: [DEU, FRA]}\n", "country should be one"),
        ("- {person: Ann, country: DEU, sectors: ARMY}\n", "unknown sector 'ARMY'; allowed: AGR"),
        ("- {person: Ann, country: DEU, office: tsar}\n", "unknown office 'tsar'; allowed: amb"),
        ("- {person: Ann, country: DEU, office: president}\n", "since is missing: one person"),
        ("- {person: Ann, country: DEU, since: soon}\n", "since: 'soon' is no date"),
        ("- {person: Ann, country: DEU, since: 2026-02-30}\n", "mine.yaml:1: holds what is no da"),
        ("- {person: Ann, country: DEU, since: 2026-13}\n", "'2026-13' is no date"),
        ("- {person: Ann, country: DEU, since: 2026, until: 2025}\n", "until 2025 is before since"),
        ("- {person: Ann, country: DEU, country: FRA}\n", "has country more than once"),
        ("- {person: 12, country: DEU}\n", "person should be text: 12"),
        ("- {person: '', country: DEU}\n", "person is empty"),
        ("- {person: Ann, also: [1], country: DEU}\n", "also should be text or a list of texts"),
        ("- {name: Guard, media: yes}\n", "'yes' should be 'state' or empty"),
        ("- {name: Guard, needs: mars}\n", "needs an unknown pack 'mars'"),
        ("- {names: A, country: DEU, form: nick}\n", "unknown form 'nick'; allowed: adjective"),
        ("- {name: A}\n- {name: B}\n- {name: A}\n", "mine.yaml:3 [A]: stands in"),
        ("- !!python/object:os.system {}\n", "mine.yaml:1"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_its_line(write: Write, text: str, says: str) -> None:
    path = write(text)
    with pytest.raises(KnowledgeError) as error:
        load_actors(own=path)
    assert says in str(error.value)
    assert str(error.value).startswith(str(path))
    assert any(says in problem for problem in own_problems(path))


def test_a_missing_file_and_one_that_is_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.yaml: cannot be read: No such file"):
        load_actors(own=tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("- {name: Führer}".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"latin\.yaml: is not UTF-8"):
        load_actors(own=tmp_path / "latin.yaml")


def test_the_linter_tells_every_fault_in_order(write: Write) -> None:
    path = write(
        "- {person: Ann, country: GER}\n"
        "- {name: Guard, sectors: ARMY}\n"
        + MINISTER
        + "".join(f"# {n}\n" for n in range(7))
        + "- {name: X, rank: 1}\n"
    )
    lines = [problem.partition(" ")[0].rstrip(":") for problem in own_problems(path)]
    assert lines == [f"{path}:{n}" for n in (1, 2, 11)]


def test_two_of_the_users_in_one_office_are_an_overlap(write: Write) -> None:
    path = write(MINISTER + MINISTER.replace("Anna", "Bert").replace("2022", "2024"))
    (problem,) = own_problems(path)
    assert "overlaps" in problem
    assert "mine.yaml:2#Bert Beispiel" in problem
    assert own_problems(write(MINISTER)) == []
