"""The store: documents, events and what belongs to them, kept for good and asked by name."""

from tocsin.store.base import Coding, Entry, Known, Report, Store
from tocsin.store.filters import Filters
from tocsin.store.opening import open_store

__all__ = ["Coding", "Entry", "Filters", "Known", "Report", "Store", "open_store"]
