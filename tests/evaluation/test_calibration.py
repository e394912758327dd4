"""Calibration: bins that do not depend on the order, and an error that is the published one."""

from __future__ import annotations

import math
import random
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluation.calibration import calibrate, reliability_svg

cases = st.lists(st.tuples(st.sampled_from([0.1, 0.35, 0.5, 0.8, 0.9, 1.0]), st.booleans()))


def test_the_error_is_the_mean_gap_between_confidence_and_right_answers() -> None:
    # Two bins: 0.9 said, 3 of 4 right; 0.6 said, 1 of 4 right. (0.15 + 0.35) / 2.
    given_ = [(0.9, True)] * 3 + [(0.9, False)] + [(0.6, True)] + [(0.6, False)] * 3
    assert calibrate(given_, bins=2).ece == pytest.approx(0.25)


def test_perfect_confidence_has_no_error() -> None:
    assert calibrate([(1.0, True), (0.0, False)]).ece == 0


@given(cases, st.integers(1, 12))
def test_the_order_never_matters_and_no_case_is_lost(
    given_: list[tuple[float, bool]], bins: int
) -> None:
    found = calibrate(given_, bins=bins)
    shuffled = random.Random(0).sample(given_, len(given_))
    assert found == calibrate(shuffled, bins=bins)
    assert found.n == len(given_)
    assert len(found.bins) <= bins
    edges = [edge for bin_ in found.bins for edge in (bin_.low, bin_.high)]
    assert edges == sorted(edges)
    if given_:
        assert 0 <= found.ece <= 1


def test_bins_have_equal_mass_where_no_values_repeat() -> None:
    found = calibrate([(at / 100, True) for at in range(100)])
    assert [bin_.n for bin_ in found.bins] == [10] * 10


def test_nothing_has_no_error_and_no_bins() -> None:
    assert math.isnan(calibrate([]).ece)
    assert calibrate([]).bins == ()


def test_what_is_no_confidence_is_refused() -> None:
    with pytest.raises(ValueError, match="is no confidence"):
        calibrate([(1.5, True)])


def test_the_plot_is_an_image_that_says_its_error_and_is_the_same_each_time() -> None:
    calibration = calibrate([(0.9, True), (0.9, False), (0.4, False)])
    svg = reliability_svg(calibration)
    assert svg == reliability_svg(calibration)
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "expected calibration error 0.400" in svg
