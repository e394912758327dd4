"""What belongs together: copies and versions of articles, families, independent sources, threats
and the deeds that followed."""

from tocsin.linking.copies import Copy, CopyIndex
from tocsin.linking.families import Family, families
from tocsin.linking.follow_through import FollowThrough, follow_through
from tocsin.linking.threats import HORIZON, follow

__all__ = [
    "HORIZON",
    "Copy",
    "CopyIndex",
    "Family",
    "FollowThrough",
    "families",
    "follow",
    "follow_through",
]
