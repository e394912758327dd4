"""The addresses of things."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def incident(id_: str) -> str:
    """Of an incident, or of that of which an event is a report."""
    return f"/incidents/{quote(id_, safe='')}"


def article(id_: str, event: str | None = None) -> str:
    """Of an article, or of an event in it. A slash tells an id that ends in ``.json`` from the
    address for programs."""
    own = quote(id_, safe="") + ("/" if id_.endswith(".json") else "")
    return f"/articles/{own}" + (f"#e-{quote(event, safe='')}" if event else "")


def dyad(one: str, other: str) -> str:
    """Of a dyad."""
    return f"/dyads/{quote(one, safe='*')}:{quote(other, safe='*')}"


def channel(id_: str) -> str:
    """Of a channel or agreement."""
    return f"/channels/{quote(id_, safe='')}"


def listing(path: str, **values: object) -> str:
    """Of a list narrowed to these values."""
    given = {name: value for name, value in values.items() if value}
    return path + (f"?{urlencode(given)}" if given else "")


def within(address: str, otherwise: str = "/") -> tuple[str, str]:
    """Path and query of an address of this desk, those of ``otherwise`` where it leads elsewhere
    or is none; the path as it goes into a header."""
    path, _, query = address.partition("#")[0].partition("?")
    if not path.startswith("/") or path.startswith("//") or not address.isprintable():
        path, _, query = otherwise.partition("?")
    return quote(path, safe="/%:*"), query
