"""Asking the relation model about the candidates of a text, and about pairs that no rule saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tocsin.events.combination import NONE, Vote, best_of, decide
from tocsin.events.relation import Pair, RelationModel
from tocsin.events.syntax import is_verb
from tocsin.knowledge.combination import CombinationWeights
from tocsin.model.candidate import Candidate
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Parse, Sentence

# Pairs of one sentence that are asked about at most: long lists of states are no relations.
_MOST_PAIRS = 6


class Decider:
    """Settles the types of candidates with the relation model, and proposes what rules missed.

    A candidate keeps its rule's type, gets another, or is dropped; its ``weight`` becomes the
    probability of its type. A proposal's trigger is the verb (else noun) that joins the pair in
    the parse; its ``rule`` is ``relation#proposed``.
    """

    def __init__(self, model: RelationModel, weights: CombinationWeights) -> None:
        self.model = model
        self.weights = weights

    def settle(
        self, parse: Parse, candidates: Sequence[Candidate], actors: Sequence[ActorMention]
    ) -> tuple[Candidate, ...]:
        """Return the candidates of all sentences, settled, with proposals, in order."""
        by_sentence: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_sentence[candidate.sentence].append(candidate)
        mentions: dict[int, list[ActorMention]] = defaultdict(list)
        for mention in actors:
            mentions[mention.sentence].append(mention)
        out: list[Candidate] = []
        for sent in parse.sentences:
            own = by_sentence.get(sent.index, [])
            kept = [c for c in (self._settled(parse, sent, c) for c in own) if c is not None]
            kept.extend(self._proposed(parse, sent, own, mentions.get(sent.index, [])))
            out.extend(sorted(kept, key=lambda c: (min(c.trigger), c.head)))
        return tuple(out)

    def _settled(self, parse: Parse, sent: Sentence, candidate: Candidate) -> Candidate | None:
        acting = [m for m in candidate.actors if _here(m, sent)]
        suffering = [m for m in candidate.recipients if _here(m, sent) and m not in acting[:1]]
        if not acting or not suffering:
            return candidate
        answer = self._ask(parse, sent, acting[:1], suffering[:1])
        vote = Vote(candidate.type, "pair", candidate.weight)
        shares = decide([vote], answer, self.weights)
        best = best_of(shares)
        if best not in (NONE, candidate.type) and shares[best] < self.weights.change:
            best = candidate.type
        if best == NONE:
            if shares[NONE] >= self.weights.drop:
                return None
            best = candidate.type
        evidence = round(answer.get(best, 0.0), 4)
        if best == candidate.type:
            return replace(candidate, weight=shares[best], model=evidence)
        return replace(
            candidate, type=best, mode=None, content=None, weight=shares[best], model=evidence
        )

    def _proposed(
        self,
        parse: Parse,
        sent: Sentence,
        candidates: Sequence[Candidate],
        mentions: Sequence[ActorMention],
    ) -> Iterator[Candidate]:
        taken = {m.head for c in candidates for m in (*c.actors, *c.recipients)}
        for left, right in _pairs(mentions, taken):
            answer = self._ask(parse, sent, [left], [right])
            best = best_of(answer)
            if best == NONE or answer[best] < self.weights.propose:
                continue
            head = _joint(sent, left.head, right.head)
            if head is None:
                continue
            yield Candidate(
                sentence=sent.index,
                head=head,
                trigger=(head,),
                rule="relation#proposed",
                type=best,
                mode=None,
                actors=(left,),
                recipients=(right,),
                nominal=not is_verb(sent, head),
                weight=round(answer[best], 4),
                spans=((head, head + 1),),
                model=round(answer[best], 4),
            )
            return

    def _ask(
        self,
        parse: Parse,
        sent: Sentence,
        acting: Sequence[ActorMention],
        suffering: Sequence[ActorMention],
    ) -> Mapping[str, float]:
        text = parse.text[sent.start : sent.end]
        spans = [
            [(m.start - sent.start, m.end - sent.start) for m in side]
            for side in (acting, suffering)
        ]
        (answer,) = self.model.relate([Pair(text=text, actor=spans[0], recipient=spans[1])])
        return answer.probabilities


def _here(mention: ActorMention, sent: Sentence) -> bool:
    return mention.via != "implied" and sent.start <= mention.start < mention.end <= sent.end


def _pairs(
    mentions: Sequence[ActorMention], taken: set[int]
) -> Iterator[tuple[ActorMention, ActorMention]]:
    """Ordered pairs of states or bodies of which no rule has joined either to an event."""
    known = [m for m in mentions if m.country and m.head not in taken]
    count = 0
    for left in known:
        for right in known:
            if left.first < right.first and left.country != right.country:
                yield left, right
                count += 1
                if count == _MOST_PAIRS:
                    return


def _joint(sent: Sentence, left: int, right: int) -> int | None:
    """The verb, else the noun, that joins two tokens in the parse."""
    above = [left, *sent.ancestors(left)]
    shared = {right, *sent.ancestors(right)}
    path = [i for i in above if i in shared]
    for i in path:
        if sent.tokens[i].pos == "VERB":
            return i
    for i in path:
        if sent.tokens[i].pos == "NOUN" and i not in (left, right):
            return i
    return None
