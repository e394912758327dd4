"""Reading: every kind of input, and every kind of bad input set aside with its place."""

from __future__ import annotations

import codecs
import gzip
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tocsin.config import MAX_LINE_BYTES, MAX_PARAGRAPH_CHARACTERS, MAX_TEXT_BYTES
from tocsin.errors import InputError
from tocsin.ingest import read_documents
from tocsin.model.document import Document

TEXT = "Envoys met in Zenda.\n\nThey left."


def read(
    *paths: Path | str, published: date | None = None, stdin: bytes = b""
) -> tuple[list[Document], list[InputError]]:
    problems: list[InputError] = []
    documents = read_documents(
        paths, published=published, on_problem=problems.append, stdin=io.BytesIO(stdin)
    )
    return list(documents), problems


def one_problem(*paths: Path | str, stdin: bytes = b"") -> str:
    documents, problems = read(*paths, stdin=stdin)
    assert documents == []
    (problem,) = problems
    return str(problem)


def jsonl(*entries: object) -> bytes:
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


def test_a_text_file_is_one_article_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    (document,), problems = read(path)
    assert document.text == TEXT.replace("\n", "\r\n")
    assert document.id == Document.of(document.text).id
    assert problems == []


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "Ärger".encode(),
        codecs.BOM_UTF16_LE + "Ärger".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Ärger".encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_is_understood_and_not_kept(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert [document.text for document in read(path)[0]] == ["Ärger"]


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_json_lines_give_their_fields(tmp_path: Path, ending: str) -> None:
    data = jsonl(
        {
            "id": "a1", "text": TEXT, "title": "T", "date": "2020-06-16", "url": "u",
            "outlet": "o", "colour": 1,
        },
        {"id": 7, "text": TEXT, "date": "2020-06-16T23:59:00+09:00", "title": None},
        {"text": TEXT, "date": "", "outlet": ""},
    )  # fmt: skip
    path = tmp_path / f"a{ending}"
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data + b"\n  \n")
    (one, two, three), problems = read(path)
    assert problems == []
    assert one == Document(
        id="a1", text=TEXT, title="T", outlet="o", url="u", published=date(2020, 6, 16)
    )
    assert (two.id, two.published, two.title) == ("7", date(2020, 6, 16), None)
    assert (three.id, three.published, three.outlet) == (Document.of(TEXT).id, None, None)


def test_published_is_for_articles_without_a_date_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": "A", "date": "2019-01-01"}, {"text": "B"}))
    documents, _ = read(path, published=date(2020, 6, 16))
    assert [document.published for document in documents] == [date(2019, 1, 1), date(2020, 6, 16)]


def test_a_folder_is_read_through_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/d.pdf", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    documents, problems = read(tmp_path)
    assert [document.text for document in documents] == ["a.txt", "b.txt", "sub/c.txt"]
    assert problems == []


@pytest.mark.parametrize(
    ("stdin", "texts"),
    [
        (TEXT.encode(), [TEXT]),
        (b"\n \n" + jsonl({"text": "A"}, {"text": "B"}), ["A", "B"]),
        (codecs.BOM_UTF8 + jsonl({"text": "A"}), ["A"]),
    ],
)
def test_standard_input_is_an_article_or_json_lines(stdin: bytes, texts: list[str]) -> None:
    documents, problems = read("-", stdin=stdin)
    assert [document.text for document in documents] == texts
    assert problems == []


def test_the_first_article_of_a_stream_comes_before_the_second_is_read() -> None:
    def endless() -> Iterator[bytes]:
        yield from (jsonl({"text": "A"}), b'{"text')
        raise AssertionError("read too far")

    class Stream(io.RawIOBase):
        lines = endless()

        def readline(self, size: int | None = -1, /) -> bytes:
            return next(self.lines)

    first = next(read_documents(["-"], on_problem=print, stdin=Stream()))  # type: ignore[arg-type]
    assert first.text == "A"


def test_one_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        jsonl({"text": "A"}, ["B"], {"body": "C"}, {"text": "D", "date": "16.6.2020"})
        + b'{"text": "E\n'
        + b'{"text": "F\xe9"}\n'
        + b'{"text": "G\\u0000"}\n'
        + b'{"text": "\\ud83d"}\n'
        + b'{"text": " \\u200b\\n"}\n'
        + b'{"text": 5}\n'
        + b'{"text": "L", "title": "\\ud83d"}\n'
        + b'{"text": "M", "date": "2021-02-30"}\n'
        + jsonl({"text": "Z"})
    )
    documents, problems = read(path)
    assert [document.text for document in documents] == ["A", "Fé", "Z"]
    messages = [str(problem).removeprefix(str(path)) for problem in problems]
    assert [message.split(":")[1] for message in messages] == [
        str(n) for n in (2, 3, 4, 5, 7, 8, 9, 10, 11, 12)
    ]
    for message, part in zip(
        messages,
        [
            "is no JSON object but a list; each line holds one article, an object with the keys",
            "has no column 'text' and is of no kind that is known",
            "'date' is '16.6.2020', not a day such as 2020-06-16",
            "is no JSON: Unterminated string",
            "is no text but binary data (1 control characters, the first, U+0000, at character 1)",
            "half a character (U+D83D) at character 0",
            "the text is empty",
            "'text' is a number, not a string",
            "'title' holds half a character",
            "'date' is '2021-02-30', not a day",
        ],
        strict=True,
    ):
        assert part in message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the text is empty"),
        ("a.txt", b" \n\xc2\xa0", "the text is empty"),
        ("a.txt", b"ab\x00c", "is no text but binary data (a NUL byte at byte 2)"),
        ("a.txt", b"\x01\x02\x03\x04 text", "is no text but binary data (4 control characters"),
        ("a.txt", b"%PDF-1.4 \x00", "is no text but a PDF file"),
        ("a.txt", b"\x89PNG\r\n", "is no text but an image (PNG)"),
        ("a.txt", codecs.BOM_UTF16_LE + b"a", "starts like UTF-16 but is not"),
        ("a.txt", b"x" * (MAX_PARAGRAPH_CHARACTERS + 1), "a paragraph of more than 100,000"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.jsonl.gz", b"no gzip", "the compressed file is damaged or cut off (Not a gzip"),
        (
            "a.pdf",
            b"x",
            "only .txt, .md, .markdown, .html, .htm, .xhtml, .jsonl, .ndjson, .json, .csv",
        ),
    ],
)
def test_a_file_that_is_no_article_is_set_aside(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert message in one_problem(path)
    assert one_problem(path).startswith(str(path))


def test_a_text_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "more than 5 MB is too large for one article" in one_problem(path)


def test_too_large_an_article_in_a_stream_is_set_aside_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = b"word " * 20 + b"\\n"
    large = b'{"text": "' + line * (MAX_TEXT_BYTES // len(line) + 100_000) + b'"}\n'
    huge = b"x" * (MAX_LINE_BYTES + 10) + b"\n"
    path.write_bytes(large + jsonl({"text": "A"}) + huge + jsonl({"text": "B"}))
    documents, problems = read(path)
    assert [document.text for document in documents] == ["A", "B"]
    assert [problem.line for problem in problems] == [1, 3]
    assert "is too large for one article" in str(problems[0])
    assert "a line of more than 20 MB" in str(problems[1])


def test_too_large_an_article_on_standard_input_is_refused() -> None:
    assert "too large" in one_problem("-", stdin=b"many words\n" * (MAX_TEXT_BYTES // 10))


def test_a_cut_off_archive_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    words = [{"text": f"{n} {n * n} {n**7}"} for n in range(5000)]
    path.write_bytes(gzip.compress(jsonl(*words))[:-2000])
    documents, problems = read(path)
    assert documents[0].text == "0 0 0"
    assert 0 < len(documents) < 5000
    (problem,) = problems
    assert "cut off (" in str(problem)
    assert f"{len(documents)} articles before it were read" in str(problem)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no such file" in one_problem(tmp_path / "a.txt")
    assert "there is no such file" in one_problem(tmp_path / "a")
    assert one_problem(tmp_path).endswith("file in here")
    assert "the text is empty" in one_problem("-")


def test_an_unreadable_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "z.txt").write_text("Z")
    documents, problems = read(tmp_path)
    assert [document.text for document in documents] == ["Z"]
    assert len(problems) == 1
