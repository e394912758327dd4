"""Builds ``src/tocsin/data/actors/roles.csv``: heads of state and government since 1990.

Run ``python tools/build_roles.py LEADERS FACTBOOK``. LEADERS is a Wikidata extract (CC0), gzipped
CSV: iso3, role, person, person_qid, start, end. FACTBOOK is the World Factbook (CC0), gzipped JSON
lines, for the incumbents that LEADERS lacks. Labels of LEADERS are Portuguese; ``roles/names.csv``
has the English names, and ``roles/terms.csv`` has terms that LEADERS has wrong or not at all (its
rows replace all rows of LEADERS for that country and role); ``roles/dates.csv`` mends or drops
single terms, and ``roles/more.csv`` adds some.

Repairs, in this order: a term given twice is kept once (the exact one); an open term that has a
successor ends with the successor's first day; a term that reaches into the next is cut there; a
term inside another's (acting) keeps its dates and loses its office.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from build_countries import STATE_OF, clean, read_factbook

ROOT = Path(__file__).resolve().parent.parent
HAND = Path(__file__).resolve().parent / "roles"
OUT = ROOT / "src/tocsin/data/actors/roles.csv"
HEADER = ("person", "also", "qid", "country", "office", "since", "until", "sectors")
HEAD_OF_STATE, HEAD_OF_GOVERNMENT = "head_of_state", "head_of_government"

# The title of the office, where it is neither president (state) nor prime minister (government).
STATE_TITLE = {
    country: title
    for title, countries in {
        "king": "BEL BHR BTN DNK ESP GBR JOR KHM LSO MAR MYS NLD NOR SAU SWE SWZ THA TON",
        "emir": "KWT QAT",
        "sultan": "BRN OMN",
        "emperor": "JPN",
        "grand duke": "LUX",
        "prince": "LIE MCO",
        "pope": "VAT",
        "supreme leader": "AFG IRN PRK",
        "head of state": "AND BIH CHE SMR WSM",
    }.items()
    for country in countries.split()
}
GOVERNMENT_TITLE = {"AUT": "chancellor", "DEU": "chancellor", "HKG": "chief executive",
                    "IRN": "president", "CHE": "head of state"}  # fmt: skip
QUEENS = ("Queen ",)
# The King of the United Kingdom and his governors are no actors in the news of the realms, nor is
# the President of France, by title a prince of Andorra, an actor of Andorra.
REALMS = frozenset(
    [
        "ATG", "AUS", "BHS", "BLZ", "CAN", "GRD", "JAM", "KNA", "LCA", "NZL", "PNG", "SLB", "TUV",
        "VCT",
    ]
)  # fmt: skip
# Where the news means the head of government when it says "the country's leader".
PARLIAMENTARY = frozenset(
    [
        "ALB", "AND", "ARM", "ATG", "AUS", "AUT", "BEL", "BGD", "BGR", "BHS", "BIH", "BLZ", "BRB",
        "CAN", "CZE", "DEU", "DMA", "DNK", "ESP", "EST", "ETH", "FIN", "FJI", "GBR", "GEO", "GRC",
        "GRD", "HRV", "HTI", "HUN", "IND", "IRL", "IRQ", "ISL", "ISR", "ITA", "JAM", "JPN", "KHM",
        "KNA", "KOS", "LBN", "LCA", "LSO", "LTU", "LUX", "LVA", "MDA", "MKD", "MLT", "MNE", "MUS",
        "MYS", "NLD", "NOR", "NPL", "NZL", "PAK", "PNG", "POL", "PRT", "SGP", "SLB", "SRB", "SVK",
        "SVN", "SWE", "THA", "TLS", "TTO", "TUV", "VCT", "VUT", "WSM", "LBY", "HKG",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One person's term of one office. ``exact`` is False for ends known to the year only."""

    person: str
    also: tuple[str, ...]
    qid: str
    country: str
    role: str
    since: date
    until: date | None
    exact: bool = True
    office: str = ""


def fold(text: str) -> str:
    """Letters only, no accents, lower case."""
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z ]", "", "".join(c for c in plain if not unicodedata.combining(c)).lower())


def read_hand(name: str) -> list[dict[str, str]]:
    """A hand-written table beside this file."""
    with (HAND / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def read_leaders(path: Path) -> Iterator[Term]:
    """The usable rows of LEADERS under their English names."""
    names = {(row["country"], row["label"]): row for row in read_hand("names.csv")}
    used = set()
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            country, label = row["iso3"], row["person"]
            hand = names.get((country, label))
            used.add((country, label))
            if not row["start"] or country in STATE_OF or country == "SMR":
                continue
            if row["start"] < "1940" or ("0" < row["end"] < "1990"):
                continue
            if country in (*REALMS, "AND") and row["role"] == HEAD_OF_STATE:
                continue
            if country != "GBR" and "do Reino Unido" in label:
                continue
            if hand and not hand["person"]:
                continue
            since = date.fromisoformat(row["start"][:10])
            until = date.fromisoformat(row["end"][:10]) if row["end"] else None
            rough = (since.month, since.day) == (1, 1) and (
                until is None or (until.month, until.day) == (1, 1)
            )
            also = list(filter(None, hand["also"].split("|"))) if hand else []
            marked = any(map(unicodedata.combining, label))
            if hand and not marked and fold(label) == fold(hand["person"]) != label.lower():
                also.append(label.replace("‑", "-"))  # accents that the English name has not
            yield Term(
                person=hand["person"] if hand else label.replace("‑", "-"),
                also=tuple(dict.fromkeys(also)),
                qid=row["person_qid"],
                country=country,
                role=row["role"],
                since=since,
                until=until,
                exact=not rough,
            )
    for country, label in sorted(set(names) - used):
        print(f"names.csv: {country} {label!r} is no label of the source")


def read_incumbents(path: Path) -> Iterator[Term]:
    """Incumbents of the Factbook: "President Abdelmadjid TEBBOUNE (since 12 December 2019)"."""
    names = {(row["country"], row["label"]): row for row in read_hand("names.csv")}
    fields = {HEAD_OF_STATE: "chief of state", HEAD_OF_GOVERNMENT: "head of government"}
    for country, record in read_factbook(path):
        if country in STATE_OF or country == "SMR":
            continue
        branch = record["government"].get("Executive branch", {})
        for role, field in fields.items():
            if country in (*REALMS, "AND") and role == HEAD_OF_STATE:
                continue
            text = re.split(r"; (?!also)", branch.get(field, {}).get("text", ""))[0]
            found = re.match(r"(?P<name>.+?)\(since (?P<date>\d+ \w+ \d{4})\)", text)
            if not found:
                continue
            words = clean(re.sub(r"; also.*", "", found["name"])).split()
            first = next((i for i, w in enumerate(words) if w.lower() in TITLES_END), -1)
            last = max((i for i, w in enumerate(words) if w.lower() in TITLES_END), default=first)
            name = " ".join(
                w.title() if w.isupper() and len(w) > 2 else w for w in words[last + 1 :]
            )
            name = re.sub(r"\b(Al|El|Bin|De|La|Der|Van|Von|Da|Dos)\b(?=[ -])",
                          lambda m: m[0].lower(), name)  # fmt: skip
            month = "%d %b %Y" if len(found["date"].split()[1]) == 3 else "%d %B %Y"
            since = datetime.strptime(found["date"], month).date()
            other = re.search(r"(?i)vice|governorate|taliban|of (china|the swiss)", found["name"])
            if len(name.split()) >= 2 and not other:
                name = name[0].upper() + name[1:]
                hand = names.get((country, name))
                also = tuple(filter(None, hand["also"].split("|"))) if hand else ()
                yield Term(hand["person"] if hand else name, also, "", country, role, since, None)


TITLES_END = frozenset(
    [
        "president", "minister", "king", "chancellor", "premier", "sultan", "amir", "pope",
        "leader", "prince", "duke", "chairperson", "general", "col.", "capt.", "gen.", "dr.",
        "emperor", "council,", "chair", "chief", "taoiseach",
    ]
)  # fmt: skip


def merge(terms: list[Term], incumbents: list[Term]) -> list[Term]:
    """Add incumbents to one office's terms: another spelling of a known one, or a new one."""
    for new in incumbents:
        surname = set(fold(new.person).split())
        known = [
            t for t in terms
            if (t.until is None or t.until > new.since)
            and (surname & set(fold(t.person).split()) or abs(t.since - new.since).days < 200)
        ]  # fmt: skip
        if known:
            continue
        former = next((t for t in terms if fold(t.person) == fold(new.person)), None)
        if former:
            new = replace(new, person=former.person, qid=former.qid)
        later = [t for t in terms if t.since > new.since]
        if not later:
            terms = [*terms, new]
    return terms


def repaired(terms: list[Term]) -> list[Term]:
    """One office's terms without doubles, open ends and overlaps."""
    day = timedelta(days=1)
    single: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.since, t.until is None, t.until or date.max)):
        same = [o for o in single if o.qid == term.qid and o.person == term.person]
        double = next(
            (o for o in same if o.since == term.since
             or (o.until is None or o.until + 35 * day >= term.since)),
            None,
        )  # fmt: skip
        if double is None:
            single.append(term)
            continue
        start = term.since if term.exact and not double.exact else double.since
        ends = [t.until for t in (double, term) if t.exact or not (double.exact or term.exact)]
        known = [end for end in ends if end]
        newer = max((double, term), key=lambda t: t.since)
        until = (
            None if newer.until is None and newer.since > double.since else max(known, default=None)
        )
        single[single.index(double)] = replace(
            double, since=start, until=until, exact=double.exact or term.exact
        )
    single.sort(key=lambda t: (t.since, t.until or date.max))
    out: list[Term] = []
    for at, term in enumerate(single):
        others = single[at + 1 :]
        following = next((o for o in others if o.since > term.since), None)
        if following and term.until is None:
            term = replace(term, until=following.since)
        elif following and term.until and term.until > following.since:
            inside = following.until is not None and following.until <= term.until
            if not inside:
                term = replace(term, until=following.since)
        nested = any(
            o.until and term.until and o.until > term.since + day
            and term.until <= o.until and o.since <= term.since
            for o in out if o.office
        )  # fmt: skip
        out.append(replace(term, office="" if nested else "held"))
    return out


def title(term: Term) -> str:
    """The office in words."""
    if term.role == HEAD_OF_STATE:
        name = STATE_TITLE.get(term.country, "president")
        if term.country == "AFG" and "Akhundzada" not in term.person and "Omar" not in term.person:
            name = "president"
        return "queen" if name == "king" and term.person.startswith(QUEENS) else name
    return GOVERNMENT_TITLE.get(term.country, "prime minister")


def read_term(row: dict[str, str]) -> Term:
    """A row of terms.csv or more.csv."""
    return Term(
        person=row["person"],
        also=tuple(filter(None, row["also"].split("|"))),
        qid=row["qid"],
        country=row["country"],
        role=row["role"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )


def build(leaders: Path, factbook: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table, sorted by country, office and time."""
    offices: dict[tuple[str, str], list[Term]] = defaultdict(list)
    new: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in read_leaders(leaders):
        offices[term.country, term.role].append(term)
    for term in read_incumbents(factbook):
        new[term.country, term.role].append(term)
    replaced = set()
    for row in read_hand("dates.csv"):
        key = (row["country"], row["role"])
        was = date.fromisoformat(row["was"])
        at = [i for i, t in enumerate(offices[key]) if (t.person, t.since) == (row["person"], was)]
        if not at:
            sys.exit(f"dates.csv: {row['person']!r} has no term of {key} from {was}")
        if not row["since"]:
            offices[key] = [t for i, t in enumerate(offices[key]) if i not in at]
            continue
        for i in at:
            offices[key][i] = replace(
                offices[key][i],
                since=date.fromisoformat(row["since"]),
                until=date.fromisoformat(row["until"]) if row["until"] else None,
            )
    for row in read_hand("more.csv"):
        offices[row["country"], row["role"]].append(read_term(row))
    for row in read_hand("terms.csv"):
        key = (row["country"], row["role"])
        if key not in replaced:
            offices[key] = []
            replaced.add(key)
        if row["person"]:
            offices[key].append(read_term(row))
    for key in sorted({*offices, *new}):
        if key not in replaced:
            offices[key] = merge(offices[key], new[key])
    done: dict[tuple[str, str], list[Term]] = {k: repaired(offices[k]) for k in sorted(offices)}
    yield from rows(done)


def rows(done: dict[tuple[str, str], list[Term]]) -> Iterable[tuple[str, ...]]:
    """Terms as rows; a head of government who is the head of state stands there only."""
    shown: set[str] = set()
    qids = {(t.country, fold(t.person)): t.qid for ts in done.values() for t in ts if t.qid}
    done = {
        key: [replace(t, qid=t.qid or qids.get((t.country, fold(t.person)), "")) for t in terms]
        for key, terms in done.items()
    }
    for (country, role), terms in done.items():
        heads = done.get((country, HEAD_OF_STATE), [])
        for term in terms:
            if role == HEAD_OF_GOVERNMENT and any(
                h.person == term.person and (h.until is None or h.until > term.since)
                and (term.until is None or h.since < term.until) for h in heads
            ):  # fmt: skip
                continue
            leads = (role == HEAD_OF_GOVERNMENT) == (country in PARLIAMENTARY)
            office = title(term) if term.office else ""
            if office and leads:
                office += "|leader"
            key = term.qid or f"{term.country}:{term.person}"
            also = "" if key in shown else "|".join(n for n in term.also if n != term.person)
            shown.add(key)
            since = term.since.isoformat()
            until = term.until.isoformat() if term.until else ""
            yield (
                term.person,
                also,
                term.qid,
                country,
                office,
                since,
                until,
                "" if office else "GOV",
            )


def main() -> None:
    """Write the table."""
    table = list(build(Path(sys.argv[1]), Path(sys.argv[2])))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write("# Built by tools/build_roles.py; edit tools/roles/*.csv, not this file.\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(table)


if __name__ == "__main__":
    main()
