"""The codebook of a layout: a table of its columns, made of the table that makes the file."""

from __future__ import annotations

from tocsin.report.exports.columns import Column, Layout

_KINDS = {
    "VARCHAR": "text",
    "DATE": "day, 2020-06-16",
    "INTEGER": "whole number",
    "BIGINT": "whole number",
    "DOUBLE": "number",
}


def codebook(layout: Layout, more: tuple[Column, ...] = ()) -> str:
    """The codebook as Markdown, with the columns that a form of file has ``more``."""
    lines = [
        f"# Codebook: {layout.title}",
        "",
        f"{layout.about} Empty: not known, or there is none. Text of a table that a spreadsheet "
        "would take for a formula has an apostrophe before it.",
        "",
        "| column | type | unit | values | meaning | from |",
        "|---|---|---|---|---|---|",
    ]
    for column in (*layout.columns, *more):
        cells = (
            f"`{column.name}`", _KINDS[column.kind], column.unit, column.allowed, column.about,
            "" if column.empty else column.origin,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"
