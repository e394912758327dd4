"""One request and what its answer means; robots.txt is asked for like anything else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tocsin.ingest.fetch.addresses import canonical
from tocsin.ingest.fetch.network import Client, Response
from tocsin.ingest.fetch.problems import (
    NOT_A_PAGE,
    NOT_ALLOWED,
    NOT_FOUND,
    REDIRECTS,
    RefusedError,
    UnreachableError,
)
from tocsin.ingest.fetch.robots import MAX_BYTES, RobotsText, Rules, text_of
from tocsin.ingest.fetch.schedule import put_off
from tocsin.ingest.fetch.state import State

#: How many redirects are followed: what RFC 9309 asks for robots.txt, and more than sites need.
MAX_HOPS: Final = 5

_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429})
_RULES_KEPT = 1_000  # origins whose rules are held in memory


@dataclass(frozen=True, slots=True)
class Moved:
    """The answer is elsewhere, at a canonical address."""

    to: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing is new since the last time."""


class Asker:
    """Asks, and keeps in mind what the sites' robots.txt say."""

    def __init__(self, client: Client, state: State, clock: Callable[[], float]) -> None:
        self._client = client
        self._state = state
        self._clock = clock
        self._rules: dict[str, tuple[Rules, RobotsText]] = {}

    def rules(self, origin: str) -> Rules | None:
        """The rules of an origin; None where its robots.txt must be asked for first."""
        now = self._clock()
        rules, robots = self._rules.get(origin, (None, self._state.robots(origin)))
        if robots is None or not robots.holds(now):
            self._rules.pop(origin, None)
            return None
        return rules or self._keep(origin, robots)

    def ask_robots(self, origin: str) -> None:
        """Ask for the robots.txt of an origin; UnreachableError where there is no answer now."""
        address = f"{origin}/robots.txt"
        for _ in range(MAX_HOPS + 1):
            try:
                response = self._client.get(address, limit=MAX_BYTES, cut=True)
                if response.status not in _MOVED:
                    text = text_of(response.status, response.body, path=address)
                    break
                address = _location(response)
            except RefusedError as error:
                raise UnreachableError(f"robots.txt: {error.message}", path=address) from error
        else:
            text = ""  # led about for too long, there are no rules, says the RFC
        self._set_robots(origin, text)

    def no_robots(self, origin: str) -> None:
        """Keep in mind that the robots.txt of an origin cannot be had for now."""
        self._set_robots(origin, None)

    def _set_robots(self, origin: str, text: str | None) -> None:
        robots = RobotsText(text=text, got=self._clock())
        self._state.save_robots(origin, robots)
        self._keep(origin, robots)

    def _keep(self, origin: str, robots: RobotsText) -> Rules:
        while len(self._rules) >= _RULES_KEPT:
            self._rules.pop(next(iter(self._rules)))
        rules = Rules(robots, user_agent=self._client.user_agent)
        self._rules[origin] = rules, robots
        return rules

    def ask(
        self, address: str, *, limit: int, validators: Mapping[str, str]
    ) -> Response | Moved | Unchanged:
        """Ask for an address; RefusedError and UnreachableError say why nothing is to be had."""
        response = self._client.get(address, limit=limit, headers=validators)
        status = response.status
        if status in (200, 203):
            return response
        if status == 304 and validators:
            return Unchanged()
        if status in _MOVED:
            return Moved(_location(response))
        if status in (404, 410):
            raise RefusedError(f"is not there ({status})", reason=NOT_FOUND, path=address)
        if status >= 500 or status in _LATER:
            wait = put_off(response.headers.get("retry-after"), self._clock())
            raise UnreachableError(f"is answered with {status}", path=address, wait=wait)
        reason = NOT_ALLOWED if status in (401, 402, 403, 407, 451) else NOT_A_PAGE
        raise RefusedError(f"is answered with {status}", reason=reason, path=address)


def _location(response: Response) -> str:
    location = response.headers.get("location", "")
    if not location:
        raise RefusedError("leads on to nowhere", reason=REDIRECTS, path=response.address)
    with contextlib.suppress(UnicodeError):
        # servers write bytes of UTF-8 here, which headers show as Latin-1
        location = location.encode("latin-1").decode("utf-8")
    try:
        return canonical(location, response.address)
    except RefusedError as error:
        raise RefusedError(
            f"leads on to {location[:120]!r}, which {error.message}",
            reason=REDIRECTS, path=response.address,
        ) from error  # fmt: skip
