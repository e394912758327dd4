"""How much an observation counts: its status, and how probable it is that it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.knowledge.measure import Weights, load_weights
from tocsin.series.observations import INCIDENT, Observation


@dataclass(frozen=True, slots=True)
class Weighing:
    """How observations are weighed, by ``weights`` (``data/series/weights.yaml``).

    ``statuses``: "chosen" as the file says, "actual" only what is a fact counts, "equal" all that
    happened or may have alike. ``corroborated`` False leaves out that more sources make it surer.
    """

    weights: Weights
    statuses: Literal["chosen", "actual", "equal"] = "chosen"
    corroborated: bool = True

    def status(self, observation: Observation) -> float:
        """The weight of its status, 0 to 1."""
        chosen = self.weights.status[observation.status]
        if self.statuses == "actual":
            return chosen if observation.status in ("actual", "background") else 0.0
        if self.statuses == "equal":
            return 1.0 if chosen else 0.0
        return chosen

    def right(self, observation: Observation) -> float:
        """The probability that it is right: that one at least of its independent sources was read
        rightly, the best with the confidence that is stored for it."""
        if observation.source != INCIDENT:
            return self.weights.imported
        precision = self.weights.precision
        first = precision if observation.confidence is None else observation.confidence
        others = observation.sources - 1 if self.corroborated else 0
        return float(1 - (1 - first) * (1 - precision) ** others)

    def weight(self, observation: Observation) -> float:
        """The product of the two."""
        return self.status(observation) * self.right(observation)


def weighing() -> Weighing:
    """As the file says."""
    return Weighing(load_weights())
