"""Asking the relation model about every pair of a sentence, and drawing the consequences.

The model is asked once a sentence: about each ordered pair of parties of which an event could
come, and about each party of a one-sided candidate with the other side left open. Rules' votes and
the model's answers are put together in :mod:`tocsin.events.combination`; then candidates keep their
type, get another or go, their empty sides are filled, and pairs that no rule joined become
candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from tocsin.events.combination import NONE, Vote, best_of, decide, match_of
from tocsin.events.joining import Joints
from tocsin.events.relation import Pair, Relation, RelationModel
from tocsin.events.syntax import is_verb
from tocsin.knowledge.combination import CombinationWeights
from tocsin.knowledge.triggers import TriggerRules
from tocsin.model.candidate import Asked, Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence

# Pairs of one sentence that are asked about at most, nearest first: each costs two tokens of the
# encoder's time, where a sentence has about thirty.
_MOST_PAIRS = 20
# From this share on a pair fills the empty side of a rule's event.
_FILLS = 0.5
# Types of which each side does what the other does: turned round, the same event.
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
# The rules of proposals: with a trigger that the rules know for the type, and with another word.
PROPOSED, INFERRED = "relation#proposed", "relation#inferred"
# By which token a mention is known in its sentence; None is a side left open.
Key = tuple[int | None, int | None]


class Decider:
    """Settles the candidates of a text with the relation model, and proposes what rules missed.

    A candidate keeps its rule's type, gets another, or is dropped; its ``weight`` becomes the
    probability of its type. A proposal's trigger is the word that joins the pair in the parse; its
    ``rule`` is ``relation#proposed``, or ``relation#inferred`` where no rule knows that word for
    the type.
    """

    def __init__(
        self, model: RelationModel, weights: CombinationWeights, rules: TriggerRules
    ) -> None:
        self.model = model
        self.weights = weights
        self.joints = Joints(rules)

    def settle(
        self, parse: Parse, candidates: Sequence[Candidate], actors: Sequence[ActorMention]
    ) -> tuple[tuple[Candidate, ...], tuple[Asked, ...]]:
        """Return the candidates of all sentences, settled, with proposals, in order; and what was
        asked to that end."""
        out: list[Candidate] = []
        asked: list[Asked] = []
        for work in self._sentences(parse, candidates, actors):
            found, questions = work.run()
            out.extend(sorted(found, key=lambda c: (min(c.trigger), c.head)))
            asked.extend(questions)
        return tuple(out), tuple(asked)

    def _sentences(
        self, parse: Parse, candidates: Sequence[Candidate], actors: Sequence[ActorMention]
    ) -> Iterator[_Settling]:
        """Yield the work on each sentence, in order."""
        by_sentence: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_sentence[candidate.sentence].append(candidate)
        mentions: dict[int, dict[int, ActorMention]] = defaultdict(dict)
        for mention in actors:
            if mention.via != "implied":
                mentions[mention.sentence].setdefault(mention.head, mention)
        for sent in parse.sentences:
            own = by_sentence.get(sent.index, [])
            here = {h: m for h, m in mentions.get(sent.index, {}).items() if _inside(m, sent)}
            yield _Settling(self, parse, sent, own, here)


@dataclass(slots=True)
class _Settling:
    """The work on one sentence: its candidates, and its parties by the token of their head."""

    decider: Decider
    parse: Parse
    sent: Sentence
    candidates: Sequence[Candidate]
    parties: Mapping[int, ActorMention]

    def run(self) -> tuple[list[Candidate], list[Asked]]:
        """Return the settled candidates with the proposals, and what was asked."""
        own, others = self._questions()
        asked = [*own, *others]
        if not asked:
            return list(self.candidates), []
        answers = self._ask([*own, *filter(self._of_use, others)])
        shares = {key: self._shares(key, self.candidates, a) for key, a in answers.items()}
        kept = [c for c in (self._settled(c, answers) for c in self.candidates) if c is not None]
        for share, type_, key in sorted(self._missed(kept, shares), reverse=True):
            self._add(kept, type_, key, round(share, 4), answers[key])
        told = [
            Asked(
                sentence=self.sent.index,
                actor=self.parties[left] if left is not None else None,
                recipient=self.parties[right] if right is not None else None,
                model=answers[left, right].probabilities if (left, right) in answers else None,
                shares=shares.get((left, right)),
            )
            for left, right in asked
        ]
        return kept, told

    def _questions(self) -> tuple[list[Key], list[tuple[int, int]]]:
        """Return the pairs by which the candidates are judged, and the others that come near
        enough to each other to be asked about."""
        pairs = [
            (left, right)
            for left, right in permutations(self.parties, 2)
            if _strangers(self.parties[left], self.parties[right])
        ]
        pairs.sort(key=lambda pair: (abs(pair[0] - pair[1]), pair))
        keys = dict.fromkeys(self._key(candidate) for candidate in self.candidates)
        own = [key for key in keys if key != (None, None)]
        return own, [pair for pair in pairs[:_MOST_PAIRS] if pair not in keys]

    def _of_use(self, pair: tuple[int, int]) -> bool:
        """Whether an event could come of the answer: a word joins the two, so that they may be
        proposed, or an event of a rule has room for them."""
        if self.decider.joints.join(self.sent, *pair):
            return True
        left, right = (self.parties[head] for head in pair)
        return any(_has_room(candidate, left, right) for candidate in self.candidates)

    def _key(self, candidate: Candidate) -> Key:
        """The pair by which a candidate is judged: its first actor and its first recipient."""
        actor = next((m.head for m in candidate.actors if m.head in self.parties), None)
        recipient = next(
            (m.head for m in candidate.recipients if m.head in self.parties and m.head != actor),
            None,
        )
        return actor, recipient

    def _ask(self, asked: Sequence[Key]) -> dict[Key, Relation]:
        """Return the model's answers."""
        start = self.sent.start
        spans = {
            head: ((mention.start - start, mention.end - start),)
            for head, mention in self.parties.items()
        }
        pairs = [
            Pair(
                actor=spans[left] if left is not None else (),
                recipient=spans[right] if right is not None else (),
            )
            for left, right in asked
        ]
        text = self.parse.text[start : self.sent.end]
        return dict(zip(asked, self.decider.model.relate(text, pairs), strict=True))

    def _votes(self, key: Key, candidates: Sequence[Candidate]) -> list[Vote]:
        """Return what the rules say of a pair."""
        votes = []
        for candidate in candidates:
            acts = any(m.head == key[0] for m in candidate.actors)
            suffers = any(m.head == key[1] for m in candidate.recipients)
            match = match_of(acts, suffers, open_=None in key)
            votes.append(Vote(candidate.type, match, candidate.weight))
        return votes

    def _shares(
        self, key: Key, candidates: Sequence[Candidate], answer: Relation
    ) -> dict[str, float]:
        return decide(self._votes(key, candidates), answer.probabilities, self.decider.weights)

    def _settled(self, candidate: Candidate, answers: Mapping[Key, Relation]) -> Candidate | None:
        answer = answers.get(self._key(candidate))
        if answer is None:
            return candidate
        weights = self.decider.weights
        shares = self._shares(self._key(candidate), [candidate], answer)
        best = best_of(shares)
        if shares[NONE] >= weights.drop:
            return None
        if best in (NONE, candidate.type) or shares[best] < weights.change:
            best = candidate.type
        # Where the sentence tells several acts of one pair, each has its trigger: only one that no
        # other rule has told may take this one's place.
        if best != candidate.type and any(c.type == best for c in self.candidates):
            best = candidate.type
        probability = round(answer.probabilities.get(best, 0.0), 4)
        if best == candidate.type:
            mode = candidate.mode or answer.mode_of(best, at_least=weights.mode)
            return replace(candidate, mode=mode, weight=shares[best], model=probability)
        return replace(
            candidate,
            type=best,
            mode=answer.mode_of(best, at_least=weights.mode),
            content=None,
            weight=shares[best],
            model=probability,
        )

    def _missed(
        self, kept: Sequence[Candidate], shares: Mapping[Key, Mapping[str, float]]
    ) -> Iterator[tuple[float, str, tuple[int, int]]]:
        """Pairs that no kept candidate joins, with the type that they may have."""
        joined = {(a.head, r.head) for c in kept for a in c.actors for r in c.recipients}
        for (left, right), found in shares.items():
            if left is None or right is None or (left, right) in joined:
                continue
            best = best_of(found)
            if best != NONE and found[best] >= self.decider.weights.propose:
                yield found[best], best, (left, right)

    def _add(
        self,
        kept: list[Candidate],
        type_: str,
        pair: tuple[int, int],
        share: float,
        answer: Relation,
    ) -> None:
        """Fill a side of a kept candidate of this type, or add a candidate."""
        left, right = self.parties[pair[0]], self.parties[pair[1]]
        probability = round(answer.probabilities.get(type_, 0.0), 4)
        for at, candidate in enumerate(kept):
            if candidate.type != type_:
                continue
            acts = _holds(candidate.actors, left)
            suffers = _holds(candidate.recipients, right)
            if acts and suffers:
                return
            if type_ in _MUTUAL and _turned(candidate, left, right):
                kept[at] = replace(
                    candidate,
                    actors=_with(candidate.actors, left),
                    recipients=_with(candidate.recipients, right),
                )
                return
            # One does one thing once in a sentence, as far as the model can tell: it may name whom
            # a rule left open, but adds nobody to those whom a rule named.
            if acts or suffers:
                if acts and not candidate.recipients and share >= _FILLS:
                    kept[at] = replace(candidate, recipients=(right,))
                elif suffers and not candidate.actors and share >= _FILLS:
                    kept[at] = replace(candidate, actors=(left,))
                return
        head = self.decider.joints.between(self.sent, *pair, type_)
        if head is None:
            return
        known = self.decider.joints.knows(self.sent, head, type_)
        kept.append(
            Candidate(
                sentence=self.sent.index,
                head=head,
                trigger=(head,),
                rule=PROPOSED if known else INFERRED,
                type=type_,
                mode=answer.mode_of(type_, at_least=self.decider.weights.mode),
                actors=(left,),
                recipients=(right,),
                nominal=not is_verb(self.sent, head),
                weight=share,
                spans=((head, head + 1),),
                model=probability,
            )
        )


def _inside(mention: ActorMention, sent: Sentence) -> bool:
    return sent.start <= mention.start < mention.end <= sent.end


def _strangers(one: ActorMention, other: ActorMention) -> bool:
    """Whether two mentions are two resolved parties, of two states as far as is known.

    What rules do not find between parties of one state is rarely there: of a hundred such events
    that the model proposes in news, readers find nineteen right.
    """
    if one.start < other.end and other.start < one.end:
        return False
    if not all(m.country or m.sectors for m in (one, other)):
        return False
    return one.country is None or one.country != other.country


def _alike(one: ActorMention, other: ActorMention) -> bool:
    """Whether two mentions are, or may well be, the one party told twice."""
    if one.head == other.head:
        return True
    return (
        one.country is not None
        and one.country == other.country
        and ("pronoun" in (one.via, other.via) or one.sectors[:1] == other.sectors[:1])
    )


def _holds(side: Sequence[ActorMention], mention: ActorMention) -> bool:
    return any(_alike(m, mention) for m in side)


def _turned(candidate: Candidate, left: ActorMention, right: ActorMention) -> bool:
    return _holds(candidate.actors, right) and _holds(candidate.recipients, left)


def _has_room(candidate: Candidate, left: ActorMention, right: ActorMention) -> bool:
    """Whether a pair may fill a side of a candidate, if it is of the candidate's type."""
    if _turned(candidate, left, right):
        return True
    acts, suffers = _holds(candidate.actors, left), _holds(candidate.recipients, right)
    return (acts and not candidate.recipients) or (suffers and not candidate.actors)


def _with(side: tuple[ActorMention, ...], mention: ActorMention) -> tuple[ActorMention, ...]:
    return side if _holds(side, mention) else (*side, mention)
