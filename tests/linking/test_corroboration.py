"""Independent sources: agencies, owners, states and copies count once."""

from __future__ import annotations

import pytest

from tocsin.knowledge.outlets import Outlets, parse_outlets
from tocsin.linking.corroboration import Origin, independent_sources, origin_of
from tocsin.model.document import Document

NAMES = ("name", "also", "domains", "country", "owner", "kind", "state")
TABLE: Outlets = parse_outlets(
    dict(zip(NAMES, cells, strict=True))
    for cells in (
        ("Courier", "", "courier.example", "RUR", "Elphberg Group", "newspaper", ""),
        ("Evening Post", "", "post.example", "RUR", "Elphberg Group", "newspaper", ""),
        ("Reuters", "", "reuters.com", "GBR", "Thomson Reuters", "agency", ""),
        ("Graustark Radio", "", "", "GRA", "Government of Graustark", "broadcaster", "state"),
        ("Graustark Daily", "", "", "GRA", "", "newspaper", "state"),
        ("Free Voice", "", "", "GRA", "", "online", ""),
    )
)


def origin(outlet: str | None, text: str = "Envoys met.", **more: str) -> Origin:
    return origin_of(Document.of(text, outlet=outlet, **more), outlets=TABLE)  # type: ignore[arg-type]


def test_an_origin_names_outlet_agency_owner_and_state() -> None:
    assert origin("The Courier") == Origin("Courier", None, "Elphberg Group", None)
    assert origin(None, url="https://www.post.example/a").outlet == "Evening Post"
    assert origin("Graustark Radio").state == "GRA"
    assert origin("Blog of Jan Doe") == Origin("Blog of Jan Doe", None, None, None)


@pytest.mark.parametrize(
    ("text", "author"),
    [("ZENDA (Reuters) - Envoys met on Monday.", None), ("Envoys met on Monday.", "Reuters")],
)
def test_an_agency_text_is_the_agencys_in_whatever_paper(text: str, author: str | None) -> None:
    found = origin_of(Document.of(text, outlet="Courier", author=author), outlets=TABLE)
    assert (found.agency, found.owner) == ("Reuters", "Thomson Reuters")


@pytest.mark.parametrize(
    ("outlets", "families", "count"),
    [
        (["Courier", "Free Voice"], None, 2),
        (["Courier", "Courier"], None, 1),
        (["Courier", "Evening Post"], None, 1),
        (["Graustark Radio", "Graustark Daily"], None, 1),
        (["Graustark Radio", "Free Voice"], None, 2),
        (["Courier", "Free Voice"], [4, 4], 1),
        (["Courier", "Free Voice", "Evening Post", None, None], [1, 2, None, 2, None], 3),
        ([None, None], None, 2),
        ([], None, 0),
    ],
)
def test_what_belongs_together_counts_once(
    outlets: list[str | None], families: list[int | None] | None, count: int
) -> None:
    found = independent_sources([origin(outlet) for outlet in outlets], families)
    assert len(found) == count
    assert sorted(place for one in found for place in one.reports) == list(range(len(outlets)))


def test_each_group_says_what_makes_it_one() -> None:
    texts = ("ZENDA (Reuters) - Envoys met.", "GRAUSTARK (Reuters) - They left.")
    origins = [origin("Courier", texts[0]), origin("Free Voice", texts[1]), origin("Courier")]
    first, second = independent_sources(origins)
    assert first.reports == (0, 1)
    assert "agency: Reuters" in first.reasons
    assert (second.reports, second.reasons) == ((2,), ())
