"""``check`` sees every fault that is put into a store."""

from __future__ import annotations

import pytest
from tests.store.conftest import CODING, NOW, coded, document

from tocsin.store.memory import MemoryStore


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM documents WHERE id = 'd1'", "has no document d1"),
        ("DELETE FROM coded WHERE document = 'd1'", "of a document that this did not code"),
        ("INSERT INTO events SELECT * FROM events WHERE document = 'd1'", "stands 2 times"),
        ("DELETE FROM events WHERE document = 'd1'", "should have 1 events"),
        ("DELETE FROM codings", "is not described"),
        ("UPDATE documents SET copy_of = 'x' WHERE id = 'd2'", "a copy of x, which is not there"),
        ("UPDATE documents SET version_of = 'x' WHERE id = 'd2'", "a version of x, which is not"),
        ("UPDATE documents SET text = 'Y' || text WHERE id = 'd1'", "is not the one that was"),
        ("UPDATE documents SET text = 'Y' || text WHERE id = 'd1'", "and the text has"),
        ("UPDATE events SET record = '{' WHERE document = 'd1'", "cannot be read"),
        ("UPDATE events SET id = 'e' WHERE document = 'd1'", "is another event"),
        ("DELETE FROM mentions WHERE role = 'actor'", "other mentions than its record"),
        ("INSERT INTO superseded SELECT document, coding FROM coded", "is taken for the newest"),
        ("DELETE FROM words WHERE word = 'fell'", "are not those of its text"),
        ("INSERT INTO words VALUES ('fell', 3)", "number 3 are not those of its text"),
        ("UPDATE mentions SET event = 'e'", "belongs to no event"),
    ],
)
def test_a_fault_is_found(sql: str, fault: str) -> None:
    with MemoryStore() as store:
        for n in (1, 2):
            one = document(id=f"d{n}", text=f"Ruritania fell on {n}.")
            store.add(coded(one), CODING, at=NOW)
        assert list(store.check()) == []
        store._db.execute(sql)
        assert any(fault in found for found in store.check()), list(store.check())
