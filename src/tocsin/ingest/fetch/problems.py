"""Why an address gives no article.

::

    InputError
    ├── RefusedError        not to be asked, or not to be had: set aside
    └── UnreachableError    no answer for now: tried again later
"""

from __future__ import annotations

from typing import Final

from tocsin.errors import InputError

# The reasons for which an address is set aside, as they stand in the state and the summary.
NO_ADDRESS: Final = "no address"
PRIVATE: Final = "private address"
ROBOTS: Final = "robots"
NOT_FOUND: Final = "not found"
NOT_ALLOWED: Final = "not allowed"
REDIRECTS: Final = "redirects"
TOO_LARGE: Final = "too large"
NOT_A_PAGE: Final = "not a page"
NO_ARTICLE: Final = "no article"
TOO_MANY: Final = "too many lists"

#: What is looked at anew in every run, because looking costs no request.
LOOKED_AT_ANEW: Final = frozenset({ROBOTS, PRIVATE, TOO_MANY})


class RefusedError(InputError):
    """An address that is set aside: ``reason`` is one of the words above, the message says more."""

    def __init__(self, message: str, *, reason: str, path: str | None = None) -> None:
        super().__init__(message, path=path)
        self.reason = reason


class UnreachableError(InputError):
    """No answer for now; ``wait`` is after how many seconds the server wants to be asked again."""

    def __init__(self, message: str, *, path: str | None = None, wait: float | None = None) -> None:
        super().__init__(message, path=path)
        self.wait = wait
