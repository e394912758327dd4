"""The crisis report: what a store holds of two countries, to be handed on and defended.

:func:`gather` asks the store, :func:`build` makes of what it said a plain record of every section,
and that is rendered as a page or as Markdown; a browser prints the page as PDF.
"""
