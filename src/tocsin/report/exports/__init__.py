"""Events as files for others: layouts of columns, and the codebook that describes each.

It stands under ``report`` because, like a report, it is made for readers out of what is kept; the
store below knows nothing of it. A layout is one table of columns; header, rows and codebook are
made of that, so that none of them can say what the others do not.
"""

from tocsin.report.exports.layouts import LAYOUTS
from tocsin.report.exports.writing import ENDINGS, Written, write_export

__all__ = ["ENDINGS", "LAYOUTS", "Written", "write_export"]
