"""Outlets: found by name and address, and a table that is refused where it is wrong."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.outlets import Outlets, load_outlets, parse_outlets


def row(name: str, **more: str) -> dict[str, str]:
    base = {"also": "", "domains": "", "country": "RUR", "owner": "", "kind": "newspaper"}
    return {"name": name, "state": ""} | base | more


@pytest.fixture
def table() -> Outlets:
    return parse_outlets(
        [
            row("The Zenda Courier", also="Courier|Zenda Online", domains="courier.example"),
            row("Ruritanian Press Agency", domains="rpa.example", kind="agency", state="state"),
            row("Café Zenda", domains="news.cafe.example"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("The Zenda Courier", "The Zenda Courier"),
        ("zenda courier", "The Zenda Courier"),
        ("Courier", "The Zenda Courier"),
        ("www.courier.example", "The Zenda Courier"),
        ("en.courier.example", "The Zenda Courier"),
        ("Cafe Zenda", "Café Zenda"),
        ("cafe.example", None),
        ("Zenda", None),
        ("", None),
        (None, None),
    ],
)
def test_an_outlet_is_found_by_any_of_its_names(
    table: Outlets, name: str | None, found: str | None
) -> None:
    outlet = table.named(name)
    assert (outlet.name if outlet else None) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.courier.example/2024/01/02/talks", "The Zenda Courier"),
        ("http://news.cafe.example:8080/a", "Café Zenda"),
        ("https://courier.example.org/", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_an_outlet_is_found_by_an_address(
    table: Outlets, url: str | None, found: str | None
) -> None:
    outlet = table.at(url)
    assert (outlet.name if outlet else None) == found


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row("A", also="B"), row("B")], "shares a name with A"),
        ([row("A", domains="a.example"), row("B", domains="a.example")], "shares a.example with A"),
        ([row("A", kind="letter")], "kind 'letter'"),
        ([row("A", state="maybe")], "state 'maybe'"),
        ([{"name": "A"}], "needs the columns"),
    ],
)
def test_a_wrong_table_is_refused(rows: list[dict[str, str]], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        parse_outlets(rows)


def test_the_table_knows_agencies_owners_and_states() -> None:
    table = load_outlets()
    kcna = table.named("KCNA")
    assert kcna is not None
    assert (kcna.agency, kcna.state, kcna.country) == (True, "state", "PRK")
    reuters, yonhap = table.named("Reuters"), table.at("https://en.yna.co.kr/view/1")
    assert reuters is not None
    assert reuters.agency
    assert yonhap is not None
    assert (yonhap.name, yonhap.state) == ("Yonhap News Agency", "public")
    fox, business = table.named("Fox News"), table.named("Fox Business")
    assert fox is not None
    assert business is not None
    assert fox.owner == business.owner
