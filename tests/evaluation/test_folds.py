"""Folds: who has not seen what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import InputError
from tocsin.evaluation.folds import Folds


def test_the_fold_of_an_id_is_told(tmp_path: Path) -> None:
    (tmp_path / "folds.json").write_text('{"a": 0, "b": 3}')
    assert Folds.read(tmp_path).of("b") == 3


def test_an_id_that_no_fold_kept_apart_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folds.json").write_text('{"a": 0}')
    with pytest.raises(InputError, match="knows nothing of 'z'"):
        Folds.read(tmp_path).of("z")


@pytest.mark.parametrize("content", [None, "{"])
def test_a_folder_without_folds_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "folds.json").write_text(content)
    with pytest.raises(InputError, match="cannot be read"):
        Folds.read(tmp_path)
