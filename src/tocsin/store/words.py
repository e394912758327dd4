"""Which words stand in which articles, so that a search need not read every text.

The words of a text are its letters and digits between other signs, in small letters, as DuckDB's
expressions find them. ``words`` has a row for each word of each article, by the article's number.
Rows of many articles stand sorted by word, and what is looked for is then found in few places:
those of each batch among themselves, and of every :data:`_RUN` articles once these are full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Twenty of DuckDB's groups of rows: a word is in one or two of them.
_RUN = 20_000

TABLE = "CREATE TABLE words (word VARCHAR NOT NULL, document BIGINT NOT NULL)"
#: The rows of articles that a condition may follow.
WORDS_OF = (
    "SELECT unnest(list_distinct(regexp_extract_all(lower(concat_ws(' ', title, text)), "
    "'[\\pL\\pN]+'))) AS word, number FROM documents"
)
#: Fills the table from all articles.
FILL_WORDS = f"INSERT INTO words {WORDS_OF} ORDER BY word, number"


def add_words(db: DuckDBPyConnection, after: int) -> None:
    """Put in the words of the articles that came ``after`` this number."""
    db.execute(f"INSERT INTO words {WORDS_OF} WHERE number > ? ORDER BY word, number", [after])


def sort_runs(db: DuckDBPyConnection, after: int, last: int) -> None:
    """Sort the rows of the runs that became full with the articles ``after`` a number up to the
    ``last``."""
    first, end = after // _RUN * _RUN, last // _RUN * _RUN
    if first == end:
        return
    run = "document > ? AND document <= ?"
    db.execute(f"CREATE OR REPLACE TEMP TABLE run AS FROM words WHERE {run}", [first, end])
    db.execute(f"DELETE FROM words WHERE {run}", [first, end])
    db.execute("INSERT INTO words FROM run ORDER BY word, document")
    db.execute("DROP TABLE run")
