"""The packed index, on the disk and in little memory, says what the index of every run says."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from tests.linking.stories import text

from tocsin.errors import ResourceError
from tocsin.linking.copies import CopyIndex, Fingerprint, fingerprint_of
from tocsin.model.document import Document

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'tocsin[cluster]'")

from tocsin.cluster.index import PackedIndex
from tocsin.cluster.spool import Spool


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


def test_it_says_what_the_index_of_every_run_says() -> None:
    plain, packed = CopyIndex(), PackedIndex(600)
    found = []
    for one in articles(600):
        found.append(plain.take(one))
        assert packed.take(one) == found[-1]
    assert sum(one.copy is not None for one in found) > 100
    assert any(one.holds for one in found)
    assert any(one.before is not None for one in found)


def test_it_gives_back_what_it_took() -> None:
    packed = PackedIndex(50)
    taken = list(articles(50))
    for one in taken:
        packed.take(one)
    assert len(packed.entries) == 50
    for place, one in enumerate(taken):
        again = packed.entries[place]
        assert again.shingles.tolist() == one.shingles.tolist()
        names = ("id", "digest", "url", "outlet", "published")
        assert [getattr(again, name) for name in names] == [getattr(one, name) for name in names]


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

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_there_is_no_room_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()
    monkeypatch.setattr(spool, "_file", Full())
    spool.append(b"x" * 999_999)
    with pytest.raises(ResourceError, match=r"No space left on device.*TMPDIR"):
        spool.append(b"xx")
