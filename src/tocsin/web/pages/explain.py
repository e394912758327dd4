"""Explain: a text is pasted, and one sees it coded, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from tocsin.errors import OptionError
from tocsin.web.answering import READ, tagged
from tocsin.web.coders import SharedCoder
from tocsin.web.problems import RESPONSES
from tocsin.web.rendering import render
from tocsin.web.views.article import ArticlePage, article_page

router = APIRouter(tags=["explain"])
#: The longest text, in characters; a long article has 10,000.
LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage:
    """A text as it is coded: the article with its events, and for each sentence the parse, what was
    found and what spoke for and against, in words."""

    article: ArticlePage
    why: str


class TextToExplain(BaseModel):
    """A text, and the day on which it was published, by which "today" is told."""

    text: str = Field(max_length=LONGEST)
    published: date | None = None


def explained(coder: SharedCoder, text: str, published: date | None) -> ExplainPage:
    """A text coded, and why; OptionError where there is nothing to code."""
    from tocsin.pipeline.explain import told

    if not text.strip():
        raise OptionError("there is no text; paste a sentence or an article")
    work = coder.work(text, published)
    article = article_page(work.document, work.events, {}, coded_by="here")
    return ExplainPage(article=article, why=told(work))


@router.api_route("/explain", methods=[*READ], include_in_schema=False)
def ask(request: Request) -> Response:
    """The form."""
    return _shown(request, None, "", None)


@router.post("/explain", include_in_schema=False)
def explain(
    request: Request,
    text: Annotated[str, Form(max_length=4 * LONGEST)] = "",
    published: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """The text of the form, coded."""
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise OptionError(f"the text has {len(text):,} characters; {LONGEST:,} are taken here")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise OptionError(f"{published!r} is not a day such as 2020-06-16") from None
    return _shown(request, explained(request.app.state.coder, text, day), text, day)


@router.post("/explain.json", responses=RESPONSES, operation_id="explain")
def explain_json(request: Request, asked: TextToExplain) -> ExplainPage:
    """Code a text and say why; nothing is kept."""
    return explained(request.app.state.coder, asked.text, asked.published)


def _shown(request: Request, view: Any, text: str, day: date | None) -> Response:
    body = render(request, "explain.html.j2", view=view, text=text, published=day, most=LONGEST)
    return tagged(request, body, "text/html; charset=utf-8")
