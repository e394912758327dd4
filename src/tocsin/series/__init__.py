"""What measures a relation: the ladder, series of counts and scores, the tension index.

>>> with open_store("crisis.duckdb", read_only=True) as store:
...     measured = measure(store, ("PRK", "KOR"))
>>> measured.counts("week"), measured.tension.explain(day), measured.sensitivity()
"""

from tocsin.series.counting import PERIODS, count_series
from tocsin.series.effort import Effort, load_effort
from tocsin.series.ladder import rung_of
from tocsin.series.loading import Observed, load_observations
from tocsin.series.measure import Measured, measure
from tocsin.series.observations import Observation, belongs
from tocsin.series.sensitivity import sensitivity
from tocsin.series.tension import Index, Share, tension

__all__ = [
    "PERIODS",
    "Effort",
    "Index",
    "Measured",
    "Observation",
    "Observed",
    "Share",
    "belongs",
    "count_series",
    "load_effort",
    "load_observations",
    "measure",
    "rung_of",
    "sensitivity",
    "tension",
]
