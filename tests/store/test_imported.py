"""Others' series in a store: the same test over all kinds."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.conftest import CODING, NOW, Add, coded, document

from tocsin.errors import OptionError, StoreError
from tocsin.model.imported import Imported, row_key
from tocsin.store import Filters, open_store
from tocsin.store.migrations import STEPS
from tocsin.store.tables import TableStore


def row(n: int = 1, **more: Any) -> Imported:
    series, raw = more.pop("series", "icews"), more.pop("raw", f'{{"id": "{n}"}}')
    given: dict[str, Any] = {
        "day": date(2021, 3, 4), "actor": 'The "Lima" Group, é\t', "actor_country": "PER",
        "recipient_country": "CHL", "type": "ASSAULT", "mode": "aerial", "quad": 4, "score": -9.5,
        "place": "Arica", "place_country": "CHL", "lat": -18.48, "lon": -70.33, "mentions": 12,
    }  # fmt: skip
    return Imported(series, row_key(series, raw), raw, "a.tab", n, str(n), **given | more)


def ids(store: TableStore, **filters: Any) -> list[str]:
    return [one["id"] for one in store.ask("imported", Filters(**filters))]


def test_a_row_comes_back_as_it_was(store: TableStore) -> None:
    assert store.add_imported([row()]) == 1
    assert store.ask("imported") == [row()._asdict()]
    assert list(store.check()) == []


@given(
    words=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    score=st.floats(-10, 10) | st.none(),
    count=st.integers(0, 2**40) | st.none(),
)
@settings(max_examples=50, deadline=None)
def test_any_words_and_numbers_come_back(
    words: str, score: float | None, count: int | None
) -> None:
    more = row(actor=words, place=words, score=score, mentions=count, raw=words)
    one = more._replace(path=words)
    with open_store(":memory:") as store:
        store.add_imported([one])
        assert store.ask("imported") == [one._asdict()]


def test_the_same_row_is_kept_once(store: TableStore) -> None:
    rows = [row(1), row(2), row(1)]
    assert store.add_imported(rows) == 2
    assert store.add_imported([*rows, row(3)]) == 1
    assert store.add_imported([]) == 0
    assert ids(store) == ["1", "2", "3"]


def test_where_it_was_read_first_is_kept(store: TableStore) -> None:
    again = row(1)._replace(path="b.tab", line=9)
    store.add_imported([row(1), again])
    store.add_imported([again])
    assert [(one["path"], one["line"]) for one in store.ask("imported")] == [("a.tab", 1)]


def test_rows_of_one_id_and_rows_of_several_series_stand_beside_each_other(
    store: TableStore,
) -> None:
    other = row(1, raw='{"id": "1", "more": ""}')
    foreign = row(1, series="gdelt2")
    assert store.add_imported([row(1), other, foreign]) == 3
    assert list(store.check()) == []


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"series": "gdelt2"}, ["2"]),
        ({"dyad": ("PER", "CHL")}, ["1", "2"]),
        ({"dyad": ("*", "BOL")}, ["3"]),
        ({"since": date(2021, 3, 5)}, ["3"]),
        ({"until": date(2021, 3, 4)}, ["1", "2"]),
        ({"type": "ASSAULT"}, ["1", "2"]),
        ({"mode": "aerial", "limit": 1}, ["2"]),
        ({"where": "CHL"}, ["1", "2"]),
        ({"where": "paz"}, ["3"]),
    ],
)
def test_rows_are_narrowed(store: TableStore, filters: dict[str, Any], wanted: list[str]) -> None:
    third = row(
        3, day=date(2021, 3, 5), recipient_country="BOL", type="AID", mode=None, place="La Paz",
        place_country="BOL",
    )  # fmt: skip
    store.add_imported([third, row(1), row(2, series="gdelt2")])
    assert sorted(ids(store, **filters)) == wanted


def test_our_own_events_are_of_no_series(store: TableStore) -> None:
    with pytest.raises(OptionError, match="events cannot be narrowed by series"):
        store.ask("events", Filters(series="icews"))


def test_a_failed_batch_leaves_nothing_behind(store: TableStore) -> None:
    store.add_imported([row(1)])
    with pytest.raises(StoreError, match="cannot be written"):
        store.add_imported([row(2), row(3)._replace(day="some day")])  # type: ignore[arg-type]
    assert store.add_imported([row(2)]) == 1
    assert ids(store) == ["1", "2"]


def test_faults_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with open_store(path) as store:
        store.add_imported([row(1), row(2), row(3)])
    with duckdb.connect(str(path)) as db:
        db.execute("INSERT INTO imported SELECT * FROM imported WHERE id = '1'")
        db.execute("UPDATE imported SET raw = '{}' WHERE id = '2'")
        db.execute("UPDATE imported SET lat = NULL WHERE id = '3'")
    with open_store(path, read_only=True) as store:
        faults = list(store.check())
    assert f"the row {row(1).key} of the series icews stands 2 times" in faults
    assert "the row 2 of the series icews is not the one that was imported" in faults
    assert "the row 3 of the series icews has half a coordinate, or one that is none" in faults
    assert len(faults) == 3


def test_rows_outlast_the_process_beside_events(lasting: str) -> None:
    with open_store(lasting) as store:
        store.add(coded(document()), CODING, at=NOW)
        store.add_imported([row(n) for n in range(1_200)])
    with open_store(lasting) as store:
        assert store.add_imported([row(n) for n in range(1_201)]) == 1
    with open_store(lasting, read_only=True) as store:
        assert len(store.ask("imported")) == 1_201
        assert len(store.ask("events")) == 1
        assert list(store.check()) == []
        with pytest.raises(StoreError):
            store.add_imported([row(5_000)])


KILLED = """
import sys
from tests.store.test_imported import row
from tocsin.store import open_store
store = open_store(sys.argv[1])
for n in range(100000):
    store.add_imported([row(n * 50 + m) for m in range(50)])
    print(n, flush=True)
"""


def test_a_killed_import_has_whole_batches(lasting: str) -> None:
    for wait in (0.0, 0.1):
        command = [sys.executable, "-c", KILLED, lasting]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            for _ in range(2):
                assert process.stdout.readline()
            time.sleep(wait)
            process.kill()
            said = len(process.stdout.read().split()) + 2
        with open_store(lasting) as store:
            count = len(ids(store))
            assert count >= 50 * said
            assert count % 50 == 0
            assert list(store.check()) == []


def test_a_store_from_before_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE migrations (name VARCHAR PRIMARY KEY)")
        for statement in STEPS[0][1]:
            db.execute(statement)
        db.execute("INSERT INTO migrations VALUES (?)", [STEPS[0][0]])
    with pytest.raises(StoreError, match=r"made by an older Tocsin \(it has no .*imported series"):
        open_store(path, read_only=True)
    with open_store(path) as store:
        assert store.add_imported([row()]) == 1


def test_a_folder_from_before_is_read(tmp_path: Path) -> None:
    import json

    with open_store(f"{tmp_path}/a/") as store:
        store.add(coded(document()), CODING, at=NOW)
    manifest = tmp_path / "a" / "manifest.json"
    said = json.loads(manifest.read_text())
    del said["tables"]["imported"]
    said["migrations"].remove("imported series")
    manifest.write_text(json.dumps(said))
    with open_store(f"{tmp_path}/a/", read_only=True) as store:
        assert store.ask("imported") == []
        assert len(store.ask("events")) == 1


def test_reports_come_with_where_they_are_from(store: TableStore, add: Add) -> None:
    add(coded(document(url="https://example.org/1")))
    (report,) = store.reports()
    assert report.event == coded(document()).events[0]
    assert (report.url, report.outlet, report.added) == ("https://example.org/1", "Courier", NOW)
    assert list(store.reports(Filters(outlet="Post"))) == []
