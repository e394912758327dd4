"""What belongs together: copies and versions of articles, families, independent sources."""

from tocsin.linking.copies import Copy, CopyIndex
from tocsin.linking.families import Family, families

__all__ = ["Copy", "CopyIndex", "Family", "families"]
