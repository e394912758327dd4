"""Articles that linking joins, held against the stories that they are labelled with."""

from __future__ import annotations

from collections.abc import Sequence

from tests.linking.news import clash, everything
from tests.linking.telling import Told, deed, told

from tocsin.evaluation.joined import evaluate_joined
from tocsin.model.document import Document
from tocsin.model.event import Event

NEWS = {one.document.id: one for one in everything()}
COPY = told("copy", deed("Ruritania razed the old mill of Graustark."), published=None)
STORIES = {
    "night 1a": "first", "night 1b": "first", "night 2a": "second", "night 2b": "second",
    "clash by one": "clash", "clash by other": "clash", "threat a": "threat", "threat b": "deed",
    "undated": "mill", "copy": "mill",
}  # fmt: skip


class Coding:
    """Codes the made-up articles, and notes which were coded."""

    def __init__(self, *articles: Told) -> None:
        self.coded: list[str] = []
        self._events = {one.document.id: one.events for one in articles}

    def __call__(self, document: Document) -> Sequence[Event]:
        self.coded.append(document.id)
        return self._events[document.id]


def test_pairs_that_share_an_incident_or_a_story() -> None:
    articles = [*NEWS.values(), COPY]
    code = Coding(*articles)
    scores = evaluate_joined((one.document for one in articles), STORIES, code)
    assert code.coded == list(NEWS)  # the copy is not
    joined = {
        ("night 1a", "night 1b"): True, ("night 2a", "night 2b"): True,
        ("clash by one", "clash by other"): True, ("threat a", "threat b"): False,
        ("copy", "undated"): True,
    }  # fmt: skip
    assert scores.by_incident == joined
    assert scores.by_story == joined
    assert (scores.pairs, scores.coded_pairs) == (4, 4)
    assert scores.as_dict() == {
        "pairs": 5, "pair_precision": 0.8, "pair_recall": 1.0,
        "incident_pairs": 5, "incident_pair_precision": 0.8, "incident_pair_recall": 1.0,
        "incident_pair_recall_of_coded": 1.0,
        "story_pairs": 5, "story_pair_precision": 0.8, "story_pair_recall": 1.0,
    }  # fmt: skip
    case = next(one for one in scores.cases() if "threat a" in one["pair"])
    assert case == {
        "pair": ["threat a", "threat b"], "joined": True, "right": False,
        "by": ["incident", "story"],
    }  # fmt: skip


def test_what_has_no_events_is_joined_by_its_words_alone() -> None:
    silent = [Told(one.document, ()) for one in clash()]
    scores = evaluate_joined(
        [one.document for one in silent], {one.document.id: "x" for one in silent}, Coding(*silent)
    )
    assert scores.by_incident == {}
    assert scores.by_story == {("clash by one", "clash by other"): True}
    assert (scores.pairs, scores.coded_pairs) == (1, 0)
    assert scores.as_dict()["incident_pair_recall_of_coded"] == 0.0
    assert [one["by"] for one in scores.cases()] == [["story"]]


def test_an_article_without_a_label_is_alone_with_its_own() -> None:
    articles = clash()
    scores = evaluate_joined((one.document for one in articles), {}, Coding(*articles))
    assert scores.by_incident == {("clash by one", "clash by other"): False}
    assert scores.pairs == 0


def test_of_copies_each_is_joined_with_all_that_their_original_is() -> None:
    one, other = clash()
    again = Told(Document.of(one.document.text.upper(), id="again", outlet="Echo"), ())
    articles = [one, other, again]
    scores = evaluate_joined([a.document for a in articles], {}, Coding(one, other))
    assert set(scores.by_incident) == {
        ("again", "clash by one"), ("again", "clash by other"), ("clash by one", "clash by other"),
    }  # fmt: skip


def test_nothing_is_nothing() -> None:
    scores = evaluate_joined([], {}, Coding())
    assert scores.cases() == []
    assert set(scores.as_dict().values()) == {0}
