"""The public record of an event as a dict and as one JSON line, both ways.

The records of :mod:`tocsin.model.event` are the one description of the format: keys are their
fields in their order, every key is always there, null where nothing is known. Days are ISO 8601,
lists are JSON arrays, numbers without a fraction are written without one (``5500``).

Decoding is strict: an unknown or missing key and a value of the wrong kind are refused with
:class:`~tocsin.errors.InputError`, which names the place in the record (``actors[0].via``) and
what is allowed there. Keys that came into the record later have a default and may be missing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import math
import types
from collections.abc import Callable
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from tocsin.errors import InputError
from tocsin.model.event import Event

Record = TypeVar("Record")
_Encode = Callable[[Any], Any]
_Decode = Callable[[Any], Any]

# Beyond this a float no longer holds every whole number.
_WHOLE = 2.0**53


def event_to_dict(event: Event) -> dict[str, Any]:
    """Return the record of ``event``: plain dicts, lists, strings and numbers, in public order."""
    record: dict[str, Any] = _encoder(Event)(event)
    return record


def event_from_dict(record: Any) -> Event:
    """Return the event of a record; InputError where the record is not exactly as written."""
    return record_from_dict(Event, record)


def to_json_line(event: Event) -> str:
    """Return the record of ``event`` as one line of JSON, without the line break."""
    line = json.dumps(event_to_dict(event), ensure_ascii=False, allow_nan=False)
    # Legal in JSON, but some readers take them for the end of a line.
    for mark in ("\x85", "\u2028", "\u2029"):
        line = line.replace(mark, f"\\u{ord(mark):04x}")
    return line


def from_json_line(line: str) -> Event:
    """Return the event of one JSON line; InputError where it is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON: {error}") from error
    return event_from_dict(record)


def record_to_dict(record: Any) -> dict[str, Any]:
    """Return any record of :mod:`tocsin.model` as :func:`event_to_dict` does an event."""
    kind: Any = type(record)
    encoded: dict[str, Any] = _encoder(kind)(record)
    return encoded


def record_from_dict(kind: type[Record], record: Any) -> Record:
    """Return the record of class ``kind``; InputError where it is not exactly as written."""
    which: Any = kind
    try:
        decoded: Record = _decoder(which)(record)
    except _WrongError as error:
        raise InputError(error.words()) from None
    return decoded


@functools.cache
def _fields(record: type) -> dict[str, Any]:
    """The public fields of a record class, in order, with their resolved types."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


@functools.cache
def _encoder(kind: Any) -> _Encode:
    """How a value of type ``kind`` is written."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        parts = [(name, _encoder(hint)) for name, hint in _fields(kind).items()]
        return lambda value: {name: encode(getattr(value, name)) for name, encode in parts}
    if get_origin(kind) is tuple:
        one = _encoder(get_args(kind)[0])
        return lambda value: [one(item) for item in value]
    inner = _optional(kind)
    if inner is not None:
        encode_inner = _encoder(inner)
        return lambda value: None if value is None else encode_inner(value)
    if kind is dt.date:
        return lambda value: value.isoformat()
    if kind is float:
        return _number
    return lambda value: value


def _number(value: float) -> float | int:
    """A float as it is written: whole numbers without a fraction."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as JSON")
    return int(value) if value == int(value) and abs(value) < _WHOLE else value


class _WrongError(Exception):
    """What is wrong in a record. The place is put together on the way up from it, so that it costs
    nothing where all is right."""

    def __init__(self, what: str, *, of_keys: bool = False) -> None:
        super().__init__(what)
        self.what, self.of_keys, self.at = what, of_keys, ""

    def under(self, step: str) -> _WrongError:
        """The same, seen from one step further up."""
        between = "." if self.at and not self.at.startswith("[") else ""
        self.at = f"{step}{between}{self.at}"
        return self

    def words(self) -> str:
        """The place and what is wrong there."""
        where = self.at or ("" if self.of_keys else "the record")
        return f"{where}: {self.what}" if where else self.what


@functools.cache
def _decoder(kind: Any) -> _Decode:
    """How a value of type ``kind`` is read."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    if get_origin(kind) is tuple:
        one = _decoder(get_args(kind)[0])

        def decode_list(value: Any) -> Any:
            if not isinstance(value, list):
                raise _wrong(value, "a list")
            found = []
            try:
                for item in value:
                    found.append(one(item))
            except _WrongError as error:
                raise error.under(f"[{len(found)}]") from None
            return tuple(found)

        return decode_list
    inner = _optional(kind)
    if inner is not None:
        decode_inner = _decoder(inner)
        return lambda value: None if value is None else decode_inner(value)
    if get_origin(kind) is Literal:
        allowed = get_args(kind)

        def decode_choice(value: Any) -> Any:
            if value not in allowed:
                raise _wrong(value, "one of " + ", ".join(allowed))
            return value

        return decode_choice
    return _PLAIN[kind]


def _record_decoder(record: type) -> _Decode:
    """How an object is read into the record class ``record``."""
    parts = {name: _decoder(hint) for name, hint in _fields(record).items()}
    fields = dataclasses.fields(record)
    needed = {one.name: None for one in fields if one.default is dataclasses.MISSING}

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _wrong(value, "an object")
        if value.keys() != parts.keys():
            check(value)
        found = {}
        name = ""
        try:
            for name, given in value.items():
                found[name] = parts[name](given)
        except _WrongError as error:
            raise error.under(name) from None
        return record(**found)

    def check(value: dict[str, Any]) -> None:
        for what, keys, rule in (
            ("unknown", value.keys() - parts, f"allowed: {', '.join(parts)}"),
            ("missing", needed.keys() - value.keys(), f"required: {', '.join(needed)}"),
        ):
            if keys:
                named = ", ".join(map(repr, sorted(keys)))
                raise _WrongError(f"{what} key {named}; {rule}", of_keys=True)

    return decode


def _optional(kind: Any) -> Any:
    """The type that ``kind`` allows beside None; None where it does not allow None."""
    if get_origin(kind) not in (Union, types.UnionType):
        return None
    (inner,) = (arg for arg in get_args(kind) if arg is not types.NoneType)
    return inner


def _wrong(value: Any, wanted: str) -> _WrongError:
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return _WrongError(f"{shown} is not {wanted}")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "a string")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, "true or false")
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(value, "a whole number")
    return value


def _float(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise _wrong(value, "a number")
    return float(value)


def _date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(_string(value))
    except ValueError:
        raise _wrong(value, "a day such as 2020-06-16") from None


_PLAIN: dict[Any, _Decode] = {
    str: _string,
    bool: _boolean,
    int: _integer,
    float: _float,
    dt.date: _date,
}
