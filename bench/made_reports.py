"""Made-up articles with coded events, as many as wanted: reports of incidents between states.

Every incident has a day, two sides, a type, a place and words of its own, and is reported by one to
six articles in words that overlap in part. The same seed gives the same articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Content, Event, Evidence, Place, When
from tocsin.model.ids import content_id

_KINDS = (
    ("ASSAULT", "destroy", 4, -9.0, "demolished"),
    ("ASSAULT", "heavy-weapons", 4, -9.0, "shelled"),
    ("COERCE", "restrict", 4, -7.0, "blocked"),
    ("THREATEN", "violence", 3, -3.5, "threatened"),
    ("ACCUSE", "disapprove", 3, -2.0, "condemned"),
    ("CONSULT", "visit", 1, 4.0, "visited"),
    ("AGREE", None, 1, 2.5, "agreed"),
    ("MOBILIZE", "troops", 4, -7.6, "deployed"),
    ("SANCTION", "discontinue", 4, -4.5, "suspended"),
    ("RETREAT", "withdraw", 2, 8.0, "withdrew"),
)
_FIRST = date(2015, 1, 1)
_SYLLABLES = [
    "ba",
    "ko",
    "ri",
    "ta",
    "lu",
    "me",
    "no",
    "zen",
    "dra",
    "vil",
    "os",
    "thar",
    "pel",
    "quin",
    "sor",
    "ek",
]


def word(number: int) -> str:
    """The made-up word of a number."""
    letters = []
    while True:
        number, rest = divmod(number, len(_SYLLABLES))
        letters.append(_SYLLABLES[rest])
        if not number:
            return "".join(letters) + "a"


@dataclass(frozen=True, slots=True)
class _Happening:
    kind: tuple[str, str | None, int, float, str]
    actor: int
    recipient: int
    day: date
    words: tuple[str, ...]
    place: int


def articles(
    count: int, *, seed: int = 1, events: int = 10, days: int = 3650, states: int = 60
) -> Iterator[tuple[Document, tuple[Event, ...]]]:
    """Yield ``count`` articles of ``events`` events each, over so many days and states."""
    rng = random.Random(seed)
    open_: list[_Happening] = []
    for number in range(count):
        day = _FIRST + timedelta(days=number * days // max(1, count))
        open_ = [one for one in open_ if (day - one.day).days <= 2][-40:]
        told = []
        for _ in range(events):
            if open_ and rng.random() < 0.6:
                told.append(rng.choice(open_))
            else:
                told.append(_happening(rng, day, states))
                open_.append(told[-1])
        yield _article(rng, number, day, told)


def _happening(rng: random.Random, day: date, states: int) -> _Happening:
    actor = rng.randrange(states)
    return _Happening(
        kind=rng.choice(_KINDS),
        actor=actor,
        recipient=(actor + rng.randrange(1, states)) % states,
        day=day,
        words=tuple(word(rng.randrange(20_000)) for _ in range(8)),
        place=rng.randrange(5000),
    )


def _article(
    rng: random.Random, number: int, day: date, told: list[_Happening]
) -> tuple[Document, tuple[Event, ...]]:
    sentences = []
    for one in told:
        some = rng.sample(one.words, 5)
        sentences.append(
            f"{_name(one.actor)} {one.kind[4]} the {' '.join(some)} of {_name(one.recipient)} "
            f"near {word(one.place).title()} {rng.choice(('on the day', 'at dawn', 'at night'))}, "
            f"officials of {word(rng.randrange(300)).title()} said."
        )
    text = "\n".join(sentences)
    document = Document.of(
        text,
        id=f"made:{number}",
        title=sentences[0][:60],
        outlet=f"{word(rng.randrange(400)).title()} Courier",
        published=day,
    )
    events = []
    at = 0
    for one, sentence in zip(told, sentences, strict=True):
        events.append(_event(document, one, sentence, at, day))
        at += len(sentence) + 1
    return document, tuple(events)


def _name(state: int) -> str:
    return f"{word(state + 20_000).title()}"


def _event(document: Document, one: _Happening, sentence: str, at: int, day: date) -> Event:
    type_, mode, quad, score, verb = one.kind

    def span(words: str) -> Span:
        start = sentence.index(words)
        return Span(at + start, at + start + len(words), words)

    def side(state: int) -> Actor:
        where = span(_name(state))
        return Actor(
            start=where.start, end=where.end, text=where.text, country=f"X{state:02d}",
            sectors=("GOV",), entity=None, via="name",
        )  # fmt: skip

    place, trigger = span(word(one.place).title()), span(verb)
    content = None
    if type_ == "THREATEN":
        content = Content(
            type="ASSAULT", mode="destroy", trigger=trigger, actors=(side(one.actor),),
            recipients=(side(one.recipient),),
        )  # fmt: skip
    return Event(
        id=content_id([document.id, at]), document=document.id,
        sentence=Span(at, at + len(sentence), sentence), type=type_, mode=mode,
        contexts=("military",), quad=quad, score=score, cameo=None, trigger=trigger,
        actors=(side(one.actor),), recipients=(side(one.recipient),), status="actual",
        content=content, condition=None, deadline=None, attribution=(),
        date=When(start=one.day, end=one.day, text="today", span=trigger, anchor="published"),
        published=day,
        place=Place(
            name=place.text, country=f"X{one.recipient:02d}", lat=one.place % 90 / 1.0,
            lon=one.place % 180 / 1.0, geonameid=one.place, radius_km=5.0, span=place,
        ),
        quantities=(), confidence=0.8, evidence=(Evidence(rule="made", spans=(trigger,)),),
    )  # fmt: skip
