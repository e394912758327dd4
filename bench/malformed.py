"""Malformed inputs: none may stop a run, hold it up, or cost a file that lies beside it.

::

    python -m bench.malformed [--inputs 10000] [--seed N] [--only NUMBER] [PATH...]

Each input lies in a folder, or is a member of an archive, between two good ones, and all goes
the whole way in: read, cleaned, compared with what was read before. PATHs are real files, of which
more malformed ones are made in memory. Exit code 1 when anything was raised, took more than 10
seconds, or a good file was lost.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from bench.malformed_inputs import Malformed, good_inputs, malformed, real_inputs, zipped

from tocsin.ingest.items import Item
from tocsin.ingest.publication import dated
from tocsin.ingest.reading import read_items, why_not
from tocsin.linking.intake import Intake
from tocsin.model.document import Document

_SECONDS = 10
# A signal does not reach what hangs in a library's own code; its process is ended after so many.
_HARD_SECONDS = 30
_FIRST = ("0.txt", "The first neighbour tells of the bridge of Zenda and of nothing else at all.")
_LAST = ("~.txt", "The last neighbour tells of the ford at Hofbau, far away from any bridge.")
_ARCHIVES = (".zip", ".tar", ".tar.gz")
_HANG, _LOST, _CRASH = "took more than 10 s", "lost a neighbour", "ended the process"


class TooLong(BaseException):
    """An input took too long; nothing that catches an Exception catches this."""


@dataclass(slots=True)
class Outcome:
    """What became of one input: ``wrong`` says what must not be; empty where all is well."""

    label: str
    seconds: float = 0.0
    items: int = 0
    documents: int = 0
    wrong: str = ""


def outcome_of(number: int, case: Malformed, folder: Path) -> Outcome:
    """Write one input between its neighbours in an empty folder, and read all."""
    outcome = Outcome(f"{number} {case.name}: {case.kind}")
    members = [(name, text.encode()) for name, text in (_FIRST, _LAST)]
    if not case.name.endswith(_ARCHIVES) and random.Random(number).random() < 0.15:
        path = folder / "all.zip"
        path.write_bytes(zipped([*members, (case.name, case.data)]))
        outcome.label += ", in an archive"
    else:
        path = folder
        for name, data in (*members, (case.name, case.data)):
            (folder / name).write_bytes(data)
    texts: set[str] = set()
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        for taken in Intake(read_ahead=0).take(read_items([str(path)])):
            outcome.items += 1
            texts.add(_read(taken.item))
        if not {_FIRST[1], _LAST[1]} <= texts:
            outcome.wrong = _LOST
    except TooLong:
        outcome.wrong = _HANG
        traceback.print_exc(limit=-4)
    except Exception as error:
        traceback.print_exc(limit=-6)
        place = traceback.extract_tb(error.__traceback__)[-1].name
        outcome.wrong = f"{type(error).__name__} in {place}: {str(error)[:80]}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    outcome.documents = len(texts - {""})
    outcome.seconds = time.perf_counter() - start
    return outcome


def _read(item: Item) -> str:
    """The text of an item that is an article; of others, the reason must be there to be told."""
    if isinstance(item.found, Document):
        dated(item.found)
        return item.found.text
    if not str(why_not(item)):
        raise ValueError("an item without an article and without a reason")
    return ""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooLong


def _work(pipe: Connection, numbers: Sequence[int], seed: int, good: dict[str, bytes]) -> None:
    """Try one input after the other, in a process of its own."""
    warnings.simplefilter("ignore")  # what libraries warn of in broken files is no news
    signal.signal(signal.SIGALRM, _stop)
    for number in numbers:
        case = malformed(seed, number, good)
        pipe.send(f"{number} {case.name}: {case.kind}")
        with tempfile.TemporaryDirectory() as folder:
            pipe.send(outcome_of(number, case, Path(folder)))


def outcomes(numbers: Sequence[int], seed: int, good: dict[str, bytes]) -> Iterator[Outcome]:
    """What became of each input; one that hangs for good or ends the process is one too."""
    context = get_context("fork")
    done = 0
    while done < len(numbers):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(theirs, numbers[done:], seed, good))
        process.start()
        theirs.close()
        label = ""
        while done < len(numbers):
            try:
                if not ours.poll(_HARD_SECONDS):
                    yield Outcome(label, seconds=_HARD_SECONDS, wrong=_HANG)
                    break
                said = ours.recv()
            except EOFError:
                yield Outcome(label, wrong=_CRASH)
                break
            if isinstance(said, Outcome):
                done += 1
                yield said
            else:
                label = said
        else:
            process.join()
            return
        done += 1
        process.kill()
        process.join()


def main() -> int:
    """Make the inputs, read them, and print the counts."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    ask.add_argument("--inputs", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--only", type=int, help="the input of this number and no other")
    ask.add_argument("paths", nargs="*", type=Path)
    args = ask.parse_args()
    good = good_inputs() | real_inputs(args.paths)
    numbers = range(args.inputs) if args.only is None else [args.only]
    done = []
    for one in outcomes(numbers, args.seed, good):
        done.append(one)
        if one.wrong:
            print(f"{one.label}: {one.wrong}", file=sys.stderr, flush=True)
    wrong = Counter(one.wrong for one in done if one.wrong)
    print(
        f"{len(done):,} inputs, {sum(one.items for one in done):,} items, "
        f"{sum(one.documents for one in done):,} documents"
    )
    exceptions = wrong.total() - wrong[_HANG] - wrong[_LOST]
    print(
        f"exceptions {exceptions:,}, over 10 s {wrong[_HANG]:,}, lost neighbours {wrong[_LOST]:,}"
    )
    for what, count in wrong.most_common():
        print(f"  {count:,} {what}")
    print("the slowest:")
    for one in sorted(done, key=lambda one: -one.seconds)[:10]:
        print(f"  {one.seconds:6.2f} s  {one.label}")
    return 1 if wrong.total() else 0


if __name__ == "__main__":
    sys.exit(main())
