"""The style and the scripts of the desk: packaged files, told apart by their digest for ever."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.report.html import packaged
from tocsin.web.problems import NotFoundError

router = APIRouter(prefix="/static", include_in_schema=False)
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
# The desk's style stands on that of the reports: one look, and one place to change it.
_BELOW = ("report.css", "crisis/crisis.css")


@lru_cache(maxsize=8)
def asset(name: str) -> tuple[bytes, str]:
    """A file and its digest; KeyError where there is none of this name."""
    if name not in ("desk.css", "desk.js"):
        raise KeyError(name)
    text = files("tocsin.web").joinpath("static", name).read_text(encoding="utf-8")
    if name == "desk.css":
        text = "".join(map(packaged, _BELOW)) + text
    body = text.encode()
    return body, blake2b(body, digest_size=8).hexdigest()


def asset_path(name: str) -> str:
    """The address of a file, another one whenever the file changes."""
    return f"/static/{name}?{asset(name)[1]}"


@router.api_route("/{name}", methods=["GET", "HEAD"])
def static(name: str) -> Response:
    """A file."""
    try:
        body, _ = asset(name)
    except KeyError:
        raise NotFoundError(f"there is no file {name}") from None
    return Response(
        body, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": _FOREVER}
    )
