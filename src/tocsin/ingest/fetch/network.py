"""Asking one address once: what is connected to is what was checked, and nothing lasts for ever.

httpcore alone stands beneath this, not httpx: redirects, proxies of the environment, cookies and
decompression are what must not happen here by themselves.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

from tocsin.errors import OptionError
from tocsin.ingest.fetch.addresses import Place, check_literal, ip_of, not_public, refused_ip
from tocsin.ingest.fetch.bodies import Unpacking, too_large
from tocsin.ingest.fetch.problems import RefusedError, UnreachableError

#: What a name stands for: like :func:`socket.getaddrinfo`.
Resolve = Callable[..., Sequence[tuple[Any, ...]]]

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long an answer may take, in seconds: to connect, for each piece, and in all."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer: ``headers`` by their names in lower case, the body unpacked (empty unless the
    status is of the kind 2xx)."""

    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Guard(httpcore.NetworkBackend):
    """Resolves a name once, refuses it where any of its addresses is not public, and connects to
    the very addresses that were checked: a name that changes its mind meanwhile changes nothing.

    ``allow`` are the hosts and ports that may be private. All reading ends at ``deadline``.
    """

    def __init__(
        self,
        *,
        allow: Collection[Place] = (),
        resolve: Resolve = socket.getaddrinfo,
        inner: httpcore.NetworkBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.deadline = float("inf")
        self._allow = frozenset(allow)
        self._resolve = resolve
        self._inner = inner or httpcore.SyncBackend()
        self._clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the checked addresses that answers."""
        failed: Exception = httpcore.ConnectError("the name stands for no address")
        for ip in self.checked(host, port):
            try:
                stream = self._inner.connect_tcp(
                    ip, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self)
        raise failed

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses of ``host``; RefusedError where any of them is not public."""
        if ip_of(host) is not None:
            found = [host]
        else:
            try:
                answers = self._resolve(host, port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError) as error:
                raise httpcore.ConnectError(f"the name {host} is not known ({error})") from error
            found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if (host, port) not in self._allow:
            for one in found:
                ip = ip_of(one)
                why = not_public(ip) if ip is not None else "is no address"
                if why:
                    says = f"{one} {why}" if one == host else f"{host} leads to {one}, which {why}"
                    raise refused_ip(host, port, says)
        return found

    def left(self, timeout: float | None) -> float:
        """The seconds that may be waited, at most ``timeout``; ReadTimeout where none are left."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long")
        return left if timeout is None else min(timeout, left)


class _Timed(httpcore.NetworkStream):
    """A stream that also ends at the guard's deadline, however busily it drips."""

    def __init__(self, inner: httpcore.NetworkStream, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._guard.left(timeout)
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, left), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Client:
    """Asks for one address at a time, without following redirects; close it at the end.

    ``allow`` are places that may be private, ``user_agent`` is what servers are told who asks.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow: Collection[Place] = (),
        patience: Patience | None = None,
        resolve: Resolve = socket.getaddrinfo,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        if not user_agent.strip() or not (user_agent.isascii() and user_agent.isprintable()):
            raise OptionError(f"the user agent {user_agent!r} must be printable ASCII")
        self.user_agent = user_agent.strip()
        self._allow = frozenset(allow)
        self._patience = patience or Patience()
        self._guard = Guard(allow=allow, resolve=resolve, inner=network)
        self._pools: dict[str, httpcore.ConnectionPool] = {}

    def close(self) -> None:
        """Close the connections that are still open."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        if scheme not in self._pools:
            self._pools[scheme] = httpcore.ConnectionPool(
                ssl_context=_tls() if scheme == "https" else None,
                max_connections=20,
                max_keepalive_connections=10,
                keepalive_expiry=30.0,
                network_backend=self._guard,
            )
        return self._pools[scheme]

    def get(
        self,
        address: str,
        *,
        limit: int,
        headers: Mapping[str, str] | None = None,
        cut: bool = False,
    ) -> Response:
        """The answer of a canonical address, of at most ``limit`` bytes, packed and unpacked.

        With ``cut``, a longer one is given up to the limit. RefusedError where it may not be asked,
        is too large or comes in an encoding that was not asked for; UnreachableError where there
        is no answer, or none in time.
        """
        check_literal(address, self._allow)
        patience = self._patience
        self._guard.deadline = time.monotonic() + patience.whole
        try:
            with self._pool(address.partition(":")[0]).stream(
                "GET",
                address,
                headers=self._headers(address, headers or {}),
                extensions={
                    "timeout": {
                        "connect": patience.connect, "read": patience.read,
                        "write": patience.read, "pool": patience.connect,
                    }
                },
            ) as answer:  # fmt: skip
                return _read(address, answer, limit, self._guard, cut=cut)
        except (RefusedError, UnreachableError) as error:
            error.path = address
            raise
        except httpcore.TimeoutException as error:
            what = str(error) or "no answer in time"
            raise UnreachableError(f"cannot be reached: {what}", path=address) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            what = str(error) or type(error).__name__
            raise UnreachableError(f"cannot be reached: {what}", path=address) from error
        finally:
            self._guard.deadline = float("inf")

    def _headers(self, address: str, more: Mapping[str, str]) -> list[tuple[str, str]]:
        place = address.split("/", 3)[2]
        return [
            ("Host", place),
            ("User-Agent", self.user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip, deflate"),
            ("Accept-Language", "en, *;q=0.5"),
            *more.items(),
        ]


def _tls() -> ssl.SSLContext:
    """The roots of the system, where it has some (an intranet's own too), and certifi's."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _read(
    address: str, answer: httpcore.Response, limit: int, guard: Guard, *, cut: bool
) -> Response:
    headers: dict[str, str] = {}
    for name, value in answer.headers:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    body = bytearray()
    if 200 <= answer.status < 300:
        length = headers.get("content-length", "")
        announced = int(length) if re.fullmatch(r"[0-9]{1,18}", length) else 0
        if announced > limit and not cut:
            raise too_large(limit)
        unpacking = Unpacking(headers.get("content-encoding", ""), limit * (8 if cut else 1))
        for piece in answer.iter_stream():
            guard.left(None)
            body += unpacking.add(piece)
            if cut and len(body) >= limit:
                break
        else:
            unpacking.end()
    return Response(
        address=address, status=answer.status, headers=headers, body=bytes(body[:limit])
    )
