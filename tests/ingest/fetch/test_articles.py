"""The file of articles: appended to, mended where it was cut off, never spoilt."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tocsin.errors import InputError, OptionError
from tocsin.ingest import read_documents
from tocsin.ingest.fetch import ArticleFile, Outcome, appended
from tocsin.ingest.fetch.articles import article_line
from tocsin.model.document import Document

MOMENT = datetime.fromisoformat("2020-06-16T20:30:00+09:00")


def article(id: str, version: int = 1, **more: object) -> Outcome:  # noqa: A002
    document = Document.of(
        "Rebels shelled the port of Zenda.\nTwo sailors died.", id=id,
        url=f"https://daily.example/{id}", title="Port “shelled”", **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return Outcome(
        kind="article", address=f"https://daily.example/{id}", document=document, version=version,
        fetched=datetime(2020, 6, 17, tzinfo=UTC),
    )  # fmt: skip


def test_a_line_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "articles.jsonl"
    with ArticleFile(path) as file:
        file.write(article("a", outlet="Daily", published=date(2020, 6, 16), moment=MOMENT))
        file.write(article("b", version=2, published=date(2020, 6, 16), author="Anna"))
        assert file.ids == {"a", "b"}
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert list(lines[0]) == ["id", "url", "title", "date", "outlet", "author", "text", "fetched"]
    assert lines[0]["date"] == "2020-06-16T20:30:00+09:00"
    assert lines[0]["fetched"] == "2020-06-17T00:00:00+00:00"
    assert (lines[1]["date"], lines[1]["version"]) == ("2020-06-16", 2)
    problems: list[InputError] = []
    first, second = read_documents([path], on_problem=problems.append)
    assert not problems
    assert (first.id, first.moment, first.outlet) == ("a", MOMENT, "Daily")
    assert (second.id, second.author, second.title) == ("b", "Anna", "Port “shelled”")


@pytest.mark.parametrize("kept", [1, 5, 9, 20, 150, -1])
def test_a_last_line_that_is_cut_off_is_taken_away(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "articles.jsonl"
    whole, cut = article_line(article("a")), article_line(article("b"))[:-1]
    path.write_bytes(whole + cut[:kept])
    with ArticleFile(path) as file:
        assert file.ids == {"a"}
        file.write(article("c"))
    assert path.read_bytes() == whole + article_line(article("c"))


def test_a_file_that_only_holds_a_beginning_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(article_line(article("a"))[:30])
    with ArticleFile(path) as file:
        file.write(article("a"))
    assert path.read_bytes() == article_line(article("a"))


def test_a_whole_last_line_without_its_break_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"text": "Zenda fell.", "id": "x"}')
    with ArticleFile(path) as file:
        file.write(article("a"))
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["x", "a"]


@pytest.mark.parametrize(
    "data", [b"Zenda fell.", b"Zenda fell.\n", b'{"id": 1}\n', b'{"type": "ASSAULT"}\n[]\n',
             b'{"text": "x"}\nhalf', b"\xff\xfe\x00"]
)  # fmt: skip
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(data)
    with pytest.raises(OptionError, match="name another file"):
        ArticleFile(path)
    assert path.read_bytes() == data


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"must end in \.jsonl"):
        ArticleFile(tmp_path / "articles.csv")
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(OptionError, match="cannot be written"):
        ArticleFile(tmp_path / "folder.jsonl")


def test_an_article_is_written_before_it_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    outcomes = [article("a"), Outcome(kind="known", address="x"), article("b")]
    with ArticleFile(path) as file:
        seen = [path.read_bytes().count(b"\n") for _ in appended(outcomes, file)]
    assert seen == [1, 1, 2]


def test_what_is_no_article_has_no_line() -> None:
    with pytest.raises(ValueError, match="is no article"):
        article_line(Outcome(kind="known", address="x"))
