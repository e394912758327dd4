"""The chart of a series."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.series.made_up import DYAD, act, day, read

from tocsin.report.series_chart import chart_file, chart_spec
from tocsin.series.counting import count_series

ROWS = count_series(
    [act(on=2), act("b", "AID", on=3)], read({1: 3, 2: 1, 4: 2}), DYAD, since=day(0), until=day(4)
)


def test_every_period_is_there_and_what_is_missing_is_null() -> None:
    spec = chart_spec(ROWS, "RUR:GRA")
    (values,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    assert [value["start"] for value in values] == [day(n).isoformat() for n in range(5)]
    assert [value["tension"] is None for value in values] == [True, False, False, True, False]
    assert len(spec["vconcat"]) == 3


@pytest.mark.parametrize(("ending", "words"), [(".svg", b"RUR:GRA"), (".html", b"RUR:GRA")])
def test_the_title_is_in_the_file(ending: str, words: bytes) -> None:
    content = chart_file(Path(f"a{ending}"), ROWS, "RUR:GRA")
    assert words in content
    assert b"https://cdn" not in content


def test_the_same_series_gives_the_same_picture() -> None:
    assert chart_file(Path("a.svg"), ROWS, "x") == chart_file(Path("a.svg"), ROWS, "x")
