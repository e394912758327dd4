"""The board: how every relation stands, worked out in the background, one after the other.

A page never waits for it: what is not worked out yet is told as pending.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from tocsin.errors import TocsinError
from tocsin.series.observations import ANY
from tocsin.store.filters import Filters
from tocsin.web.brief import OtherStateError
from tocsin.web.drawing import warm
from tocsin.web.measuring import alarms_soon, effort, ring_alarms, standing

if TYPE_CHECKING:
    from tocsin.model.alarm import Alarm
    from tocsin.series.observations import Dyad
    from tocsin.web.desk import Desk, Reading

#: So many relations are followed, those of which most is known.
MOST = 40
#: Less than so many incidents are no relation that a series can be made of.
LEAST = 3
# Seconds between two looks whether the store has changed, and how long nothing changes before all
# is worked out anew: who decides about one incident after the other shall not wait for that.
_LOOK, _QUIET = 2.0, 15.0
_log = logging.getLogger("tocsin.web")


def followed(reading: Reading) -> list[Dyad]:
    """The dyads that the board follows, those with most incidents first."""

    def ask() -> list[Dyad]:
        if effort(reading).first is None:
            return []  # nothing has a day of publication, so there is no series
        rows = reading.store.ask("dyads", Filters(limit=MOST))
        return [(row["actor"], row["recipient"]) for row in rows if row["incidents"] >= LEAST]

    return reading.once("followed", ask)


def alarms_known(desk: Desk, reading: Reading, dyad: Dyad) -> tuple[Alarm, ...] | None:
    """The alarms of a dyad, None while they are being worked out: by the board where it follows
    the dyad, else here. All others together ring no alarms."""
    if ANY in dyad:
        return ()
    found: tuple[Alarm, ...] | None = reading.latest(("alarms", dyad))
    if found is None and dyad not in followed(reading):
        found = alarms_soon(desk, reading, dyad)
    return found


class Board:
    """Works through the dyads of a desk whenever its store has changed, until it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="board", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the dyad that is being worked out, for which one waits but a moment: nothing of
        it is kept."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=3)

    def _work(self) -> None:
        warm()
        done, seen, since = "", "", 0.0
        while not self._stopped.is_set():
            stamp, now = self._desk.gate.stamp(), time.monotonic()
            if stamp != seen:
                seen, since = stamp, now
            if stamp != done and (not done or now - since >= _QUIET):
                done = self._try() or done
            self._stopped.wait(_LOOK)

    def _try(self) -> str:
        try:
            return self._round()
        except TocsinError as error:
            _log.warning("the board waits: %s", error)
        except Exception:
            _log.exception("the board cannot work")
            return self._desk.gate.stamp()
        return ""

    def _round(self) -> str:
        """Work out every dyad: all series first, then all alarms. The store is let go between two,
        and while alarms are worked out, for whoever writes; the stamp of the state that is done,
        empty where it changed."""
        with self._desk.reading() as reading:
            stamp, dyads = reading.stamp, followed(reading)
        try:
            for dyad in dyads:
                if self._stopped.is_set():
                    return ""
                with self._desk.reading() as reading:
                    if reading.stamp != stamp:
                        return ""
                    standing(reading, dyad)
            for dyad in dyads:
                if self._stopped.is_set():
                    return ""
                ring_alarms(self._desk, stamp, dyad)
        except OtherStateError:
            return ""
        return stamp
