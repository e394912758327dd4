"""Coding a whole archive on many machines, by Ray Data; the events are those of a local run.

reading     every file, in parallel: its items and what an intake must know of them, as Parquet
deciding    in one process and in the order of the input: what is to be coded, what is a copy
coding      in parallel, by processes that each hold one coder
gathering   the events by the day of publication, and what became of every item

Each step leaves its parts on the disk when they are whole, so that a run that was cut off, wherever
that was, goes on behind what is done.
"""
