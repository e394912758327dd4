"""Reasons and steps in plain words."""

from __future__ import annotations

import pytest

from tocsin.web.plain import plain, sentence, sides


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("no deed by 2024-11-10; it lapses after 2025-05-04",
         "no deed by 10 Nov 2024; it lapses after 4 May 2025"),
        ("2013-02-01 to 2013-02-28 in force", "Feb 2013 in force"),
        ("1972-01-01 to 1972-12-31 in force by Senate", "1972 in force by Senate"),
        ("COERCE/restrict on 2024-10-15 stands", "restriction on 15 Oct 2024 stands"),
        ("the last was REJECT", "the last was refusal"),
        ("some time closed by North", "at some time closed by North"),
        ("Inter-Korean roads (road, KOR-PRK) is closed",
         "Inter-Korean roads (road, South Korea–North Korea) is closed"),
        ("of no day 2024-13-45", "of no day 2024-13-45"),
        ("USAID, REJECTED and rejects", "USAID, REJECTED and rejects"),
    ],
)  # fmt: skip
def test_days_and_codes_are_put_in_words(kept: str, told: str) -> None:
    assert plain(kept) == told


def test_a_reason_that_stands_alone_begins_like_a_sentence() -> None:
    assert sentence("tension 4.21 is above 2.18") == "Tension 4.21 is above 2.18"
    assert sentence("") == ""


def test_a_side_is_told_by_the_names_of_countries() -> None:
    assert sides("USA, PRK") == "United States, North Korea"
    assert sides("UNO, rebels") == "United Nations, rebels"
    assert sides("–") == "–"
