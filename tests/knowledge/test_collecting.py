"""Making much without looking for garbage."""

from __future__ import annotations

import gc

import pytest

from tocsin.knowledge.collecting import nothing_collected


@pytest.fixture(params=[True, False])
def before(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_nothing_is_collected_inside_and_all_is_as_before_behind(before: bool) -> None:
    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        with nothing_collected():
            assert not gc.isenabled()
        assert gc.isenabled() is before
        with pytest.raises(ValueError, match="broken"), nothing_collected():
            raise ValueError("broken")
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()
