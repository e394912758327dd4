"""The shipped knowledge on real articles: what must be read right, and how much is reached."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tocsin.actors import ActorFinder
from tocsin.knowledge.actors import load_actors
from tocsin.language.parser import Parser
from tocsin.model.mention import ActorMention

# Shares of the gold actors and recipients that a mention overlaps, and that get a country, less a
# point for the parser's next version (seen: 0.995 and 0.963, 0.867 and 0.753).
FLOORS = {"actor": (0.985, 0.85), "recipient": (0.95, 0.74)}


@pytest.fixture(scope="module")
def finder() -> ActorFinder:
    return ActorFinder(load_actors())


def mentions_of(
    shared: Path, name: str, published: date, parser: Parser, finder: ActorFinder
) -> tuple[ActorMention, ...]:
    text = (shared / "articles" / name).read_text(encoding="utf-8")
    return finder.find(parser.parse(text), published=published)


@pytest.mark.shared
def test_the_article_of_2020(shared: Path, parser: Parser, finder: ActorFinder) -> None:
    mentions = mentions_of(shared, "korea-2020-06.txt", date(2020, 6, 16), parser, finder)
    by_text: dict[str, set[tuple[str | None, str | None]]] = {}
    for m in mentions:
        by_text.setdefault(m.text, set()).add((m.country, m.sectors[0] if m.sectors else None))
    assert by_text["she"] == {("PRK", "GOV")}
    assert {m.entity.name for m in mentions if m.text == "she" and m.entity} == {"Kim Yo-jong"}
    assert by_text["Kim You-geun"] == by_text["Kim"] == {("KOR", "GOV")}
    assert by_text["U.S. ally"] == {("KOR", "GOV")}
    sides = {(m.country, m.sectors) for m in mentions if m.text.endswith("sides")}
    assert sides == {("KOR", ("GOV",)), ("PRK", ("GOV",))}
    assert by_text["Chinese"] == {("CHN", "MIL")}
    assert by_text["Indian forces"] == {("IND", "MIL")}
    assert by_text["regime"] == {("PRK", "GOV")}
    assert {country for country, _ in by_text["police"]} == {"KOR"}


@pytest.mark.shared
def test_the_article_of_2024(shared: Path, parser: Parser, finder: ActorFinder) -> None:
    mentions = mentions_of(shared, "korea-2024-10.txt", date(2024, 10, 25), parser, finder)
    troops = [m for m in mentions if m.text.endswith(("troops", "soldiers", "operation forces"))]
    assert len(troops) >= 8
    assert {(m.country, m.sectors) for m in troops} == {("PRK", ("MIL",))}
    (envoy,) = [m for m in mentions if m.text == "Russian ambassador"]
    assert envoy.country == "RUS"
    lee = [m for m in mentions if "Lee Sung-joon" in m.text]
    assert {m.country for m in lee} == {"KOR"}


@pytest.mark.shared
def test_the_share_of_gold_actors_reached(
    shared: Path, parser: Parser, finder: ActorFinder
) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with (shared / "gold" / "relations.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row, parse in zip(rows, parser.parse_all(r["text"] for r in rows), strict=True):
        mentions = finder.find(parse)
        for role in FLOORS:
            for span in row[role]:
                over = [m for m in mentions if m.start < span["end"] and span["start"] < m.end]
                counts[role, "all"] += 1
                counts[role, "reached"] += bool(over)
                counts[role, "country"] += any(m.country for m in over)
    for role, (reached, country) in FLOORS.items():
        assert counts[role, "reached"] / counts[role, "all"] >= reached
        assert counts[role, "country"] / counts[role, "all"] >= country
