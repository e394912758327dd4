"""Printing by a browser: which one, and what is said where it fails."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tocsin.errors import OptionError
from tocsin.report.crisis import printing
from tocsin.report.crisis.printing import find_browser, print_pdf


def program(folder: Path, name: str, code: str) -> str:
    """A stand-in for a browser: a shell script; $pdf is what it is to write."""
    path = folder / name
    path.write_text(
        '#!/bin/sh\nfor one in "$@"; do case $one in --print-to-pdf=*) '
        f"pdf=${{one#--print-to-pdf=}};; esac; last=$one; done\n{code}\n",
        encoding="utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_page_is_handed_to_the_browser(tmp_path: Path) -> None:
    browser = program(tmp_path, "b", 'printf %s "%PDF-" > $pdf; cat "${last#file://}" >> $pdf')
    assert print_pdf("<p>ü</p>", browser) == "%PDF-<p>ü</p>".encode()


def test_a_browser_that_prints_nothing_is_told_with_its_words(tmp_path: Path) -> None:
    browser = program(tmp_path, "b", "echo no display >&2; exit 3")
    with pytest.raises(OptionError, match=r"made no PDF \(exit code 3\); it said: no display"):
        print_pdf("x", browser)


def test_what_is_no_pdf_is_none(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="made no PDF"):
        print_pdf("x", program(tmp_path, "b", "echo html > $pdf"))


def test_a_browser_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_SECONDS", 0.2)
    with pytest.raises(OptionError, match=r"within 0\.2 seconds"):
        print_pdf("x", program(tmp_path, "b", "exec sleep 5"))


def test_the_first_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OptionError, match=r"none is on the path.*--browser"):
        find_browser(None)
    program(tmp_path, "google-chrome", "")
    assert find_browser(None).endswith("google-chrome")
    program(tmp_path, "chromium", "")
    assert find_browser(None).endswith("chromium")
    with pytest.raises(OptionError, match="--browser nowhere: there is no such program"):
        find_browser("nowhere")
