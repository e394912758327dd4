"""Ray without its words: it writes to both outputs of the process, from threads of its own and past
Python. What it has to say stands in the logs of its session, under /tmp/ray."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from typing import TextIO

_SAID = {
    # Nothing is sent to anybody; no bars are drawn; the part in C++ says what ends it alone.
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


@contextlib.contextmanager
def quiet() -> Iterator[TextIO]:
    """Keep all that is said inside from both outputs; what is given writes to standard error."""
    for name, value in _SAID.items():
        os.environ.setdefault(name, value)
    for name in ("ray", "ray.data", "ray.tune"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        ours = _outside(sys.stderr, stack)
        nothing = stack.enter_context(open(os.devnull, "w", encoding="utf-8"))
        for number in (1, 2):
            kept = os.dup(number)
            stack.callback(os.close, kept)
            stack.callback(os.dup2, kept, number)
            os.dup2(nothing.fileno(), number)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stdout(nothing))
        stack.enter_context(contextlib.redirect_stderr(nothing))
        yield ours


def _outside(stream: TextIO, stack: contextlib.ExitStack) -> TextIO:
    """A stream to where this one goes now, whatever becomes of the process's outputs."""
    try:
        if stream.fileno() not in (1, 2):
            return stream
    except (OSError, ValueError):  # no file at all
        return stream
    kept = os.dup(stream.fileno())
    return stack.enter_context(
        open(kept, "w", encoding=stream.encoding, errors="replace", buffering=1)
    )
