"""The report as one HTML page or as Markdown.

Whatever comes from articles is put on one line without control characters, and then escaped, by the
environment and not by the templates: none can forget it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from tocsin.report.crisis.building import CrisisReport
from tocsin.report.crisis.index_chart import NARROW, WIDE, index_chart
from tocsin.report.crisis.map_drawing import draw_map
from tocsin.report.crisis.sparkline import sparkline
from tocsin.report.crisis.wording import counted, line, web_address
from tocsin.report.html import packaged, version_words

# Whatever may begin or end something in Markdown anywhere, in HTML inside of it, or in a template
# of a site that shows it.
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~$]")
# What does so only where a line begins, and the addresses that some readers make into links.
_AT_START = re.compile(r"^([-+#=]|\d+(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=[wW]{3})\.")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def render_html(report: CrisisReport, *, unfolded: bool = False) -> str:
    """One self-contained page without any script; ``unfolded`` for paper."""
    page: str = (
        _environment(line_only, autoescape=True)
        .get_template("page.html.j2")
        .render(
            r=report,
            charts=[
                ("wide", index_chart(report.index, WIDE)),
                ("narrow", index_chart(report.index, NARROW)),
            ],
            map=draw_map(report.places),
            css=Markup(packaged("report.css") + packaged("crisis/crisis.css")),
            policy=_POLICY,
            version=version_words(),
            unfolded=unfolded,
        )
    )
    return page


def render_markdown(report: CrisisReport) -> str:
    """The same content without charts."""
    page: str = (
        _environment(markdown_text, autoescape=False)
        .get_template("report.md.j2")
        .render(
            r=report,
            sparks=[
                (side.direction, sparkline([row.tension for row in side.counts]))
                for side in report.index.series
            ],
            version=version_words(),
        )
    )
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def line_only(value: Any) -> Any:
    """Text on one line; what is markup stays as it is."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else line(value)


def markdown_text(value: Any) -> str:
    """Text that means nothing to Markdown but itself."""
    if isinstance(value, Markup):
        return str(value)
    text = html.escape(line(str(value)), quote=False)
    for pattern in (_SPECIAL, _ADDRESS):
        text = pattern.sub(r"\\\g<0>", text)
    return _AT_START.sub(_started, text)


def _started(found: re.Match[str]) -> str:
    # A figure before a stop begins a list; the stop is what can be escaped.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def markdown_link(url: str | None) -> Markup:
    """An address in angle brackets; nothing where there is none that may be a link."""
    address = web_address(url)
    if address is None:
        return Markup("")
    safe = re.sub(r"[<>()\[\]\\`|]", lambda found: f"%{ord(found[0]):02X}", address)
    return Markup(f" <{safe}>")


def _environment(finalize: Callable[[Any], Any], *, autoescape: bool) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tocsin.report", "templates/crisis"),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(counted=counted)
    environment.filters.update(
        mdlink=markdown_link, verbatim=lambda text: Markup(str(line(text)).replace("`", "'"))
    )
    return environment
