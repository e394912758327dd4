"""``tocsin serve``: the desk, the record of a store in a browser."""

from __future__ import annotations

import contextlib
import ipaddress
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import clean_end, say
from tocsin.cli.narrowing import Database
from tocsin.errors import OptionError, ResourceError

if TYPE_CHECKING:
    from uvicorn import Config, Server

    from tocsin.web.guard import Rules

_PORT = 8040


def serve(
    db: Database,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Where to listen. Any address but this machine's own asks visitors for a token.",
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port.")] = _PORT,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show everything, change nothing.")
    ] = False,
    token: Annotated[
        bool, typer.Option("--token", help="Ask for a token on this machine too.")
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Open the desk in the browser of this machine.")
    ] = False,
) -> None:
    """Open the desk: read, search, correct and add to a store in a browser, until Ctrl-C.

    It needs the extra web (pip install 'tocsin[web]') and nothing from the network.
    """
    with clean_end():
        path = Path(db)
        _check(path, read_only=read_only)
        try:
            import uvicorn

            from tocsin.web.app import create_app
            from tocsin.web.desk import Desk
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] == "tocsin":
                raise
            raise ResourceError(
                f"the desk needs packages that are not installed ({error.name}); "
                "pip install 'tocsin[web]'"
            ) from error
        rules = _rules(host, read_only=read_only, token=token)
        app = create_app(Desk(path, read_only=read_only), rules)
        config = uvicorn.Config(
            app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=3, lifespan="on",
        )  # fmt: skip
        server = _server(config, lambda bound: _greet(host, bound, rules, open_))
        # Where it cannot listen uvicorn says why and ends the process, with a code of its own.
        with contextlib.suppress(SystemExit):
            server.run()
        if not server.started:
            raise OptionError(f"nothing can listen at {host}, port {port}; try another --port")


def _check(path: Path, *, read_only: bool) -> None:
    """Refuse what is no store before anything listens, and bring an older one up to date."""
    from tocsin.store import open_store
    from tocsin.store.migrations import OlderStoreError

    try:
        open_store(path, read_only=True).close()
    except OlderStoreError:
        if read_only:
            raise
        from tocsin.linking.linker import link

        say(f"{path} was made by an older Tocsin; it is brought up to date, which may take minutes")
        with open_store(path) as store:
            link(store.links)


def _rules(host: str, *, read_only: bool, token: bool) -> Rules:
    from tocsin.web.guard import Rules, names_of

    own = is_own(host)
    shown = secrets.token_urlsafe(32) if token or not own else None
    hosts = frozenset(names_of(host)) if own else None
    return Rules(hosts=hosts, token=shown, read_only=read_only)


def is_own(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _server(config: Config, greet: Callable[[int], None]) -> Server:
    """A server that says where it listens as soon as it does."""
    import uvicorn

    class Greeting(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                greet(self.servers[0].sockets[0].getsockname()[1])

    return Greeting(config)


def _greet(host: str, port: int, rules: Rules, open_: bool) -> None:
    """Say where the desk is, and once the token."""
    shown = f"[{host}]" if ":" in host else host
    if host in ("0.0.0.0", "::"):
        shown = "this machine's name"
    where = f"http://{shown}:{port}/"
    say(f"the desk is at {where} (Ctrl-C ends it)")
    if rules.token is not None:
        say(f"it asks for this token, which is not shown again: {rules.token}")
    if rules.hosts is None:
        say(
            "what goes over plain HTTP can be read on the way: put it behind a server that speaks "
            "HTTPS, or go through an SSH tunnel"
        )
    if open_:
        import webbrowser

        webbrowser.open(where)
