"""The desk: the record in a browser. Every page has its ``.json`` with the same values."""
