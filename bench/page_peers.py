"""Saved pages beside another library, on the same labelled set in one run.

::

    pip install newspaper4k                   # the peer; Tocsin does not need it
    python -m bench.page_peers FILE           # as tocsin evaluate pages
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tocsin.evaluation.pages import Page, by_default, evaluate_pages


def _newspaper(data: bytes) -> Page:
    from newspaper import article  # type: ignore[import-not-found]

    found = article("https://example.org/", input_html=data.decode("utf-8", "replace"))
    day = found.publish_date.isoformat() if found.publish_date else None
    return found.title, day, found.text


def main() -> None:
    """Score each and print a table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    file = ask.parse_args().file
    print(f"{'':<22} {'body F1':>8} {'title':>7} {'date':>7}")
    readers = (("tocsin", None), ("trafilatura", by_default), ("newspaper4k", _newspaper))
    for name, read in readers:
        try:
            scores = evaluate_pages(file, read)
        except ImportError as missing:
            print(f"{name:<22} left out: {missing}")
            continue
        print(
            f"{name:<22} {scores.body_f1:>8.3f} {scores.title_exact:>7.3f} "
            f"{scores.date_exact:>7.3f}"
        )


if __name__ == "__main__":
    main()
