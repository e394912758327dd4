"""The set of incidents itself: offsets, keys, parts, and what bench/README.md says of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tocsin.evaluation.incidents import read_incident_set
from tocsin.knowledge.ontology import load_ontology

PATH = Path(__file__).parents[2] / "bench" / "incidents.jsonl"
ROWS = read_incident_set(PATH)
FIELDS = {"id", "part", "outlet", "published", "url", "title", "text", "mentions"}

BY_INCIDENT: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
for _row in ROWS:
    for _mention in _row["mentions"]:
        BY_INCIDENT[_mention["incident"]].append((_row, _mention))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_an_article_is_whole(row: dict[str, Any]) -> None:
    assert set(row) == FIELDS
    assert row["part"] in ("dev", "held")
    assert date(2010, 1, 1) < date.fromisoformat(row["published"]) < date(2026, 1, 1)
    assert re.fullmatch(r"https://[a-z-]+\.example\.org/\d{4}/\d\d/\d\d/[a-z0-9-]+", row["url"])
    assert row["published"].replace("-", "/") in row["url"]
    assert row["outlet"]
    assert row["title"]
    assert 60 <= len(row["text"].split()) <= 220
    assert row["text"] == row["text"].strip()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_mentions_are_words_in_order_with_types_of_the_ontology(row: dict[str, Any]) -> None:
    types = load_ontology().types
    last = 0
    assert row["mentions"]
    for mention in row["mentions"]:
        assert set(mention) <= {"start", "end", "text", "type", "or", "incident"}
        assert mention["start"] >= last, f"{mention['text']} overlaps the one before"
        last = mention["end"]
        around = row["text"][mention["start"] - 1 : mention["start"]] + row["text"][last : last + 1]
        assert not any(map(str.isalnum, around)), f"{mention['text']} is a piece of a word"
        named = [mention["type"], *mention.get("or", [])]
        assert set(named) <= set(types)
        assert len(named) == len(set(named))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mention["incident"])


@pytest.mark.parametrize("key", sorted(BY_INCIDENT))
def test_an_incident_stays_in_its_part_and_its_mentions_can_be_of_one_type(key: str) -> None:
    reports = BY_INCIDENT[key]
    assert len({row["part"] for row, _ in reports}) == 1
    allowed = [{mention["type"], *mention.get("or", [])} for _, mention in reports]
    assert set.intersection(*allowed), f"{key} has mentions that no one type fits"


def test_the_set_holds_what_is_said_of_it() -> None:
    sizes = Counter(map(len, BY_INCIDENT.values()))
    across = [
        key
        for key, reports in BY_INCIDENT.items()
        if len(reports) >= 3 and len({row["id"] for row, _ in reports}) >= 2
    ]
    assert Counter(row["part"] for row in ROWS) == {"dev": 20, "held": 20}
    assert len(ROWS) == len({row["id"] for row in ROWS}) == len({row["url"] for row in ROWS})
    readme = (PATH.parent / "README.md").read_text(encoding="utf-8")
    mentions = sum(n * count for n, count in sizes.items())
    for figure in (f"{mentions} mentions", f"{len(BY_INCIDENT)} incidents", f"{sizes[1]} have one"):
        assert figure in readme, f"bench/README.md does not say: {figure}"
    assert f"{len(across)} have three or more in two or more articles" in readme
