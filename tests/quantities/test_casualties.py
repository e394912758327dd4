"""What became of the people counted; sums and what comes on top of them."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.language.parser import Parser
from tocsin.quantities import find_quantities
from tocsin.timex import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 12 people and wounded 35 others.", [(12, "killed"), (35, "wounded")]),
        ("Two soldiers were killed and three injured.", [(2, "killed"), (3, "wounded")]),
        ("Fourteen miners are still missing.", [(14, "missing")]),
        ("Police detained 230 protesters.", [(230, "detained")]),
        ("The shells left 5 dead and 40 displaced.", [(5, "killed"), (40, "displaced")]),
        ("Nine rebels killed the mayor.", [(9, None)]),
        ("Nine rebels died.", [(9, "killed")]),
        ("He mourned the deaths of 30 miners.", [(30, "killed")]),
        ("The army sent 300 soldiers.", [(300, None)]),
    ],
)
def test_what_became_of_those_counted(
    parser: Parser, text: str, expected: list[tuple[float, str | None]]
) -> None:
    found = find_quantities(parser.parse(text), ())
    assert [(m.value, m.casualty) for m in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It killed two soldiers, bringing the death toll to 45.",
            [(2, "killed", None), (45, "killed", "total")],
        ),
        (
            "Three more soldiers were killed, raising the total to 45.",
            [(3, "killed", "increment"), (45, "killed", "total")],
        ),
        ("Another 12 rebels fled.", [(12, "displaced", "increment")]),
        ("More than 12 rebels fled.", [(12, "displaced", None)]),
        ("A total of 12 rebels fled.", [(12, "displaced", "total")]),
        ("The town has 45 wells; in total it needs more.", [(45, None, None)]),
    ],
)
def test_sums_are_kept_apart(
    parser: Parser, text: str, expected: list[tuple[float, str | None, str | None]]
) -> None:
    parse = parser.parse(text)
    found = find_quantities(parse, find_dates(parse, published=date(2024, 10, 25)))
    assert [(m.value, m.casualty, m.part) for m in found] == expected
