"""The page of an incident: which report tells what, and who is meant by words for anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.linking.telling import GRA, about, day, deed, on, told, who

from tocsin.linking.incidents.summary import incident_of
from tocsin.model.event import Actor
from tocsin.model.mention import EntityId
from tocsin.web.views.incident import Field, IncidentPage, incident_page


def page(*deeds: dict[str, Any]) -> IncidentPage:
    """The page of what these articles tell together."""
    articles = [told(f"d{n}", one, published=day(n)) for n, one in enumerate(deeds, 1)]
    return incident_page(
        incident_of([report for one in articles for report in one.reports]),
        {event.id: event for one in articles for event in one.events},
        {one.document.id: one.document for one in articles},
        threat=None,
        settles=(),
        decisions=(),
    )


def field(found: IncidentPage, name: str) -> Field:
    return next(one for one in found.fields if one.name == name)


def warning(sentence: str, **given: Any) -> dict[str, Any]:
    given = {"content": about("ASSAULT", "destroy", "raze")} | given
    return deed(sentence, "threatened", type="THREATEN", mode="violence", **given)


def test_what_is_told_in_words_leads_to_the_reports_that_tell_it() -> None:
    found = page(
        warning("Ruritania threatened to raze the bridge unless paid.", object="the bridge",
                condition="unless paid"),
        warning("Ruritania threatened to raze it.", object="it"),
        warning("Ruritania threatened to raze the bridge.", object="the bridge"),
        warning("Ruritania threatened Graustark.", content=None),
    )  # fmt: skip
    told_by = {one.name: [value.reports for value in one.values] for one in found.fields}
    assert told_by["What"] == [(1, 3)]
    assert told_by["About"] == [(1, 2, 3)]
    assert told_by["Condition"] == [(1,)]


def test_deadlines_that_cannot_all_be_are_told_beside_each_other() -> None:
    found = page(
        warning("Ruritania threatened to raze it by Friday.", deadline=on(day(5), text="Friday")),
        warning("Ruritania threatened to raze it by Friday.", deadline=on(day(5), text="Friday")),
        warning("Ruritania threatened to raze it by Sunday.", deadline=on(day(14), text="Sunday")),
        warning("Ruritania threatened to raze it."),
    )
    due = field(found, "Deadline")
    assert due.disagree
    assert [(one.words, one.reports, one.best) for one in due.values] == [
        ("5 Jun 2020", (1, 2), True),
        ("14 Jun 2020", (3,), False),
    ]


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (replace(who("He", "RUR", via="pronoun"), entity=EntityId("Q1", "Rudolf")), "He (Rudolf)"),
        (who("We", "RUR", via="pronoun"), "We (RUR)"),
        (who("the regime", "RUR", via="nominal"), "the regime (RUR)"),
        (who("they", via="pronoun"), "they"),
        (who("Ruritania", "RUR"), "Ruritania"),
        (who(None, "RUR", entity="Rudolf", via="implied"), "Rudolf"),
    ],
)
def test_words_for_anybody_say_who_is_meant(actor: Actor, words: str) -> None:
    (report,) = page(deed("It was razed.", actors=[actor], recipients=[GRA])).reports
    assert (report.who, report.whom) == (words, "Graustark")
