"""From files to documents, and from a document to the clean text that is parsed."""

from tocsin.ingest.cleaning import clean
from tocsin.ingest.dateline import Dateline, dateline
from tocsin.ingest.publication import dated
from tocsin.ingest.reading import read_documents

__all__ = ["Dateline", "clean", "dated", "dateline", "read_documents"]
