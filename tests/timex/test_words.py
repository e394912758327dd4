"""The words of time: loaded whole, and refused where the file is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import quantities, timex


def test_months_weekdays_and_units_are_there() -> None:
    words = timex.load_timex().words
    assert words["sept."].value == 9
    assert words["sunday"].value == 6
    assert words["centuries"].name == "units"


@pytest.mark.parametrize("module", [timex, quantities])
def test_an_unknown_key_is_refused(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_yaml", lambda *parts: {"wrods": []})
    load = timex.load_timex if module is timex else quantities.load_quantities
    with pytest.raises(KnowledgeError, match="unknown key 'wrods'; allowed: "):
        load.__wrapped__()
