"""The day of publication at the dateline's place."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tocsin import Document
from tocsin.pipeline.publication import published_there

NIGHT = datetime.fromisoformat("2020-06-16T20:30:00+00:00")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SEOUL (Reuters) - The port was shelled.", date(2020, 6, 17)),
        ("Port shelled\nSEOUL, South Korea (AP) — It was shelled.", date(2020, 6, 17)),
        ("WASHINGTON (Reuters) - The port was shelled.", date(2020, 6, 16)),
        ("ZENDA (Reuters) - The port was shelled.", date(2020, 6, 16)),
        ("The port of Seoul was shelled.", date(2020, 6, 16)),
    ],
)
def test_what_is_sent_at_night_is_of_the_day_there(text: str, day: date) -> None:
    known = published_there(Document.of(text, published=NIGHT.date(), moment=NIGHT))
    assert known is not None
    assert known.day == day


def test_a_day_without_a_time_stays() -> None:
    text = "SEOUL (Reuters) - The port was shelled."
    known = published_there(Document.of(text, published=date(2020, 6, 16)))
    assert known is not None
    assert known.day == date(2020, 6, 16)
