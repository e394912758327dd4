"""Adding articles to a store: coded, copies known as such, kept one by one, linked at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tocsin.errors import InputError
from tocsin.ingest.decoding import check_text
from tocsin.ingest.items import Item
from tocsin.ingest.reading import in_english
from tocsin.linking.intake import Intake
from tocsin.linking.linker import link
from tocsin.model.document import Document
from tocsin.model.ids import content_id
from tocsin.store import Coding
from tocsin.work.counted import Counted
from tocsin.work.engine import Engine
from tocsin.work.keeping import Keeper
from tocsin.work.run import Row, Run, code_items

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore

_LEARNT = 3000  # of the last articles, whose outlets' repeated lines are known

Stage = Literal["reading", "coding", "linking"]
#: Told how far the work is: the stage, how many articles are done in it, of how many (None where
#: that is not known yet), and how many events were found so far.
Told = Callable[[Stage, int, int | None, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item of the input: ``path`` and ``line`` are its place there.

    It was coded, with so many ``events``; is a copy of the document ``copy_of``; was known to the
    store; or was set aside for a ``reason``. ``document`` is its id in the store, where it is an
    article.
    """

    path: str
    line: int | None
    outcome: Literal["coded", "copy", "known", "passed over", "set aside"]
    document: str | None
    title: str | None
    events: int = 0
    copy_of: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """An article that somebody has put in by hand."""

    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What an adding came to: the counts of the ``run``, what became of each item in order, how
    many articles were ``linked``, and whether it was ``stopped`` before its end."""

    run: Run
    outcomes: tuple[Outcome, ...]
    linked: int
    stopped: bool


class Adder:
    """Adds articles to ``store``, as ``engine`` codes them; ``coding`` says by what.

    What the store has by the same coding is not coded again. Each article is safe as soon as it is
    done: where an error of the engine or the store ends the work, all before it is kept, and is
    linked when anything is added or decided next.
    """

    def __init__(self, store: TableStore, engine: Engine, coding: Coding) -> None:
        self.keeper = Keeper(store, coding)
        self._engine = engine
        self._store = store

    def add(
        self,
        items: Iterable[Item],
        *,
        run: Run | None = None,
        told: Told = lambda stage, done, whole, events: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Added:
        """Code, keep and link ``items``: files (:func:`tocsin.ingest.reading.read_items`) or texts
        (:func:`pasted`). ``stopped`` is asked before each article; what was done by then is linked.
        """
        run = run if run is not None else Run()
        outcomes: list[Outcome] = []
        ended = self.code(items, run, told=told, stopped=stopped, each=outcomes.append)
        linked = self.link(lambda done, whole: told("linking", done, whole, run.events))
        return Added(run, tuple(outcomes), linked, not ended)

    def code(
        self,
        items: Iterable[Item],
        run: Run,
        *,
        told: Told = lambda stage, done, whole, events: None,
        stopped: Callable[[], bool] = lambda: False,
        each: Callable[[Outcome], None] = lambda outcome: None,
    ) -> bool:
        """Code and keep items without linking them; whether all of them were done."""
        reading = _Reading(items, lambda done: told("reading", done, None, run.events), stopped)
        ended = False

        def note(row: Row) -> None:
            each(_outcome(row))
            told("coding", run.items, reading.whole, run.events)

        def stop() -> bool:
            nonlocal ended
            ended = ended or reading.stopped or stopped()
            return ended

        intake = Intake(self.keeper.index(), recall=self.keeper.recall)
        intake.learn(self._store.last_documents(_LEARNT))
        taken = intake.take(self.keeper.named(reading))
        code_items(taken, self._engine, [self.keeper], run, ledger=self.keeper, told=note,
                   stopped=stop)  # fmt: skip
        return not (ended or reading.stopped)

    def link(self, told: Callable[[int, int], None] = lambda done, whole: None) -> int:
        """Link all documents of the store that wait for it; how many there were."""
        waiting = self._store.links.waiting_count()
        done = 0

        def count(number: int) -> None:
            nonlocal done
            done += number
            told(done, waiting)

        return link(self._store.links, done=count)


class _Reading:
    """The items as they are read: ``whole`` is how many there are, None until the last is read;
    where it is to be ``stopped``, no more are read."""

    def __init__(
        self, items: Iterable[Item], told: Callable[[int], None], stopped: Callable[[], bool]
    ) -> None:
        self._items = Counted(items)
        self._told = told
        self._stop = stopped
        self.stopped = False

    @property
    def whole(self) -> int | None:
        return self._items.whole

    def __iter__(self) -> Iterator[Item]:
        for number, item in enumerate(self._items, 1):
            if self._stop():
                self.stopped = True
                return
            self._told(number)
            yield item


def pasted(texts: Iterable[Pasted]) -> Iterator[Item]:
    """The items of texts that were put in by hand; what is no text in English is set aside."""
    for number, one in enumerate(texts, 1):
        yield in_english(_item(one, number))


def _item(one: Pasted, number: int) -> Item:
    path = "pasted text"
    try:
        text = check_text(one.text, path=path, line=number)
    except InputError as error:
        return Item(path, number, error)
    document = Document.of(
        text, title=one.title or None, published=one.published, outlet=one.outlet or None,
        url=one.url or None,
    )  # fmt: skip
    return Item(path, number, document)


def _outcome(row: Row) -> Outcome:
    return Outcome(
        path=row["path"], line=row.get("line"), outcome=row["outcome"],
        document=row.get("document"), title=row.get("title"), events=row.get("events", 0),
        copy_of=row.get("copy_of"), reason=row.get("reason"),
    )  # fmt: skip


def coding_of(options: Mapping[str, Any]) -> Coding:
    """The coding by these options of a coder: of files their words count and not their names."""
    said = {name: value for name, value in options.items() if value is not None}
    if "actors" in said:
        said["actors"] = _digest(Path(said["actors"]))
    if "packs" in said:
        own = [(name, Path(name)) for name in said["packs"]]
        said["packs"] = [_digest(path) if path.is_dir() else name for name, path in own]
    return Coding(version("tocsin"), said)


def _digest(path: Path) -> str:
    """A hash of a file's words, or of those of all files in a folder with their names."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return content_id(
        [
            [str(file.relative_to(path)), file.read_text(encoding="utf-8", errors="replace")]
            for file in files
            if file.is_file()
        ]
    )
