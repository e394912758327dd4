"""One small Ray of several nodes for all tests, and the steps of a run without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import StubCoder
from tests.cli.conftest import run as run  # the fixture
from tests.cluster.made_up import archive


@pytest.fixture(scope="session")
def nodes() -> Iterator[Any]:
    """A Ray of three nodes, all on this machine: a head that does no work, and two with one worker
    each."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'tocsin[cluster]'")
    from tocsin.cluster.quiet import quiet

    with quiet():
        import ray
        from ray.cluster_utils import Cluster

        nodes = Cluster(
            initialize_head=True,
            head_node_args={
                "num_cpus": 0, "object_store_memory": 150_000_000, "include_dashboard": False
            },
        )  # fmt: skip
        for _ in range(2):
            nodes.add_node(num_cpus=1, object_store_memory=150_000_000)
        ray.init(address=nodes.address, log_to_driver=False)
    yield nodes
    with quiet():
        ray.shutdown()
        nodes.shutdown()


@pytest.fixture(scope="session")
def cluster(nodes: Any) -> str:
    """The address of this Ray."""
    return str(nodes.address)


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The paths of a small archive."""
    return archive(tmp_path_factory.mktemp("archive"))


Steps = Callable[..., Any]


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Any]:
    """Make a job with the stub coder."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'tocsin[cluster]'")
    from tocsin.cluster.folder import Folder
    from tocsin.cluster.job import Job
    from tocsin.store import Coding

    def make(*paths: str, output: str | Path | None = None, **options: Any) -> Job:
        return Job(
            paths=paths, folder=Folder(str(output or tmp_path / "out")), coding=Coding("1.0"),
            **{"make": StubCoder, "part_items": 4, "run": "r", **options},
        )  # fmt: skip

    return make


@pytest.fixture
def by_hand() -> Steps:
    """Do all steps of a job in this process; what became of the items."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'tocsin[cluster]'")
    from tocsin.cluster.coding import Coding
    from tocsin.cluster.deciding import Decisions
    from tocsin.cluster.gathering import gather, tasks, write_items, write_manifest
    from tocsin.cluster.reading import read_file, receipt_name
    from tocsin.ingest.reading import files_of_paths
    from tocsin.work.run import Run

    def do(job: Any) -> Run:
        done = Run()
        parts: list[tuple[str, int]] = []
        for number, (path, inside) in enumerate(files_of_paths(job.paths, passed=done.passed)):
            read_file(job, number, path, inside)
            parts += map(tuple, job.folder.read_json(receipt_name(number))["parts"])
        decisions = Decisions(job, parts)
        coding = Coding(job)
        for piece in decisions.pieces():
            coding.code(piece)
        while substitutes := decisions.substitutes():
            for piece in substitutes:
                coding.code(piece)
        days: dict[str, int] = {}
        for task in tasks(job):
            gather(job, task)
            days |= task["days"]
        write_items(job, decisions, done)
        write_manifest(job, done, days, {})
        return done

    return do
