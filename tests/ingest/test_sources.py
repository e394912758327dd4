"""Files, folders and archives: what is given, what is passed over, what cannot be opened."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from tests.ingest.readers.samples import ARTICLES, Found, found_in, page, tarred, zipped

from tocsin.ingest.sources import Joined, plain_name

TEXTS = {f"{n}.txt": one["text"].encode() for n, one in enumerate(ARTICLES)}
WHOLE = [one["text"] for one in ARTICLES]


def places(found: Found, folder: Path) -> list[str]:
    return [item.path.removeprefix(f"{folder}/") for item in found.items]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/B.TXT", "b.txt"),
        ("a/b.csv.GZ", "b.csv"),
        ("b.tar.gz", "b.tar"),
        ("b.gz", "b"),
        ("b.tgz", "b.tgz"),
        ("a.gz/b", "b"),
    ],
)
def test_a_plain_name_is_without_its_compression(path: str, name: str) -> None:
    assert plain_name(path) == name


def test_what_is_read_ahead_comes_before_the_rest() -> None:
    data = b"one\ntwo\nthree"
    for cut in range(len(data) + 1):
        joined = Joined(data[:cut], io.BytesIO(data[cut:]))
        assert [joined.readline() for _ in range(4)] == [b"one\n", b"two\n", b"three", b""]
        joined = Joined(data[:cut], io.BytesIO(data[cut:]))
        assert b"".join(iter(lambda j=joined: j.read(3), b"")) == data
        joined = Joined(data[:cut], io.BytesIO(data[cut:]))
        assert (joined.readline(2), joined.readline(2)) == (b"on", b"e\n")


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2"])
def test_an_archive_is_read_as_a_folder_is(name: str, tmp_path: Path) -> None:
    members = {
        **TEXTS,
        "sub/b.txt.gz": gzip.compress(b"They left."),
        ".hidden.txt": b"x",
        "sub/.git/c.txt": b"x",
        "__MACOSX/0.txt": b"\x00",
        "image.png": b"\x89PNG",
        "sub/inner.zip": zipped(TEXTS),
        "sub/no ending": b"x",
    }
    modes = {"a.tar": "w", "a.tar.bz2": "w:bz2"}
    data = zipped(members) if name == "a.zip" else tarred(members, modes.get(name, "w:gz"))
    path = tmp_path / name
    path.write_bytes(data)
    passed: Counter[str] = Counter()
    found = Found(path, passed=passed)
    assert found.texts == [*WHOLE, "They left."]
    assert found.reasons == ["is an archive inside an archive; unpack the outer one first"]
    inside = [*TEXTS, "sub/b.txt.gz", "sub/inner.zip"]
    assert places(found, path) == inside
    assert passed == {".png": 1, "no ending": 1}


@pytest.mark.parametrize("start", ["./", "../", "a/./"])
def test_names_that_begin_at_the_folder_itself_are_not_hidden(start: str, tmp_path: Path) -> None:
    members = {f"{start}{name}": data for name, data in TEXTS.items()}
    assert found_in(tmp_path, "a.tgz", tarred(members)).texts == WHOLE
    assert found_in(tmp_path, "a.zip", zipped(members)).texts == WHOLE


def test_what_a_browser_saves_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    members = {
        "Story.html": page(ARTICLES[0]),
        "Story_files/ad.html": page(ARTICLES[1]),
        "Story_files/deep/ad.html": page(ARTICLES[1]),
        "b/Other.HTM": page(ARTICLES[2]),
        "b/Other_files/ad.txt": b"Buy now.",
    }
    titles = [ARTICLES[0]["title"], ARTICLES[2]["title"]]
    folder = tmp_path / "folder"
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert [one.title for one in Found(folder).documents] == titles
    for name, data in (("a.zip", zipped(members)), ("a.tar", tarred(members, "w"))):
        assert [one.title for one in found_in(tmp_path, name, data).documents] == titles


def test_a_folder_that_is_only_called_so_is_read(tmp_path: Path) -> None:
    members = {"news.csv": b"text\nEnvoys met.\n", "news_files/a.txt": b"They left."}
    (tmp_path / "f" / "news_files").mkdir(parents=True)
    for name, data in members.items():
        (tmp_path / "f" / name).write_bytes(data)
    assert Found(tmp_path / "f").texts == ["Envoys met.", "They left."]
    assert found_in(tmp_path, "a.zip", zipped(members)).texts == ["Envoys met.", "They left."]


def test_a_folder_counts_what_it_passes_over(tmp_path: Path) -> None:
    for name in ("a.txt", "b.PNG", "c.png", "LICENSE", ".hidden"):
        (tmp_path / name).write_text("Envoys met.")
    passed: Counter[str] = Counter()
    assert Found(tmp_path, passed=passed).texts == ["Envoys met."]
    assert passed == {".png": 2, "no ending": 1}


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Envoys met.")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").write_text("They left.")
    found = Found(tmp_path)
    assert found.texts == ["Envoys met.", "They left."]
    assert found.reasons == ["is no plain file"]
    assert Found(tmp_path / "b.txt").reasons == ["is no plain file"]


def test_links_to_nowhere_and_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone.txt")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "z.txt").write_text("Envoys met.")
    found = Found(tmp_path)
    assert found.texts == ["Envoys met."]
    assert found.reasons == ["cannot be read: No such file or directory"]


def encrypted(data: bytes, name: str) -> bytes:
    """A ZIP archive whose member of this name says that it is encrypted."""
    out = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := out.find(magic, at + 1)) >= 0:
            if name.encode() in out[at : at + 60]:
                out[at + flags] |= 1
                break
    return bytes(out)


def test_an_encrypted_member_is_said_and_its_neighbours_are_read(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.zip", encrypted(zipped(TEXTS), "1.txt"))
    assert found.texts == [WHOLE[0], WHOLE[2]]
    assert found.items[1].path == str(tmp_path / "a.zip" / "1.txt")
    assert "is encrypted" in found.reasons[0]


@pytest.mark.parametrize("inside", ["1.txt", "1.csv", "1.jsonl", "1.html", "1.warc", "1.txt.gz"])
def test_a_damaged_member_is_said_and_its_neighbours_are_read(inside: str, tmp_path: Path) -> None:
    body = b"text\n" + os.urandom(5000).hex().encode()
    members = {"0.txt": TEXTS["0.txt"], inside: body, "2.txt": TEXTS["2.txt"]}
    data = bytearray(zipped(members))
    at = data.index(inside.encode()) + 3000
    data[at : at + 50] = bytes(50)
    found = found_in(tmp_path, "a.zip", bytes(data))
    assert (found.texts[0], found.texts[-1]) == (WHOLE[0], WHOLE[2])
    assert {one.path for one in found.problems} == {str(tmp_path / "a.zip" / inside)}


def test_a_member_that_is_compressed_in_an_unknown_way_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped(TEXTS))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[at + 10] = 98
    local = data.index(b"PK\x03\x04", 4)
    data[local + 8] = 98
    found = found_in(tmp_path, "a.zip", bytes(data))
    assert found.texts == [WHOLE[0], WHOLE[2]]
    assert "cannot be read from its archive" in found.reasons[0]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"PK", "is no ZIP archive that can be read"),
        ("a.zip", zipped(TEXTS)[:-30], "is no ZIP archive that can be read"),
        ("a.tar", b"x" * 2000, "the archive is damaged or cut off"),
        ("a.tgz", b"x" * 2000, "the archive is damaged or cut off"),
        ("a.zip.gz", gzip.compress(zipped(TEXTS)), "files are read, compressed"),
    ],
)
def test_what_is_no_archive_is_said(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, name, data)
    assert found.documents == []
    (message,) = found.reasons
    assert reason in message


def test_an_archive_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    data = tarred(TEXTS, "w")
    second = data.index(TEXTS["1.txt"])
    found = found_in(tmp_path, "a.tar", data[: second + 20])
    assert found.texts[0] == WHOLE[0]
    assert any("damaged or cut off" in reason for reason in found.reasons)
    assert all(item.path.startswith(str(tmp_path / "a.tar")) for item in found.items)


def test_members_that_are_no_files_are_passed_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("d.txt", tarfile.DIRTYPE), ("l.txt", tarfile.SYMTYPE),
                           ("p.txt", tarfile.FIFOTYPE)):  # fmt: skip
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        member = tarfile.TarInfo("z.txt")
        member.size = len(TEXTS["0.txt"])
        archive.addfile(member, io.BytesIO(TEXTS["0.txt"]))
    assert found_in(tmp_path, "a.tar", out.getvalue()).texts == WHOLE[:1]


def test_members_of_the_same_name_are_all_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Envoys met.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "They left.")
    assert sorted(found_in(tmp_path, "a.zip", out.getvalue()).texts) == [
        "Envoys met.", "They left.",
    ]  # fmt: skip


def test_an_empty_archive_is_said(tmp_path: Path) -> None:
    for name, data in (("a.zip", zipped({})), ("a.tar", tarred({}, "w"))):
        (reason,) = found_in(tmp_path, name, data).reasons
        assert reason.endswith("file in here")
