"""The records that every stage speaks: frozen, standard library only.

Offsets are code points, end exclusive. Inside the stages they count in the *clean* text of a
document; the pipeline maps them back to the text as given before an :class:`Event` is made.
"""
