"""Sending alarms to a webhook: one POST with a list of them as JSON."""

from __future__ import annotations

import json
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from tocsin.errors import OptionError, SendError
from tocsin.model.alarm import Alarm
from tocsin.model.ids import content_id
from tocsin.report.sending.record import alarm_record

TIMEOUT = 20.0  # seconds for each of: to connect, to write, to read
# They say that it may go well later (RFC 9110, RFC 6585).
_LATER = (408, 425, 429)
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts to ``url``, with ``timeout`` in seconds. The address is never shown whole: whoever
    knows it can post. Redirections are errors that say so, and are not followed."""

    url: str
    timeout: float = TIMEOUT

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            fit = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            fit = False
        if not fit:
            # What cannot be read is not shown either: it may hold a password.
            raise OptionError("--send is no address such as https://example.org/hook")

    @property
    def name(self) -> str:
        """What may be shown of it."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"

    @property
    def key(self) -> str:
        """By what it is known again in a store, which keeps no address."""
        return content_id(["webhook", self.url])

    def send(self, alarms: Sequence[Alarm]) -> None:
        """Post all of them at once; SendError where they were not taken."""
        import certifi
        import httpcore

        body = json.dumps({"alarms": [alarm_record(one) for one in alarms]}, ensure_ascii=False)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), self.timeout)
        headers = [("Content-Type", "application/json"), ("User-Agent", "tocsin")]
        context = ssl.create_default_context(cafile=certifi.where())
        try:
            with (
                httpcore.ConnectionPool(ssl_context=context) as pool,
                pool.stream(
                    "POST", self._bare(), headers=[*headers, *self._login()],
                    content=body.encode(), extensions={"timeout": limits},
                ) as answer,
            ):  # fmt: skip
                status = answer.status
                asked = {name.lower(): value for name, value in answer.headers}
        except httpcore.TimeoutException:
            raise SendError(
                f"{self.name} did not answer in {self.timeout:g} seconds", passing=True
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            # The words of the error may hold the address.
            kind = type(error).__name__
            message = f"{self.name} cannot be reached ({kind}); is the address right?"
            raise SendError(message, passing=True) from None
        except httpcore.UnsupportedProtocol:
            raise SendError(f"{self.name} cannot be sent to") from None
        self._check(status, asked)

    def _check(self, status: int, headers: dict[bytes, bytes]) -> None:
        if 200 <= status < 300:
            return
        try:
            words = f"{status} {HTTPStatus(status).phrase}"
        except ValueError:
            words = str(status)
        if 300 <= status < 400:
            raise SendError(f"{self.name} answered {words}: it has moved; give the new address")
        passing = status >= 500 or status in _LATER
        raise SendError(
            f"{self.name} answered {words}" + ("" if passing else "; it will not take the alarms"),
            passing=passing,
            wait=_seconds(headers.get(b"retry-after")),
        )

    def _bare(self) -> str:
        """The address without a name and password in it."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()

    def _login(self) -> list[tuple[str, str]]:
        from base64 import b64encode
        from urllib.parse import unquote

        parts = urlsplit(self.url)
        if parts.username is None:
            return []
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return [("Authorization", f"Basic {b64encode(pair.encode()).decode()}")]


def _seconds(value: bytes | None) -> float | None:
    """How long a target asks to wait, where it says so in seconds."""
    if value is None or not value.strip().isdigit():
        return None
    return min(float(value), _LONGEST_WAIT)
