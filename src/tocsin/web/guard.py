"""What every request must pass, and what every answer carries.

The desk shows texts of strangers and changes a record that must hold: so only the names of this
machine are answered to (a page of elsewhere cannot rebind its own name to us), writes must come
from our own pages, nothing inline runs in a browser, and nothing is fetched from elsewhere.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.web.problems import MEDIA_TYPE, fault, problem, wants_json

COOKIE = "tocsin-token"
ENTER = "/enter"
#: The longest address that is kept for who has to enter first.
LONGEST_TO = 2000
#: Addresses at which something may be put in that is larger than a form.
LARGE = ("/add",)
_SAFE = ("GET", "HEAD", "OPTIONS")
# What is sent to these changes nothing.
_HARMLESS = (ENTER, "/explain", "/explain.json")
_STATIC = "/static/"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then name "null" as the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes of a form and of an upload; requests a second and at once, of all
    kinds and of such as change something."""

    form: int = 1_000_000
    upload: int = 64_000_000
    rate: float = 50.0
    burst: int = 300
    write_rate: float = 2.0
    write_burst: int = 60


@dataclass(slots=True)
class Rules:
    """By what the guard judges: ``hosts`` are the names that are answered to, None for all;
    ``token`` is what a visitor must show, None where none is asked for."""

    hosts: frozenset[str] | None
    token: str | None = None
    read_only: bool = False
    limits: Limits = field(default_factory=Limits)


class _TooLarge(Exception):  # noqa: N818 - it never leaves this module
    """The body is larger than what is taken."""


class Guard:
    """Stands before ``app``."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules
        limits = rules.limits
        self._all = Buckets(limits.rate, limits.burst)
        self._writes = Buckets(limits.write_rate, limits.write_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    sent.setdefault(name, value)
                sent.setdefault("Cache-Control", "no-cache")
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        limit = self._rules.limits.form
        if scope["path"] in LARGE:
            limit = self._rules.limits.upload
        if _length(headers) > limit:
            await _answer(scope, 413, _too_large(limit))(scope, receive, sending)
            return
        taken = 0
        started = False

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooLarge
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            # Whoever reads a body takes the end of it for a fault of its form, and says so.
            if taken > limit and not started:
                raise _TooLarge
            started = True
            await sending(message)

        try:
            await self._app(scope, receiving, noting)
        except _TooLarge:
            if not started:
                await _answer(scope, 413, _too_large(limit))(scope, receive, sending)
        except Exception as error:
            if started:
                raise
            await fault(Request(scope), error)(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that may not pass."""
        rules, path, method = self._rules, scope["path"], scope["method"]
        host = headers.get("host", "")
        if rules.hosts is not None and _name(host) not in rules.hosts:
            known = ", ".join(sorted(rules.hosts))
            return _answer(scope, 403, f"this desk answers to {known} and not to {host!r}")
        visitor = scope["client"][0] if scope.get("client") else ""
        if not self._all.take(visitor):
            return _answer(scope, 429, "too many requests; wait a second", {"Retry-After": "1"})
        if method not in _SAFE:
            if not self._writes.take(visitor):
                words = "too many changes in a short time; wait a minute"
                return _answer(scope, 429, words, {"Retry-After": "30"})
            if not _of_ours(headers, host):
                return _answer(scope, 403, "changes are taken from the pages of this desk alone")
        if rules.token is not None and path != ENTER and not path.startswith(_STATIC):
            shown = _shown(headers)
            if shown is None or not same_token(shown, rules.token):
                if method in _SAFE and not wants_json(path, headers.get("accept", "")):
                    return RedirectResponse(_entrance(scope), 303)
                return _answer(
                    scope, 401, "send the desk's token as Authorization: Bearer TOKEN",
                    {"WWW-Authenticate": "Bearer"},
                )  # fmt: skip
        if rules.read_only and method not in _SAFE and path not in _HARMLESS:
            return _answer(scope, 403, "this desk is read only; start it without --read-only")
        return None


class Buckets:
    """A bucket for each visitor: it holds ``burst`` and fills by ``rate`` a second."""

    def __init__(self, rate: float, burst: int, *, most: int = 10_000) -> None:
        self._rate, self._burst, self._most = rate, burst, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, visitor: str, *, now: float | None = None) -> bool:
        """Whether there is one left for this visitor, who then has one less."""
        now = time.monotonic() if now is None else now
        left, since = self._left.pop(visitor, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._rate)
        self._left[visitor] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return left >= 1


def same_token(shown: str, token: str) -> bool:
    """Whether it is the token; how long the answer takes does not tell how much of it is right."""
    return secrets.compare_digest(shown.encode("utf-8", "replace"), token.encode())


def _entrance(scope: Scope) -> str:
    """The entrance, with the page that was asked for, to which one comes with the token."""
    path = (scope.get("raw_path") or quote(scope["path"]).encode()).decode("ascii", "replace")
    query = scope["query_string"].decode("ascii", "replace")
    to = path + (f"?{query}" if query else "")
    return ENTER if to == "/" or len(to) > LONGEST_TO else f"{ENTER}?to={quote(to, safe='/')}"


def _of_ours(headers: Headers, host: str) -> bool:
    """Whether a write comes from a page of this desk, or from a program that no page can play: a
    browser names the origin of every form, and sends JSON elsewhere only where it is let."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.lower() == host.lower()
        except ValueError:
            return False
    return headers.get("content-type", "").partition(";")[0].strip() == "application/json"


def _shown(headers: Headers) -> str | None:
    """The token that a request shows."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    # Cookies of other servers on this machine come along, in whatever form.
    return cookie_parser(headers.get("cookie", "")).get(COOKIE)


def _name(host: str) -> str:
    """The name of a host without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def names_of(host: str) -> Iterable[str]:
    """The names by which a machine is called that listens at ``host`` for itself alone."""
    return {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()}


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isdecimal() and len(said) < 19 else 0


def _too_large(limit: int) -> str:
    return f"that is more than the {limit:,} bytes that are taken here at once"


def _answer(
    scope: Scope, status: int, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """A refusal, which needs no page of its own: nothing of the desk is shown with it."""
    if not wants_json(scope["path"], Headers(scope=scope).get("accept", "")):
        words = f"{HTTPStatus(status).phrase}: {detail}\n"
        return Response(words.encode("utf-8", "replace"), status, headers, "text/plain")
    return Response(problem(status, detail), status, headers, MEDIA_TYPE)
