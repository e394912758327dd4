"""A made-up decade of news between real states: happenings, and the articles that report them.

A few pairs of states have most of it (their shares fall as one over their rank), and a happening is
reported by one to eight articles of its first days, in words of its own. Countries are real, so
that a page can name them; people, places and outlets are plainly invented. The same seed gives the
same news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bench.made_reports import word

from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import read_csv
from tocsin.model.channel import StateReport
from tocsin.model.document import Document, Span
from tocsin.model.event import (
    Actor,
    Attribution,
    Content,
    Event,
    Evidence,
    Place,
    Quantity,
    Speaker,
    When,
)
from tocsin.model.ids import content_id
from tocsin.model.mention import EntityId

FIRST = date(2015, 1, 1)
DAYS = 3650
STATES = (
    "PRK", "KOR", "USA", "CHN", "RUS", "UKR", "ISR", "IRN", "IND", "PAK", "TWN", "JPN", "TUR",
    "SYR", "SAU", "YEM", "EGY", "ETH", "ERI", "SDN", "SSD", "LBY", "GRC", "ARM", "AZE", "GEO",
    "SRB", "POL", "DEU", "FRA", "GBR", "ITA", "ESP", "MAR", "DZA", "MLI", "NER", "NGA", "CMR",
    "TCD", "RWA", "COD", "UGA", "KEN", "SOM", "VEN", "COL", "GUY", "CUB", "MEX", "BRA", "AFG",
    "IRQ", "QAT", "KWT", "VNM", "PHL", "MMR", "THA", "KHM",
)  # fmt: skip

# type, mode, share in percent, verb, contexts
_KINDS: tuple[tuple[str, str | None, float, str, tuple[str, ...]], ...] = (
    ("ASSAULT", "destroy", 4, "demolished", ("military",)),
    ("ASSAULT", "heavy-weapons", 5, "shelled", ("military", "territory")),
    ("ASSAULT", "aerial", 4, "bombed", ("military",)),
    ("ASSAULT", "drone", 2, "struck with drones", ("military", "technology")),
    ("ASSAULT", None, 2, "attacked", ("military",)),
    ("COERCE", "restrict", 4, "blocked", ("economic",)),
    ("COERCE", "arrest", 3, "detained the crew of", ("legal",)),
    ("COERCE", "cyber", 2, "hacked", ("cyber",)),
    ("MOBILIZE", "troops", 6, "deployed troops against", ("military",)),
    ("MOBILIZE", "weapons", 3, "aimed missiles at", ("military", "cbrn")),
    ("SANCTION", "discontinue", 4, "suspended", ("economic", "diplomatic")),
    ("SANCTION", "expel", 2, "expelled envoys to", ("diplomatic",)),
    ("PROTEST", "demo", 2, "rallied against", ("rights_freedoms",)),
    ("THREATEN", "violence", 4, "threatened to destroy", ("military",)),
    ("REQUEST", "change", 5, "demanded access to", ("diplomatic",)),
    ("ACCUSE", "disapprove", 12, "condemned", ("diplomatic",)),
    ("ACCUSE", "allege", 5, "alleged fraud over", ("legal",)),
    ("REJECT", None, 4, "rejected", ("diplomatic",)),
    ("CONSULT", "visit", 8, "visited", ("diplomatic",)),
    ("CONSULT", "phone", 4, "spoke by phone about", ("diplomatic",)),
    ("AGREE", None, 5, "agreed to", ("diplomatic", "economic")),
    ("SUPPORT", None, 3, "backed", ("diplomatic",)),
    ("COOPERATE", None, 3, "opened with its partner", ("economic",)),
    ("AID", None, 3, "sent relief to", ("disasters",)),
    ("RETREAT", "withdraw", 2, "withdrew from", ("military",)),
)
_DEEDS = {kind[:2]: kind for kind in _KINDS}
_CONTENTS: dict[str, tuple[str, str | None]] = {
    "THREATEN": ("ASSAULT", "destroy"), "REQUEST": ("RETREAT", "access"),
    "AGREE": ("COOPERATE", None), "REJECT": ("CONSULT", None),
}  # fmt: skip
_THINGS = ("bridge", "depot", "radar", "pipeline", "harbor", "convoy", "dam", "airfield", "plant")
_STATUSES = ("actual", "background", "alleged", "denied", "unconfirmed", "predicted")
_SHARES = (74, 5, 10, 3, 4, 4)
_UNITS = (
    ("soldier", "killed"), ("civilian", "wounded"), ("soldier", None), ("missile", None),
    ("balloon", None), ("ship", None), ("worker", "detained"), ("person", "displaced"),
)  # fmt: skip
_SECTORS = (("GOV",), ("GOV", "MIL"), ("MIL",), ("GOV", "LEG"), ("REB",), ("BUS",))
_FILLERS = (
    "Talks on the matter have been on and off for years, and neither side expects much of them.",
    "Residents of the border towns said that they had grown used to news of this kind.",
    "Markets in the region moved little, and shipping firms said that they saw no need to act.",
    "Officials of several other capitals called for calm and said that they would watch closely.",
    "The two have quarreled over the same question for most of a decade, with few quiet months.",
    "Diplomats who know the file said that a meeting might be held later in the season.",
    "Relief workers said that roads were open and that supplies were reaching the valley.",
)
_LEFT = ("Courier", "Post", "Herald", "Tribune", "Gazette", "Observer", "Times", "Mail")


@dataclass(frozen=True, slots=True)
class Site:
    """A place that there is not: ``number`` is its id, coordinates may be unknown."""

    name: str
    country: str
    lat: float | None
    lon: float | None
    number: int | None
    radius: float | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented who speaks and acts for a state."""

    name: str
    entity: EntityId


@dataclass(slots=True)
class Happening:
    """What happened between two states on a day; ``reports`` are the ids of its events."""

    number: int
    kind: tuple[str, str | None, float, str, tuple[str, ...]]
    actor: str
    recipient: str
    person: Person | None
    sectors: tuple[str, ...]
    day: date
    thing: str
    site: Site | None
    status: str
    count: tuple[float, str, str | None] | None
    deadline: date | None
    reports: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its events, the happening that each reports (None for what is only supposed),
    what it says of channels, and of which article it is a ``copy`` or ``version``."""

    document: Document
    events: tuple[Event, ...]
    happenings: tuple[Happening | None, ...]
    states: tuple[StateReport, ...] = ()
    copy_of: str | None = None
    version_of: str | None = None


class World:
    """States, places, people and outlets, and what happens between them."""

    def __init__(self, *, seed: int = 1, channels: int = 300) -> None:
        self._rng = rng = random.Random(seed)
        self._names = _names()
        pairs = [(one, other) for one in STATES for other in STATES if one != other]
        rng.shuffle(pairs)
        known = [("PRK", "KOR"), ("RUS", "UKR"), ("KOR", "PRK"), ("IRN", "ISR"), ("ISR", "IRN")]
        self._pairs = known + [pair for pair in pairs if pair not in known]
        self._weights = _sums(1 / rank for rank in range(1, len(self._pairs) + 1))
        self._kinds = _sums(kind[2] for kind in _KINDS)
        self._sites = {state: _sites(rng, state, n) for n, state in enumerate(STATES)}
        self._people = {state: _people(n) for n, state in enumerate(STATES)}
        self._outlets = _outlets()
        self._outlet_weights = _sums(1 / rank for rank in range(1, len(self._outlets) + 1))
        self._channels = rng.choices(self._pairs, cum_weights=self._weights, k=channels)
        self._ontology = load_ontology()
        self._articles = 0

    def articles(self, incidents: int, *, each: float = 4.0) -> Iterator[Article]:
        """Yield the articles of so many happenings, by day; one article for ``each`` of them."""
        numbers = iter(range(incidents))
        later: dict[date, list[Happening]] = {}
        open_: dict[date, list[Happening]] = {}
        made = 0
        for n in range(DAYS + 1):
            day = FIRST + timedelta(days=n)
            wanted = incidents * (n + 1) // DAYS - made if n < DAYS else incidents - made
            fresh = later.pop(day, [])[:wanted]
            fresh += [self._happening(day) for _ in range(wanted - len(fresh))]
            made += len(fresh)
            for one in fresh:
                one.number = next(numbers)
                self._follow_up(one, later)
                for when in self._told(day):
                    open_.setdefault(when, []).append(one)
            yield from self._day(day, open_.pop(day, []), each)
        for day in sorted(open_):
            yield from self._day(day, open_[day], each)

    def _happening(self, day: date) -> Happening:
        rng = self._rng
        (actor, recipient) = rng.choices(self._pairs, cum_weights=self._weights)[0]
        kind = rng.choices(_KINDS, cum_weights=self._kinds)[0]
        site = None
        if rng.random() < 0.7:
            sites = self._sites[recipient if rng.random() < 0.7 else actor]
            site = sites[min(int(rng.expovariate(0.12)), len(sites) - 1)]
        count = None
        if rng.random() < 0.25:
            count = (float(rng.choice((2, 3, 5, 12, 40, 150, 1500, 5500))), *rng.choice(_UNITS))
        due = day + timedelta(days=rng.choice((7, 30, 90)))
        return Happening(
            number=0, kind=kind, actor=actor, recipient=recipient,
            person=rng.choice(self._people[actor]) if rng.random() < 0.2 else None,
            sectors=rng.choices(_SECTORS, (60, 15, 12, 5, 5, 3))[0], day=day,
            thing=f"{word(rng.randrange(4000))} {rng.choice(_THINGS)}", site=site,
            status=rng.choices(_STATUSES, _SHARES)[0], count=count,
            deadline=due if kind[0] == "REQUEST" and rng.random() < 0.3 else None,
        )  # fmt: skip

    def _follow_up(self, one: Happening, later: dict[date, list[Happening]]) -> None:
        """Some threats are carried out, some demands met or refused, on a later day."""
        chance, days = self._rng.random(), self._rng.randrange(2, 120)
        day = one.day + timedelta(days=days)
        if one.kind[0] == "THREATEN" and chance < 0.3:
            deed = replace(one, kind=_DEEDS["ASSAULT", "destroy"], day=day, reports=[])
        elif one.kind[0] == "REQUEST" and chance < 0.4:
            kind = _DEEDS["RETREAT", "withdraw"] if chance < 0.15 else _DEEDS["REJECT", None]
            deed = replace(
                one, kind=kind, actor=one.recipient, recipient=one.actor, person=None,
                day=day, deadline=None, reports=[],
            )  # fmt: skip
        else:
            return
        later.setdefault(day, []).append(deed)

    def _told(self, day: date) -> list[date]:
        count = self._rng.choices((1, 2, 3, 4, 6, 8), (50, 24, 12, 7, 5, 2))[0]
        lags = self._rng.choices((0, 1, 2, 3), (60, 28, 8, 4), k=count)
        return sorted(day + timedelta(days=lag) for lag in lags)

    def _day(self, day: date, told: Sequence[Happening], each: float) -> Iterator[Article]:
        """The articles of a day: each happening in as many of them as it is told on that day."""
        rng = self._rng
        if not told:
            return
        count = max(1, round(len({one.number for one in told}) / each))
        contents: list[dict[int, Happening]] = [{} for _ in range(count)]
        for one in told:
            free = [content for content in contents if one.number not in content]
            if free:
                rng.choice(free)[one.number] = one
            elif not one.reports:
                contents[0][one.number] = one
        for content in contents:
            if not content:
                continue
            article = self._article(day, list(content.values()))
            yield article
            if rng.random() < 0.06:
                yield self._copy(article)
            if rng.random() < 0.02:
                again = self._article(day, list(content.values()))
                yield replace(again, version_of=article.document.id)

    def _copy(self, article: Article) -> Article:
        document = replace(
            article.document, id=f"made:{self._next()}", outlet=self._outlet(), url=None
        )
        return Article(document, (), (), copy_of=article.document.id)

    def _next(self) -> int:
        self._articles += 1
        return self._articles

    def _outlet(self) -> str:
        return self._rng.choices(self._outlets, cum_weights=self._outlet_weights)[0]

    def _article(self, day: date, told: list[Happening]) -> Article:
        rng = self._rng
        number = self._next()
        id_ = f"made:{number}"
        text = ""
        events: list[Event] = []
        happenings: list[Happening | None] = []
        states: list[StateReport] = []
        for one in told:
            supposed = bool(events) and rng.random() < 0.01
            sentence = _Sentence(len(text))
            event = self._event(id_, day, one, sentence, supposed)
            events.append(event)
            happenings.append(None if supposed and one.reports else one)
            if supposed and not one.reports:
                events[-1] = replace(event, status="predicted")
            if happenings[-1] is not None:
                one.reports.append(event.id)
            text += sentence.text + " " + rng.choice(_FILLERS) + "\n"
        if rng.random() < 0.12:
            state, sentence = self._state(id_, day, len(text))
            states.append(state)
            text += sentence.text + "\n"
        text += " ".join(rng.sample(_FILLERS, 4))
        outlet = self._outlet()
        document = Document(
            id=id_, text=text, title=events[0].sentence.text[:80], outlet=outlet,
            url=f"https://{outlet.split()[0].lower()}.example/{day:%Y/%m/%d}/{number}",
            published=day,
        )  # fmt: skip
        return Article(document, tuple(events), tuple(happenings), tuple(states))

    def _event(
        self, document: str, day: date, one: Happening, told: _Sentence, supposed: bool
    ) -> Event:
        rng = self._rng
        type_, mode, _, verb, contexts = one.kind
        if one.person is not None:
            who = told.add(one.person.name)
        else:
            who = told.add(self._names[one.actor])
        actor = Actor(
            start=who.start, end=who.end, text=who.text, country=one.actor, sectors=one.sectors,
            entity=one.person.entity if one.person else None, via="name",
        )  # fmt: skip
        trigger = told.add(verb)
        object_ = told.add(f"the {one.thing}")
        told.add("of")
        whom = told.add(self._names[one.recipient])
        recipient = Actor(
            start=whom.start, end=whom.end, text=whom.text, country=one.recipient,
            sectors=("GOV",), entity=None, via="name",
        )  # fmt: skip
        place = None
        if one.site is not None:
            told.add("near")
            name = told.add(one.site.name)
            place = Place(
                name=name.text, country=one.site.country, lat=one.site.lat, lon=one.site.lon,
                geonameid=one.site.number, radius_km=one.site.radius, span=name,
            )  # fmt: skip
        quantities: tuple[Quantity, ...] = ()
        if one.count is not None and rng.random() < 0.8:
            value, unit, casualty = one.count
            if rng.random() < 0.2:
                value += 1
            told.add("with")
            span = told.add(f"{value:.0f} {unit}s {casualty or ''}".rstrip())
            quantities = (
                Quantity(
                    value=value, upper=None, unit=unit, casualty=casualty, span=span,
                    qualifier="about" if rng.random() < 0.3 else None, occasions=None, period=None,
                ),
            )  # fmt: skip
        deadline = None
        if one.deadline is not None:
            told.add("by")
            span = told.add(f"{one.deadline:%B %d, %Y}")
            deadline = When(
                start=one.deadline, end=one.deadline, text=span.text, span=span, anchor="text"
            )
        on = told.add(f"on {one.day:%A}" if one.day != day else "today")
        when = When(start=one.day, end=one.day, text=on.text, span=on, anchor="published")
        status = "hypothetical" if supposed else one.status
        chain = self._attribution(one, status, told)
        sentence = told.end()
        content = None
        if type_ in _CONTENTS:
            content = Content(
                type=_CONTENTS[type_][0], mode=_CONTENTS[type_][1], trigger=trigger,
                actors=(recipient if type_ == "REQUEST" else actor,),
                recipients=(actor if type_ == "REQUEST" else recipient,),
            )  # fmt: skip
        kind = self._ontology.types[type_]
        return Event(
            id=content_id([document, sentence.start]), document=document, sentence=sentence,
            type=type_, mode=mode, contexts=contexts, quad=kind.quad, score=kind.score_of(mode),
            cameo=kind.cameo_of(mode), trigger=trigger, actors=(actor,), recipients=(recipient,),
            status=status,  # type: ignore[arg-type]
            content=content, condition=None, deadline=deadline, attribution=chain,
            date=when if status != "predicted" else None, published=day, place=place,
            quantities=quantities, confidence=round(rng.uniform(0.4, 0.99), 3),
            evidence=(Evidence(rule="made#up", spans=(trigger,)),), object=object_,
        )  # fmt: skip

    def _attribution(self, one: Happening, status: str, told: _Sentence) -> tuple[Attribution, ...]:
        rng = self._rng
        chance = rng.random()
        if status == "actual" and chance < 0.4:
            return ()
        told.add(",")
        if chance < 0.5:
            cue = told.add("according to reports")
            return (Attribution(speaker=None, cue=cue, stance="asserts"),)
        denied = {"denied": ("denied", "denies"), "unconfirmed": ("declined to confirm", "neither")}
        verb, stance = denied.get(status, ("said", "asserts"))
        state = one.recipient if rng.random() < 0.6 else one.actor
        links = []
        for n in range(2 if chance > 0.85 else 1):
            media = n == 1 or rng.random() < 0.25
            if n:
                told.add(", as")
            words = f"the {self._names[state]} {'state news agency' if media else 'ministry'}"
            entity = None
            if not media and rng.random() < 0.4:
                person = rng.choice(self._people[state])
                words, entity = person.name, person.entity
            span = told.add(words)
            cue = told.add(verb if not n else "reported")
            speaker = Speaker(
                start=span.start, end=span.end, text=span.text, country=state,
                sectors=("JRN",) if media else ("GOV",), entity=entity, via="name",
                state_media=media,
            )  # fmt: skip
            links.append(
                Attribution(
                    speaker=speaker,
                    cue=cue,
                    stance=stance if not n else "asserts",  # type: ignore[arg-type]
                )
            )
        return tuple(links)

    def _state(self, document: str, day: date, start: int) -> tuple[StateReport, _Sentence]:
        rng = self._rng
        number = rng.randrange(len(self._channels))
        one, other = sorted(self._channels[number])
        kind = ("hotline", "liaison-office", "road", "embassy")[number % 4]
        name = f"{word(number).title()} {kind.replace('-', ' ')}"
        state = rng.choice(("open", "suspended", "closed", "restored"))
        told = _Sentence(start)
        told.add("The")
        thing = told.add(name)
        told.add(f"between {self._names[one]} and {self._names[other]} was")
        words = told.add(state)
        on = told.add("today")
        sentence = told.end()
        report = StateReport(
            id=content_id([document, "state", start]), document=document, sentence=sentence,
            thing=thing, known=f"made-channel-{number}", name=name, kind=kind, category="channel",
            parties=(one, other), place=None,
            state=state,  # type: ignore[arg-type]
            toward=None, change="began", temporary=False, words=words, status="actual",
            date=When(start=day, end=day, text=on.text, span=on, anchor="published"),
            published=day, dated=None, actors=(), attribution=(), event=None, evidence=(),
        )  # fmt: skip
        return report, told


class _Sentence:
    """A sentence that is written word by word, each with its place in the article."""

    def __init__(self, start: int) -> None:
        self._start = start
        self.text = ""

    def add(self, words: str) -> Span:
        """Write some words; a comma comes without a space before it."""
        if self.text and not words.startswith(","):
            self.text += " "
        at = self._start + len(self.text)
        self.text += words
        return Span(at, at + len(words), words)

    def end(self) -> Span:
        """The whole sentence, with its full stop."""
        self.text += "."
        return Span(self._start, self._start + len(self.text), self.text)


def _sums(shares: Iterator[float] | Sequence[float]) -> list[float]:
    total, sums = 0.0, []
    for share in shares:
        total += share
        sums.append(total)
    return sums


def _names() -> dict[str, str]:
    """The name by which each state is best known: the shortest of several words, or of all."""
    names = {
        "PRK": "North Korea", "KOR": "South Korea", "USA": "United States", "CHN": "China",
        "GBR": "United Kingdom", "RUS": "Russia", "COD": "DR Congo", "TWN": "Taiwan",
        "MMR": "Myanmar", "SSD": "South Sudan", "SAU": "Saudi Arabia", "TCD": "Chad",
    }  # fmt: skip
    for row in read_csv("actors", "countries", "names.csv"):
        if row["form"] == "name" and row["country"] in STATES:
            named = [name for name in row["names"].split("|") if name.isalpha() and len(name) > 3]
            names.setdefault(row["country"], min(named, key=len) if named else row["names"])
    return names


def _sites(rng: random.Random, state: str, number: int) -> list[Site]:
    """Some fifty places of a state, the state as a whole among them, a few of unknown where."""
    lat, lon = rng.uniform(-40, 60), rng.uniform(-110, 140)
    sites = []
    for n in range(50):
        name = word(30_000 + number * 50 + n).title()
        where: tuple[float | None, float | None] = (
            round(lat + rng.uniform(-4, 4), 4),
            round(lon + rng.uniform(-4, 4), 4),
        )
        radius: float | None = rng.choice((2.0, 5.0, 12.0, 30.0, 60.0))
        if n == 3:
            radius = 300.0
        if n % 17 == 16:
            where, radius = (None, None), None
        known = 90_000_000 + number * 50 + n if where[0] is not None else None
        sites.append(Site(name, state, *where, known, radius))
    return sites


def _people(number: int) -> list[Person]:
    return [
        Person(
            f"{word(40_000 + number * 20 + n).title()} {word(50_000 + number * 20 + n).title()}",
            EntityId(
                f"made:{number * 20 + n}",
                f"{word(40_000 + number * 20 + n).title()} "
                f"{word(50_000 + number * 20 + n).title()}",
            ),
        )
        for n in range(20)
    ]


def _outlets() -> list[str]:
    return [f"{word(60_000 + n).title()} {_LEFT[n % len(_LEFT)]}" for n in range(400)]
