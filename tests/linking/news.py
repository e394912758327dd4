"""Made-up articles, coded by hand: a crisis between Ruritania and Graustark in June 2020."""

from __future__ import annotations

import datetime as dt

from tests.linking.telling import (
    GRA,
    RUR,
    Told,
    about,
    at,
    count,
    day,
    deed,
    says,
    since,
    told,
    who,
)

GUARDS = who("Graustark's guards", "GRA", "MIL")
SOLDIERS = who("Ruritania's soldiers", "RUR", "MIL")
ZENDA = at("Zenda", lat=50.0, lon=14.0)
_FLOATED = {"trigger": "floated", "type": "COERCE", "mode": None}


def balloons() -> list[Told]:
    """Three nights of balloons, the first two in two papers, and an article with their sum."""
    return [
        told(
            "night 1a",
            deed("Ruritania floated 240 balloons over the border on Wednesday night.",
                 date=day(10), quantities=[count(240, "balloon")], **_FLOATED),
            published=day(11), outlet="Courier", title="Litter from the sky over Tarlenheim",
            more="Paper, rags and cigarette ends came down in the gardens of Tarlenheim. "
            "A greenhouse broke, and the fire brigade picked a bag out of a cherry tree. "
            "Children were told at school to touch nothing and to call a teacher.",
        ),
        told(
            "night 1b",
            deed("About 240 balloons were floated by Ruritania on Wednesday night.",
                 date=day(10), quantities=[count(240, "balloon")], recipients=(), **_FLOATED),
            published=day(11), outlet="Post", title="Tarlenheim sweeps up litter after balloons",
            more="The fire brigade of Tarlenheim picked litter out of gardens and trees. "
            "A greenhouse broke under a bag of rags; schools told children to touch nothing.",
        ),
        told(
            "night 2a",
            deed("Graustark saw 310 balloons that had been floated on Sunday night.",
                 date=day(14), quantities=[count(310, "balloon")], **_FLOATED),
            published=day(15), outlet="Herald", title="Hofbau airport shuts two runways",
            more="Flights to Hofbau were turned back to the coast for an hour before dawn. "
            "Passengers slept on benches, and two runways were searched by soldiers with lamps. "
            "The airline asked for its costs and the minister promised to look into that.",
        ),
        told(
            "night 2b",
            deed("On Sunday night 310 balloons were floated towards Hofbau airport.",
                 date=day(14), quantities=[count(310, "balloon")], **_FLOATED),
            published=day(15), outlet="Post", title="Passengers wait at Hofbau airport",
            more="Two runways of Hofbau airport were shut for an hour before dawn and searched. "
            "Passengers slept on benches while flights were turned back to the coast.",
        ),
        told(
            "night 3",
            deed("Ruritania floated 180 balloons last Thursday night as loudspeakers played.",
                 date=day(18), quantities=[count(180, "balloon")], **_FLOATED),
            published=day(19), outlet="Courier", title="Opera against the wind",
            more="Along the river the choir of the guard sang until morning through loudspeakers. "
            "Farmers on the far bank complained that their cows gave no milk. "
            "An engineer of the garrison explained how wind and music carry over water.",
        ),
        told(
            "sum",
            deed("Since May 5500 balloons have been floated on 22 occasions by Ruritania.",
                 date=since(dt.date(2020, 5, 28)),
                 quantities=[count(5500, "balloon", occasions=22)], **_FLOATED),
            published=day(20), outlet="Herald", title="What a summer of litter costs",
            more="The treasury counted what insurers paid for roofs, cars and glass since spring. "
            "A table lists each parish with its claims, and a professor doubts the method.",
        ),
    ]  # fmt: skip


def clash() -> list[Told]:
    """One clash as the two sides tell it: each says that the other began."""
    fired = {"trigger": "fired", "mode": "firearms", "date": day(16), "place": ZENDA}
    return [
        told(
            "clash by one",
            deed("Graustark's guards fired at Ruritania's soldiers at the Zenda bridge on Tuesday.",
                 actors=[GUARDS], recipients=[SOLDIERS], attribution=[says(RUR)], **fired),
            published=day(17), outlet="Courier", title="Shots at the Zenda bridge",
            more="The shooting at the Zenda bridge lasted ten minutes, Ruritania said.",
        ),
        told(
            "clash by other",
            deed("Ruritania's soldiers fired at Graustark's guards at the Zenda bridge on Tuesday.",
                 actors=[SOLDIERS], recipients=[GUARDS], attribution=[says(GRA)], **fired),
            published=day(17), outlet="Post", title="Shots at the Zenda bridge",
            more="For ten minutes there was shooting at the Zenda bridge, Graustark said.",
        ),
    ]  # fmt: skip


def others() -> list[Told]:
    """A threat in two papers, one of them told in two sentences; a deal; and no news at all."""
    threat = {"type": "THREATEN", "mode": None, "content": about("ASSAULT", "destroy", "blow up")}
    return [
        told(
            "threat a",
            deed("Ruritania threatened on Saturday to blow up the liaison house of Graustark.",
                 "threatened", date=day(13), **threat),
            deed("Ruritania had threatened to blow up the house before, on that same Saturday.",
                 "threatened", date=day(13), recipients=(), **threat),
            published=day(13), outlet="Courier", title="Liaison house to go",
            more="The house with its blue glass was opened two years ago.",
        ),
        told(
            "threat b",
            deed("Ruritania threatened to blow up Graustark's liaison house before long.",
                 "threatened", date=day(13), **threat),
            published=day(14), outlet="Post", title="Ruritania: liaison house will be blown up",
            more="The blue glass house stands empty since January.",
        ),
        told(
            "deal",
            deed("Strelsau and Hofbau agreed to share the water of the lake.", "agreed",
                 type="AGREE", mode=None, actors=[who("Strelsau", "STR", "GOV")],
                 recipients=[who("Hofbau", "HOF", "GOV")], date=day(12)),
            published=day(12), outlet="Herald", title="A lake is shared",
        ),
        told("feast", published=day(16), outlet="Post", title="Cherries",
             more="The feast of cherries was merry; a goat won the prize of the parish."),
        told("undated",
             deed("Ruritania razed the old mill of Graustark.", "razed"),
             published=None, outlet=None),
    ]  # fmt: skip


def everything() -> list[Told]:
    return [*balloons(), *clash(), *others()]
