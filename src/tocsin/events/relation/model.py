"""Asking the relation model: onnxruntime and tokenizers, one core, the same answer every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.errors import ResourceError
from tocsin.events.relation.card import Card, read_card, read_file
from tocsin.events.relation.encoding import Pair, arrays, encode

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

NONE = "NONE"
WEIGHTS, VOCABULARY = "relation.onnx", "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Relation:
    """An answer: a calibrated probability per PLOVER type and for NONE; together they are 1.

    ``modes`` holds, for each type that has modes, the raw output per mode; the mode None is "the
    sentence does not say". Few are asked for, so that :meth:`mode_of` makes shares of them.
    """

    probabilities: Mapping[str, float]
    modes: Mapping[str, Sequence[tuple[str | None, int]]] = field(default_factory=dict)
    mode_outputs: Sequence[float] = ()

    @property
    def best(self) -> str:
        """The likeliest label, which may be NONE; of equals the first in the model's order."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    @property
    def best_type(self) -> str:
        """The likeliest type, given that there is a relation."""
        types = [label for label in self.probabilities if label != NONE]
        return max(types, key=self.probabilities.__getitem__)

    def given_relation(self) -> dict[str, float]:
        """The distribution over types, given that there is a relation between the two."""
        rest = max(1.0 - self.probabilities.get(NONE, 0.0), 1e-9)
        return {label: p / rest for label, p in self.probabilities.items() if label != NONE}

    def mode_of(self, type_: str, *, at_least: float = 0.0) -> str | None:
        """The likeliest mode of a type, None where it has none, the sentence does not say or the
        likeliest is not as probable as ``at_least``."""
        own = self.modes.get(type_)
        if not own:
            return None
        outputs = {mode: self.mode_outputs[place] for mode, place in own}
        best = max(outputs, key=lambda mode: (outputs[mode], mode or ""))
        total = sum(exp(output - outputs[best]) for output in outputs.values())
        return best if 1 / total >= at_least else None


class RelationModel:
    """The loaded model. Loading takes a fraction of a second; make one and ask it often.

    All pairs of a sentence are asked in one pass. The same question, sentence and pairs, gets the
    same answer on every run. In other company a pair's answer differs a little (0.002 in the
    median, 0.16 at most): the arithmetic is int8 with a scale taken from what runs together.
    """

    def __init__(self, session: Any, tokenizer: Any, card: Card) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.card = card
        self.labels = card.labels
        self._modes = _by_type(card.modes)

    @classmethod
    def load(cls, folder: Path | None = None) -> RelationModel:
        """Load the shipped model, or the one in ``folder`` (relation.onnx, tokenizer.json, card).

        ResourceError, with what to do, where onnxruntime or tokenizers is not installed, or a
        file is missing or is not the one that the card describes.
        """
        try:
            # Heavy, and not needed by --coder rules: only when the model is asked for.
            onnxruntime = import_module("onnxruntime")
            tokenizers = import_module("tokenizers")
        except ImportError as error:
            raise ResourceError(
                f"the relation model needs the package {error.name!r}: install onnxruntime and "
                "tokenizers (pip install onnxruntime tokenizers), or work without the model "
                "(--coder rules)"
            ) from error
        place: Traversable = folder or files("tocsin").joinpath("data", "models", "relation")
        card = read_card(place)
        weights = read_file(place, WEIGHTS, card)
        vocabulary = read_file(place, VOCABULARY, card).decode("utf-8")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # more cores: more processes; and sums in one order
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        tokenizer = tokenizers.Tokenizer.from_str(vocabulary)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, card)

    def relate(self, text: str, pairs: Sequence[Pair]) -> tuple[Relation, ...]:
        """Answer for the pairs of one sentence, in order. Spans outside the text: ValueError."""
        logits, modes = self.logits(text, pairs)
        return tuple(
            Relation(self._shares(row), self._modes, mode_row.tolist())
            for row, mode_row in zip(logits, modes, strict=True)
        )

    def logits(
        self, text: str, pairs: Sequence[Pair]
    ) -> tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
        """Return the raw outputs, shapes (pairs, labels) and (pairs, modes), not yet divided by
        the temperature."""
        import numpy

        types = numpy.zeros((len(pairs), len(self.labels)))
        modes = numpy.zeros((len(pairs), len(self.card.modes)))
        for encoded, members in encode(self._tokenizer, text, pairs):
            if members:
                out = self._session.run(["types", "modes"], arrays(encoded))
                types[members], modes[members] = out[0][0], out[1][0]
        return types, modes

    def _shares(self, logits: NDArray[numpy.float64]) -> dict[str, float]:
        shares = _softmax(logits / self.card.temperature)
        return dict(zip(self.labels, shares.tolist(), strict=True))


def _softmax(logits: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    import numpy

    powers: NDArray[numpy.float64] = numpy.exp(logits - logits.max())
    shares: NDArray[numpy.float64] = powers / powers.sum()
    return shares


def _by_type(modes: Sequence[str]) -> dict[str, list[tuple[str | None, int]]]:
    """Return, by type, (mode, place among the outputs); an output's name is TYPE/mode or TYPE/."""
    out: dict[str, list[tuple[str | None, int]]] = {}
    for place, name in enumerate(modes):
        type_, _, mode = name.partition("/")
        out.setdefault(type_, []).append((mode or None, place))
    return out
