"""A desk that really listens: the application on a port of its own, in a thread."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from tocsin.web.app import create_app
from tocsin.web.desk import Desk
from tocsin.web.guard import Rules, names_of

_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Running:
    """A desk at ``url``, with no slash at its end."""

    url: str

    def ask(self, path: str) -> Any:
        """What a page tells programs."""
        with urllib.request.urlopen(self.url + path, timeout=_PATIENCE) as answer:
            return json.load(answer)

    def settle(self) -> None:
        """Wait until everything is worked out that is worked out in the background."""
        until = time.monotonic() + _PATIENCE
        while (seen := self.ask("/overview.json"))["pending"] or seen["unwatched"]:
            assert time.monotonic() < until, "the board has not worked through the store"
            time.sleep(0.1)

    def incident(self, words: str, **narrowed: str) -> str:
        """The id of the incident with most reports in whose sentence these words stand."""
        given = "&".join(f"{name}={value}" for name, value in narrowed.items())
        path = f"/incidents.json?sort=-reports&words={words.replace(' ', '+')}&{given}"
        found: str = self.ask(path.rstrip("&"))["incidents"][0]["id"]
        return found


@contextmanager
def running(store: Path, *, token: str | None = None, read_only: bool = False) -> Iterator[Running]:
    """The desk over ``store`` for as long as it is wanted."""
    host = "127.0.0.1"
    rules = Rules(hosts=frozenset(names_of(host)), token=token, read_only=read_only)
    app = create_app(Desk(store, read_only=read_only), rules)
    server = uvicorn.Server(
        uvicorn.Config(
            app, host=host, port=0, log_level="error", access_log=False, server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=3, lifespan="on", ws="none",
        )
    )  # fmt: skip
    thread = threading.Thread(target=server.run, name="desk", daemon=True)
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started:
        assert thread.is_alive(), "the desk has ended before it began"
        assert time.monotonic() < until, "the desk does not begin to listen"
        time.sleep(0.02)
    try:
        yield Running(f"http://{host}:{server.servers[0].sockets[0].getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
