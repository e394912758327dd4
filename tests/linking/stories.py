"""Invented articles of any length, and what copyists make of them."""

from __future__ import annotations

import random
from datetime import date

from tocsin.model.document import Document

_WORDS = """
envoys ministers guards villagers bridge castle river treaty harbour border talks grain
ruritania zenda strelsau hofbau tarlenheim graustark left met said signed closed opened
blocked repaired promised refused counted sold bought feared praised old new northern
southern eastern western quiet empty crowded heavy early late third second winter summer
""".split()  # noqa: SIM905


def words(count: int, seed: int) -> list[str]:
    """So many words, which share no run of five with those of another seed."""
    rng = random.Random(seed)
    return [f"{rng.choice(_WORDS)}{rng.randrange(100)}" for _ in range(count)]


def text(count: int = 300, seed: int = 1) -> str:
    """An article of so many words, in sentences of twelve."""
    return sentences(words(count, seed))


def sentences(all_words: list[str]) -> str:
    rows = [all_words[at : at + 12] for at in range(0, len(all_words), 12)]
    return " ".join(f"{' '.join(row).capitalize()}." for row in rows)


def edited(count: int, seed: int, every: int) -> str:
    """The same with each so-many-th word another."""
    kept = words(count, seed)
    return sentences([f"x{at}" if at % every == every - 1 else w for at, w in enumerate(kept)])


def article(
    content: str,
    id: str,  # noqa: A002
    *,
    outlet: str | None = None,
    day: int | None = None,
    url: str | None = None,
) -> Document:
    published = date(2020, 6, day) if day is not None else None
    return Document.of(content, id=id, outlet=outlet, published=published, url=url)
