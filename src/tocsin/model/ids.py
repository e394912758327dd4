"""Ids are hashes of content, so coding twice gives the same ids."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def content_id(value: Any) -> str:
    """Return 20 hexadecimal digits of the SHA-256 of ``value`` as canonical JSON.

    ``value`` is anything that :func:`json.dumps` takes; key order does not matter.
    """
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:20]
