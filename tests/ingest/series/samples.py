"""Made-up rows of every series."""

from __future__ import annotations

from pathlib import Path

from tocsin.ingest.series.gdelt import COLUMNS_1, COLUMNS_2

ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Primary Actor Sector", "Actor Sectors", "Recipient Name",
    "Recipient Country", "Primary Recipient Sector", "Recipient Sectors", "Placename", "City",
    "Country", "Latitude", "Longitude", "Source",
)  # fmt: skip


def icews(n: int = 1, **more: str) -> dict[str, str]:
    row = dict.fromkeys(ICEWS_COLUMNS, "NA") | {
        "Event ID": str(n), "Event Date": "2021-03-04", "Source Name": "Foreign Affairs (Peru)",
        "Source Sectors": "Executive,Government", "Source Country": "Peru", "Event Text": "Consult",
        "CAMEO Code": "040", "Intensity": "1.0", "Target Name": "Chile", "Target Country": "Chile",
        "Publisher": "The Courier", "City": "Lima", "Country": "Peru", "Latitude": "-12.05",
        "Longitude": "-77.04",
    }  # fmt: skip
    return row | more


def polecat(n: int = 1, **more: str) -> dict[str, str]:
    row = dict.fromkeys(POLECAT_COLUMNS, "") | {
        "Event ID": f"20210304-{n}", "Event Date": "2021-03-04", "Event Type": "ASSAULT",
        "Event Mode": "aerial", "Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT",
        "Actor Name": "Peru", "Actor Country": "PER", "Primary Actor Sector": "MIL",
        "Recipient Name": "Chile", "Recipient Country": "CHL", "Placename": "Arica",
        "Country": "CHL", "Latitude": "-18.48", "Longitude": "-70.33", "Source": "The Courier",
    }  # fmt: skip
    return row | more


def gdelt(n: int = 1, *, second: bool = True, **more: str) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS_2 if second else COLUMNS_1, "") | {
        "GLOBALEVENTID": str(n), "SQLDATE": "20210304", "Actor1Name": "LIMA",
        "Actor1CountryCode": "PER", "Actor1Type1Code": "GOV", "Actor1Type2Code": "MIL",
        "Actor2Name": "EUROPE", "Actor2CountryCode": "EUR", "EventCode": "190", "QuadClass": "4",
        "GoldsteinScale": "-10.0", "NumMentions": "12", "NumSources": "2", "NumArticles": "11",
        "ActionGeo_FullName": "Arica, Region De Arica Y Parinacota, Chile",
        "ActionGeo_CountryCode": "CI", "ActionGeo_Lat": "-18.48", "ActionGeo_Long": "-70.33",
        "SOURCEURL": "https://example.org/a",
    }  # fmt: skip
    return row | more


def icews_kg(**more: str) -> dict[str, str]:
    row = {
        "date": "2014-03-04", "source": "Foreign Affairs (Peru)", "event": "Make a visit",
        "target": "Chile",
    }  # fmt: skip
    return row | more


def table(path: Path, rows: list[dict[str, str]], *, header: bool, delimiter: str = "\t") -> str:
    """Write the rows as they are given out, and return the name of the file."""
    lines = [delimiter.join(rows[0])] if header else []
    lines += [delimiter.join(row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)
