"""Datelines: where, when, by whom; and what only looks like one."""

from __future__ import annotations

import pytest

from tocsin.ingest import dateline


@pytest.mark.parametrize(
    ("paragraph", "place", "date", "agency", "rest"),
    [
        ("SEOUL (Reuters) - Envoys met.", "SEOUL", None, "Reuters", "Envoys met."),
        ("SEOUL/TOKYO, Aug 30 (Reuters) - He", "SEOUL/TOKYO", "Aug 30", "Reuters", "He"),
        ("Pyongyang, January 1 (KCNA) -- A", "Pyongyang", "January 1", "KCNA", "A"),
        ("Pyongyang, January 1 (KCNA) --Kim", "Pyongyang", "January 1", "KCNA", "Kim"),
        ("SANAA, Yemen (AP) — With", "SANAA, Yemen", None, "AP", "With"),
        ("SAN JUAN, Puerto Rico — The", "SAN JUAN, Puerto Rico", None, None, "The"),
        ("ST. LOUIS (Reuters) - The", "ST. LOUIS", None, "Reuters", "The"),
        ("UNITED NATIONS — “No,”", "UNITED NATIONS", None, None, "“No,”"),
        ("Washington (CNN) The House", "Washington", None, "CNN", "The House"),
        ("(CNN) – The House", None, None, "CNN", "The House"),
        ("BEIJING, 3 March 2021 (Xinhua) -- It", "BEIJING", "3 March 2021", "Xinhua", "It"),
    ],
)  # fmt: skip
def test_a_dateline_is_read(
    paragraph: str, place: str | None, date: str | None, agency: str | None, rest: str
) -> None:
    found = dateline(paragraph)
    assert found is not None
    assert (paragraph[slice(*found.place)] if found.place else None) == place
    assert (paragraph[slice(*found.date)] if found.date else None) == date
    assert found.agency == agency
    assert paragraph[found.end :] == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "Envoys met.",
        "UPDATE — Envoys met.",
        "EDITOR'S NOTE: envoys met.",
        "U.S. officials gave varying – and confusing – accounts.",
        "NATO — which met on Tuesday — agreed.",
        "Ruritania (officially the Kingdom) - a small state",
        "The ministry (Reuters had the story) said no.",
        "May 3 was a day of mourning.",
        '"Never," he said.',
    ],
)
def test_what_only_looks_like_one_is_none(paragraph: str) -> None:
    assert dateline(paragraph) is None
