"""One contract for all readers: what is good is read, and nothing that is bad is ever raised."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.readers.samples import PLACES, Found, found_in, sample, tarred, zipped

from tocsin.errors import InputError
from tocsin.ingest.items import Item
from tocsin.ingest.readers import READERS, Reader
from tocsin.ingest.readers.contract import Reading, read_at_most
from tocsin.ingest.sources import ByteStream, Source

FORMS = [(reader, ending) for reader in READERS for ending in reader.endings]
each_form = pytest.mark.parametrize(
    ("reader", "ending"), FORMS, ids=[ending for _, ending in FORMS]
)
each_reader = pytest.mark.parametrize("reader", READERS, ids=[one.name for one in READERS])


def check_items(items: list[Item], path: str) -> None:
    """Every item has its place, and a reason where it is no article."""
    assert items
    for item in items:
        assert item.path == path
        if isinstance(item.found, InputError):
            assert item.found.message
            assert item.found.path == path


@each_form
def test_a_good_file_gives_its_articles(reader: Reader, ending: str, tmp_path: Path) -> None:
    data, count = sample(reader.name, ending, tmp_path)
    found = found_in(tmp_path, f"a{ending}", data)
    assert found.reasons == []
    assert len(found.documents) == count
    for document, place in zip(found.documents, PLACES, strict=False):
        assert f"met the mayor of {place} on Tuesday." in document.text
    check_items(found.items, str(tmp_path / f"a{ending}"))


@each_form
def test_packing_changes_nothing(reader: Reader, ending: str, tmp_path: Path) -> None:
    data, _ = sample(reader.name, ending, tmp_path)
    name = f"a{ending}"
    plain = found_in(tmp_path, name, data).documents
    assert plain
    packed = {
        f"{name}.gz": gzip.compress(data),
        f"{name}.GZ": gzip.compress(data),
        f"{name}.bz2": bz2.compress(data),
        f"{name}.xz": lzma.compress(data),
        "b.zip": zipped({name: data}),
        "b.tar": tarred({name: data}, "w"),
        "b.tar.gz": tarred({name: data}),
        "b.tgz": tarred({name: data}),
        "b.tar.xz": tarred({name: data}, "w:xz"),
        "c.zip": zipped({f"sub/{name}.gz": gzip.compress(data)}),
    }
    for packing, packed_data in packed.items():
        found = found_in(tmp_path, packing, packed_data)
        assert found.documents == plain, packing
        inside = {f"{tmp_path / packing}"} if name in packing.lower() else {
            f"{tmp_path / packing}/{name}", f"{tmp_path / packing}/sub/{name}.gz"
        }  # fmt: skip
        assert {item.path for item in found.items} <= inside


@each_form
@pytest.mark.parametrize("data", [b"", b"\n \n", bytes(range(256)) * 8, b"\x00" * 100])
def test_what_is_empty_or_binary_is_an_item_with_a_reason(
    reader: Reader, ending: str, data: bytes, tmp_path: Path
) -> None:
    found = found_in(tmp_path, f"a{ending}", data)
    assert found.documents == []
    check_items(found.items, str(tmp_path / f"a{ending}"))


@each_form
def test_a_file_that_is_cut_anywhere_gives_items(
    reader: Reader, ending: str, tmp_path: Path
) -> None:
    data, count = sample(reader.name, ending, tmp_path)
    for at in range(0, len(data), max(1, len(data) // 12)):
        found = found_in(tmp_path, f"a{ending}", data[:at])
        check_items(found.items, str(tmp_path / f"a{ending}"))
        assert len(found.documents) <= count


@each_reader
@settings(max_examples=25, deadline=None)
@given(
    noise=st.binary(min_size=1, max_size=40),
    at=st.floats(0, 1),
    gone=st.integers(0, 60),
)
def test_noise_anywhere_gives_items(reader: Reader, noise: bytes, at: float, gone: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, _ = sample(reader.name, reader.endings[0], folder)
        start = int(at * len(data))
        broken = data[:start] + noise + data[start + gone :]
        path = folder / f"a{reader.endings[0]}"
        check_items(found_in(folder, path.name, broken).items, str(path))


class Breaking:
    """A stream that gives some bytes and then breaks."""

    def __init__(self, data: bytes, error: Exception) -> None:
        self._data, self._error, self._at = data, error, 0

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        if not self._data:
            raise self._error
        size = size if size >= 0 else len(self._data)
        part, self._data = self._data[:size], self._data[size:]
        self._at += len(part)
        return part

    def readline(self, size: int | None = -1, /) -> bytes:
        line = self._data.partition(b"\n")
        return self.read(len(line[0]) + len(line[1]) or 1)


@each_reader
@pytest.mark.parametrize(
    "error",
    [
        EOFError("ended"),
        zlib.error("invalid"),
        lzma.LZMAError("corrupt"),
        gzip.BadGzipFile("crc"),
        zipfile.BadZipFile("Bad CRC-32"),
        tarfile.ReadError("unexpected end of data"),
        OSError(5, "Input/output error"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_stream_that_breaks_ends_in_an_item(
    reader: Reader, error: Exception, tmp_path: Path
) -> None:
    data, _ = sample(reader.name, reader.endings[0], tmp_path)
    stream: ByteStream = Breaking(data[: len(data) // 2], error)
    items = list(reader.items(Source("a.zip/a", f"a{reader.endings[0]}", stream), Reading()))
    check_items(items, "a.zip/a")
    assert isinstance(items[-1].found, InputError)


def test_damage_says_how_much_was_read_before() -> None:
    (jsonl,) = (reader for reader in READERS if ".jsonl" in reader.endings)
    stream = Breaking(b'{"text": "Envoys met in Zenda."}\n', EOFError("ended"))
    *_, last = jsonl.items(Source("a.jsonl.gz", "a.jsonl", stream), Reading())
    assert isinstance(last.found, InputError)
    assert (last.line, last.found.line) == (2, 2)
    assert "cut off (ended); 1 articles before it were read" in last.found.message


def test_of_what_is_too_long_one_byte_more_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    for limit, read in ((10, 11), (2_999_999, 3_000_000), (5_000_000, 3_000_000)):
        with path.open("rb") as stream:
            assert len(read_at_most(stream, limit)) == read


def test_endings_belong_to_one_reader_each() -> None:
    endings = [ending for _, ending in FORMS]
    assert len(set(endings)) == len(endings)


def test_a_bad_file_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    (tmp_path / "0.txt").write_text("Envoys met in Zenda.")
    (tmp_path / "z.txt").write_text("Envoys met in Hofbau.")
    for reader, ending in FORMS:
        data, _ = sample(reader.name, ending, tmp_path)
        (tmp_path / f"m{ending}").write_bytes(data[: len(data) // 3] + b"\x00\xff" + data[::-1])
    texts = Found(tmp_path).texts
    assert (texts[0], texts[-1]) == ("Envoys met in Zenda.", "Envoys met in Hofbau.")
