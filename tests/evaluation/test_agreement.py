"""Agreement: Krippendorff's own worked examples, and the edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluation.agreement import agreement, nominal_alpha


def judges(*rows: str) -> list[tuple[str | None, ...]]:
    """Units from one line of values for each judge; a dot is nothing."""
    return list(zip(*([None if v == "." else v for v in row.split()] for row in rows), strict=True))


@pytest.mark.parametrize(
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C.
    ("rows", "alpha"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_alpha_is_that_of_the_published_examples(rows: tuple[str, ...], alpha: float) -> None:
    assert nominal_alpha(judges(*rows)) == pytest.approx(alpha, abs=5e-4)


def test_full_agreement_is_one_and_less_than_chance_is_negative() -> None:
    assert nominal_alpha(judges("y n y n", "y n y n")) == 1
    alpha = nominal_alpha(judges("y n y n", "n y n y"))
    assert alpha is not None
    assert alpha < 0


@pytest.mark.parametrize("rows", [("y y", "y y"), (". y", "n ."), ("", "")])
def test_where_nothing_could_differ_alpha_is_not_defined(rows: tuple[str, str]) -> None:
    assert nominal_alpha(judges(*rows)) is None


def test_the_raw_share_is_over_what_both_judged() -> None:
    found = agreement(judges("y n y .", "y y y n"))
    assert (found.pairs, found.raw) == (3, pytest.approx(2 / 3))
    assert agreement([]).as_dict() == {"n": 0, "raw": None, "alpha": None}


verdicts = st.sampled_from(["y", "n", None])


@given(st.lists(st.tuples(verdicts, verdicts), max_size=30))
def test_alpha_asks_neither_who_judged_nor_in_which_order(
    units: list[tuple[str | None, str | None]],
) -> None:
    alpha = nominal_alpha(units)
    swapped = nominal_alpha([(two, one) for one, two in reversed(units)])
    assert (alpha is None) == (swapped is None)
    if alpha is not None:
        assert alpha == pytest.approx(swapped)
        assert alpha <= 1
