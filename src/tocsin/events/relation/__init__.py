"""The relation model: a marked pair in, a distribution over PLOVER types and "none" out."""

from tocsin.events.relation.model import NONE, Pair, Relation, RelationModel

__all__ = ["NONE", "Pair", "Relation", "RelationModel"]
