"""Fetching articles from feeds, sitemaps and pages: politely, safely, and once."""
