"""What became of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tocsin.model.document import Document

Kind = Literal["article", "known", "set aside", "failed", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one address; each ends as exactly one.

    - ``article``: ``document`` with its canonical final address, ``fetched`` when (UTC), and
      ``version``, 1 for the first text of an address, one more for each new one.
    - ``known``: it was had before, and nothing is new; of a list: it is unchanged.
    - ``set aside``: ``reason`` in short (robots, private address, not found ...), ``message`` more.
    - ``failed``: to be tried again, not before ``retry`` (UTC); ``message`` says what happened.
    - ``list``: a feed or sitemap that was read; its entries end as outcomes of their own.
    """

    kind: Kind
    address: str
    document: Document | None = None
    fetched: datetime | None = None
    version: int = 1
    reason: str | None = None
    message: str | None = None
    retry: datetime | None = None
