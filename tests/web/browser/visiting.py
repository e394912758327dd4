"""A visit to a desk in a browser, and whatever of it no visitor should meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request

#: Milliseconds that a visitor waits: much, for tests run side by side on a busy machine.
PATIENCE = 30_000
_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', event => "
    "console.error(`against the policy: ${event.violatedDirective} ${event.blockedURI}`))"
)


@dataclass
class Visit:
    """What goes wrong in the pages of ``context``, seen from its beginning: words on the console,
    dialogs, requests to elsewhere, what the policy of the page forbids, faults of the desk."""

    context: BrowserContext
    origin: str
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(_VIOLATIONS)
        self.context.on("request", self._request)
        self.context.on("response", self._response)
        self.context.on("console", self._console)
        self.context.on("dialog", self._dialog)
        self.context.on("weberror", lambda error: self.wrong.append(f"fault: {error.error}"))

    def page(self) -> Page:
        """A page that waits for what is to come, and not for ever."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def check(self) -> None:
        """That nothing was wrong."""
        assert not self.wrong, "\n".join(self.wrong)

    def _request(self, request: Request) -> None:
        self.seen.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.wrong.append(f"a request to {request.url}")

    def _response(self, response: Any) -> None:
        least = 500 if response.request.resource_type == "document" else 400
        if response.status >= least:
            self.wrong.append(f"{response.status} at {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # Of answers that refuse, which a visitor may well meet, the browser tells here too.
        refused = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not refused:
            where = message.page.url if message.page else self.origin
            self.wrong.append(f"{message.type} on the console of {where}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()
