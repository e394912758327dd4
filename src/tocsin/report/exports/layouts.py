"""All layouts by name: an explicit list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tocsin.report.exports.columns import Layout
from tocsin.report.exports.flat import flat_layout
from tocsin.report.exports.gdelt import gdelt_layout
from tocsin.report.exports.icews import icews_layout

LAYOUTS: Mapping[str, Callable[[], Layout]] = {
    "tocsin": flat_layout, "gdelt": gdelt_layout, "icews": icews_layout
}  # fmt: skip
