"""Others' event series: ICEWS, GDELT and POLECAT, read row by row from the files they come in."""

from tocsin.ingest.series.reading import read_series

__all__ = ["read_series"]
