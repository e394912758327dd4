"""The links of a store: keys, edges and incidents, kept beside the events and made from them.

Everything here but the decisions can be made anew from the events; what belongs to one batch of
articles changes in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tocsin.model.codec import from_json_line, record_from_dict
from tocsin.model.decision import Decision
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.flat_incident import (
    CLAIM_COLUMNS,
    INCIDENT_COLUMNS,
    STORY_COLUMNS,
    claim_rows,
    countries,
    incident_row,
    story_row,
)
from tocsin.model.incident import PREFIX as INCIDENT_PREFIX
from tocsin.model.incident import Incident
from tocsin.model.story import PREFIX, Story
from tocsin.store.ledgers import Ledgers, record_of
from tocsin.store.retold import RetoldIncidents
from tocsin.store.rows import document_of

#: The tables that are made from the events.
DERIVED = (
    "linked", "link_keys", "link_edges", "incidents", "incident_reports", "claims", "stories",
    "story_documents", "channels", "threats", "rejected",
    "followed", "changed_incidents", "changed_documents", "acts", "watched",
)  # fmt: skip

_INSERTED = (*INCIDENT_COLUMNS, "actor_countries", "recipient_countries", "record")


class Links(Ledgers, RetoldIncidents):
    """The links in the tables of a store, and the ledgers that are made from them."""

    def waiting(self, count: int, among: Iterable[str] | None = None) -> list[str]:
        """The first documents, as they came, whose newest coding is not linked; of those ``among``
        these where they are given."""
        own = [] if among is None else [list(among)]
        only = "WHERE n.document IN (SELECT unnest(?::VARCHAR[])) " if own else ""
        return self._ids(
            "SELECT n.document FROM newest n ANTI JOIN linked l "
            "ON n.document = l.document AND n.coding = l.coding "
            f"JOIN documents d ON d.id = n.document {only}ORDER BY d.number LIMIT ?",
            *own,
            count,
        )

    def waiting_count(self) -> int:
        """How many documents there are whose newest coding is not linked."""
        row = self._db.execute(
            "SELECT count(*) FROM newest n ANTI JOIN linked l "
            "ON n.document = l.document AND n.coding = l.coding"
        ).fetchone()
        return int(row[0]) if row else 0

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by their ids."""
        found = self._db.cursor().execute(
            "SELECT * FROM documents WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]
        )
        names = [column[0] for column in found.description or ()]
        rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
        return {row["id"]: document_of(row) for row in rows}

    def events(self, documents: Iterable[str]) -> list[Event]:
        """The events of the newest coding of these documents."""
        return self._events("document", documents)

    def events_by_id(self, ids: Iterable[str]) -> list[Event]:
        """The events of the newest codings with these ids."""
        return self._events("id", ids)

    def _events(self, column: str, values: Iterable[str]) -> list[Event]:
        # Which rows these are is found first: the records are by far the widest column.
        rows = self._db.execute(
            "WITH found AS MATERIALIZED (SELECT rowid AS place, document, coding FROM events "
            f"WHERE {column} IN (SELECT unnest(?::VARCHAR[]))), "
            "last AS (SELECT document, arg_max(coding, (done, coding)) AS coding FROM coded "
            "WHERE document IN (SELECT document FROM found) GROUP BY document) "
            "SELECT record FROM events WHERE rowid IN "
            "(SELECT place FROM found JOIN last USING (document, coding))",
            [list(values)],
        ).fetchall()
        return [from_json_line(row[0]) for row in rows]

    def families(self, documents: Iterable[str]) -> dict[str, str]:
        """The first text of which a document is a copy or version, for those that are any."""
        rows = self._db.execute(
            "WITH RECURSIVE up(id, head) AS ("
            "SELECT unnest(?::VARCHAR[]) AS id, id AS head UNION ALL "
            "SELECT up.id, coalesce(d.copy_of, d.version_of) FROM up "
            "JOIN documents d ON d.id = up.head "
            "WHERE coalesce(d.copy_of, d.version_of) IS NOT NULL) "
            "SELECT up.id, up.head FROM up JOIN documents d ON d.id = up.head "
            "WHERE coalesce(d.copy_of, d.version_of) IS NULL",
            [list(documents)],
        ).fetchall()
        return {id_: head for id_, head in rows if id_ != head}

    def linked_nodes(self, documents: Iterable[str]) -> list[str]:
        """The nodes by which these documents are linked now, of whatever coding."""
        return self._ids(
            "SELECT DISTINCT node FROM link_keys WHERE document IN (SELECT unnest(?::VARCHAR[]))",
            list(documents),
        )

    def sharing(self, keys: Mapping[str, Iterable[int]]) -> set[tuple[str, str]]:
        """The pairs of nodes, sorted, of which one is among ``keys``, that share a key.

        ``keys`` are those of nodes that are not kept yet.
        """
        rows = [(key, node) for node, own in keys.items() for key in own]
        if not rows:
            return set()
        found = self._db.execute(
            "WITH fresh AS (SELECT unnest(?::UBIGINT[]) AS key, unnest(?::VARCHAR[]) AS node), "
            "known AS (SELECT key, node FROM link_keys UNION ALL SELECT key, node FROM fresh) "
            "SELECT DISTINCT least(f.node, k.node), greatest(f.node, k.node) "
            "FROM fresh f JOIN known k ON f.key = k.key WHERE f.node <> k.node",
            [list(column) for column in zip(*rows, strict=True)],
        ).fetchall()
        return {(one, other) for one, other in found}

    def edges(self, nodes: Iterable[str]) -> dict[tuple[str, str], float]:
        """The edges of these nodes."""
        rows = self._db.execute(
            "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS node) "
            "SELECT one, other, logit FROM link_edges SEMI JOIN wanted ON one = node UNION "
            "SELECT one, other, logit FROM link_edges SEMI JOIN wanted ON other = node",
            [list(nodes)],
        ).fetchall()
        return {(one, other): logit for one, other, logit in rows}

    def replace(
        self,
        documents: Sequence[str],
        keys: Mapping[str, tuple[str, Iterable[int]]],
        edges: Mapping[tuple[str, str], float],
        regrouped: Iterable[str],
        incidents: Sequence[Incident],
        stories: Sequence[Story],
        rejected: Mapping[str, str],
    ) -> None:
        """Put in the links of a batch, all of them or none.

        ``documents`` are linked by it, anew where they were before; ``keys`` gives for each of
        their nodes its document and keys; ``regrouped`` are all nodes whose incidents and stories
        these replace; ``rejected`` are events, with their documents, that are in none by a
        person's decision.
        """
        gone = self.linked_nodes(documents)
        with self._transaction():
            self._remove(documents, gone)
            ids = list({*regrouped, *gone})
            old = self._ids(
                "SELECT DISTINCT incident FROM incident_reports "
                "WHERE event IN (SELECT unnest(?::VARCHAR[]))",
                ids,
            )
            told = self._ids(
                "SELECT DISTINCT story FROM story_documents "
                "WHERE document IN (SELECT unnest(?::VARCHAR[]))",
                [id_.removeprefix(PREFIX) for id_ in ids if id_.startswith(PREFIX)],
            )
            self._note_changes(documents, [*old, *(one.id for one in incidents)])
            for table, column, which in (
                ("incidents", "id", old), ("incident_reports", "incident", old),
                ("claims", "incident", old), ("stories", "id", told),
                ("story_documents", "story", told),
            ):  # fmt: skip
                self._db.execute(
                    f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [which]
                )
            self._db.execute(
                "INSERT INTO linked SELECT document, coding FROM newest "
                "WHERE document IN (SELECT unnest(?::VARCHAR[]))",
                [list(documents)],
            )
            self._insert(
                "link_keys",
                ("key", "node", "document"),
                [[key, node, doc] for node, (doc, own) in keys.items() for key in sorted(own)],
            )
            self._insert(
                "link_edges",
                ("one", "other", "logit"),
                [[one, other, said] for (one, other), said in edges.items()],
            )
            self._put(incidents)
            self._put_stories(stories)
            self._insert("rejected", ("event", "document"), [[*one] for one in rejected.items()])
        self.changed = True

    def _remove(self, documents: Sequence[str], gone: Sequence[str]) -> None:
        for sql, values in (
            ("DELETE FROM linked WHERE document IN (SELECT unnest(?::VARCHAR[]))", documents),
            ("DELETE FROM rejected WHERE document IN (SELECT unnest(?::VARCHAR[]))", documents),
            ("DELETE FROM link_keys WHERE document IN (SELECT unnest(?::VARCHAR[]))", documents),
            (
                "DELETE FROM link_edges WHERE one IN (SELECT unnest($1::VARCHAR[])) "
                "OR other IN (SELECT unnest($1::VARCHAR[]))",
                gone,
            ),
        ):
            if values:
                self._db.execute(sql, [list(values)])

    def _put(self, incidents: Sequence[Incident]) -> None:
        documents = self._documents_of([id_ for one in incidents for id_ in one.reports])
        self._insert("incidents", _INSERTED, [_incident_values(one) for one in incidents])
        self._insert(
            "incident_reports",
            ("incident", "event", "document"),
            [[one.id, id_, documents[id_]] for one in incidents for id_ in one.reports],
        )
        self._insert(
            "claims",
            tuple(CLAIM_COLUMNS),
            [list(row.values()) for one in incidents for row in claim_rows(one)],
        )

    def _put_stories(self, stories: Sequence[Story]) -> None:
        self._insert(
            "stories",
            tuple(STORY_COLUMNS),
            [list(story_row(one).values()) for one in stories],
        )
        self._insert(
            "story_documents",
            ("story", "document"),
            [[one.id, id_] for one in stories for id_ in one.documents],
        )

    def _documents_of(self, events: Sequence[str]) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT DISTINCT node, document FROM link_keys "
            "WHERE node IN (SELECT unnest(?::VARCHAR[]))",
            [list(events)],
        ).fetchall()
        return dict(rows)

    def linked(self, nodes: Iterable[str]) -> list[str]:
        """Those of the nodes that are linked."""
        return self._ids(
            "SELECT DISTINCT node FROM link_keys WHERE node IN (SELECT unnest(?::VARCHAR[]))",
            list(nodes),
        )

    def decisions(self) -> list[Decision]:
        """All decisions, in the order in which they were made."""
        rows = self._db.execute("SELECT record FROM decisions ORDER BY number").fetchall()
        return [record_from_dict(Decision, json.loads(row[0])) for row in rows]

    def decide(self, decision: Decision, documents: Iterable[str]) -> None:
        """Keep a decision; these documents, which it changes, wait to be linked anew."""
        with self._transaction():
            self._insert(
                "decisions",
                ("number", "made", "who", "action", "record"),
                [
                    [
                        decision.number,
                        decision.made,
                        decision.who,
                        decision.action,
                        record_of(decision),
                    ]
                ],
            )
            self._db.execute(
                "DELETE FROM linked WHERE document IN (SELECT unnest(?::VARCHAR[]))",
                [list(documents)],
            )
        self.changed = True

    def count(self) -> int:
        """How many incidents there are."""
        return int(self._db.execute("SELECT count(*) FROM incidents").fetchall()[0][0])

    def incident(self, id_: str) -> Incident | None:
        """The incident with this id, or that which has the event with this id."""
        by_id = "SELECT record FROM incidents WHERE id = ?"
        row = self._db.execute(by_id, [id_]).fetchone()
        if row is None:
            own = self._ids(
                "SELECT incident FROM incident_reports WHERE event IN (?, ?) LIMIT 1",
                id_,
                id_.removeprefix(INCIDENT_PREFIX),
            )
            row = self._db.execute(by_id, own).fetchone() if own else None
        return record_from_dict(Incident, json.loads(row[0])) if row is not None else None

    def incidents_of(self, events: Iterable[str]) -> dict[str, str]:
        """The incident of which each of these events is a report."""
        rows = self._db.execute(
            "SELECT event, incident FROM incident_reports "
            "WHERE event IN (SELECT unnest(?::VARCHAR[]))",
            [list(events)],
        ).fetchall()
        return dict(rows)

    def story(self, id_: str) -> Story | None:
        """The story with this id, or that which the document of this id is in."""
        rows = self._db.execute(
            "SELECT s.* FROM stories s WHERE s.id = $1 OR s.id = (SELECT story "
            "FROM story_documents WHERE document = substr($1, 3) LIMIT 1) ORDER BY s.id <> $1",
            [id_],
        )
        names = [column[0] for column in rows.description or ()]
        found = rows.fetchone()
        if found is None:
            return None
        row = dict(zip(names, found, strict=True))
        documents = self._ids(
            "SELECT r.document FROM story_documents r JOIN documents d ON r.document = d.id "
            "WHERE r.story = ? ORDER BY d.published NULLS LAST, d.id",
            row["id"],
        )
        return Story(
            id=row["id"], title=row["title"], documents=tuple(documents),
            outlets=tuple((row["outlets"] or "").split(";")) if row["outlets"] else (),
            families=row["families"], sources=row["sources"], first=row["first"], last=row["last"],
        )  # fmt: skip


def _incident_values(incident: Incident) -> list[Any]:
    return [
        *incident_row(incident).values(),
        countries(incident.actors),
        countries(incident.recipients),
        record_of(incident),
    ]
