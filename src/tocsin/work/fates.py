"""What becomes of an item: coded, a copy of one that was, passed over, or set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tocsin.errors import InputError
from tocsin.ingest.items import Item, PassedOver
from tocsin.ingest.reading import why_not
from tocsin.model.document import Document

if TYPE_CHECKING:
    from tocsin.linking.intake import Taken

#: What became of one item, by names: ``path``, ``outcome``, and what goes with that.
Row = dict[str, Any]


class Fates:
    """Says of one item after the other what becomes of it.

    An article that cannot be coded is set aside, and the first copy of it that can is coded in its
    place; further ones are copies of that.
    """

    def __init__(self) -> None:
        # Articles that could not be coded, each with the copy that was coded in its place, if any.
        self._instead: dict[str | None, str | None] = {}

    def row(self, taken: Taken, coded: Callable[[Document], Row]) -> Row:
        """What becomes of the next item; ``coded`` codes an article, and says what came of it."""
        row = _base(taken.item)
        document = taken.document
        if taken.copy is not None and self._instead.get(taken.original, "") is None:
            document = taken.item.found if isinstance(taken.item.found, Document) else None
        if document is not None:
            row |= coded(document)
            version = self._instead.get(taken.version_of, taken.version_of)
            if version is not None:
                row["version_of"] = version
            self.note(row, taken)
        elif taken.copy is not None:
            row |= {
                "outcome": "copy",
                "kind": taken.copy.kind,
                "copy_of": self._instead.get(taken.original, taken.original),
                "contained": round(taken.copy.contained, 3),
            }
        elif isinstance(taken.item.found, PassedOver):
            row |= {"outcome": "passed over", "reason": taken.item.found.reason}
        else:
            row |= set_aside(why_not(taken.item))
        return row

    def note(self, row: Row, taken: Taken) -> None:
        """Note what became of the next item, where an earlier run has done it."""
        if row["outcome"] == "set aside" and isinstance(taken.item.found, Document):
            self._instead.setdefault(taken.item.found.id, None)
        elif row["outcome"] == "coded" and taken.copy is not None:
            self._instead[taken.original] = row["document"]


def set_aside(problem: InputError) -> Row:
    """What is said of an item that is set aside."""
    return {"outcome": "set aside", "reason": problem.message}


def _base(item: Item) -> Row:
    """What is known of an item before anything is done with it."""
    row: Row = {"path": item.path}
    if item.line is not None:
        row["line"] = item.line
    if isinstance(item.found, Document | PassedOver):
        row["document"] = item.found.id
        for name in ("title", "outlet", "url"):
            if (value := getattr(item.found, name)) is not None:
                row[name] = value
        if item.found.published is not None:
            row["published"] = item.found.published.isoformat()
    return row
