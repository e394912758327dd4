"""The limits that Tocsin keeps to, in one place. Nothing here is changed at run time."""

from __future__ import annotations

from typing import Final

#: The largest article, in bytes of UTF-8. The longest news texts we know are under 0.2 MB; a
#: larger one is a dump of something else, and parsing it would hold up everything behind it.
MAX_TEXT_BYTES: Final = 5_000_000

#: The longest line of a JSON lines file, in bytes: an article with its other fields, escaped.
MAX_LINE_BYTES: Final = 4 * MAX_TEXT_BYTES

#: The longest paragraph, in characters. A parser needs about 1 GB for each 100,000 characters
#: that it reads at once; the longest paragraph in 2,900 news articles has under 20,000.
MAX_PARAGRAPH_CHARACTERS: Final = 100_000

#: The largest web page, in bytes of HTML. The largest of the news pages we know has 3 MB.
MAX_PAGE_BYTES: Final = 10_000_000

#: The largest Parquet file inside an archive, in bytes: it is held in memory while it is read.
MAX_PARQUET_BYTES: Final = 500_000_000

#: How much text, in characters, is read before the first article is coded, so that the lines that
#: an outlet repeats are known by then: some 10,000 articles, in about 100 MB of memory.
READ_AHEAD_CHARACTERS: Final = 50_000_000

#: The largest feed or sitemap, in bytes, unpacked. The sitemap protocol allows 50 MB (and 50,000
#: addresses) for one; real feeds stay under 5 MB.
MAX_LIST_BYTES: Final = 50_000_000

#: The most entries that are read from one feed or sitemap: what the sitemap protocol allows.
MAX_LIST_ENTRIES: Final = 50_000

#: The longest address, in characters. The sitemap protocol and most servers end at about 2,000.
MAX_ADDRESS_CHARACTERS: Final = 2_048
