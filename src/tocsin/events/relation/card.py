"""The card beside the weights: labels, temperature, sizes, digest, and where they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from tocsin.errors import ResourceError

_KEYS = ("labels", "modes", "temperature", "files")


@dataclass(frozen=True, slots=True)
class Card:
    """What the run time needs of a card; ``whole`` is all of it, for people.

    ``labels`` are in the order of the network's outputs, the last is none; ``modes`` likewise, as
    ``TYPE/mode``, or ``TYPE/`` for "no mode of this type is told". ``temperature``
    divides the logits, fitted on predictions for sentences that the network had not seen.
    ``digests`` are sha256 hex digests by file name.
    """

    labels: tuple[str, ...]
    modes: tuple[str, ...]
    temperature: float
    digests: Mapping[str, str]
    whole: Mapping[str, Any]


def read_card(folder: Traversable) -> Card:
    """Read ``card.json`` in ``folder``; ResourceError names what is missing in it."""
    try:
        data = json.loads(folder.joinpath("card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"the relation model in {folder} has no readable card.json ({error}); "
            "install Tocsin again, build the model with tools/train_relations.py, "
            "or work without it (--coder rules)"
        ) from error
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise ResourceError(f"card.json of the relation model in {folder} lacks {missing}")
    return Card(
        labels=tuple(data["labels"]),
        modes=tuple(data["modes"]),
        temperature=float(data["temperature"]),
        digests={name: entry["sha256"] for name, entry in data["files"].items()},
        whole=data,
    )


def read_file(folder: Traversable, name: str, card: Card) -> bytes:
    """Return a file's bytes; ResourceError where it is missing or not the file of the card."""
    try:
        content = folder.joinpath(name).read_bytes()
    except OSError as error:
        raise ResourceError(
            f"the relation model in {folder} has no {name} ({error}); install Tocsin again or "
            "work without it (--coder rules)"
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != card.digests.get(name):
        raise ResourceError(
            f"{name} of the relation model in {folder} is not the file that its card describes "
            f"(sha256 {digest}, card: {card.digests.get(name)}); install Tocsin again"
        )
    return content
