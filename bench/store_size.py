"""A very large store: one of made-up news told over again by other outlets, with ids of its own.

::

    python -m bench.store_size SEED.duckdb OUT.duckdb --times 47

SEED is what ``bench.desk_store`` made (212,000 events); 47 times that are ten million. Everything
but the channels is told again: articles, events, links, incidents, claims, threats. All stay in the
same ten years and of the same countries, so that a pair has as many times more incidents: harder
than ten million events of the world would be. ``bench.store_growth`` times what one asks of it.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

import duckdb

#: The tables that are told again; what refers to ids is changed in them, by column.
_EVENT, _NODE, _INCIDENT, _DOCUMENT = "event", "node", "incident", "document"
_RECORD, _NUMBER, _KEY, _EVENTS = "record", "number", "key", "events"
TOLD: dict[str, dict[str, str]] = {
    "documents": {
        "id": _DOCUMENT, "copy_of": _DOCUMENT, "version_of": _DOCUMENT, "number": _NUMBER,
    },
    "coded": {"document": _DOCUMENT},
    "events": {"id": _EVENT, "document": _DOCUMENT, "record": _RECORD},
    "mentions": {"event": _EVENT},
    "parties": {"event": _EVENT, "document": _DOCUMENT},
    "states": {"id": _EVENT, "document": _DOCUMENT, "record": _RECORD},
    "linked": {"document": _DOCUMENT},
    "link_keys": {"key": _KEY, "node": _NODE, "document": _DOCUMENT},
    "link_edges": {"one": _NODE, "other": _NODE},
    "incidents": {"id": _INCIDENT, "record": _RECORD},
    "incident_reports": {"incident": _INCIDENT, "event": _EVENT, "document": _DOCUMENT},
    "claims": {"incident": _INCIDENT, "events": _EVENTS},
    "stories": {"id": _DOCUMENT},
    "story_documents": {"story": _DOCUMENT, "document": _DOCUMENT},
    "threats": {"id": _INCIDENT, "outcome_incident": _INCIDENT, "record": _RECORD},
    "acts": {"incident": _INCIDENT},
    "watched": {"threat": _INCIDENT},
}  # fmt: skip
# Ids are hashes: their last two letters become the number of the telling, so that they still lie
# strewn over the whole table.
_SQL = {
    _EVENT: "{c}[:18] || '{n:02x}'",
    _INCIDENT: "{c}[:20] || '{n:02x}'",
    _DOCUMENT: "{c} || '.{n}'",
    _NODE: "CASE WHEN {c} LIKE 's-%' THEN {c} || '.{n}' ELSE {c}[:18] || '{n:02x}' END",
    _EVENTS: "list_transform({c}, lambda x: x[:18] || '{n:02x}')",
    _NUMBER: "{c} + {n} * 1000000",
    _KEY: "xor({c}, {n}::UBIGINT)",
    _RECORD: "regexp_replace(regexp_replace({c}, '\"((i-)?[0-9a-f]{{18}})[0-9a-f]{{2}}\"', "
    "'\"\\1{n:02x}\"', 'g'), '\"(made:[0-9]+)\"', '\"\\1.{n}\"', 'g')",
}


def tell_again(db: duckdb.DuckDBPyConnection, number: int) -> None:
    """Put in everything of the attached ``seed`` once more."""
    for table, changed in TOLD.items():
        columns = [row[0] for row in db.execute(f"DESCRIBE {table}").fetchall()]
        values = [
            _SQL[changed[name]].format(c=f'"{name}"', n=number) if name in changed else f'"{name}"'
            for name in columns
        ]
        names = ", ".join(f'"{name}"' for name in columns)
        db.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM seed.{table}")


def main() -> None:
    """Make the store."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("seed", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--times", type=int, default=47)
    ask.add_argument("--memory", default="4GB", help="what DuckDB may take")
    asked = ask.parse_args()
    if not 1 <= asked.times <= 256:
        ask.error("--times goes from 1 to 256")
    shutil.copy(asked.seed, asked.out)
    began = time.monotonic()
    with duckdb.connect(str(asked.out)) as db:
        db.execute(f"SET memory_limit = '{asked.memory}'")
        db.execute("SET preserve_insertion_order = false")
        db.execute("SET enable_progress_bar = false")
        db.execute(f"ATTACH '{asked.seed}' AS seed (READ_ONLY)")
        for number in range(1, asked.times):
            tell_again(db, number)
            db.execute("CHECKPOINT")
            events = db.execute("SELECT count(*) FROM events").fetchall()[0][0]
            size = asked.out.stat().st_size / 1e9
            spent = time.monotonic() - began
            print(f"{events:>12,} events {size:6.2f} GB {spent:7.0f} s", flush=True)


if __name__ == "__main__":
    main()
