"""robots.txt (RFC 9309): what a site asks of those who fetch from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tocsin.ingest.fetch.problems import UnreachableError

if TYPE_CHECKING:
    from protego import Protego

#: Bytes that are read of a robots.txt: what the RFC asks for at least; the rest is passed over.
MAX_BYTES: Final = 500 * 1024
#: Seconds for which rules hold, and for which "no answer" holds.
KEPT: Final = 24 * 3600.0
KEPT_WITHOUT_ANSWER: Final = 600.0
#: The longest pause between two requests that a site may ask for, in seconds.
MAX_DELAY: Final = 60.0

# What Protego takes for a site without rules.
_ALL = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsText:
    """The robots.txt of an origin as it was got: ``text`` is None where there was no answer, which
    forbids all for now; ``got`` is when, in seconds since 1970."""

    text: str | None
    got: float

    def holds(self, now: float) -> bool:
        """Whether it need not be asked for again."""
        return 0 <= now - self.got < (KEPT_WITHOUT_ANSWER if self.text is None else KEPT)


class Rules:
    """What a robots.txt says to one fetcher; ``answered`` is false where it could not be had."""

    def __init__(self, robots: RobotsText, *, user_agent: str) -> None:
        self.answered = robots.text is not None
        self._agent = product(user_agent)
        self._rules = _parsed(robots.text or _ALL)

    def allows(self, address: str) -> bool:
        """Whether a page may be asked for; without an answer none may."""
        return self.answered and bool(self._rules.can_fetch(address, self._agent))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for, 0 to MAX_DELAY."""
        delay = self._rules.crawl_delay(self._agent)
        if delay is None or not math.isfinite(delay):
            return 0.0
        return min(max(float(delay), 0.0), MAX_DELAY)


def product(user_agent: str) -> str:
    """The name that robots.txt knows a fetcher by: ``tocsin`` of ``tocsin/1.0 (+https://...)``."""
    return user_agent.split("/", 1)[0].split(" ", 1)[0].strip() or user_agent


def _parsed(text: str) -> Protego:
    from protego import Protego

    try:
        return Protego.parse(text)
    except Exception:  # any file may break a parser: what cannot be read says nothing
        return Protego.parse(_ALL)


def text_of(status: int, body: bytes, *, path: str) -> str:
    """The rules that an answer holds; UnreachableError where it is no answer for now.

    As the RFC has it, an answer of the kind 4xx means that there are no rules, one of the kind 5xx
    that nothing may be asked for. 429 is among the latter: it says "not now" and not "no rules".
    """
    if status == 429 or status >= 500:
        raise UnreachableError(f"robots.txt is answered with {status}", path=path)
    if 200 <= status < 300:
        return body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "")
    return _ALL
