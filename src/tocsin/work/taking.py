"""Taking coded articles into a store: all is decided as if they were coded here, and nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.ingest.items import Item
from tocsin.linking.intake import Intake, Look
from tocsin.model.document import Document
from tocsin.work.coded_rows import Numbered
from tocsin.work.engine import InProcess
from tocsin.work.keeping import Keeper
from tocsin.work.run import Row, Run, code_items

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore
    from tocsin.work.coded_folder import CodedFolder


class Taker:
    """Takes the articles of a folder into ``store``; to be linked afterwards.

    What the store has by the same coding stays, and copies of what it has are known as such. Each
    article is safe as soon as it is done.
    """

    def __init__(self, store: TableStore, folder: CodedFolder) -> None:
        self.keeper = Keeper(store, folder.coding)
        self._folder = folder

    def take(self, run: Run, *, told: Callable[[Row], None] = lambda row: None) -> None:
        """Take all of them, counted in ``run``; ``told`` is called with what became of each."""
        intake = Intake(
            self.keeper.index(), read_ahead=0, recall=self.keeper.recall, mark=False
        )  # fmt: skip
        taken = intake.take_looked(self._named())
        code_items(
            taken, InProcess(self._folder), [self.keeper], run, ledger=self.keeper, told=told
        )

    def _named(self) -> Iterator[tuple[Item, Look | None]]:
        """The items, each article under an id that no other text has in the store or this run."""
        for item, look in self._folder.items():
            if look is None or not isinstance(item.found, Numbered):
                yield item, look
                continue
            (named,) = self.keeper.named([item])
            assert isinstance(named.found, Document)
            id_ = named.found.id
            self._folder.called(item.found, id_)
            yield named, replace(look, fingerprint=replace(look.fingerprint, id=id_))
