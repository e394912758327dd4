"""The relation model: pairs of a sentence in, a distribution over PLOVER types and "none" out."""

from tocsin.events.relation.encoding import Pair
from tocsin.events.relation.model import NONE, Relation, RelationModel

__all__ = ["NONE", "Pair", "Relation", "RelationModel"]
