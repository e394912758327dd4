"""People of the tables: their readings come when a name is asked for, and only once."""

from __future__ import annotations

from datetime import date

from tocsin.knowledge.people import Names, Offices, Person, Term


def person(name: str, *, country: str = "USA") -> Person:
    terms = [Term(country, "president", ("GOV",), date(2010, 1, 1), date(2012, 1, 1), "p.csv#x")]
    return Person(name=name, written=name, qid="", terms=terms)


def test_a_waiting_name_is_found_whole_and_only_by_its_first_word() -> None:
    names = Names()
    names.add_name("Mary Ann Smith", (person("Mary Ann Smith"), "name"))
    assert names.get("Ann Smith") == ()
    (match,) = names.longest(["when", "Mary", "Ann", "Smith", "said"])
    assert (match.first, match.stop) == (1, 4)
    assert {entry.sectors for entry in match.values} == {(), ("GOV",), ("ELI",)}


def test_a_name_asked_for_twice_has_the_same_readings() -> None:
    names = Names()
    names.add_name("Mary Smith", (person("Mary Smith"), "name"))
    assert names.get("Mary Smith") == names.get("Mary Smith")
    assert len(names.get("Mary Smith")) == 3


def test_two_people_of_one_name_are_both_read_and_a_surname_says_so() -> None:
    names = Names()
    names.add_name("Smith", (person("Mary Smith"), "surname"))
    names.add_name("Smith", (person("John Smith"), "surname"))
    found = names.get("Smith")
    assert {entry.entity and entry.entity.name for entry in found} == {"Mary Smith", "John Smith"}
    assert {entry.form for entry in found} == {"surname"}


def test_odd_and_korean_names_wait_as_well_as_plain_ones() -> None:
    names = Names()
    for name, country in (("Seán O'Neill", "IRL"), ("Kim Min-seok", "KOR")):
        names.add_name(name, (person(name, country=country), "name"))
    for written in ("Seán O'Neill", "Sean O'Neill", "Kim Min Seok", "Kim Min-Seok"):
        assert names.get(written), written


def test_an_office_lists_its_holders_in_order_under_every_word() -> None:
    late, early = person("Late"), person("Early")
    early.terms[0] = Term("USA", "president", ("GOV",), date(2000, 1, 1), None, "p.csv#y")
    offices = Offices({("USA", "president"): [(late, 0), (early, 0)]},
                      {"president": ("president", "head of the union")})  # fmt: skip
    held = offices["USA", "head of the union"]
    assert [entry.entity and entry.entity.name for entry in held] == ["Early", "Late"]
    assert offices.get(("USA", "king"), ()) == ()
    assert set(offices) == {("USA", "president"), ("USA", "head of the union")}
