"""Which column of a table, or key of an object, holds what of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tocsin.errors import InputError, OptionError
from tocsin.knowledge.columns import FIELDS, Layout, load_layouts

_SHOWN = 30  # columns named in a message


@dataclass(frozen=True, slots=True)
class Columns:
    """The user's own words on columns: ``named`` gives for a field its column; ``date_format`` is
    how days are written (strptime's signs). What is not named is recognised."""

    named: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None

    def __post_init__(self) -> None:
        for name in self.named:
            if name not in FIELDS:
                raise OptionError(f"{name!r} is no field; the fields are {', '.join(FIELDS)}")

    def layout(self, there: Iterable[str]) -> Layout | None:
        """The layout of a table with the columns ``there``; None where none is known.

        A column that the user names goes before what is recognised, there or not.
        """
        names = frozenset(name.lower() for name in there)
        found = next((one for one in load_layouts() if one.fits(names)), None)
        own = {name: ((column,),) for name, column in self.named.items()}
        if found is None and ("text" not in own or own["text"][0][0].lower() not in names):
            return None
        return Layout(
            name=found.name if found is not None and not own else "your columns",
            has=(),
            columns={**(found.columns if found is not None else {}), **own},
            cut=found.cut if found is not None and "text" not in own else None,
            date_format=self.date_format,
        )

    def missing(self, there: Iterable[str]) -> list[str]:
        """The fields whose columns the user names and which are not there."""
        if not self.named:
            return []
        names = {str(name).lower() for name in there}
        return [name for name, column in self.named.items() if column.lower() not in names]


def missing_columns(
    fields: Iterable[str],
    columns: Columns,
    there: Iterable[str],
    *,
    path: str,
    line: int | None = None,
) -> InputError:
    """The error for a table without columns that the user names, with what it has."""
    said = ", ".join(f"--column {name}={columns.named[name]}" for name in fields)
    return InputError(
        f"has not what is named by {said}; its columns: {_listed(there)}", path=path, line=line
    )


def unknown_columns(there: Iterable[str], *, path: str, line: int | None = None) -> InputError:
    """The error for a table whose columns are not known, with what it has and what to do."""
    kinds = ", ".join(layout.name for layout in load_layouts())
    return InputError(
        f"has no column 'text' and is of no kind that is known ({kinds}); its columns: "
        f"{_listed(there)}. Say which is which: --column text=NAME "
        "--column date=NAME …",
        path=path, line=line,
    )  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    """The names of columns for a message: the first of many."""
    known = [str(name) for name in names]
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"{', '.join(known[:_SHOWN]) or 'none'}{more}"
