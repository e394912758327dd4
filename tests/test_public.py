"""The public library: its names, each importable and documented, and light to import."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tocsin

PUBLIC = [
    "Coder",
    "Document",
    "Event",
    "InputError",
    "KnowledgeError",
    "OptionError",
    "ResourceError",
    "Span",
    "TocsinError",
]
README = Path(__file__).parent.parent / "README.md"


def test_the_public_names_are_these() -> None:
    assert sorted(tocsin.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there_and_documented(name: str) -> None:
    value = getattr(tocsin, name)
    own = value.__dict__.get("__doc__") or ""
    assert own.strip()
    assert not own.startswith(f"{name}(")  # what dataclasses write where nobody did
    for method, function in inspect.getmembers(value, inspect.isfunction):
        if not method.startswith("_") and function.__module__.startswith("tocsin"):
            assert function.__doc__, f"{name}.{method}"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Decoder'"):
        _ = tocsin.Decoder


def test_the_readme_imports_public_names_only() -> None:
    text = README.read_text(encoding="utf-8")
    for names in re.findall(r"from tocsin import ([\w, ]+)", text):
        assert set(names.replace(" ", "").split(",")) <= set(PUBLIC)


def test_importing_the_package_loads_nothing_heavy() -> None:
    probe = (
        "import sys, tocsin\n"
        "print([m for m in ('spacy', 'numpy', 'duckdb', 'yaml', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(tocsin.__file__).parent / "py.typed").is_file()
