"""What a screen reader or an unsteady hand would stumble over at a desk, found by axe-core.

::

    python -m bench.desk_axe http://127.0.0.1:8040 [--browser PATH]

Looks at every page of a running desk, wide and narrow, light and dark, by the rules of WCAG 2.2 AA
and by axe's best practices, and prints a table of findings by page. The exit status is 1 where one
of them is serious or critical.
"""

from __future__ import annotations

import argparse
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tocsin.report.crisis.printing import find_browser

WIDE, NARROW = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
#: How a page is looked at: the size of the window, and the colours.
VIEWS = tuple((size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark"))
SERIOUS = ("serious", "critical")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOURS = ["color-contrast", "link-in-text-block"]
_PAGED = ("/incidents", "/articles", "/threats", "/claims", "/channels", "/actors", "/decisions")
_OTHERS = ("/", "/map", "/sources", "/search", "/explain", "/review", "/add", "/api")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a page breaks at so many places; ``where`` is the first of them."""

    rule: str
    impact: str
    help: str
    places: int
    where: str


def findings(page: Page, *, colours: bool = False) -> list[Finding]:
    """What axe finds in a page that is open; with ``colours`` by the rules on colours alone, for
    one that was looked at in others before."""
    page.evaluate(AXE_SCRIPT)
    only = (
        {"type": "tag", "values": _RULES} if not colours else {"type": "rule", "values": _COLOURS}
    )
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)
    return [
        Finding(
            rule=one["id"],
            impact=one["impact"] or "minor",
            help=one["help"],
            places=len(one["nodes"]),
            where=f"{one['nodes'][0]['target'][0]} {one['nodes'][0]['html'][:80]}",
        )
        for one in found["violations"]
    ]


def every_page(url: str, *, rows: int = 50) -> Iterator[str]:
    """The address of every kind of page, of those of single things one that has much to show;
    lists are of so many rows."""

    def ask(path: str) -> Any:
        with urllib.request.urlopen(url + path) as answer:
            return json.load(answer)

    yield from _OTHERS
    yield from (f"{path}?per={rows}" for path in _PAGED)
    yield "/incidents?words=nothing+is+called+so"
    yield "/nowhere"
    for one in ask("/overview.json")["dyads"][:1]:
        yield f"/dyads/{one['actor']}:{one['recipient']}"
    for one in ask("/incidents.json?sort=-reports&per=1")["incidents"]:
        address = f"/incidents/{one['id']}"
        yield address
        yield f"/articles/{ask(f'{address}.json')['reports'][0]['document']}"
        name = (one["actors"] or ["Kim"])[0].replace(" ", "+")
        yield f"/search?words={name}&per={rows}"
        yield f"/actors?words={name}&per={rows}"
    for one in ask("/channels.json?sort=-reports&per=1")["channels"]:
        yield f"/channels/{one['id']}"


def main() -> int:
    """Look at a desk, and print what is found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("url", help="such as http://127.0.0.1:8040")
    asked.add_argument("--browser", help="Chromium, where it is not on the path")
    given = asked.parse_args()
    url = given.url.rstrip("/")
    table = Table("page", "window", "colours", "impact", "rule", "places", "the first")
    serious = pages = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(given.browser), args=["--no-sandbox", "--disable-gpu"]
        )
        addresses = list(every_page(url))
        for size, scheme in VIEWS:
            page = browser.new_page(viewport=size, color_scheme=scheme, base_url=url)
            for address in addresses:
                page.goto(address)
                pages += 1
                for one in findings(page, colours=scheme == "dark"):
                    serious += one.impact in SERIOUS
                    window = f"{size['width']} × {size['height']}"
                    table.add_row(
                        address, window, scheme, one.impact, one.rule, str(one.places), one.where
                    )
            page.close()
        browser.close()
    console = Console()
    if table.row_count:
        console.print(table)
    console.print(f"{pages} views: {table.row_count} findings, {serious} of them serious")
    return 1 if serious else 0


if __name__ == "__main__":
    raise SystemExit(main())
