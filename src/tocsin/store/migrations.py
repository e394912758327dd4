"""The tables of a store, made and changed by named steps. Steps are only ever added at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tocsin.errors import StoreError
from tocsin.model.flat import COLUMNS
from tocsin.model.flat_channel import CHANNEL_COLUMNS
from tocsin.model.flat_incident import CLAIM_COLUMNS, INCIDENT_COLUMNS, STORY_COLUMNS
from tocsin.model.flat_threat import THREAT_COLUMNS
from tocsin.store.words import FILL_WORDS, TABLE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def _columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


_EVENT_COLUMNS = _columns(COLUMNS)
_INCIDENT_COLUMNS = _columns(INCIDENT_COLUMNS)
_CLAIM_COLUMNS = _columns(CLAIM_COLUMNS)


def _parties(role: str, path: str) -> str:
    """The parties of the events that were coded before there was a table of them."""
    return (
        "SELECT DISTINCT coding, id, document, "
        f"'{role}', nullif(one->>'$.entity.id', ''), "
        "coalesce(one->>'$.entity.name', nullif(trim(regexp_replace(one->>'$.text', '\\s+', ' ', "
        "'g')), '')), one->>'$.country', "
        "nullif(array_to_string((one->'$.sectors')::VARCHAR[], '+'), ''), "
        "coalesce(date_start, published), coalesce(date_end, greatest(date_start, published)) "
        "FROM (SELECT coding, id, document, date_start, date_end, published, "
        f"unnest(record->'{path}') AS one FROM events) WHERE one->>'$' IS NOT NULL"
    )


#: Fills the table of parties from the records of events.
FILL_PARTIES = "INSERT INTO parties " + " UNION ALL ".join(
    _parties(role, path)
    for role, path in (
        ("actor", "$.actors[*]"),
        ("recipient", "$.recipients[*]"),
        ("speaker", "$.attribution[*].speaker"),
    )
)


def superseded(table: str) -> str:
    """What an ANTI JOIN leaves out to have the newest coding of each document alone."""
    return f"superseded n ON {table}.document = n.document AND {table}.coding = n.coding"


def older(which: str = "") -> str:
    """SQL of the codings that a newer one of the same document took the place of, where this
    condition holds."""
    return (
        f"(SELECT document, coding FROM coded{which} QUALIFY row_number() "
        "OVER (PARTITION BY document ORDER BY done DESC, coding DESC) > 1)"
    )


def supersede(which: str = "") -> str:
    """SQL that marks them, where they are not yet."""
    return f"INSERT INTO superseded {older(which)} EXCEPT FROM superseded"


STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "documents and events",
        (
            # by what events were coded
            "CREATE TABLE codings (id VARCHAR PRIMARY KEY, tocsin VARCHAR NOT NULL, "
            "options VARCHAR NOT NULL, since TIMESTAMP NOT NULL)",
            # every article once, as given; number is the order in which they came
            "CREATE TABLE documents (number BIGINT NOT NULL, id VARCHAR PRIMARY KEY, "
            "text_id VARCHAR NOT NULL, digest VARCHAR NOT NULL, title VARCHAR, outlet VARCHAR, "
            "author VARCHAR, url VARCHAR, published DATE, moment VARCHAR, text VARCHAR NOT NULL, "
            "left_out VARCHAR NOT NULL, path VARCHAR NOT NULL, line BIGINT, "
            "added TIMESTAMP NOT NULL, copy_of VARCHAR, copy_kind VARCHAR, contained DOUBLE, "
            "version_of VARCHAR, shingles BLOB NOT NULL)",
            # which documents were coded by what, and how many events that gave
            "CREATE TABLE coded (document VARCHAR NOT NULL, coding VARCHAR NOT NULL, "
            "done TIMESTAMP NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (document, coding))",
            f"CREATE TABLE events (coding VARCHAR NOT NULL, {_EVENT_COLUMNS}, "
            "actor_countries VARCHAR[] NOT NULL, recipient_countries VARCHAR[] NOT NULL, "
            "record VARCHAR NOT NULL)",
            # every value of an event with the words that it came from
            "CREATE TABLE mentions (coding VARCHAR NOT NULL, event VARCHAR NOT NULL, "
            'role VARCHAR NOT NULL, n INTEGER NOT NULL, start BIGINT, "end" BIGINT, text VARCHAR, '
            "country VARCHAR, entity VARCHAR)",
            # what was no article that could be used
            "CREATE TABLE set_aside (path VARCHAR NOT NULL, line BIGINT, document VARCHAR, "
            "reason VARCHAR NOT NULL, done TIMESTAMP NOT NULL)",
            "CREATE VIEW newest AS SELECT document, arg_max(coding, (done, coding)) AS coding "
            "FROM coded GROUP BY document",
            "CREATE VIEW current_events AS SELECT e.* FROM events e JOIN newest n "
            "ON e.document = n.document AND e.coding = n.coding",
        ),
    ),
    (
        "incidents",
        (
            # which coding of a document is linked
            "CREATE TABLE linked (document VARCHAR NOT NULL, coding VARCHAR NOT NULL)",
            # by which reports and articles find each other, and which do
            "CREATE TABLE link_keys (key UBIGINT NOT NULL, node VARCHAR NOT NULL, "
            "document VARCHAR NOT NULL)",
            "CREATE TABLE link_edges (one VARCHAR NOT NULL, other VARCHAR NOT NULL, "
            "logit DOUBLE NOT NULL)",
            f"CREATE TABLE incidents ({_INCIDENT_COLUMNS}, actor_countries VARCHAR[] NOT NULL, "
            "recipient_countries VARCHAR[] NOT NULL, record VARCHAR NOT NULL)",
            "CREATE TABLE incident_reports (incident VARCHAR NOT NULL, event VARCHAR NOT NULL, "
            "document VARCHAR NOT NULL)",
            f"CREATE TABLE claims ({_CLAIM_COLUMNS})",
            f"CREATE TABLE stories ({_columns(STORY_COLUMNS)})",
            "CREATE TABLE story_documents (story VARCHAR NOT NULL, document VARCHAR NOT NULL)",
            # what a person has decided; only ever added to
            "CREATE TABLE decisions (number BIGINT NOT NULL, made TIMESTAMP NOT NULL, "
            "who VARCHAR NOT NULL, action VARCHAR NOT NULL, record VARCHAR NOT NULL)",
        ),
    ),
    (
        "imported series",
        (
            # the rows of others' event series, as tocsin.model.imported has them; key is their hash
            "CREATE TABLE imported (series VARCHAR NOT NULL, key VARCHAR NOT NULL, "
            "raw VARCHAR NOT NULL, path VARCHAR NOT NULL, line BIGINT NOT NULL, "
            "id VARCHAR NOT NULL, day DATE NOT NULL, actor VARCHAR, actor_country VARCHAR, "
            "actor_sectors VARCHAR, recipient VARCHAR, recipient_country VARCHAR, "
            "recipient_sectors VARCHAR, cameo VARCHAR, type VARCHAR, mode VARCHAR, "
            "typed_by VARCHAR, quad INTEGER, score DOUBLE, scale VARCHAR, place VARCHAR, "
            "place_country VARCHAR, lat DOUBLE, lon DOUBLE, mentions BIGINT, sources BIGINT, "
            "articles BIGINT, publisher VARCHAR, url VARCHAR)",
        ),
    ),
    (
        "channels and threats",
        (
            # what each coding of a document says of the states of channels and agreements
            "CREATE TABLE states (coding VARCHAR NOT NULL, id VARCHAR NOT NULL, "
            "document VARCHAR NOT NULL, thing VARCHAR, name VARCHAR NOT NULL, "
            "kind VARCHAR NOT NULL, state VARCHAR NOT NULL, status VARCHAR NOT NULL, "
            "record VARCHAR NOT NULL)",
            "CREATE VIEW current_states AS SELECT s.* FROM states s JOIN newest n "
            "ON s.document = n.document AND s.coding = n.coding",
            f"CREATE TABLE channels ({_columns(CHANNEL_COLUMNS)}, countries VARCHAR[] NOT NULL, "
            "record VARCHAR NOT NULL)",
            f"CREATE TABLE threats ({_columns(THREAT_COLUMNS)}, speaker_countries VARCHAR[] "
            "NOT NULL, addressee_countries VARCHAR[] NOT NULL, record VARCHAR NOT NULL)",
            # one row where channels and threats were followed
            "CREATE TABLE followed (whole BOOLEAN NOT NULL)",
            # events that a person has said to be none
            "CREATE TABLE rejected (event VARCHAR NOT NULL, document VARCHAR NOT NULL)",
        ),
    ),
    (
        "object and cardinality",
        (
            # a store that was made before has no such columns
            "DROP VIEW current_events",
            "ALTER TABLE events ADD COLUMN IF NOT EXISTS cardinality VARCHAR",
            "ALTER TABLE events ADD COLUMN IF NOT EXISTS object VARCHAR",
            "ALTER TABLE incidents ADD COLUMN IF NOT EXISTS cardinality VARCHAR",
            "ALTER TABLE incidents ADD COLUMN IF NOT EXISTS object VARCHAR",
            "CREATE VIEW current_events AS SELECT e.* FROM events e JOIN newest n "
            "ON e.document = n.document AND e.coding = n.coding",
        ),
    ),
    (
        "sent alarms",
        (
            # which alarms were sent where (the hash of an address); only ever added to
            "CREATE TABLE sent (alarm VARCHAR NOT NULL, target VARCHAR NOT NULL, "
            "done TIMESTAMP NOT NULL)",
        ),
    ),
    (
        "parties of events",
        (
            # who acts, is acted upon or speaks in an event, each once, with the event's days
            "CREATE TABLE parties (coding VARCHAR NOT NULL, event VARCHAR NOT NULL, "
            "document VARCHAR NOT NULL, role VARCHAR NOT NULL, entity VARCHAR, name VARCHAR, "
            "country VARCHAR, sectors VARCHAR, first DATE, last DATE)",
            FILL_PARTIES,
        ),
    ),
    (
        "ledgers by neighbourhood",
        (
            # as of which day channels and threats were followed, and by which knowledge; since
            # then there may be changes
            "ALTER TABLE followed ADD COLUMN IF NOT EXISTS as_of DATE",
            "ALTER TABLE followed ADD COLUMN IF NOT EXISTS knowledge VARCHAR",
            # the incidents that came, went or changed since, as they were then, and the documents
            # that were linked since
            "CREATE TABLE changed_incidents (incident VARCHAR NOT NULL, record VARCHAR)",
            "CREATE TABLE changed_documents (document VARCHAR NOT NULL)",
            # whose sides act in an incident, and on which day it begins
            "CREATE TABLE acts (incident VARCHAR NOT NULL, sides VARCHAR[] NOT NULL, "
            "begins DATE NOT NULL)",
            # which acts may end a threat or demand: of these sides, from this day to that
            "CREATE TABLE watched (threat VARCHAR NOT NULL, sides VARCHAR[] NOT NULL, "
            "since DATE NOT NULL, until DATE NOT NULL)",
        ),
    ),
    (
        "superseded codings",
        (
            # of which document there is a newer coding; few are, and to leave out a few is faster
            # than to find the newest of each
            "CREATE TABLE superseded (document VARCHAR NOT NULL, coding VARCHAR NOT NULL)",
            supersede(),
            "CREATE OR REPLACE VIEW newest AS SELECT c.document, c.coding, c.events FROM coded c "
            f"ANTI JOIN {superseded('c')}",
            "CREATE OR REPLACE VIEW current_events AS SELECT e.* FROM events e "
            f"ANTI JOIN {superseded('e')}",
            "CREATE OR REPLACE VIEW current_states AS SELECT s.* FROM states s "
            f"ANTI JOIN {superseded('s')}",
        ),
    ),
    ("words of articles", (TABLE, FILL_WORDS)),
)


class OlderStoreError(StoreError):
    """The tables are of an older Tocsin; whoever may write brings them up to date by opening."""


def migrate(db: DuckDBPyConnection, path: str) -> None:
    """Bring the tables up to date; StoreError where a newer Tocsin made them."""
    # Long steps would draw their progress between the lines of the output.
    db.execute("SET enable_progress_bar = false")
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name VARCHAR PRIMARY KEY)")
    done = _done(db, path)
    for name, statements in STEPS:
        if name in done:
            continue
        db.execute("BEGIN")
        for statement in statements:
            db.execute(statement)
        db.execute("INSERT INTO migrations VALUES (?)", [name])
        db.execute("COMMIT")


def refuse_older(db: DuckDBPyConnection, path: str) -> None:
    """OlderStoreError where tables that are only to be read are not up to date."""
    done = _done(db, path)
    missing = [name for name, _ in STEPS if name not in done]
    if missing:
        raise OlderStoreError(
            f"was made by an older Tocsin (it has no {', '.join(missing)}); add or import "
            "anything, and it is brought up to date",
            path=path,
        )


def _done(db: DuckDBPyConnection, path: str) -> set[str]:
    """The steps that were taken; StoreError where there are some that we do not know."""
    done = {row[0] for row in db.execute("SELECT name FROM migrations").fetchall()}
    unknown = done - {name for name, _ in STEPS}
    if unknown:
        raise StoreError(
            f"was made by a newer Tocsin (it knows {', '.join(sorted(unknown))}); install that",
            path=path,
        )
    return done
