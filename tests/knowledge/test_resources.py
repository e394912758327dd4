"""Reading packaged files: what comes back, and what is refused with its place."""

from __future__ import annotations

import csv
import re

import pytest
import yaml

from tocsin.errors import KnowledgeError
from tocsin.knowledge import resources
from tocsin.knowledge.resources import check_keys, children, read_csv, read_text, read_yaml


def test_packaged_files_are_found_sorted() -> None:
    names = children("rules", suffix=".yaml")
    assert "litter.yaml" in names
    assert names == sorted(names)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"^rules/none\.yaml: cannot be read"):
        read_text("rules", "none.yaml")


def test_yaml_keeps_yes_no_and_on_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: "{yes: [on], no: off, really: true}")
    assert read_yaml("x.yaml") == {"yes": ["on"], "no": "off", "really": True}


def test_wrong_yaml_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: "a: 1\nb: ]")
    with pytest.raises(KnowledgeError, match=r"x\.yaml: is not YAML") as caught:
        read_yaml("x.yaml")
    assert "line 2" in str(caught.value)


def test_a_key_that_is_given_twice_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: "a: 1\nb:\n  c: 1\n  a: 2\n  c: 3\n")
    with pytest.raises(KnowledgeError, match="'c' is given twice") as caught:
        read_yaml("x.yaml")
    assert "line 5" in str(caught.value)


def test_yaml_makes_no_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: "!!python/object/apply:os.getcwd []")
    with pytest.raises(KnowledgeError, match="is not YAML"):
        read_yaml("x.yaml")
    assert yaml.safe_load("1") == 1


def test_csv_comments_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: '# why\na,b\n1,"x, y"\n# more\n2,\n')
    assert read_csv("x.csv") == [{"a": "1", "b": "x, y"}, {"a": "2", "b": ""}]


def test_broken_csv_is_not_half_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: 'a,b\n1,"x"y\n')
    with pytest.raises((KnowledgeError, csv.Error)):
        read_csv("x.csv")


def test_an_unknown_key_is_refused_and_the_allowed_ones_are_listed() -> None:
    check_keys({"a": 1}, allowed=("b", "a"), path="x.yaml")
    with pytest.raises(
        KnowledgeError, match=re.escape("x.yaml [n]: unknown key 'c'; allowed: a, b")
    ):
        check_keys({"a": 1, "c": 2}, allowed=("b", "a"), path="x.yaml", name="n")


def test_a_row_with_a_cell_too_few_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resources, "read_text", lambda *_: "# one\na,b\n# two\n1,2\n3\n")
    with pytest.raises(KnowledgeError, match=r"x\.csv: line 5: 1 cells, the header has 2"):
        read_csv("x.csv")
