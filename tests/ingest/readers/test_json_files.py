"""JSON: lines, lists, answers of news services, single articles; and all of them broken."""

from __future__ import annotations

import codecs
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.readers.samples import ARTICLES, PLACES, found_in

ONE, TWO = {"text": "Envoys met in Zenda."}, {"text": "They left on Friday."}
TEXTS = [ONE["text"], TWO["text"]]


@pytest.mark.parametrize(
    "content",
    [
        [ONE, TWO],
        {"status": "ok", "totalResults": 2, "articles": [ONE, TWO]},
        {"articles": [ONE, TWO], "next": "x" * 100_000},
        {"response": {"status": "ok", "results": [ONE, TWO]}},
        {"meta": {"hits": [1, 2]}, "response": {"docs": [ONE, TWO]}},
        {"data": [ONE, TWO]},
        {"stories": [ONE, TWO]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_of_articles_is_found_where_services_put_it(
    content: Any, indent: int | None, tmp_path: Path
) -> None:
    found = found_in(tmp_path, "a.json", json.dumps(content, indent=indent))
    assert found.texts == TEXTS
    assert [item.line for item in found.items] == [1, 2]
    assert found.reasons == []


def test_one_article_may_stand_alone_over_several_lines(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.json", json.dumps(ONE | {"tags": ["a", {"b": [1]}]}, indent=2))
    assert found.texts == TEXTS[:1]


def test_lines_may_be_called_json(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.json", f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n")
    assert found.texts == TEXTS
    assert [item.line for item in found.items] == [1, 2]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, b" \n"])
@pytest.mark.parametrize("ending", [".json", ".jsonl", ".ndjson"])
def test_what_stands_before_the_first_object_does_not_matter(
    mark: bytes, ending: str, tmp_path: Path
) -> None:
    found = found_in(tmp_path, f"a{ending}", mark + json.dumps(ONE).encode())
    assert found.texts == TEXTS[:1]


def test_typed_values_of_a_list_are_read_as_those_of_a_line(tmp_path: Path) -> None:
    article = {"id": 12, "text": "A", "date": 1592302500, "author": ["A. Roe", "B. Doe", 3]}
    for name, data in (("a.json", json.dumps([article])), ("a.jsonl", json.dumps(article))):
        (document,) = found_in(tmp_path, name, data).documents
        assert (document.id, document.author) == ("12", "A. Roe, B. Doe")
        assert document.published == date(2020, 6, 16)


@pytest.mark.parametrize("bad", ["5", "null", '"x"', "[1]", '{"body": "x"}', '{"text": 5}', "{}"])
def test_an_element_that_is_no_article_costs_no_other(bad: str, tmp_path: Path) -> None:
    for name, data in (
        ("a.json", f"[{json.dumps(ONE)}, {bad}, {json.dumps(TWO)}]"),
        ("a.jsonl", f"{json.dumps(ONE)}\n{bad}\n{json.dumps(TWO)}\n"),
    ):
        found = found_in(tmp_path, name, data)
        assert found.texts == TEXTS
        assert [problem.line for problem in found.problems] == [2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "is empty"),
        (" \n\ufeff", "is empty"),
        ("Envoys met.", "is no JSON: begins with neither { nor ["),
        ("[]", "holds no article"),
        ('{"articles": []}', "holds no article"),
        ("{", "is no JSON from here on"),
        ("[1e5, ", "is no JSON object but a number"),
    ],
)
def test_what_holds_no_article_is_said(data: str, reason: str, tmp_path: Path) -> None:
    assert reason in found_in(tmp_path, "a.json", data).reasons[0]


def test_a_list_that_is_cut_off_gives_what_is_whole_before(tmp_path: Path) -> None:
    data = json.dumps(list(ARTICLES))
    for at in range(0, len(data), 20):
        found = found_in(tmp_path, "a.json", data[:at])
        whole = sum(f'leave {place} on Friday.\\"' in data[:at] for place in PLACES)
        assert len(found.documents) in (whole, whole - 1)
        (reason,) = found.reasons
        assert "\n" not in reason
        if found.documents:
            assert f"; {len(found.documents)} articles before it were read" in reason
            assert found.problems[0].line == len(found.documents) + 1


def test_lines_that_are_too_deep_or_no_json_cost_no_other(tmp_path: Path) -> None:
    deep = '{"text": "A", "author": ' + "[" * 100_000 + "]" * 100_000 + "}"
    huge = '{"text": "A", "id": ' + "9" * 5000 + "}"
    found = found_in(tmp_path, "a.jsonl", "\n".join([deep, huge, json.dumps(ONE), "{", ""]))
    assert found.texts == TEXTS[:1]
    assert [problem.line for problem in found.problems] == [1, 2, 4]
    # the same where the first line says whether lines follow
    assert found_in(tmp_path, "a.json", f"{deep[:60_000]}\n{json.dumps(ONE)}\n").items


def test_what_lies_deep_in_a_list_costs_neither_time_nor_its_neighbours(tmp_path: Path) -> None:
    deep = '{"text": "Envoys met in Zenda.", "x": ' + '[{"y":' * 100_000 + "1" + "}]" * 100_000
    start = time.perf_counter()
    found = found_in(tmp_path, "a.json", f"[{deep}}}, {json.dumps(TWO)}]")
    assert found.texts == TEXTS
    found = found_in(tmp_path, "b.json", "[" * 300_000)
    assert len(found.items) == 1
    assert time.perf_counter() - start < 5


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(extra=st.lists(st.dictionaries(st.text(min_size=1, max_size=5), json_values), max_size=4))
def test_a_list_and_lines_of_the_same_objects_give_the_same(
    extra: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("json")
    objects = [{**one, "text": f"Envoys met {n}."} for n, one in enumerate(extra)] or [ONE]
    whole = found_in(folder, "a.json", json.dumps(objects))
    lines = found_in(folder, "a.jsonl", "".join(json.dumps(one) + "\n" for one in objects))
    assert whole.documents == lines.documents
    assert whole.reasons == lines.reasons
