"""Asking the relation model: onnxruntime and tokenizers, one core, the same answer every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.errors import ResourceError
from tocsin.events.relation.card import Card, read_card, read_file
from tocsin.events.relation.encoding import Span, encode

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

NONE = "NONE"
WEIGHTS, VOCABULARY = "relation.onnx", "tokenizer.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question: what does the actor do to the recipient in this sentence?

    Spans are code points into ``text``, end exclusive. Each side may have several spans of the
    one party, or none where the sentence does not name it.
    """

    text: str
    actor: Sequence[Span]
    recipient: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Relation:
    """An answer: a calibrated probability per PLOVER type and for NONE; together they are 1."""

    probabilities: Mapping[str, float]

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


class RelationModel:
    """The loaded model. Loading takes a fraction of a second; make one and ask it often.

    Pairs are run one at a time: the network's arithmetic is int8 with a scale taken from what
    runs together, so an answer in a batch would depend on its neighbours. One by one, the same
    pair gets the same answer in any company, and no padding is computed.
    """

    def __init__(self, session: Any, tokenizer: Any, card: Card) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.card = card
        self.labels = card.labels

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

    def relate(self, pairs: Iterable[Pair]) -> Iterator[Relation]:
        """Yield one answer per pair, in order. Spans outside the text raise ValueError."""
        for pair in pairs:
            yield self._answer(self.logits(pair))

    def logits(self, pair: Pair) -> NDArray[numpy.float32]:
        """Return the raw outputs of one pair, shape (labels,), before the temperature."""
        import numpy

        ids = encode(self._tokenizer, pair.text, pair.actor, pair.recipient)
        inputs = {"ids": numpy.array([ids], dtype=numpy.int64)}
        out: NDArray[numpy.float32] = self._session.run(["logits"], inputs)[0][0]
        return out

    def _answer(self, logits: NDArray[numpy.float32]) -> Relation:
        import numpy

        scaled = logits.astype(numpy.float64) / self.card.temperature
        powers = numpy.exp(scaled - scaled.max())
        shares = powers / powers.sum()
        return Relation({label: float(p) for label, p in zip(self.labels, shares, strict=True)})
