"""Pages out of templates.

Whatever comes from articles is put on one line without control characters and then escaped, by the
environment and not by the templates: none can forget it.
"""

from __future__ import annotations

import datetime as dt
import html
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote, unquote

from fastapi import Request
from markupsafe import Markup

from tocsin.knowledge.channels import load_channel_rules
from tocsin.knowledge.kind_names import kind_name
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.alarm import KINDS
from tocsin.model.channel import State
from tocsin.model.threat import OUTCOMES
from tocsin.report.crisis import wording
from tocsin.report.crisis.rendering import line_only
from tocsin.report.html import version_words
from tocsin.report.view import QUADS, STATUS_WORDS, day_words, days_words
from tocsin.web import addresses
from tocsin.web.assets import asset_path
from tocsin.web.drawing import bars, index_charts, line, maps
from tocsin.web.plain import plain, sentence, sides
from tocsin.web.views.article import marked, records
from tocsin.work.deciding import MOST_WHO

if TYPE_CHECKING:
    from jinja2 import Environment

#: The cookie that keeps the name of who decides, so that nobody has to write it twice.
WHO = "tocsin-who"
#: The pages of the head: path, name.
NAVIGATION = (
    ("/", "Overview"),
    ("/alarms", "Alarms"),
    ("/incidents", "Incidents"),
    ("/articles", "Articles"),
    ("/threats", "Threats"),
    ("/claims", "Claims"),
    ("/channels", "Channels"),
    ("/map", "Map"),
    ("/actors", "Actors"),
    ("/sources", "Sources"),
    ("/search", "Search"),
    ("/explain", "Explain"),
    ("/review", "Review"),
    ("/decisions", "Decisions"),
    ("/add", "Add"),
)


def render(request: Request, template: str, **values: Any) -> bytes:
    """A page as UTF-8."""
    desk = getattr(request.app.state, "desk", None)
    words = environment().get_template(template).render(
        path=quote(request.scope["path"], safe="/:*"),
        query=quote(request.scope["query_string"], safe="/?:@!$&'()*+,;=%"),
        store=desk.name if desk is not None else "",
        read_only=desk.read_only if desk is not None else True,
        who=unquote(request.cookies.get(WHO, ""))[:MOST_WHO],
        navigation=[one for one in NAVIGATION if one[0] in request.app.state.pages],
        **values,
    )  # fmt: skip
    return words.encode("utf-8", "replace")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the desk."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tocsin.web", "templates"),
        autoescape=True,
        finalize=line_only,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        counted=wording.counted,
        country=wording.country,
        types=tuple(load_ontology().types),
        kinds=tuple((name, tuple(one.mode_scores)) for name, one in load_ontology().types.items()),
        outcomes=OUTCOMES,
        alarm_kinds=KINDS,
        channel_kinds=tuple(load_channel_rules().kinds),
        channel_states=get_args(State),
        kind_name=kind_name,
        days_words=days_words,
        status_words=STATUS_WORDS,
        quads=QUADS,
        address=addresses,
        asset=asset_path,
        version=version_words(),
        json_path=json_path,
        csv_path=csv_path,
        index_charts=index_charts,
        line=line,
        bars=bars,
        moment=moment,
        maps=maps,
        marked=marked,
        records=records,
    )
    made.filters.update(
        day=day, figure=figure, web=wording.web_address, verbatim=verbatim, spaced=spaced,
        plain=plain, sentence=sentence, sides=sides,
    )  # fmt: skip
    return made


def day(value: dt.date | None) -> Markup:
    """A day in words, with what machines read."""
    if value is None:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), day_words(value))


def moment(value: str) -> str:
    """A moment in words: its day, the hour and the minute."""
    when = dt.datetime.fromisoformat(value)
    return f"{day_words(when.date())}, {when:%H:%M}"


def figure(value: float | None, digits: int = 2) -> str:
    """A value of an index; nothing where it is not known."""
    return "" if value is None else f"{value:,.{digits}f}"


def json_path(path: str, query: str) -> str:
    """The address of the same view for programs."""
    base = "/overview" if path == "/" else path
    if base.endswith(".json/"):
        base = base[:-1]
    return f"{base}.json" + (f"?{query}" if query else "")


def csv_path(path: str, query: str) -> str:
    """The address of all rows of a list for spreadsheets: without the page that one is on."""
    kept = [one for one in query.split("&") if one.partition("=")[0] not in ("page", "per", "")]
    return f"{path.rstrip('/')}.csv" + (f"?{'&'.join(kept)}" if kept else "")


def verbatim(text: str) -> Markup:
    """Text as it stands, line breaks and all, escaped."""
    return Markup(html.escape(text).replace("\r", "&#13;"))


def spaced(text: str) -> Markup:
    """A piece of a sentence on one line, with the space that parts it from its neighbours."""
    inner = wording.line(text)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() else ""
    return Markup("{}{}{}").format(Markup(before), inner, Markup(after))
