"""What a piece of work was at when a process died of it: it is tried again, but not for ever."""

from __future__ import annotations

from tocsin.cluster.folder import WORK
from tocsin.cluster.job import Job


class Trying:
    """One piece of the work of this run, as it is begun, perhaps not for the first time.

    What is begun is noted before it is done. A process that finds a note of this run knows that
    another has died there; deaths in earlier runs do not count, for those may have been ended.
    """

    def __init__(self, job: Job, name: str) -> None:
        self._folder, self._name = job.folder, f"{WORK}/trying/{name}.json"
        self._run = job.run
        before = self._folder.read_json(self._name)
        again = before is not None and before["run"] == self._run
        self._deaths: dict[str, int] = before["deaths"] if again else {}
        #: How many processes have died of it, whatever they were at.
        self.died = before["died"] + 1 if again else 0
        if again and before["at"] is not None:
            self._deaths[before["at"]] = self.deaths(before["at"]) + 1

    def deaths(self, what: str) -> int:
        """How many processes have died when they were at this."""
        return self._deaths.get(what, 0)

    def begin(self, what: str | None) -> None:
        """Note what is begun now."""
        note = {"run": self._run, "at": what, "deaths": self._deaths, "died": self.died}
        self._folder.write_json(self._name, note)
