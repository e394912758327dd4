"""Scores of copies: pairs of one family against the stories that they tell."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from tests.linking.stories import article, text

from tocsin.errors import InputError
from tocsin.evaluation.clusters import CopyScores, evaluate_clusters, read_stories

DOCUMENTS = [
    article(text(100, 1), "a"),
    article(text(100, 2), "b"),
    article(text(100, 1), "c"),
    article(text(90, 1), "d"),
    article(text(100, 3), "e"),
]


def test_pairs_of_a_family_are_right_where_they_tell_one_story() -> None:
    stories = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}
    scores = evaluate_clusters(DOCUMENTS, stories)
    assert (scores.articles, scores.copies, scores.right, scores.pairs) == (5, 3, 1, 4)
    assert scores.cases == (
        {"pair": ["a", "c"], "right": True},
        {"pair": ["a", "d"], "right": False},
        {"pair": ["c", "d"], "right": False},
    )
    assert scores.as_dict() == {
        "articles": 5, "copies": 3, "copy_precision": 0.3333, "pairs_of_one_story": 4,
        "copy_recall": 0.25,
    }  # fmt: skip


def test_an_article_without_a_story_is_alone_with_its_own() -> None:
    scores = evaluate_clusters(DOCUMENTS, {"a": "x", "c": "x"})
    assert (scores.copies, scores.right, scores.pairs) == (3, 1, 1)
    assert scores.as_dict()["copy_recall"] == 1.0


def test_without_stories_nothing_is_said_of_right_and_wrong() -> None:
    said = evaluate_clusters(DOCUMENTS, {}).as_dict()
    assert said["copies"] == 3
    assert (said["copy_precision"], said["copy_recall"]) == (None, None)


def test_without_articles_there_is_nothing() -> None:
    assert evaluate_clusters([], {"a": "x"}) == CopyScores(0, 0, 0, 0, ())


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_stories_are_read_from_lines(ending: str, tmp_path: Path) -> None:
    data = b'{"id": "a", "cluster": 5}\n{"id": 7, "cluster": "x"}\n{"id": "b", "cluster": null}\n'
    path = tmp_path / f"stories{ending}"
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    assert read_stories(path) == {"a": "5", "7": "x"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"id": "a"}\n{"cluster": "x"}\n', r"stories\.jsonl:2: has no 'id'"),
        (b'{"id": "a"}\nno json\n', "cannot be read as JSON lines"),
        (b'{"id": "a"}\n[1]\n', r"stories\.jsonl:2: is no JSON object"),
        (b"\xff\xfe", "cannot be read as JSON lines"),
    ],
)
def test_what_holds_no_stories_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_stories(path)
    assert re.search(message, str(error.value))


@pytest.mark.parametrize("name", ["none.jsonl", "none.jsonl.gz", "broken.jsonl.gz", "cut.jsonl.gz"])
def test_a_file_that_cannot_be_read_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"id": "a"}\n' * 9)[:-12])
    with pytest.raises(InputError, match="cannot be read as JSON lines"):
        read_stories(tmp_path / name)
