"""The desk against requests made of its own description: schemathesis, in process, over a store.

::

    pip install schemathesis
    python -m bench.desk_fuzz PATH.duckdb [--examples N] [--seed N] [--write]

Works on a copy of the store. Prints how many requests each address had, by which statuses they were
answered, and every answer that is a fault: a 5xx, a status or body that is not described, one
without the headers that keep browsers safe. Exit code 1 where there is one. Only what changes
nothing is asked, unless with ``--write``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tocsin.web.app import create_app
from tocsin.web.desk import Desk
from tocsin.web.guard import POLICY, Limits, Rules

_NO_LIMITS = Limits(rate=1e9, burst=10**9, write_rate=1e9, write_burst=10**9)
# That the description allows a value does not promise that there is such a thing: no check of that.
_CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance",
)  # fmt: skip
# What is waited for, in seconds; the first request of a relation measures it.
_PATIENCE = 30.0


class Account:
    """What was asked, how it was answered, and what was wrong with that."""

    def __init__(self) -> None:
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self.faults: list[str] = []

    def note(self, operation: str, status: int) -> None:
        """Count one answer."""
        self.statuses[operation][status] += 1

    def blame(self, operation: str, request: str, words: str) -> None:
        """Keep one fault."""
        self.faults.append(f"{operation}: {request}\n  {words}")

    def told(self) -> str:
        """All of it in words."""
        lines = [
            f"{operation:<44} {sum(found.values()):>6}  "
            + ", ".join(f"{status}: {number:,}" for status, number in sorted(found.items()))
            for operation, found in sorted(self.statuses.items())
        ]
        asked = sum(found.total() for found in self.statuses.values())
        lines.append(f"{asked:,} requests, {len(self.faults):,} faults")
        return "\n".join([*lines, *self.faults])


def fuzz(store: Path, *, examples: int, seed: int, write: bool) -> Account:
    """Ask the desk over ``store`` whatever its description allows, and more."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    account = Account()
    app = create_app(Desk(store), Rules(hosts=None, limits=_NO_LIMITS), follow=False)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()
        name = f"{operation.method.upper()} {operation.path}"
        if operation.method.lower() != "get" and not write:
            continue

        quiet = settings(
            max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        ask = _asking(account, name)
        seeded(seed)(quiet(given(case=operation.as_strategy())(ask)))()
    return account


def _asking(account: Account, name: str) -> Callable[[Any], None]:
    """How one case of an operation is asked and judged."""

    from schemathesis.checks import CHECKS

    checks = CHECKS.get_by_names(list(_CHECKS))

    def ask(case: Any) -> None:
        answer = case.call(timeout=_PATIENCE)
        account.note(name, answer.status_code)
        asked = f"{case.method} {case.formatted_path} {dict(case.query or {})}"
        if answer.status_code >= 500 and answer.status_code != 503:
            account.blame(name, asked, f"{answer.status_code}: {answer.text[:200]}")
        if answer.headers.get("content-security-policy") not in (POLICY, [POLICY]):
            account.blame(name, asked, "without the headers that keep browsers safe")
        try:
            case.validate_response(answer, checks=checks)
        except (Exception, BaseExceptionGroup) as error:
            account.blame(name, asked, str(error).strip()[:600])

    return ask


def main() -> int:
    """Read the options, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("store", type=Path)
    parser.add_argument("--examples", type=int, default=200, help="requests for each address")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="also decide, add and explain")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(given.store, Path(folder, "copy.duckdb")))
        account = fuzz(copy, examples=given.examples, seed=given.seed, write=given.write)
    print(account.told())
    return 1 if account.faults else 0


if __name__ == "__main__":
    sys.exit(main())
