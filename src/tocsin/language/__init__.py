"""Parsing: clean text in, parsed sentences out. The only place that touches spaCy."""

from tocsin.language.parser import DEFAULT_MODEL, Parser

__all__ = ["DEFAULT_MODEL", "Parser"]
