"""The day of publication, told by the address, a line, the dateline, or the only full date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ingest.publication import dated, sure_day
from tocsin.model.document import Dated, Document

DAY = date(2020, 6, 16)


def _dated(text: str = "The port was shelled.", **more: object) -> Dated | None:
    return dated(Document(id="x", text=text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2020/06/16/port-shelled",
        "https://example.org/news/2020-06-16/port",
        "https://example.org/world/2020/jun/16/port-shelled",
        "https://example.org/2020/6/16/port",
        "https://example.org/a-20200616-b.html",
    ],
)
def test_the_address_tells_the_day(url: str) -> None:
    found = _dated(url=url)
    assert found is not None
    assert (found.day, found.by) == (DAY, "url")


@pytest.mark.parametrize(
    "url", ["https://example.org/2020/06/port", "https://example.org/20209916"]
)
def test_no_day_in_the_address(url: str) -> None:
    assert _dated(url=url) is None


@pytest.mark.parametrize(
    ("text", "by", "sure"),
    [
        ("Port shelled\nPublished: 16 June 2020, 14:05 GMT\nThe port was shelled.", "line", True),
        ("Port shelled\nTuesday, June 16, 2020\nIt was shelled.", "line", True),
        ("SEOUL, June 16, 2020 (Reuters) - The port was shelled.", "dateline", True),
        ("SEOUL, June 16 (Reuters) - It fell on Tuesday, as in 2020 before.", "dateline", True),
        ("SEOUL, June 16 (Reuters) - It fell, as it never had in 2020 before.", "dateline", False),
        ("The port was shelled on June 16, 2020, the mayor said.", "text", False),
    ],
)
def test_the_text_tells_the_day(text: str, by: str, sure: bool) -> None:
    found = _dated(text)
    assert found is not None
    assert (found.day, found.by) == (DAY, by)
    assert sure_day(found) == (DAY if sure else None)


@pytest.mark.parametrize(
    "text",
    [
        "It was built on June 16, 2020 and shelled on June 18, 2020.",
        "It was built on June 16, 2020 and shelled in 2022.",
        "The mayor speaks, June 16, 2020. (Ann Miller/Reuters)\nThe port was shelled.",
        "SEOUL, June 16 (Reuters) - The port was shelled.",
        "It was shelled on June 31, 2020.",
    ],
)
def test_no_day_where_two_or_none_may_be_meant(text: str) -> None:
    assert _dated(text) is None


def test_the_input_has_the_first_word() -> None:
    found = _dated(published=date(2020, 6, 17), url="https://example.org/2020/06/16/port")
    assert found == Dated(date(2020, 6, 17), "given", 1.0)


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_has_an_answer_or_none(text: str, url: str) -> None:
    found = _dated(text, url=url)
    assert found is None or 0 < found.confidence < 1


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    found = _dated(url=f"https://example.org/{day:%Y/%m/%d}/port")
    assert found is not None
    assert found.day == day
