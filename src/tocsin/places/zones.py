"""The time zone of a point on the map, and clock times there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import tzfpy

# The clock of a TimeML value: "2020-06-16T15:00", "2020-06-16T14:58Z", "…T09:30+09:00".
_CLOCK = re.compile(r"T(\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?")


def zone_at(lat: float, lon: float) -> ZoneInfo | None:
    """The time zone at a point in degrees; None on the high seas."""
    name = tzfpy.get_tz(lon, lat)
    return None if not name or name.startswith("Etc/") else ZoneInfo(name)


def clock(value: str, day: date | None, zone: ZoneInfo | None) -> tuple[str, date | None] | None:
    """The time of day in a TimeML ``value``, and the day that it is in ``zone``.

    The time is ``HH:MM`` with the offset from UTC where it is known: as the text gives it, else
    that of ``zone`` on ``day``. A time that the text gives in another zone is put into ``zone``,
    which may change the day. None where the value has no time of day.
    """
    match = _CLOCK.search(value)
    if match is None:
        return None
    hour, minute, offset = int(match[1]), int(match[2]), match[3]
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    written = f"{match[1]}:{match[2]}"
    if day is None:
        return written + ("+00:00" if offset == "Z" else offset or ""), None
    moment = datetime.combine(day, time(hour % 24, minute))
    try:
        if hour == 24:
            moment += timedelta(days=1)
        if offset is None:
            return written + (_offset(moment.replace(tzinfo=zone)) if zone else ""), day
        there = moment.replace(tzinfo=_fixed(offset))
        if zone is not None:
            there = there.astimezone(zone)
    except OverflowError:
        return written, day
    return f"{there:%H:%M}{_offset(there)}", there.date()


def _fixed(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    size = timedelta(hours=min(hours, 23), minutes=minutes)
    return timezone(-size if offset[0] == "-" else size)


def _offset(moment: datetime) -> str:
    """The offset from UTC as ``+09:00``."""
    return f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5]
