"""The named entities that spaCy's recogniser finds, found for many paragraphs at a time.

The recogniser goes from word to word, and at each weighs 74 moves: that an entity of one of 18
kinds begins, goes on, ends or is one word, or that there is none. spaCy asks of each move anew
whether it may be, a third of all time of parsing (in its wheels since 3.8.8 every call within looks
for a profiler first). What may be hangs on little: whether an entity is open, of which kind, and on
the next word. Here one step of all paragraphs is a few operations of numpy on the same weights.

The moves and what may follow what: Lample et al. 2016, "Neural Architectures for Named Entity
Recognition" (Stack-LSTM), as spaCy's ``TransitionBasedParser.v2`` of the state ``ner`` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer

#: The first word of an entity, the word behind its last, and its kind.
Span = tuple[int, int, str]

_FEATURES = 3  # the word at hand, the first word of the open entity, and the word before this one
_CLOSED = -1
_NER, _ENTITIES = "ner", "doc.ents"


class Namer:
    """Finds what a trained ``EntityRecognizer`` finds in documents that nothing names yet."""

    def __init__(self, recogniser: Any) -> None:
        model = recogniser.model
        self._words = model.get_ref("tok2vec")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights, pad = lower.get_param("W"), lower.get_param("pad")
        features, hidden, pieces, width = weights.shape
        self._shape = hidden, pieces
        # One product gives what a word is worth in each of the places that it may have.
        self._inner = weights.reshape(features * hidden * pieces, width).T.copy()
        self._pad = pad.reshape(features, hidden * pieces)
        self._bias = lower.get_param("b").reshape(hidden * pieces)
        self._outer, self._outer_bias = upper.get_param("W").T.copy(), upper.get_param("b")
        moves = recogniser.moves
        names = [moves.get_class_name(n).partition("-") for n in range(moves.n_moves)]
        kinds = sorted({kind for _, _, kind in names if kind})
        place = {(move, kind): n for n, (move, _, kind) in enumerate(names)}
        self._kinds = tuple(kinds)
        self._goes_on = numpy.array([place["I", kind] for kind in kinds])
        self._ends = numpy.array([place["L", kind] for kind in kinds])
        # What may come where no entity is open, in the recogniser's order: of two equals it takes
        # the first.
        apart = [
            (n, move, kinds.index(kind) if kind else _CLOSED)
            for n, (move, _, kind) in enumerate(names)
            if move == "O" or (move in "BU" and kind)
        ]
        self._apart = numpy.array([n for n, _, _ in apart])
        self._begins = numpy.array([move == "B" for _, move, _ in apart])
        self._names = numpy.array([move != "O" for _, move, _ in apart])
        self._kind_of = numpy.array([kind for _, _, kind in apart])

    @classmethod
    def taken_from(cls, nlp: Any) -> Namer | None:
        """What stands in for the recogniser of a loaded pipeline, which is taken out of it; None,
        and the pipeline is left as it is, where another component has to do with entities too, or
        the recogniser is of another make."""
        if _NER not in nlp.pipe_names or not cls.fits(nlp.get_pipe(_NER)):
            return None
        about = (nlp.get_pipe_meta(name) for name in nlp.pipe_names if name != _NER)
        if any(_ENTITIES in (*one.assigns, *one.requires) for one in about):
            return None
        _, recogniser = nlp.remove_pipe(_NER)
        return cls(recogniser)

    @staticmethod
    def fits(recogniser: Any) -> bool:
        """Whether a component of a pipeline is a recogniser that can be stood in for."""
        return (
            type(recogniser) is EntityRecognizer
            and recogniser.cfg.get("beam_width") == 1
            and {"tok2vec", "lower", "upper"} <= set(recogniser.model.ref_names)
            and recogniser.model.get_ref("lower").get_param("W").shape[0] == _FEATURES
            and bool(recogniser.labels)
        )

    def find(self, docs: Sequence[Any]) -> list[list[Span]]:
        """The entities of each document, which was parsed into sentences."""
        found: list[list[Span]] = [[] for _ in docs]
        # The longest first: those that are not at their end yet stand before all others.
        order = sorted((n for n, doc in enumerate(docs) if len(doc)), key=lambda n: -len(docs[n]))
        if not order:
            return found
        held = [docs[n] for n in order]
        told = [doc.to_array(["SENT_START", "IS_SPACE"]).astype(numpy.int64) for doc in held]
        lengths = numpy.array([len(doc) for doc in held])
        starts = numpy.concatenate([[0], numpy.cumsum(lengths)[:-1]])
        rows = self._words.predict(held) @ self._inner
        rows = rows.reshape(len(rows), _FEATURES, -1)
        first_word = numpy.concatenate(told)[:, 0] == 1
        is_space = numpy.concatenate(told)[:, 1] != 0
        # Whether an entity may go on behind a word: not at the end, nor into another sentence.
        goes_on = numpy.append(~first_word[1:], False)
        goes_on[starts + lengths - 1] = False

        kind = numpy.full(len(held), _CLOSED)
        begun = numpy.zeros(len(held), dtype=numpy.int64)
        for step in range(int(lengths[0])):
            count = int(numpy.searchsorted(-lengths, -step))
            at = starts[:count] + step
            is_open = kind[:count] != _CLOSED
            scores = self._scores(rows, at, starts[:count] + begun[:count], is_open)
            chosen, ends = self._chosen(scores, kind[:count], goes_on[at], is_space[at])
            begun[:count][~is_open] = step
            for n in numpy.flatnonzero(ends):
                found[order[n]].append((int(begun[n]), step + 1, self._kinds[chosen[n]]))
            kind[:count] = numpy.where(ends, _CLOSED, chosen)
        return found

    def _scores(
        self, rows: NDArray[Any], at: NDArray[Any], begun: NDArray[Any], is_open: NDArray[Any]
    ) -> NDArray[Any]:
        """What each move is worth at the words ``at`` of all documents, of which those ``is_open``
        have an entity from the word ``begun`` on."""
        unmaxed = rows[at, 0]
        opened = is_open[:, None]
        unmaxed = unmaxed + numpy.where(opened, rows[begun, 1], self._pad[1])
        unmaxed += numpy.where(opened, rows[at - 1, 2], self._pad[2])
        unmaxed += self._bias
        hidden = unmaxed.reshape(len(at), *self._shape).max(-1)
        scores: NDArray[Any] = hidden @ self._outer
        scores += self._outer_bias
        return scores

    def _chosen(
        self,
        scores: NDArray[Any],
        kind: NDArray[Any],
        goes_on: NDArray[Any],
        is_space: NDArray[Any],
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of each document the kind of entity that the best move which may be is of, and whether
        an entity ends with it."""
        apart = scores[:, self._apart]
        apart[is_space[:, None] & self._names] = -numpy.inf
        apart[~goes_on[:, None] & self._begins] = -numpy.inf
        best = apart.argmax(-1)
        chosen = self._kind_of[best]
        ends = ~self._begins[best] & self._names[best]
        (inside,) = numpy.nonzero(kind != _CLOSED)
        if len(inside):
            own = kind[inside]
            chosen[inside] = own
            ends[inside] = ~goes_on[inside] | (
                scores[inside, self._ends[own]] > scores[inside, self._goes_on[own]]
            )
        return chosen, ends
