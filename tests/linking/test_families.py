"""Families: an original by its date, its copies, and all their outlets."""

from __future__ import annotations

from tests.linking.stories import article, sentences, text, words

from tocsin.linking import CopyIndex, Family, families
from tocsin.model.document import Document


def families_of(*documents: Document) -> tuple[Family, ...]:
    index = CopyIndex()
    return families(index.entries, [index.add(document) for document in documents])


def test_the_original_is_the_one_of_the_first_day() -> None:
    assert families_of(
        article(text(), "a", outlet="Herald", day=18),
        article(text(), "b", outlet="Courier", day=16),
        article(text(), "c", outlet="Wire", day=17),
    ) == (Family(1, (2, 0), ("Courier", "Wire", "Herald")),)


def test_on_one_day_it_is_the_one_that_was_read_first_and_without_a_day_none() -> None:
    assert families_of(
        article(text(), "a", outlet="X"),
        article(text(), "b", outlet="Y", day=16),
        article(text(), "c", outlet="Z", day=16),
    ) == (Family(1, (2, 0), ("Y", "Z", "X")),)


def test_each_outlet_is_named_once_and_those_without_a_name_are_not() -> None:
    (family,) = families_of(
        article(text(), "a", outlet="X"), article(text(), "b"), article(text(), "c", outlet="X")
    )
    assert family == Family(0, (1, 2), ("X",))


def test_what_has_no_copy_is_no_family() -> None:
    assert families_of(article(text(300, 1), "a"), article(text(300, 2), "b")) == ()
    assert families_of() == ()


def test_families_stay_apart_and_in_the_order_of_their_first() -> None:
    found = families_of(
        *(article(text(300, seed), f"{seed}{n}") for n in range(2) for seed in (1, 2, 3))
    )
    assert found == (Family(0, (3,), ()), Family(1, (4,), ()), Family(2, (5,), ()))


def test_one_that_holds_two_makes_one_family_of_them() -> None:
    base = words(600, 1)
    assert families_of(
        article(sentences(base[:150]), "a"),
        article(text(200, 9), "b"),
        article(sentences(base[300:450]), "c"),
        article(sentences(base), "d"),
        article(sentences(base[300:440]), "e"),
    ) == (Family(0, (2, 3, 4), ()),)
