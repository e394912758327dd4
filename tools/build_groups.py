"""Builds ``src/tocsin/data/actors/organisations/groups.csv``: armed groups that fought a state.

Run ``python tools/build_groups.py UCDP``, where UCDP is the actor list of the Uppsala Conflict Data
Program (CC BY 4.0) as gzipped CSV. Taken are formally organised groups that fought a government,
under their full English names and long abbreviations. Left out are names that another table of
actors knows, that are not unmistakable (one or two words, "Forces of …"), and groups that fought
in several states, whose country the list does not tell.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tocsin.knowledge.actors import load_actors

OUT = Path(__file__).resolve().parent.parent / "src/tocsin/data/actors/organisations/groups.csv"
HEADER = ("name", "also", "country", "sectors", "qid", "since", "until", "media", "needs", "doubt")
FORMAL = "1"
# Words that other bodies of the same or another state bear as well.
COMMON = re.compile(
    r"^(?:Forces?|Supporters|Elements|Government|Union of|Front for|Movement for|Military)\b"
    r"|\b(?:faction|militia|brigade|group|civilians|forces|wing)\b",
    re.IGNORECASE,
)
# Names that are no group's own, are a government's or a party's of today, or are misspelt.
LEFT_OUT = frozenset(
    [
        "Afghanistan National Liberation Front", "Brave Young Warriors",
        "Coalition for movements of change", "Coordination of the Armed Resistance",
        "Cuban Revolutionary Council", "Democratic Front for Renewal",
        "Democratic Movement for Malagsy Renewal", "Democratic Republic of Yemen",
        "Exile and Redemption", "First Liberation Army", "Former Uganda National Army",
        "General People's Congress party", "Independent Nasserite Movement", "Kingdom of Kongo",
        "Maoist Communist Party", "Moroccan Nationalist Party", "National Council for Recovery",
        "National Council of the Revolutionary Command", "National Democratic Front",
        "National Guard and Mkhedrioni", "National Islamic Movement",
        "National Liberation Council", "National Military Organisation",
        "National Movement for the Revolution", "National Revolutionary Council",
        "National Revolutionary Movement", "National Salvation Front", "National Union Front",
        "Non Palestine Liberation Organization groups", "Patriotic Salvation Movement",
        "People's Democratic Republic of Afghanistan", "Popular Organisations Lavalas",
        "Popular Revolutionary Army", "Popular Revolutionary Movement",
        "Reformation and Jihad Front", "Revolultionary Organization of Armed People",
        "Revolutionary Democratic Council", "Second Liberation Army", "Sudanese Communist Party",
        "Tailand Revolutionary Council", "The Salafi groups which practice hisba",
        "Transitional Government of National Unity", "Ugandan National Rescure Front",
        "Wahhabi movement of the Buinaksk district", "Zimbabwe African National Union",
        "Supreme Council for the Islamic Revolution in Iraq", "Followers of the Prophet",
        "Real Irish Republican Army", "National front for the Liberation of Angola",
        "Holy Spirit Movement",
    ]
)  # fmt: skip


def groups(path: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table."""
    table = load_actors()
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["Org"].strip() != FORMAL or not row["ConflictId"].strip():
                continue
            name = " ".join((row["NewNameFullEng"].strip() or row["NameOrigFullEng"]).split())
            short = row["NameData"].strip()
            place = re.sub(r"\s*\([^)]*\)", "", row["Location"]).strip()
            countries = {e.country for e in table.names.get(place) if e.form == "name"}
            plain = re.match(r"^[A-Z][\w' -]+$", name)
            if (
                not plain
                or len(name.split()) < 3
                or COMMON.search(name)
                or name in seen
                or name in LEFT_OUT
                or table.names.get(name)
                or table.names.get(short)
                or len(countries) != 1
            ):
                continue
            seen.add(name)
            also = [short] if re.match(r"^[A-Z]{4,}$", short) and short not in seen else []
            seen.update(also)
            country = countries.pop() or ""
            yield (name, "|".join(also), country, "REB", "", "", "", "", "", "")


def main() -> None:
    """Write the table, by country and name."""
    OUT.write_text(",".join(HEADER) + "\n", encoding="utf-8")  # the other tables alone count
    rows = sorted(groups(Path(sys.argv[1])), key=lambda row: (row[2], row[0]))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write("# Built by tools/build_groups.py from the actor list of UCDP (CC BY 4.0).\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(rows)


if __name__ == "__main__":
    main()
