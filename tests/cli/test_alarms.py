"""``tocsin alarms`` and ``tocsin compare``."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run
from tests.linking.telling import day as june
from tests.linking.telling import deed, told
from tests.series.conftest import CODING, NOW, entry, row
from tests.series.made_up import FIRST, day
from tests.store.test_ledgers import state

from tocsin.linking.linker import link
from tocsin.model.alarm import KINDS
from tocsin.series.alarms import shifts
from tocsin.store import open_store

ICEWS = ["--source", "icews"]
DYAD = ["--dyad", "gra:rur"]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Graustark accuses Ruritania for half a year, and then strikes; and an article."""
    path = tmp_path / "a.duckdb"
    with open_store(str(path)) as store:
        store.add_imported([row(n, day=day(n)) for n in range(0, 180, 2)])
        store.add_imported(
            [row(1000 + n, day=day(n), type="ASSAULT", mode=None, cameo="190", quad=4)
             for n in range(150, 160)]
        )  # fmt: skip
        store.add(entry(told("a", deed(date=june(2)), published=june(2))), CODING, at=NOW)
        link(store.links)
    return path


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


class _Hook(BaseHTTPRequestHandler):
    got: list[Any]
    status = 200

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(type(self).status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hook() -> Iterator[tuple[str, type[_Hook]]]:
    handler = type("Hook", (_Hook,), {"got": [], "status": 200})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret", handler
    server.shutdown()
    server.server_close()
    thread.join()


def test_alarms_of_a_dyad_by_day(run: Run, db: Path) -> None:
    done = run(["alarms", "--db", db, *ICEWS, *DYAD])
    assert done.exit_code == 0
    found = rows(done.stdout)
    assert [one["day"] for one in found] == sorted(one["day"] for one in found)
    first = next(one for one in found if one["kind"] == "new rung")
    assert first["day"] == day(150).isoformat()
    assert first["dyad"] == "GRA:RUR"
    assert first["sentence"] is None
    assert {one["kind"] for one in found} <= set(KINDS)
    assert list(first) == ["id", "day", "dyad", "kind", "source", "level", "reason", "evidence",
                           "sentence"]  # fmt: skip


def test_every_evidence_opens(run: Run, db: Path) -> None:
    found = rows(run(["alarms", "--db", db, *ICEWS, *DYAD]).stdout)
    ids = {id_ for one in found for id_ in one["evidence"]}
    assert ids
    for id_ in ids:
        shown = run(["show", id_, "--db", db])
        assert shown.exit_code == 0
        assert f"key: {id_}" in shown.stdout


def test_only_of_a_kind_and_of_days(run: Run, db: Path) -> None:
    done = run(["alarms", "--db", db, *ICEWS, *DYAD, "--kind", "new rung"])
    assert {one["kind"] for one in rows(done.stdout)} == {"new rung"}
    late = run(["alarms", "--db", db, *ICEWS, *DYAD, "--since", day(151), "--kind", "new rung"])
    assert late.stdout == ""
    assert "nothing is found" in late.stderr


def test_without_a_dyad_all_with_acts_enough_the_most_urgent_first(run: Run, db: Path) -> None:
    done = run(["alarms", "--db", db, *ICEWS, "--format", "csv"])
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    places = [KINDS.index(one["kind"]) for one in found]  # type: ignore[arg-type]
    assert places == sorted(places)
    assert found[0]["kind"] == "new rung"
    assert ";" in found[0]["evidence"] or found[0]["evidence"]
    assert run(["alarms", "--db", db, *ICEWS, "--min-acts", "999"]).stdout == ""
    assert len(rows(run(["alarms", "--db", db, *ICEWS, "--limit", "1"]).stdout)) == 1


def test_rates_stand_beside_any_day(run: Run, db: Path) -> None:
    done = run(["alarms", "--db", db, *ICEWS, *DYAD, "--rates"])
    *_, every = rows(done.stdout)
    assert every["kind"] == "all"
    assert 0 <= every["base"] <= 1
    assert every["followed"] is None or every["n"] >= 5
    table = run(["alarms", "--db", db, *ICEWS, *DYAD, "--rates", "--format", "table"])
    assert "any day" in table.stdout


def test_without_ruptures_one_line_says_how_to_get_change_points(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shifts, "has_ruptures", lambda: False)
    done = run(["alarms", "--db", db, *ICEWS, *DYAD])
    assert done.exit_code == 0
    assert done.stderr.count("pip install 'tocsin[forecast]'") == 1


def test_each_alarm_is_sent_once(run: Run, db: Path, hook: tuple[str, type[_Hook]]) -> None:
    url, server = hook
    base = ["alarms", "--db", db, *ICEWS, *DYAD, "--send", url]
    dry = run([*base, "--dry-run"])
    assert server.got == []
    waiting = [one["id"] for one in rows(dry.stdout)]
    assert all(one["target"] == url.removesuffix("/secret") for one in rows(dry.stdout))
    done = run(base)
    assert done.exit_code == 0
    ((sent,),) = ([one["alarms"] for one in server.got],)
    assert [one["id"] for one in sent] == waiting
    assert f"{len(waiting)} alarms sent" in done.stderr
    again = run(base)
    assert "0 alarms sent" in again.stderr
    assert len(server.got) == 1
    assert run([*base, "--dry-run"]).stdout == ""
    assert "secret" not in done.stderr + again.stderr + dry.stdout


def test_a_target_that_fails_keeps_nothing_from_the_others(
    run: Run, db: Path, hook: tuple[str, type[_Hook]]
) -> None:
    url, server = hook
    server.status = 404
    done = run(["alarms", "--db", db, *ICEWS, *DYAD, "--send", url, "--send", f"{url}/b"])
    assert done.exit_code == 1
    assert done.stderr.count("404 Not Found") == 2
    server.status = 200
    assert "alarms sent" in run(["alarms", "--db", db, *ICEWS, *DYAD, "--send", url]).stderr
    assert len(server.got) == 3


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--kind", "earthquake"], "--kind 'earthquake' is unknown; allowed: new rung"),
        (["--source", "rumour"], "--source 'rumour' is unknown; allowed: incidents"),
        (["--dry-run"], "--dry-run needs --send or --mail"),
        (["--mail", "desk@example.org"], "--mail needs a server"),
        (["--smtp", "mail"], "--smtp and --from go with --mail"),
        (["--rates", "--send", "http://example.org"], "--rates and --send"),
        (["--send", "example.org/secret"], "--send is no address"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, db: Path, more: list[str], words: str) -> None:
    done = run(["alarms", "--db", db, *more])
    assert done.exit_code == 2
    assert words in done.stderr
    assert "secret" not in done.stderr


def test_two_series_are_compared_on_their_common_days(run: Run, db: Path) -> None:
    with open_store(str(db)) as store:
        same = [row(n, day=day(n)) for n in range(40, 120, 2)]
        store.add_imported(
            [one._replace(series="polecat", key=f"p{n}") for n, one in enumerate(same)]
        )
    done = run(["compare", "--db", db, "--source", "icews", "--with", "polecat", *DYAD])
    assert done.exit_code == 0
    found = {one["what"]: one for one in rows(done.stdout)}
    assert found["ACCUSE"]["total"] == found["ACCUSE"]["other_total"] == 40
    assert found["ACCUSE"]["pearson"] == 1
    assert found["change points"]["total"] == 0
    assert f"both cover {day(40)} to {day(118)}" in done.stderr
    assert run(["compare", "--db", db, "--source", "icews", "--with", "polecat"]).stdout


def test_without_common_days_the_spans_are_told(run: Run, db: Path) -> None:
    done = run(["compare", "--db", db, "--with", "icews"])
    assert done.exit_code == 2
    assert f"incidents 2020-06-02 to 2020-06-02; icews {FIRST} to {day(178)}" in done.stderr
    gone = run(["compare", "--db", db, "--with", "gdelt2"])
    assert "there is nothing of gdelt2 in the store" in gone.stderr
    assert "are one series" in run(["compare", "--db", db, "--with", "incidents"]).stderr


def test_a_channel_opens_by_its_id(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.duckdb"
    shut = told("a", deed(date=june(2)), published=june(2))
    with open_store(str(path)) as store:
        store.add(entry(shut, states=[state(1, shut, "closed", june(2))]), CODING, at=NOW)
        link(store.links)
    done = run(["show", "zenda-road", "--db", path])
    assert done.exit_code == 0
    assert done.stdout.startswith("Zenda road (road, GRA-RUR): closed since 2020-06-02\n")
    assert shut.document.id in done.stdout
    told_ = json.loads(run(["show", "zenda-road", "--db", path, "--format", "json"]).stdout)
    assert told_["state"] == "closed"
    assert run(["show", "nowhere-road", "--db", path]).exit_code == 1
