"""One HTML page for coded articles: self-contained, works from ``file://``, asks no network.

The page carries its style, its script, its data and the Vega library inside it. A content security
policy forbids everything else: only the two scripts written here may run, by their hashes, and
nothing may be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tocsin.errors import OptionError
from tocsin.model.codec import event_to_dict
from tocsin.model.document import Document
from tocsin.model.event import STATUSES, Event
from tocsin.report.markup import Mark, Trigger, marked_text
from tocsin.report.timeline import timeline
from tocsin.report.view import (
    QUADS,
    ROLES,
    STATUS_WORDS,
    Record,
    day_words,
    is_undated,
    marks,
    record,
    title_of,
)

Pairs = Sequence[tuple[Document, Sequence[Event]]]

# Code points that no HTML page can hold; each becomes one replacement character, so that offsets
# stay true.
_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document of the page: its marked text and its records."""

    number: int
    document: Document
    title: str
    byline: str
    text: Markup
    records: tuple[Record, ...]


def write_report(path: Path | str, pairs: Pairs) -> None:
    """Write the report of ``pairs`` (a document and its events) to ``path`` as UTF-8.

    Missing parent folders are made. Raises OptionError as :func:`render_report` does, and OSError
    where the file cannot be written.
    """
    page = render_report(pairs)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("utf-8"))


def render_report(pairs: Pairs) -> str:
    """Return the report of ``pairs`` as one HTML page; the same pairs give the same page.

    Documents and events stay in the order given. Without any document the page says what to do.
    Raises OptionError where an event's spans are not those of its document, and where one event
    comes twice.
    """
    articles = list(_articles(pairs))
    records = [item for article in articles for item in article.records]
    chart = timeline(records)
    scripts = [_script(packaged("report.js"))]
    if chart.episodes:
        scripts.insert(0, _script(_vega()))
    page = _template().render(
        articles=articles,
        records=records,
        totals=_totals(records),
        timeline=chart,
        filters=_filters(records),
        data=_data(records, [episode.spec for episode in chart.episodes]),
        css=Markup(packaged("report.css")),
        scripts=[Markup(code) for code in scripts],
        policy=_policy(scripts),
        quads=QUADS,
        status_words=STATUS_WORDS,
        version=version_words(),
    )
    return _UNFIT.sub("�", page)


def _articles(pairs: Pairs) -> Iterable[Article]:
    seen: set[str] = set()
    count = 0
    for number, (document, events) in enumerate(pairs, start=1):
        records: list[Record] = []
        spans: list[Mark] = []
        triggers: dict[int, Trigger] = {}
        for event in sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)):
            if event.id in seen:
                raise OptionError(f"event {event.id} comes twice; give every event once")
            seen.add(event.id)
            count += 1
            item = record(count, event)
            records.append(item)
            spans.extend(marks(document, count, event))
            triggers[count] = Trigger(item.anchor, event.quad, event.status == "actual", item.label)
        yield Article(
            number=number,
            document=document,
            title=title_of(document),
            byline=_byline(document),
            text=marked_text(document.text, spans, triggers),
            records=tuple(records),
        )


def _byline(document: Document) -> str:
    published = document.published
    day = f"published {day_words(published)}" if published else "day of publication unknown"
    return " · ".join(filter(None, (document.outlet, day, document.url)))


def _totals(records: Sequence[Record]) -> dict[str, Any]:
    quads = Counter(item.event.quad for item in records)
    statuses = Counter(item.event.status for item in records)
    undated = [item for item in records if is_undated(item.event.date)]
    return {
        "quads": [(quad, name, quads[quad]) for quad, name in QUADS.items()],
        "statuses": [(name, statuses[name], STATUS_WORDS[name]) for name in STATUSES],
        "undated": len(undated),
        "unresolved": sum(item.event.date is not None for item in undated),
    }


def _filters(records: Sequence[Record]) -> dict[str, list[tuple[str, int]]]:
    """The choices of the table's filters, each with its number of events."""
    types = Counter(item.event.type for item in records)
    statuses = Counter(str(item.event.status) for item in records)
    dyads = Counter(dyad for item in records for dyad in item.dyads)
    return {
        "type": sorted(types.items()),
        "status": [(name, statuses[name]) for name in STATUSES if statuses[name]],
        "dyad": sorted(dyads.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _data(records: Sequence[Record], charts: Sequence[dict[str, Any]]) -> Markup:
    """What the script needs, as JSON that cannot end its script element."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(
        {
            "records": {item.number: event_to_dict(item.event) for item in records},
            "charts": list(charts),
            "roles": ROLES,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _script(code: str) -> str:
    """Code as it may stand in a script element: nothing in it can end or nest the element."""
    return re.sub(r"<(?=/script|script|!--)", r"\\x3c", code, flags=re.IGNORECASE)


def _policy(scripts: Iterable[str]) -> str:
    """The content security policy: these scripts and inline style, no network at all."""
    digests = (hashlib.sha256(code.encode("utf-8")).digest() for code in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, out of an installed package."""
    import vl_convert

    # Its type stub asks for an argument that the function does not need.
    bundle: Callable[[], str] = vl_convert.javascript_bundle  # type: ignore[assignment]
    return bundle().replace("\r\n", "\n")


def packaged(name: str) -> str:
    """The text of a file among the templates."""
    from importlib.resources import files

    text = files("tocsin.report").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tocsin.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def version_words() -> str:
    """The version that is installed; empty where none is."""
    try:
        return version("tocsin")
    except PackageNotFoundError:
        return ""
