"""What is kept in little memory is found again as in lists and tables of Python."""

from __future__ import annotations

import errno
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.stories import text

from tocsin.errors import ResourceError
from tocsin.linking.copies import CopyIndex
from tocsin.linking.fingerprints import Fingerprint, fingerprint_of
from tocsin.linking.packed import Bands, Entries, Places
from tocsin.linking.spool import Spool
from tocsin.model.document import Document


def articles(number: int) -> Iterator[Fingerprint]:
    """Made-up articles: new ones, and whole, cut and longer copies, some under one address."""
    rng = random.Random(7)
    texts: list[str] = []
    for n in range(number):
        words = text(rng.choice([0, 3, 12, 30, 90, 200]), n).split()
        if texts and rng.random() < 0.5:
            old = rng.choice(texts).split()
            cut = rng.randrange(len(old) + 1)
            words = rng.choice([old, old[:cut], old + words, old[cut:] + words])
        texts.append(" ".join(words))
        yield fingerprint_of(
            Document(
                id=f"d{n} “한국”", text=texts[-1], outlet=rng.choice(["Courier", "Bugle", None]),
                url=rng.choice([None, f"https://example.org/{n % 40}"]),
                published=rng.choice([None, date(2020, 6, 1) + timedelta(days=n % 9)]),
            )
        )  # fmt: skip


class Plain:
    """The same as :class:`Bands` in a table of Python."""

    def __init__(self, bands: int) -> None:
        self._bands = bands
        self._places: dict[tuple[int, ...], set[int]] = defaultdict(set)

    def _keys(self, least: Sequence[int]) -> Iterator[tuple[int, ...]]:
        rows = len(least) // self._bands
        return ((n, *least[n * rows : (n + 1) * rows]) for n in range(self._bands))

    def query(self, least: Sequence[int]) -> set[int]:
        return {place for key in self._keys(least) for place in self._places[key]}

    def insert(self, place: int, least: Sequence[int]) -> None:
        for key in self._keys(least):
            self._places[key].add(place)


def test_sketches_are_found_by_their_bands_however_many_there_are() -> None:
    rng = np.random.default_rng(3)
    packed, plain = Bands(8), Plain(8)
    found = 0
    for place in range(0, 5000, 2):
        least = rng.integers(0, 40, 16).tolist()
        expected = plain.query(least)
        sketch = packed.sketch(least)
        assert packed.query(sketch) == expected
        found += len(expected)
        packed.insert(place, sketch)
        plain.insert(place, least)
    assert found > 1000


@given(st.lists(st.tuples(st.integers(0, 3000), st.booleans()), max_size=200))
def test_words_have_the_places_that_they_were_given(acts: list[tuple[int, bool]]) -> None:
    words = [f"w{n}" for n in range(3001)]
    of_place: list[str] = []
    packed, plain = Places(of_place.__getitem__), dict[str, int]()
    for number, over in [*acts, *((n, False) for n in range(0, 3000, 2)), *acts]:
        word, place = words[number], len(of_place)
        of_place.append(word)
        if over:
            packed[word] = plain[word] = place
        else:
            packed.setdefault(word, place)
            plain.setdefault(word, place)
    assert [packed.get(word) for word in words] == [plain.get(word) for word in words]


def test_the_index_knows_copies_whether_it_is_small_or_large() -> None:
    index = CopyIndex()
    found = [index.take(one) for one in articles(2600)]
    assert sum(one.copy is not None for one in found) > 400
    assert any(one.holds for one in found)
    assert any(one.before is not None for one in found)
    again = CopyIndex()
    for one in index.entries:
        again.take(one)
    anew = [again.take(one).copy for one in list(index.entries)]
    assert all(copy is not None and copy.kind == "same" for copy in anew)


def test_fingerprints_come_back_as_they_were() -> None:
    entries, taken = Entries(), list(articles(50))
    for one in taken:
        entries.append(one)
    assert len(entries) == 50
    for place, (one, again) in enumerate(zip(taken, entries, strict=True)):
        assert entries[place].id == one.id
        assert again.shingles.tolist() == one.shingles.tolist()
        names = ("id", "digest", "url", "outlet", "published")
        assert [getattr(again, name) for name in names] == [getattr(one, name) for name in names]
    assert [one.id for one in entries.since(47)] == [one.id for one in taken[47:]]


def test_records_are_had_again_by_their_places() -> None:
    spool = Spool()
    records = [bytes([n % 256]) * (n * 37 % 5000) for n in range(1000)]
    for number, record in enumerate(records):
        spool.append(record)
        assert spool[number // 2] == records[number // 2]
    assert len(spool) == 1000
    assert [spool[place] for place in range(1000)] == records


class Full:
    """A file on a disk without room."""

    def seek(self, place: int, whence: int = 0) -> int:
        return place

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_there_is_no_room_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()
    monkeypatch.setattr(spool, "_file", Full())
    spool.append(b"x" * 999_999)
    with pytest.raises(ResourceError, match=r"No space left on device.*TMPDIR"):
        spool.append(b"xx")
