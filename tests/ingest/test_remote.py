"""Files at addresses: read like those of this machine, and refused with a reason where not."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import fsspec
import pytest
from tests.ingest.readers.samples import ARTICLES, parquet

from tocsin.errors import InputError, OptionError, ResourceError
from tocsin.ingest.items import Item
from tocsin.ingest.reading import files_of_paths, read_items
from tocsin.ingest.remote import is_address
from tocsin.model.document import Document


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory, with a folder /news that is gone afterwards."""
    system = fsspec.filesystem("memory")
    system.mkdir("/news")
    yield system
    system.rm("/news", recursive=True)


def texts(*paths: str, passed: Counter[str] | None = None) -> list[tuple[str, str]]:
    return [
        (item.path, item.found.text)
        for item in read_items(paths, passed=passed)
        if isinstance(item.found, Document)
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("s3://bucket/a.jsonl", True), ("file:///a", True), ("C://a", False), ("a/b.txt", False),
        ("-", False), ("a:b", False),
    ],
)  # fmt: skip
def test_an_address_has_a_scheme(path: str, expected: bool) -> None:
    assert is_address(path) is expected


def test_a_folder_is_read_in_order_with_all_that_is_below(memory: Any) -> None:
    memory.pipe_file("/news/b.txt", b"Zenda fell.")
    memory.pipe_file("/news/a/deep.txt.gz", gzip.compress(b"Hofbau fell."))
    memory.pipe_file("/news/.hidden/c.txt", b"Nothing.")
    memory.pipe_file("/news/photo.jpg", b"")
    passed: Counter[str] = Counter()
    assert texts("memory://news", passed=passed) == [
        ("memory:///news/a/deep.txt.gz", "Hofbau fell."),
        ("memory:///news/b.txt", "Zenda fell."),
    ]
    assert passed == {".jpg": 1}


def test_archives_and_tables_are_read_from_all_over(memory: Any, tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in.txt", "Zenda fell.")
    memory.pipe_file("/news/a.zip", out.getvalue())
    memory.pipe_file("/news/b.parquet", parquet(tmp_path, *ARTICLES))
    assert texts("memory://news/a.zip") == [("memory://news/a.zip/in.txt", "Zenda fell.")]
    assert [text for _, text in texts("memory://news/b.parquet")] == [
        one["text"] for one in ARTICLES
    ]


def test_a_file_of_this_machine_has_an_address_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Zenda fell.")
    address = f"file://{tmp_path}/a.txt"
    assert texts(address) == [(address, "Zenda fell.")]


def test_what_is_not_there_is_an_item_with_the_reason(memory: Any) -> None:
    (item,) = read_items(["memory://news/none.txt"])
    assert isinstance(item.found, InputError)
    assert str(item.found) == "memory://news/none.txt: there is no such file"


def test_an_address_whose_package_is_missing_says_which() -> None:
    fsspec.register_implementation(
        "zenda", "no_such_package_zenda.System", errtxt="Install zendafs", clobber=True
    )
    with pytest.raises(ResourceError, match=r"zenda:// .* not installed \(Install zendafs\)"):
        texts("zenda://bucket/a.txt")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org/a.html", "address of the web"),
        ("HTTP://example.org/a.html", "address of the web"),
        ("nowhere://a", "no place that can be read"),
        ("zip://a.txt::https://example.org/a.zip", "an address inside an address"),
    ],
)
def test_other_addresses_are_refused(address: str, reason: str) -> None:
    with pytest.raises(OptionError, match=reason):
        texts(address)


def test_a_place_that_does_not_answer_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    def no(*_: object, **__: object) -> bool:
        raise RuntimeError("no such key")

    monkeypatch.setattr(MemoryFileSystem, "isfile", no)
    with pytest.raises(OptionError, match="cannot be read: no such key"):
        texts("memory://news/a.txt")


def test_files_are_named_that_would_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "c.jpg"):
        (tmp_path / name).write_text("")
    passed: Counter[str] = Counter()
    inside = str(tmp_path)
    found = list(files_of_paths([inside, f"{inside}/b.txt", f"{inside}/x"], passed=passed))
    assert found == [
        (f"{inside}/a.jsonl", True), (f"{inside}/b.txt", True), (f"{inside}/b.txt", False),
        (f"{inside}/x", False),
    ]  # fmt: skip
    assert passed == {".jpg": 1}


def test_an_empty_folder_is_named_itself(tmp_path: Path) -> None:
    assert list(files_of_paths([tmp_path], passed=Counter())) == [(str(tmp_path), False)]
    (item,) = read_items([tmp_path])
    assert isinstance(item, Item)
