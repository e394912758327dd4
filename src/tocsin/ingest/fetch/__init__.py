"""Fetching articles from feeds, sitemaps and pages: politely, safely, and once.

::

    with State("articles.state") as state, ArticleFile("articles.jsonl") as file:
        with Fetcher(state, have=file.ids) as fetcher:
            for outcome in appended(fetcher.run(["https://example.org/feed"]), file):
                print(outcome.kind, outcome.address)
"""

from tocsin.ingest.fetch.articles import ArticleFile, appended
from tocsin.ingest.fetch.fetcher import Fetcher
from tocsin.ingest.fetch.outcomes import Outcome
from tocsin.ingest.fetch.sources import sources_of
from tocsin.ingest.fetch.state import State

__all__ = ["ArticleFile", "Fetcher", "Outcome", "State", "appended", "sources_of"]
