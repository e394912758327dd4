"""Models that have not seen what they are asked: one per fold of a cross-validation.

``tools/train_relations.py --cv`` writes ``folds.json``, id of a sentence or article to the number
of its fold, and beside it the folder ``folds/<number>`` with the model that was trained without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.errors import InputError
from tocsin.events.relation import RelationModel


@dataclass(frozen=True, slots=True)
class Folds:
    """``numbers`` by id, and the ``folder`` in which the models lie."""

    folder: Path
    numbers: Mapping[str, int]

    @classmethod
    def read(cls, folder: Path) -> Folds:
        """Read ``folds.json``; InputError where it cannot be read."""
        path = folder / "folds.json"
        try:
            numbers = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read: {error}", path=str(path)) from error
        return cls(folder, {str(name): int(number) for name, number in numbers.items()})

    def of(self, name: str) -> int:
        """Return the fold of an id; InputError where no fold kept it apart."""
        if name not in self.numbers:
            raise InputError(f"knows nothing of {name!r}", path=str(self.folder / "folds.json"))
        return self.numbers[name]

    def model(self, number: int) -> RelationModel:
        """Return the model trained without that fold; loaded once."""
        return _load(self.folder / "folds" / str(number))


@cache
def _load(folder: Path) -> RelationModel:
    return RelationModel.load(folder)
