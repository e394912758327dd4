"""Whom an event is done to, where the rule's own slots are empty."""

from __future__ import annotations

import pytest

from tocsin import Coder, Document


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(coder="rules")


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Iran threatened to move troops into the zone.", []),
        ("Iran threatened to deploy soldiers against Iraq.", ["Iraq"]),
        ("Iran threatened to attack soldiers.", ["soldiers"]),
    ],
)
def test_who_is_only_moved_is_not_threatened(
    coder: Coder, text: str, recipients: list[str]
) -> None:
    (event,) = coder.code(Document.of(text))
    assert event.type == "THREATEN"
    assert [one.text for one in event.recipients] == recipients
