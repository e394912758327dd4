"""Sentences that several people coded: does the coder agree with them as they do with each other?

The set is JSON lines of ``{id, text, raters: [{round, relevant, actions: [{cameo, penta}]}]}``
(CAMEO_ConfliBERT's form): each rater says whether the sentence is relevant and gives each action a
CAMEO root, such as ``4-18 Assualt``, in the order of the text. What is compared, and how:

- **Raters.** The records do not name their raters; the n-th record of a round is taken for one
  person. (In the set this was made for, nine in ten n-th records are the same to the word in the
  last round and the one before, so there the order holds.) A rater who calls relevant less than
  half the share of the round's median rater left the form on its default and is not counted in
  that round. An empty ``relevant`` is no judgement; a relevant sentence without an action is none
  on the type; an irrelevant one has no action, whatever was left in the form.
- **Rounds.** Raters went over the same sentences again and again, so rounds are never pooled. The
  last one is the yardstick. There they agree most: what they say is settled, no longer independent,
  and the harder to match. Every round is shown; one of three raters has references of two, that are
  clear only where both agree, so its figures run higher.
- **Classes.** CAMEO roots become PLOVER types (:data:`ROOTS`) and these their quad class, for
  raters and coder alike; so the raters' own pentaclass, which follows CAMEO's quads, is not used.
  "Make public statement" is no PLOVER event: ``relevant`` compares with what the raters ticked,
  ``deed`` with whether they coded anything but statements.
- **The coder** finds a sentence relevant (and to hold a deed) when it codes an event whose status
  is in :data:`COUNTED`: told as having happened. Denied, predicted and hypothetical ones do not
  count.
- **Reference.** For each rater the majority of the *others* in the round; the rater and the coder
  are compared with the same references, on the same sentences. Whether there is a deed is decided
  by majority first, its class by plurality among those who give one.
- **Type.** A sentence's main action is the first one in its text, for everybody. ``first``: the
  judge's first class is the reference's. ``any``: one of the judge's classes is. Both only on
  sentences where the reference has a deed, and a judge with no event is wrong. ``both`` is
  ``first`` where the rater and the coder both code something: what is left is typing alone.
  ``all`` is ``first`` over all sentences, no deed being a class of its own.
- **Ties.** References that are tied are left out; in the figures "with ties" a judge gets 1/k for
  one of k tied classes.
"""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.errors import InputError
from tocsin.evaluation.rated_scores import MEASURES, Measure, RatedScores, Trial
from tocsin.model.document import Document
from tocsin.model.event import Event

if TYPE_CHECKING:
    from tocsin.pipeline.coder import Coder

# CAMEO's roots as PLOVER types with their quad class, by what most codes below the root become in
# OEDA's conversion table (CC BY-SA 4.0). That table has no line for 01 and 02: statements are no
# events in PLOVER, appeals are requests. 08 is CONCEDE or RETREAT by its codes, and raters give
# the root alone: YIELD stands for both. Single codes go elsewhere (163 and 19x to COERCE, 1712,
# 175 and 201 to ASSAULT); a root cannot tell them.
ROOTS: Mapping[str, tuple[str, int] | None] = {
    "01": None,
    "02": ("REQUEST", 3),
    "03": ("AGREE", 1),
    "04": ("CONSULT", 1),
    "05": ("SUPPORT", 1),
    "06": ("COOPERATE", 2),
    "07": ("AID", 2),
    "08": ("YIELD", 2),
    "09": ("ACCUSE", 3),
    "10": ("REQUEST", 3),
    "11": ("ACCUSE", 3),
    "12": ("REJECT", 3),
    "13": ("THREATEN", 3),
    "14": ("PROTEST", 4),
    "15": ("MOBILIZE", 4),
    "16": ("SANCTION", 4),
    "17": ("COERCE", 4),
    "18": ("ASSAULT", 4),
    "19": ("ASSAULT", 4),
    "20": ("ASSAULT", 4),
}
COUNTED = frozenset({"actual", "background", "alleged", "unconfirmed"})
_QUADS = dict(entry for entry in ROOTS.values() if entry)
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_NONE = "none"
_ACTION = re.compile(r"\s*(?:\d\s*-\s*)?(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Rating:
    """What one judge says of one sentence.

    ``relevant`` is None without a judgement; ``types`` are those of the actions in the order of
    the text, statements left out; None where the judge says relevant but codes nothing readable.
    """

    relevant: bool | None
    types: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RatedSentence:
    """A sentence and, per round and rater (the place within the round), the rating."""

    id: str
    text: str
    rounds: Mapping[str, Mapping[int, Rating]]


def evaluate_rated(
    path: Path | str, coder: Coder, *, statuses: Collection[str] = COUNTED
) -> RatedScores:
    """Code every sentence and compare with the raters, round by round.

    ``statuses`` are those of events that count. InputError names a bad line.
    """
    sentences = read_rated(Path(path))
    coded = {
        sentence.id: coder.code(Document.of(sentence.text, id=sentence.id))
        for sentence in sentences
    }
    return compare(sentences, coded, statuses=statuses)


def compare(
    sentences: Sequence[RatedSentence],
    coded: Mapping[str, Sequence[Event]],
    *,
    statuses: Collection[str] = COUNTED,
) -> RatedScores:
    """Score the events of each sentence (by its id) against its raters."""
    rounds: dict[str, tuple[Trial, ...]] = {}
    cases: list[dict[str, Any]] = []
    for name in _round_names(sentences):
        finished = _finished(sentences, name)
        trials: list[Trial] = []
        for sentence in sentences:
            raters = {n: r for n, r in sentence.rounds.get(name, {}).items() if n in finished}
            trials += _trials(sentence.id, raters, _coder_rating(coded[sentence.id], statuses))
        rounds[name] = tuple(trials)
        cases = [_case(s, name, finished, coded[s.id], statuses) for s in sentences]
    return RatedScores(len(sentences), rounds, cases)


def read_rated(path: Path) -> list[RatedSentence]:
    """Read the set; InputError with the line where one is not of the form."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path)) from error
    sentences = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rounds: dict[str, dict[int, Rating]] = {}
            for record in row["raters"]:
                places = rounds.setdefault(str(record["round"]), {})
                places[len(places)] = read_rating(record)
            sentences.append(RatedSentence(str(row.get("id", number)), str(row["text"]), rounds))
        except json.JSONDecodeError as error:
            raise InputError(f"is no JSON: {error}", path=str(path), line=number) from error
        except KeyError as error:
            raise InputError(f"lacks {error}", path=str(path), line=number) from error
        except (TypeError, AttributeError, ValueError) as error:
            raise InputError(f"is not of the form: {error}", path=str(path), line=number) from error
    return sentences


def read_rating(record: Mapping[str, Any]) -> Rating:
    """One rater's record. ValueError for a word or root that is none of the form's."""
    word = str(record["relevant"]).strip()
    if word not in ("True", "False", ""):
        raise ValueError(f"relevant is {word!r}; allowed: True, False, empty")
    if not word:
        return Rating(None, None)
    if word == "False":
        return Rating(False, ())
    roots = [root for action in record["actions"] if (root := _root(str(action["cameo"])))]
    if not roots:
        return Rating(True, None)
    return Rating(True, tuple(entry[0] for root in roots if (entry := ROOTS[root])))


def _root(cameo: str) -> str | None:
    """The root in words such as ``3-9 Investigate``; None for an empty one."""
    if not cameo.strip():
        return None
    match = _ACTION.match(cameo)
    if match is None or (root := match[1].zfill(2)) not in ROOTS:
        raise ValueError(f"{cameo!r} holds no CAMEO root")
    return root


def _coder_rating(events: Iterable[Event], statuses: Collection[str]) -> Rating:
    counted = sorted(
        (event for event in events if event.status in statuses), key=lambda e: e.trigger.start
    )
    return Rating(bool(counted), tuple(_YIELD.get(e.type, e.type) for e in counted))


def _round_names(sentences: Iterable[RatedSentence]) -> list[str]:
    names = {name for sentence in sentences for name in sentence.rounds}
    return sorted(names, key=lambda name: (name.zfill(9), name))


def _finished(sentences: Sequence[RatedSentence], name: str) -> frozenset[int]:
    """The raters who went through the round, and did not leave most on the form's default."""
    votes: dict[int, list[bool]] = defaultdict(list)
    for sentence in sentences:
        for place, rating in sentence.rounds.get(name, {}).items():
            if rating.relevant is not None:
                votes[place].append(rating.relevant)
    shares = {place: sum(said) / len(said) for place, said in votes.items()}
    if not shares:
        return frozenset()
    median = statistics.median(shares.values())
    return frozenset(place for place, share in shares.items() if share >= median / 2)


def _trials(id_: str, raters: Mapping[int, Rating], ours: Rating) -> Iterator[Trial]:
    """Every rater, and the coder in their place, against the others; then the coder against all."""
    for measure in MEASURES:
        for place, rater in raters.items():
            others = [rating for n, rating in raters.items() if n != place]
            wanted = _reference(measure, others) if len(others) > 1 else frozenset()
            if wanted and _compares(measure, rater, ours):
                rater_credit = _credit(measure, rater, wanted)
                ours_credit = _credit(measure, ours, wanted)
                yield Trial(measure.name, id_, place, len(wanted) > 1, rater_credit, ours_credit)
        wanted = _reference(measure, raters.values())
        if wanted and _compares(measure, ours, ours):
            credit = _credit(measure, ours, wanted)
            yield Trial(measure.name, id_, None, len(wanted) > 1, None, credit)


def _compares(measure: Measure, rater: Rating, ours: Rating) -> bool:
    """Has the rater said what is needed?"""
    if measure.field == "relevant":
        return rater.relevant is not None
    if measure.scope == "both":
        return bool(rater.types and ours.types)
    return rater.types is not None


def _reference(measure: Measure, raters: Iterable[Rating]) -> frozenset[str]:
    """The class that most raters name: several where tied, none where there is nothing to name."""
    raters = list(raters)
    if measure.field == "relevant":
        return _most(str(rater.relevant) for rater in raters if rater.relevant is not None)
    deed = _most(str(bool(rater.types)) for rater in raters if rater.types is not None)
    if measure.field == "deed":
        return deed
    types = _most(_class(measure, rater.types[0]) for rater in raters if rater.types)
    if measure.scope != "all":
        return types if deed == {"True"} else frozenset()
    named = types if "True" in deed else frozenset()
    return named | {_NONE} if "False" in deed else named


def _most(values: Iterable[str]) -> frozenset[str]:
    counts = Counter(values)
    top = max(counts.values(), default=0)
    return frozenset(value for value, count in counts.items() if count == top)


def _class(measure: Measure, type_: str) -> str:
    return str(_QUADS[type_]) if measure.field == "quad" else type_


def _credit(measure: Measure, judge: Rating, wanted: frozenset[str]) -> float:
    """1 for the wanted class, 1/k for one of k tied ones, else 0."""
    if measure.field == "relevant":
        said = {str(judge.relevant)}
    elif measure.field == "deed":
        said = {str(bool(judge.types))}
    else:
        types = judge.types or ()
        classes = [_class(measure, type_) for type_ in types] or [_NONE]
        said = set(classes if measure.scope == "any" else classes[:1])
    return 1 / len(wanted) if said & wanted else 0.0


def _case(
    sentence: RatedSentence, name: str, raters: Collection[int], events: Sequence[Event],
    statuses: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """What the raters of the round and the coder say; ids and answers, never the text."""
    ratings = [r for n, r in sentence.rounds.get(name, {}).items() if n in raters]
    ours = _coder_rating(events, statuses)
    wanted = {
        measure.name: _reference(measure, ratings)
        for measure in MEASURES
        if measure.scope in ("", "first")
    }
    return {
        "id": sentence.id,
        "reference": {name: sorted(classes) for name, classes in wanted.items()},
        "raters": [
            {"relevant": r.relevant, "types": None if r.types is None else list(r.types)}
            for r in ratings
        ],
        "coder": list(ours.types or ()),
        "right": {
            measure.name: _credit(measure, ours, wanted[measure.name])
            for measure in MEASURES
            if wanted.get(measure.name)
        },
        "events": [[e.type, e.mode, e.status, e.evidence[0].rule] for e in events],
    }
