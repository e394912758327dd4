"""What measures a relation: the ladder, series of counts and scores, the tension index.

>>> observed = load_observations(store, dyad=("PRK", "KOR"))
>>> index = tension(observed.observations, effort, ("PRK", "KOR"))
>>> index.value(day), index.explain(day)
"""

from tocsin.series.counting import PERIODS, count_series
from tocsin.series.effort import Effort, load_effort
from tocsin.series.ladder import rung_of
from tocsin.series.loading import Observed, load_observations
from tocsin.series.observations import Observation, belongs
from tocsin.series.sensitivity import sensitivity
from tocsin.series.tension import Index, Share, tension

__all__ = [
    "PERIODS",
    "Effort",
    "Index",
    "Observation",
    "Observed",
    "Share",
    "belongs",
    "count_series",
    "load_effort",
    "load_observations",
    "rung_of",
    "sensitivity",
    "tension",
]
