"""Following again what changed gives what following the whole gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.linking.telling import Told, about, day, deed, on, told, who

from tocsin.linking import ledgers
from tocsin.linking.channels import timelines
from tocsin.linking.ledgers import follow_again
from tocsin.linking.linker import link
from tocsin.linking.threats import acts, follow, reaches
from tocsin.model.channel import StateReport
from tocsin.model.decision import Decision, anchor_of
from tocsin.model.document import Span
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

NOW = datetime(2024, 10, 25, 12)
ALL = float("inf")
PARTIES = (
    who("Ruritania", "RUR", "GOV"), who("Graustark", "GRA", "GOV"), who("Strelsau", "STR", "GOV"),
    who("the Blue League", None, "REB", entity="Q7"), who("the millers", None, "CVL"),
)  # fmt: skip
THINGS = ("Zenda bridge", "customs house")
KINDS = (
    ("THREATEN", "violence", "threatened"), ("THREATEN", None, "threatened"),
    ("THREATEN", "violence", "threatened"), ("REQUEST", None, "demanded"),
    ("ASSAULT", "destroy", "razed"), ("RETREAT", "withdraw", "left"),
    ("CONCEDE", None, "spared"), ("AGREE", None, "shared"), ("COERCE", "restrict", "shut"),
    ("REJECT", None, "kept"), ("COOPERATE", None, "sold"),
)  # fmt: skip


def a_deed(rng: Random) -> dict[str, Any]:
    """A threat, a demand, or what may end one, on one of two things between some parties."""
    one, other = rng.sample(PARTIES[: rng.choice((2, 2, 5))], 2)
    thing = rng.choice(THINGS)
    given: dict[str, Any] = {
        "actors": [one], "recipients": [other],
        "date": None if rng.random() < 0.2 else day(rng.randint(1, 300)),
        "status": rng.choice((*["actual"] * 8, "alleged", "denied")),
    }  # fmt: skip
    type_, mode, verb = rng.choice(KINDS)
    if type_ not in ("THREATEN", "REQUEST"):
        sentence = f"{one.text} {verb} the {thing} at dawn."
        return deed(sentence, verb, type=type_, mode=mode, **given)
    sentence = f"{one.text} {verb} to raze the {thing} of {other.text} by May."
    if rng.random() < 0.3:
        given["deadline"] = on(day(rng.randint(1, 500)), text="May")
    if rng.random() < 0.3:
        given["condition"] = f"unless {other.text} sells the {rng.choice(THINGS)}"
        sentence = sentence.replace(" by May", f" by May {given['condition']}")
    if type_ == "REQUEST":
        content = rng.choice((("RETREAT", "withdraw"), ("ASSAULT", "destroy")))
        given["content"] = about(*content, "raze")
    elif rng.random() < 0.8:
        given["content"] = about("ASSAULT", "destroy", "raze")
    return deed(sentence, verb, type=type_, mode=mode, **given)


def a_state(rng: Random, one: Told) -> StateReport:
    """A road or a hotline that is in a state, with a name in a pack or without."""
    words = Span(0, 2, one.document.text[:2])
    name = rng.choice(("Zenda road", "mill road", "hotline"))
    return StateReport(
        id=f"{one.document.id}-{rng.randint(0, 10_000)}", document=one.document.id, sentence=words,
        thing=words, known=rng.choice((None, "zenda-road")), name=name,
        kind="hotline" if name == "hotline" else "road", category="channel",
        parties=rng.choice((("GRA", "RUR"), ("GRA", "STR"))),
        place=rng.choice((None, "Zenda")), state=rng.choice(("open", "closed", "destroyed")),
        toward=None, change="began", temporary=False, words=words, status="actual",
        date=on(day(rng.randint(1, 400))), published=one.document.published, dated=None,
        actors=(), attribution=(), event=None, evidence=(),
    )  # fmt: skip


def news(rng: Random, count: int) -> list[tuple[Told, list[StateReport]]]:
    """Articles with events, and what they say of roads."""
    found = []
    for number in range(count):
        published = None if rng.random() < 0.1 else day(rng.randint(1, 330))
        one = told(f"d{number}", *(a_deed(rng) for _ in range(rng.randint(0, 5))),
                   published=published, more=f"It was dry in week {number}.")  # fmt: skip
        found.append((one, [a_state(rng, one) for _ in range(rng.randint(0, 2))]))
    return found


def add(store: TableStore, one: Told, said: Sequence[StateReport], number: int = 0) -> None:
    """Add an article; coded anew where the number is another."""
    entry = Entry(
        path="a", outcome="coded", document=one.document, digest=one.document.id,
        events=one.events, states=list({state.id: state for state in said}.values()),
    )  # fmt: skip
    store.add(entry, Coding(str(number), {}), at=NOW + timedelta(days=number))


def recoded(one: Told) -> Told:
    """The same article by a coder that finds only the first event, and is less sure."""
    events = [replace(event, id=f"{event.id}!", confidence=0.5) for event in one.events[:1]]
    return Told(one.document, tuple(events))


def decide(store: TableStore, action: Any, *events: Any, **labels: Any) -> None:
    decision = Decision(
        number=len(store.links.decisions()) + 1, made="2024-10-25T12:00:00", who="ana",
        action=action, groups=(tuple(anchor_of(event) for event in events),), **labels,
    )  # fmt: skip
    store.links.decide(decision, decision.documents)


def kept(store: TableStore) -> dict[str, list[Any]]:
    """The ledgers of a store and what it keeps to follow them."""
    read = {
        "channels": "SELECT record FROM channels", "threats": "SELECT record FROM threats",
        "acts": "SELECT * FROM acts", "watched": "SELECT * FROM watched",
        "followed": "SELECT as_of, knowledge FROM followed",
        "incidents": "SELECT * FROM changed_incidents",
        "documents": "SELECT * FROM changed_documents",
    }  # fmt: skip
    return {name: sorted(store._db.execute(sql).fetchall(), key=repr) for name, sql in read.items()}


def assert_as_whole(store: TableStore) -> None:
    """What is kept is what following the whole gives."""
    found = kept(store)
    incidents = store.links.incidents()
    assert store.links.threats() == sorted(follow(incidents), key=lambda one: one.id)
    assert len(found["channels"]) == len(timelines(store.links.states()))
    store._db.execute("DELETE FROM followed")
    follow_again(store.links)
    assert kept(store) == found
    assert list(store.check()) == []


def change(store: TableStore, rng: Random, coming: list[tuple[Told, list[StateReport]]]) -> None:
    """A batch of some news, something coded anew, or a decision on an event that is there."""
    what = rng.choice(("add", "anew", "relabel", "relabel", "reject", "merge", "nothing"))
    if what == "add" and coming:
        for _ in range(min(len(coming), rng.randint(1, 3))):
            add(store, *coming.pop())
        return
    there = store.links.events(row["id"] for row in store.ask("documents"))
    there.sort(key=lambda event: (event.document, event.id))
    event, other = rng.sample(there, 2)
    if what == "anew":
        document = store.document(event.document)
        assert document is not None
        whole = Told(document, tuple(one for one in there if one.document == document.id))
        add(store, recoded(whole), [a_state(rng, whole)], rng.randint(1, 9))
    elif what == "relabel":
        type_ = rng.choice(("ASSAULT", "THREATEN", "ACCUSE", "CONCEDE"))
        decide(store, "relabel", event, type=type_, status=rng.choice((None, "actual", "denied")))
    elif what == "reject":
        decide(store, "reject", event)
    elif what == "merge":
        decide(store, "merge", event, other)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_followed_again_is_as_if_all_were(seed: int) -> None:
    rng = Random(seed)
    coming = news(rng, 40)
    with open_store(":memory:") as store:
        for _ in range(25):
            add(store, *coming.pop())
        link(store.links)
        assert len({row["outcome"] for row in store.ask("threats")}) > 2
        for _ in range(12):
            for _ in range(rng.randint(1, 2)):
                change(store, rng, coming)
                link(store.links, ledgers=False)
            follow_again(store.links, share=ALL)
            assert_as_whole(store)


@pytest.mark.parametrize("seed", range(4))
def test_what_ends_a_threat_is_within_its_reach(seed: int) -> None:
    with open_store(":memory:") as store:
        for one in news(Random(seed), 60):
            add(store, *one)
        link(store.links)
        incidents = {one.id: one for one in store.links.incidents()}
    reach = {one.id: one for one in reaches(incidents.values())}
    act = {one.id: one for one in acts(incidents.values())}
    ended = [one for one in follow(incidents.values()) if one.outcome_incident is not None]
    assert len(ended) > 5
    for threat in ended:
        found, by = reach[threat.id], act[threat.outcome_incident or ""]
        assert found.sides & by.sides
        assert found.since <= by.begins <= found.until
        assert found.types is None or incidents[by.id].type in found.types


THREAT = deed(
    "Ruritania threatened to raze the Zenda bridge of Graustark.", "threatened",
    type="THREATEN", mode="violence", content=about("ASSAULT", "destroy", "raze"), date=day(13),
)  # fmt: skip
RAZED = deed("Ruritania razed the Zenda bridge of Graustark.", date=day(16))
FAR = {
    "actors": [who("Strelsau", "STR", "GOV")], "recipients": [who("Hofbau", "HOF", "GOV")]
}  # fmt: skip


def article(id: str, *told_of: dict[str, Any], published: date) -> Told:  # noqa: A002
    return told(id, *told_of, published=published, more=f"Nothing else was told by {id}.")


@pytest.fixture
def store() -> Iterator[TableStore]:
    """A threat that was carried out, one that is open and far from it, and a deed near to that."""
    with open_store(":memory:") as store:
        far = deed(
            "Strelsau threatened to burn the mill of Hofbau.", "threatened", type="THREATEN",
            mode="violence", content=about("ASSAULT", "destroy", "burn"), date=day(14), **FAR,
        )  # fmt: skip
        for one in (
            article("t", THREAT, published=day(13)), article("r", RAZED, published=day(16)),
            article("f", far, published=day(14)),
        ):  # fmt: skip
            add(store, one, ())
        link(store.links)
        assert outcomes(store) == {"t": "carried out", "f": "open"}
        yield store


def outcomes(store: TableStore) -> dict[str, str]:
    """The outcome of each threat by its article."""
    by = dict(store._db.execute("SELECT incident, document FROM incident_reports").fetchall())
    return {by[row["id"]]: row["outcome"] for row in store.ask("threats")}


def again(store: TableStore) -> None:
    link(store.links, ledgers=False)
    follow_again(store.links, share=ALL)


def test_only_what_is_near_to_a_change_is_looked_at(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[set[str]] = []

    def seen(incidents: Any, **more: Any) -> Any:
        followed.append({document for one in incidents for document in one.documents})
        return follow(incidents, **more)

    monkeypatch.setattr(ledgers, "follow", seen)
    monkeypatch.setattr(type(store.links), "incidents", None)
    (event,) = store.links.events(["r"])
    decide(store, "relabel", event, status="denied")
    again(store)
    assert followed == [{"t", "r"}]
    assert outcomes(store) == {"t": "open", "f": "open"}


def test_a_later_day_tells_the_open_ones_anew(store: TableStore) -> None:
    add(store, article("n", deed("Zembla thanked Zembla.", "thanked", type="SUPPORT", mode=None,
                                 actors=[who("Zembla", "ZEM")], recipients=[]),
                       published=day(40)), ())  # fmt: skip
    again(store)
    assert outcomes(store) == {"t": "carried out", "f": "open"}
    (reason,) = (row["reason"] for row in store.ask("threats") if row["outcome"] == "open")
    assert reason.startswith(f"no deed by {day(40)}")
    add(store, article("m", published=day(300)), ())
    add(store, article("o", RAZED | {"date": day(300)}, published=day(300)), ())
    again(store)
    assert outcomes(store) == {"t": "carried out", "f": "lapsed"}
    (event,) = store.links.events(["o"])
    decide(store, "reject", event)
    again(store)
    assert outcomes(store) == {"t": "carried out", "f": "open"}
    assert_as_whole(store)


def test_what_was_cut_off_before_it_was_followed_is_followed_by_the_next(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (event,) = store.links.events(["r"])
    decide(store, "reject", event)
    with monkeypatch.context() as patched:
        patched.setattr(type(store.links), "_remove_ledgers", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            link(store.links)
    assert outcomes(store) == {"t": "carried out", "f": "open"}
    follow_again(store.links, share=ALL)
    assert outcomes(store) == {"t": "open", "f": "open"}
    assert_as_whole(store)


@pytest.mark.parametrize("sql", [
    "UPDATE followed SET as_of = NULL, knowledge = NULL", "UPDATE followed SET knowledge = 'x'",
])  # fmt: skip
def test_ledgers_of_an_older_store_or_other_knowledge_are_followed_whole(
    store: TableStore, sql: str
) -> None:
    store._db.execute(f"{sql}; DELETE FROM acts; DELETE FROM watched; DELETE FROM threats")
    assert link(store.links) == 0
    assert outcomes(store) == {"t": "carried out", "f": "open"}
    assert_as_whole(store)


def test_where_nothing_changed_nothing_is_followed(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(store.links), "replace_ledgers", None)
    assert link(store.links) == 0
