"""How figures of the index are told."""

from __future__ import annotations

import pytest

from tocsin.series.alarms.making import number


@pytest.mark.parametrize(
    ("value", "told"),
    [(2.714, "2.71"), (12.5, "12.5"), (0.0132, "0.0132"), (2.4e-47, "0"), (0, "0")],
)
def test_next_to_nothing_is_nothing(value: float, told: str) -> None:
    assert number(value) == told
