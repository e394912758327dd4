"""How long the pages of the desk take: ``python -m bench.desk STORE [--runs N]``.

Opens the desk over a copy of the store in a process of its own and asks for every page over HTTP,
one request after the other, with filters, relations, incidents and articles that differ each time,
so that what was worked out for one helps no other. Prints p50, p95 and the slowest in milliseconds:
*first* while the desk still works out how all relations stand, *later* when that is done. Beside
them what a decision takes, and the page of its relation behind it until the index is there again.
Make a store with ``python -m bench.desk_store``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

_PORT = 8077
_BASE = f"http://127.0.0.1:{_PORT}"
_TYPES = ("ASSAULT", "THREATEN", "CONSULT", "ACCUSE", "MOBILIZE", "COERCE", "AGREE")
_LONGEST_WAIT = 1800.0


@contextmanager
def serving(store: Path) -> Iterator[None]:
    """The desk over a store, until the end."""
    command = [
        sys.executable, "-c", "from tocsin.cli.main import run; run()",
        "serve", "--db", str(store), "--port", str(_PORT),
    ]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                get("/api")
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def get(path: str) -> bytes:
    """The body of an answer; an error where it is none."""
    with urllib.request.urlopen(_BASE + path, timeout=300) as answer:
        body: bytes = answer.read()
    return body


def read(path: str) -> Any:
    """The values of a page."""
    return json.loads(get(path))


def post(values: dict[str, Any]) -> Any:
    """Decide something."""
    request = urllib.request.Request(
        f"{_BASE}/decisions.json", json.dumps(values).encode(),
        {"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.loads(answer.read())


def pages(rng: random.Random) -> dict[str, Callable[[], str]]:
    """Every page by name, each with how an address of it is drawn."""
    overview = read("/overview.json")
    dyads = [(one["actor"], one["recipient"]) for one in overview["dyads"]]
    dyads += [tuple(one) for one in overview["pending"]]
    incidents = [one["id"] for one in read("/incidents.json?per=500&page=7")["incidents"]]
    articles = [one["id"] for one in read("/articles.json?per=500&page=3")["articles"]]
    channels = [one["id"] for one in read("/channels.json?per=200")["channels"]]
    words = read(f"/articles/{quote(articles[0], safe='')}.json")["text"].split()

    def days() -> dict[str, str]:
        year = rng.randrange(2015, 2025)
        return {
            "since": f"{year}-0{rng.randrange(1, 7)}-01",
            "until": f"{year}-1{rng.randrange(3)}-28",
        }

    def dyad() -> str:
        return ":".join(rng.choice(dyads))

    def listed(path: str, **values: object) -> str:
        return f"{path}?{urlencode({name: str(value) for name, value in values.items()})}"

    return {
        "overview": lambda: "/",
        "dyad": lambda: f"/dyads/{dyad()}",
        "dyad, some months": lambda: listed(f"/dyads/{dyad()}", **days()),
        "incidents": lambda: listed("/incidents", page=rng.randrange(1, 1000)),
        "incidents, dyad": lambda: listed("/incidents", dyad=dyad()),
        "incidents, type and days": lambda: listed("/incidents", type=rng.choice(_TYPES), **days()),
        "incidents, words": lambda: listed("/incidents", words=rng.choice(words)),
        "incidents, most reported": lambda: listed("/incidents", sort="-reports", dyad=dyad()),
        "incident": lambda: f"/incidents/{rng.choice(incidents)}",
        "articles": lambda: listed("/articles", page=rng.randrange(1, 700)),
        "article": lambda: f"/articles/{quote(rng.choice(articles), safe='')}",
        "threats": lambda: listed("/threats", page=rng.randrange(1, 100)),
        "threats, dyad": lambda: listed("/threats", dyad=dyad()),
        "claims": lambda: listed("/claims", page=rng.randrange(1, 2000)),
        "channels": lambda: listed("/channels", page=rng.randrange(1, 6)),
        "channel": lambda: f"/channels/{rng.choice(channels)}",
        "map": lambda: "/map",
        "map, dyad": lambda: listed("/map", dyad=dyad()),
        "actors": lambda: listed("/actors", page=rng.randrange(1, 50)),
        "actors, name": lambda: listed("/actors", words="Kim", on="2020-06-16"),
        "sources": lambda: "/sources",
        "search": lambda: listed("/search", words=rng.choice(words)),
        "alarms": lambda: "/alarms",
        "review": lambda: listed("/review", at=rng.randrange(50)),
        "review, dyad": lambda: listed("/review", dyad=dyad()),
        "decisions": lambda: "/decisions",
    }


def measure(rng: random.Random, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each page, once every other page in between."""
    found: dict[str, list[float]] = {}
    drawn = pages(rng)
    for _ in range(runs):
        for name, address in drawn.items():
            path = address()
            start = time.monotonic()
            get(path)
            found.setdefault(name, []).append((time.monotonic() - start) * 1000)
            if path.startswith("/dyads/"):
                # The page is there before its index, which is worked out while one reads.
                get(path.replace("?", ".json?") if "?" in path else f"{path}.json")
                spent = (time.monotonic() - start) * 1000
                found.setdefault(f"{name}, index", []).append(spent)
    return found


def settle() -> float:
    """Wait until all relations are worked out; the seconds that it took."""
    start = time.monotonic()
    while time.monotonic() - start < _LONGEST_WAIT:
        page = read("/overview.json")
        if not page["pending"] and not page["unwatched"]:
            break
        time.sleep(2)
    return time.monotonic() - start


def decide(rng: random.Random, runs: int) -> dict[str, list[float]]:
    """Milliseconds of a correction, of the page of its relation behind it, of the index there."""
    found: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], Any]) -> Any:
        start = time.monotonic()
        made = act()
        found.setdefault(name, []).append((time.monotonic() - start) * 1000)
        return made

    rows = read("/incidents.json?dyad=PRK:KOR&type=ACCUSE&per=200")["incidents"]
    for row in rng.sample(rows, runs):
        said = {"action": "relabel", "who": "bench", "ids": [row["id"]], "type": "THREATEN"}
        number = timed("correct", lambda said=said: post(said))["number"]
        timed("its relation, page", lambda: get("/dyads/PRK:KOR"))
        timed("its relation, index", lambda: read("/dyads/PRK:KOR.json"))
        undo = {"action": "undo", "who": "bench", "undoes": number}
        timed("undo", lambda undo=undo: post(undo))
    return found


def show(title: str, found: dict[str, list[float]]) -> None:
    """Print one table."""
    print(f"\n{title:<28} {'p50':>7} {'p95':>7} {'slowest':>8}  ms")
    for name, values in found.items():
        ordered = sorted(values)
        high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        print(f"{name:<28} {statistics.median(values):>7.0f} {high:>7.0f} {ordered[-1]:>8.0f}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--no-wait", action="store_true", help="only while the desk is working")
    asked = parser.parse_args()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / asked.store.name
        shutil.copy(asked.store, store)
        with serving(store):
            total = read("/incidents.json?per=1")["place"]["total"]
            print(f"{total:,} incidents")
            show("first, while working", measure(rng, max(3, asked.runs // 4)))
            if asked.no_wait:
                return
            print(f"\nall relations worked out after {settle():.0f} s more")
            show("later", measure(rng, asked.runs))
            show("deciding", decide(rng, max(3, asked.runs // 4)))


if __name__ == "__main__":
    main()
