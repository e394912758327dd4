"""Count in how many articles each word stands, for data/linking/words.csv.

    python tools/build_word_counts.py ARTICLES...

ARTICLES are collections as ``tocsin code`` reads them. Only stems of five articles and more are
kept: rarer ones are names and slips, and count as never seen.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from tocsin.ingest import clean
from tocsin.ingest.reading import read_items
from tocsin.knowledge.word_counts import ALL
from tocsin.linking.intake import Intake
from tocsin.linking.words import stems

_LEAST = 5
_TARGET = Path(__file__).parent.parent / "src/tocsin/data/linking/words.csv"


def main(paths: list[str]) -> None:
    """Read the articles, copies once, and write the table."""
    counts: Counter[str] = Counter()
    for taken in Intake().take(read_items(paths)):
        if taken.document is not None:
            counts[ALL] += 1
            counts.update(stems(clean(taken.document).text))
    rows = sorted((stem, count) for stem, count in counts.items() if count >= _LEAST)
    with _TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("stem", "articles"))
        writer.writerows(rows)
    print(f"{counts[ALL]:,} articles, {len(rows) - 1:,} stems in {_TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
