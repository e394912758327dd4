"""The file of seen articles: what was kept comes back, and no other file is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.linking.stories import article, text

from tocsin.errors import OptionError
from tocsin.linking.copies import CopyIndex
from tocsin.linking.fingerprints import Fingerprint, fingerprint_of
from tocsin.linking.seen import Seen


@pytest.fixture
def entries() -> list[Fingerprint]:
    return [
        fingerprint_of(
            article(text(300, 1), "a", outlet="Courier", day=16, url="https://example.org/a")
        ),
        fingerprint_of(article(text(300, 2), "b")),
        fingerprint_of(article("Ä b", "c", outlet="Žďár")),
    ]


def parts(entry: Fingerprint) -> tuple[object, ...]:
    return entry.id, entry.digest, entry.url, entry.outlet, entry.published, list(entry.shingles)


def test_what_is_kept_comes_back_the_same(entries: list[Fingerprint], tmp_path: Path) -> None:
    seen = Seen(tmp_path / "seen.db")
    seen.add(entries)
    index = Seen(tmp_path / "seen.db").index()
    assert list(map(parts, index.entries)) == list(map(parts, entries))
    assert all(entry.shingles.dtype == np.uint32 for entry in index.entries)


def test_copies_are_known_as_if_all_had_been_read_at_once(
    entries: list[Fingerprint], tmp_path: Path
) -> None:
    whole = CopyIndex()
    for entry in entries:
        whole.take(entry)
    Seen(tmp_path / "seen.db").add(entries)
    index = Seen(tmp_path / "seen.db").index()
    for document in (
        article(text(250, 1), "x", url="https://example.org/a?utm_source=y"),
        article(text(300, 2).upper(), "y"),
        article(text(300, 3), "z"),
    ):
        assert index.add(document) == whole.add(document)


def test_the_same_article_is_kept_once(entries: list[Fingerprint], tmp_path: Path) -> None:
    seen = Seen(tmp_path / "seen.db")
    seen.add(entries)
    seen.add([*entries, fingerprint_of(article(text(300, 4), "a"))])
    assert [entry.id for entry in seen.index().entries] == ["a", "a", "b", "c"]


def test_a_new_file_is_empty(tmp_path: Path) -> None:
    assert list(Seen(tmp_path / "seen.db").index().entries) == []
    assert (tmp_path / "seen.db").exists()


@pytest.mark.parametrize("version", [0, 1, 2])
def test_the_database_of_another_program_is_refused_and_left_alone(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
        db.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(OptionError, match=r"other\.db is no file of seen articles"):
        Seen(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "data", [b"Envoys met in Zenda.\n" * 50, b"SQLite format 3\x00" + b"x" * 99]
)
def test_what_is_no_database_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(OptionError, match=r"a\.txt"):
        Seen(path)
    assert path.read_bytes() == data


def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be used"):
        Seen(tmp_path / "no" / "such" / "folder.db")
    with pytest.raises(OptionError, match="cannot be used"):
        Seen(tmp_path)


def test_a_file_that_is_gone_or_taken_is_an_error_of_ours(
    entries: list[Fingerprint], tmp_path: Path
) -> None:
    path = tmp_path / "seen.db"
    seen = Seen(path)
    path.write_bytes(b"no database any more" * 100)
    with pytest.raises(OptionError, match="cannot be used"):
        seen.index()
    with pytest.raises(OptionError, match="cannot be used"):
        seen.add(entries)
