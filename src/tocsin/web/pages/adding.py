"""Adding articles: pasted or uploaded, with progress."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from tocsin.errors import OptionError
from tocsin.ingest.items import Item, Sift
from tocsin.ingest.reading import read_items
from tocsin.report.crisis.wording import line, web_address
from tocsin.web.answering import READ, page, tagged
from tocsin.web.jobs import Job, Jobs, TheJobs
from tocsin.web.problems import RESPONSES, NotFoundError
from tocsin.web.rendering import render
from tocsin.work.adding import Outcome, Pasted, pasted

router = APIRouter(tags=["adding"])
_FILES = 200
_LONGEST = 1_000_000
_SHOWN = 200
_LONGEST_NAME = 120  # bytes


class ToAdd(BaseModel):
    """An article."""

    model_config = {"extra": "forbid"}
    text: str = Field(min_length=1, max_length=_LONGEST)
    title: str | None = Field(None, max_length=1000)
    published: date | None = None
    outlet: str | None = Field(None, max_length=200)
    url: str | None = Field(None, max_length=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """How far an adding is: ``done`` of ``whole`` (None until that is known) in its ``stage``; at
    the end what became of each item, the first of ``total``."""

    id: str
    what: str
    state: str
    stage: str
    done: int
    whole: int | None
    events: int
    linked: int
    error: str | None
    counts: dict[str, int]
    outcomes: tuple[Outcome, ...]
    total: int


@router.api_route("/add", methods=[*READ], include_in_schema=False)
def ask(request: Request, jobs: TheJobs) -> Response:
    """The forms, and what was added here."""
    body = render(request, "add.html.j2", jobs=[_view(job) for job in jobs.newest()])
    return tagged(request, body, "text/html; charset=utf-8")


@router.post("/add", include_in_schema=False)
def add(
    jobs: TheJobs,
    text: Annotated[str, Form(max_length=_LONGEST)] = "",
    title: Annotated[str, Form(max_length=1000)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    published: Annotated[str, Form(max_length=10)] = "",
    about: Annotated[str, Form(max_length=1000)] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Articles out of the forms."""
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise OptionError(f"{published!r} is not a day such as 2020-06-16") from None
    given = [one for one in files or () if one.filename]
    if given:
        job = _upload(jobs, given, day, _sift(about))
    elif text.strip():
        job = _paste(
            jobs, text.replace("\r\n", "\n"), title=title, outlet=outlet, url=url, published=day
        )
    else:
        raise OptionError("there is nothing to add; paste a text or choose a file")
    return RedirectResponse(f"/add/{job.id}", 303)


@router.post("/articles.json", status_code=202, responses=RESPONSES, operation_id="add")
def add_json(jobs: TheJobs, asked: ToAdd) -> JobPage:
    """Add an article; the answer names the job, whose progress is at /add/{id}.json."""
    job = _paste(
        jobs, asked.text, title=asked.title, outlet=asked.outlet, url=asked.url,
        published=asked.published,
    )  # fmt: skip
    return _view(job)


@page(router, "/add/{id}", "job.html.j2")
def job(jobs: TheJobs, id: str) -> JobPage:  # noqa: A002 - the record's own name
    """How far an adding is, and what became of each article."""
    return _view(_known(jobs, id))


@router.post("/add/{id}/stop", include_in_schema=False)
def stop(jobs: TheJobs, id: str) -> Response:  # noqa: A002
    """End an adding after the article that is being coded; what was done is kept."""
    found = _known(jobs, id)
    found.stop.set()
    return RedirectResponse(f"/add/{found.id}", 303)


def _known(jobs: Jobs, id_: str) -> Job:
    found = jobs.get(id_)
    if found is None:
        raise NotFoundError(f"nothing was added here under {id_}; the desk forgets when it ends")
    return found


def _paste(
    jobs: Jobs,
    text: str,
    *,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published: date | None,
) -> Job:
    if url and web_address(url) is None:
        raise OptionError(f"{line(url)} is no address such as https://example.org/news")
    article = Pasted(
        text=text, title=title or None, published=published, outlet=outlet or None,
                     url=url or None)  # fmt: skip
    return jobs.add(line(title or text)[:80], lambda: pasted([article]))


def _sift(about: str) -> Sift:
    """What passes over the articles that name none of those who stand between commas; nothing
    where nobody does. OptionError for one that nobody is known by."""
    names = [name.strip() for name in about.split(",") if name.strip()]
    if not names:
        return iter
    from tocsin.pipeline.scope import Scope

    return Scope(names, folders=False).sift


def _upload(jobs: Jobs, files: list[UploadFile], published: date | None, sift: Sift) -> Job:
    """Files are kept in a folder of their own, under names that lead nowhere else."""
    if len(files) > _FILES:
        raise OptionError(f"{len(files)} files at once; {_FILES} are taken")
    folder = Path(tempfile.mkdtemp(prefix="tocsin-"))
    paths: list[Path] = []
    try:
        for number, one in enumerate(files):
            name = safe_name(one.filename or "", number)
            # Some file systems take A.txt and a.txt for one.
            while any(path.name.casefold() == name.casefold() for path in paths):
                name = f"{number}-{name}"
            paths.append(folder / name)
            with paths[-1].open("wb") as out:
                shutil.copyfileobj(one.file, out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    what = paths[0].name if len(paths) == 1 else f"{len(paths)} files"

    def items() -> Iterable[Item]:
        return sift(read_items(paths, published=published))

    return jobs.add(what, items, folder)


def safe_name(name: str, number: int) -> str:
    """A file name that is only that: the end of its last part, of letters that no file system
    minds, and not too many."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w.\- ]", "_", last).encode()[-_LONGEST_NAME:].decode(errors="ignore")
    return kept.strip(". ") or f"file-{number}"


def _view(job: Job) -> JobPage:
    outcomes = list(job.outcomes)
    counts: dict[str, int] = {}
    for one in outcomes:
        counts[one.outcome] = counts.get(one.outcome, 0) + 1
    return JobPage(
        id=job.id, what=job.what, state=job.state, stage=job.stage, done=job.done, whole=job.whole,
        events=job.events, linked=job.linked, error=job.error, counts=counts,
        outcomes=tuple(outcomes[:_SHOWN]), total=len(outcomes),
    )  # fmt: skip
