"""Judged news: which coded events are right, and which are missed."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tocsin import Coder
from tocsin.errors import InputError
from tocsin.evaluation.news import (
    NewsScores,
    agreement,
    compare,
    evaluate_news,
    read_articles,
    read_labels,
)
from tocsin.model.document import Document

TEXT = "It rained. Mali bombed Sudan on Monday. Oman watched."
START = TEXT.index("Mali")


def label(**changes: Any) -> dict[str, Any]:
    end = TEXT.index(" Oman")
    return {
        "id": "a", "article": "set/1", "part": "train", "span": [START, end],
        "parties": {
            "0": [[START, START + 4]],
            "1": [[TEXT.index("Sudan"), TEXT.index("Sudan") + 5]],
        },
        "countries": {"0": "MLI", "1": "SDN"},
        "events": [
            {"actors": ["0"], "recipients": ["1"], "type": "ASSAULT", "mode": "aerial",
             "status": "actual", "trigger": None},
        ],
        **changes,
    }  # fmt: skip


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(coder="rules")


def scores(coder: Coder, **changes: Any) -> NewsScores:
    document = Document.of(TEXT, id="set/1")
    return evaluate_news([label(**changes)], {"set/1": document}, coder.code)


def shares(found: NewsScores) -> list[float | None]:
    numbers = found.as_dict()
    return [numbers[name]["share"] for name in ("right", "all_right", "recall")]


def test_type_parties_countries_and_status_make_an_event_all_right(coder: Coder) -> None:
    assert shares(scores(coder)) == [1.0, 1.0, 1.0]


def test_a_wrong_country_is_right_but_not_all_right(coder: Coder) -> None:
    assert shares(scores(coder, countries={"0": "MLI", "1": "SSD"})) == [1.0, 0.0, 1.0]


def test_an_event_turned_round_is_wrong_and_missed(coder: Coder) -> None:
    turned = {**label()["events"][0], "actors": ["1"], "recipients": ["0"]}
    found = scores(coder, events=[turned])
    assert shares(found) == [0.0, 0.0, 0.0]
    assert [c.get("missed") for c in found.cases()] == [None, 0]


def test_an_event_that_names_nobody_wants_nobody_named(coder: Coder) -> None:
    unnamed = {**label()["events"][0], "recipients": []}
    assert shares(scores(coder, events=[unnamed]))[0] == 0.0


def test_a_recipient_left_open_is_not_wrong_but_an_actor_is(coder: Coder) -> None:
    (event,) = coder.code(Document.of(TEXT, id="set/1"))
    assert compare(replace(event, recipients=()), label(), set()).right
    assert not compare(replace(event, actors=()), label(), set()).right


def test_what_is_coded_outside_of_judged_sentences_does_not_count(coder: Coder) -> None:
    assert scores(coder, span=[0, 10], events=[]).as_dict()["coded"] == 0


def test_the_table_has_a_line_per_type(coder: Coder) -> None:
    lines = [line.split() for line in scores(coder).table().splitlines()]
    assert ["ASSAULT", "1", "1", "1", "1"] in lines


def test_the_table_tells_what_is_right_from_a_confidence_on(coder: Coder) -> None:
    (event,) = coder.code(Document.of(TEXT, id="set/1"))
    lines = [line.split() for line in scores(coder).table().splitlines()]
    rows = {float(line[1]): int(line[2]) for line in lines if line[:1] == ["from"]}
    assert rows == {bound: int(event.confidence >= bound) for bound in rows}


def test_two_readers_agree_on_type_and_parties() -> None:
    first = label()["events"]
    turned = [{**first[0], "actors": ["1"], "recipients": ["0"]}]
    told = {**first[0], "status": "alleged"}
    assert agreement([label()]) is None
    found = agreement([label(second=[told, *turned]), label(second=[])])
    assert found is not None
    numbers = [found[name]["share"] for name in ("second_by_first", "first_by_second", "status")]
    assert numbers == [0.5, 0.5, 0.0]


def write(folder: Path, *ids: str) -> None:
    with gzip.open(folder / "set.jsonl.gz", "wt", encoding="utf-8") as out:
        for name in ids:
            out.write(json.dumps({"id": name, "text": TEXT, "date": "2024-02-01"}) + "\n")


def test_articles_are_read_by_file_and_id(tmp_path: Path) -> None:
    write(tmp_path, "1", "2")
    (article,) = read_articles(tmp_path, ["set/2"]).values()
    assert (article.id, str(article.published)) == ("set/2", "2024-02-01")


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path, "2")
    with pytest.raises(InputError, match="has no article 1"):
        read_articles(tmp_path, ["set/1"])
    with pytest.raises(InputError, match="no such file"):
        read_articles(tmp_path, ["other/1"])


def test_labels_are_read_by_part_and_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(label()) + "\n" + json.dumps(label(part="held")) + "\n")
    assert [row["part"] for row in read_labels(path, "held")] == ["held"]
    path.write_text("{}\n")
    with pytest.raises(InputError, match="lacks id") as caught:
        read_labels(path)
    assert caught.value.line == 1
