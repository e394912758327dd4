"""Printing a page to PDF with a browser that is installed: Chromium, Chrome or Edge."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tocsin.errors import OptionError

#: Names under which such a browser may stand on the path, the first found is taken.
BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
_SECONDS = 180
_LAST_WORDS = 300


def find_browser(given: str | None) -> str:
    """The browser that is named, or the first on the path; OptionError where there is none."""
    if given is not None:
        found = shutil.which(given)
        if found is None:
            raise OptionError(f"--browser {given}: there is no such program")
        return found
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise OptionError(
            f"a PDF is printed by a browser, and none is on the path (looked for "
            f"{', '.join(BROWSERS)}): install Chromium, name one with --browser, or write "
            "--format html and print that"
        )
    return found


def print_pdf(page: str, browser: str) -> bytes:
    """The page as PDF. OptionError where the browser fails or makes none."""
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            f"--user-data-dir={Path(folder, 'profile')}", "--no-pdf-header-footer",
            f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=_SECONDS,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise OptionError(
                f"{browser} has made no PDF within {_SECONDS} seconds; try --format html and "
                "print that"
            ) from None
        except OSError as error:
            raise OptionError(f"{browser} cannot be started: {error.strerror}") from None
        if not target.is_file() or not target.read_bytes().startswith(b"%PDF"):
            said = " ".join(done.stderr.split())[-_LAST_WORDS:] or "nothing"
            raise OptionError(
                f"{browser} made no PDF (exit code {done.returncode}); it said: {said}"
            )
        return target.read_bytes()
