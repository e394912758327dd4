"""A series drawn with letters."""

from __future__ import annotations

from tests.series.made_up import DYAD, act, day, read

from tocsin.cli.plotting import draw
from tocsin.series.counting import count_series

ACTS = [act(f"a{n}", on=n) for n in range(0, 30, 3)]


def test_it_is_as_wide_as_it_may_be() -> None:
    rows = count_series(ACTS, read(), DYAD)
    for width in (40, 80, 200):
        assert max(map(len, draw(rows, width).splitlines())) <= width
    assert draw(rows, 5)


def test_a_day_without_articles_is_a_dot_and_what_is_there_is_seen() -> None:
    rows = count_series([act(on=1)], read({0: 1, 1: 1, 3: 1}), DYAD, since=day(0), until=day(3))
    bottom = draw(rows, 80).splitlines()[8]
    assert bottom.split("│")[1][2] == "·"
    assert bottom.split("│")[1][0] == " "
    assert bottom.split("│")[1][1] not in " ·"


def test_of_nothing_nothing_is_drawn() -> None:
    assert "tension" in draw([], 80)
