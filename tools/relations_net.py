"""The network of the relation model and its training loop (PyTorch, CPU)."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tocsin.events.relation.encoding import NO_RECIPIENT, PAD, Encoded, arrays

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
MODE_WEIGHT = 0.3  # of the loss of modes beside that of types


class Layer(nn.Module):
    """One layer of a BERT encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        """Attend (``bias`` is 0 or very negative per key), then feed forward."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = torch.softmax(
            torch.matmul(q, k.transpose(2, 3)) / math.sqrt(WIDTH // HEADS) + bias, dim=-1
        )
        mixed = torch.matmul(functional.dropout(weights, drop, self.training), v)
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + functional.dropout(mixed, drop, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, drop, self.training))


class RelationNet(nn.Module):
    """Word pieces and marked pairs in; for each pair a logit per label and one per mode out.

    A pair's vector is the state of its actor's mark, that of its recipient's, and the mean over
    the sentence's pieces. The word pieces' embeddings stay frozen: what the base model knows of
    verbs that the training data never show is kept.
    """

    def __init__(self, labels: int, modes: int, drop: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.marks = nn.Embedding(NO_RECIPIENT + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(3 * WIDTH, labels)
        self.modes = nn.Linear(3 * WIDTH, modes)
        self.drop = drop

    def load_base(self, path: Path) -> None:
        """Take over a MiniLM (or any BERT of its shape) from a safetensors file."""
        base = load_file(path)
        names = {
            "embeddings.word_embeddings": "words",
            "embeddings.position_embeddings": "positions",
            "embeddings.token_type_embeddings": "kinds",
            "embeddings.LayerNorm": "norm",
            "attention.self.query": "query",
            "attention.self.key": "key",
            "attention.self.value": "value",
            "attention.output.dense": "out",
            "attention.output.LayerNorm": "norm1",
            "intermediate.dense": "up",
            "output.dense": "down",
            "output.LayerNorm": "norm2",
        }
        own = self.state_dict()
        for name, tensor in base.items():
            stem, _, kind = name.rpartition(".")
            prefix = ""
            if stem.startswith("encoder.layer."):
                _, _, number, stem = stem.split(".", 3)
                prefix = f"layers.{number}."
            if stem in names:
                own[f"{prefix}{names[stem]}.{kind}"].copy_(tensor)
        with torch.no_grad():  # marks begin near commas' neighbours: small, distinct, in place
            generator = torch.Generator().manual_seed(7)
            self.marks.weight.copy_(
                torch.randn(self.marks.weight.shape, generator=generator) * self.words.weight.std()
            )

    def freeze(self, layers: int) -> None:
        """Freeze the embeddings (not the marks) and the lowest ``layers`` layers."""
        for module in (self.words, self.positions, self.kinds):
            module.requires_grad_(False)
        for layer in list(self.layers)[:layers]:
            layer.requires_grad_(False)

    def fold_marks(self) -> None:
        """Write the marks into the word table, so that an exported network needs one table."""
        with torch.no_grad():
            self.words.weight[1 : NO_RECIPIENT + 1] = self.marks.weight[1:]

    def forward(
        self, ids: Tensor, marks: Tensor, spots: Tensor, hidden: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return logits (batch, pairs, labels) and (batch, pairs, modes).

        The inputs are those of :func:`tocsin.events.relation.encoding.arrays`, batched; 0 is
        padding.
        """
        length = ids.shape[1]
        text = self.words(ids) + self.positions.weight[:length]
        asked = self.marks(marks) + torch.matmul(spots.to(text.dtype), text)
        x = self.norm(torch.cat([text, asked], 1) + self.kinds.weight[0])
        x = functional.dropout(x, self.drop, self.training)
        for layer in self.layers:
            x = layer(x, hidden, self.drop)
        full = (ids != PAD).to(x.dtype)[..., None]
        mean = (x[:, :length] * full).sum(1) / full.sum(1)
        sides = x[:, length:].reshape(len(ids), -1, 2 * WIDTH)
        vector = torch.cat([sides, mean[:, None, :].expand(-1, sides.shape[1], -1)], -1)
        vector = functional.dropout(vector, self.drop, self.training)
        return self.head(vector), self.modes(vector)


@dataclass(frozen=True, slots=True)
class Row:
    """One training sentence; per pair the labels that count as right, its weight, its mode.

    A mode of -1 is not known.
    """

    encoded: Encoded
    right: tuple[tuple[int, ...], ...]
    weight: tuple[float, ...]
    mode: tuple[int, ...]


def collate(encoded: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the network's inputs for several sentences, padded."""
    length = max(len(one.ids) for one in encoded)
    count = max(len(one.marks) for one in encoded)
    ids = np.zeros((len(encoded), length), dtype=np.int64)
    marks = np.zeros((len(encoded), count), dtype=np.int64)
    spots = np.zeros((len(encoded), count, length), dtype=np.float32)
    hidden = np.full((len(encoded), 1, length + count, length + count), -10000.0, dtype=np.float32)
    for i, one in enumerate(encoded):
        made = arrays(one)
        n, k = len(one.ids), len(one.marks)
        ids[i, :n], marks[i, :k], spots[i, :k, :n] = made["ids"], made["marks"], made["spots"]
        hidden[i, :, :, :n] = 0.0
        hidden[i, 0, length : length + k, length : length + k] = made["hidden"][0, 0, n:, n:]
    return tuple(torch.from_numpy(one) for one in (ids, marks, spots, hidden))  # type: ignore[return-value]


def batches(rows: Sequence[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Shuffle into batches of rows of about the same length (padding is wasted work)."""

    def length(row: Row) -> float:
        return len(row.encoded.ids) + len(row.encoded.marks) + rng.uniform(-6, 6)

    order = sorted(rows, key=length)
    made = [list(order[i : i + size]) for i in range(0, len(order), size)]
    rng.shuffle(made)
    return made


def loss_of(types: Tensor, modes: Tensor, rows: Sequence[Row], smoothing: float) -> Tensor:
    """Cross-entropy of types, smoothed (several right labels count as one, their probabilities
    add up), and of modes, where they are known."""
    spots = [(b, p) for b, row in enumerate(rows) for p in range(len(row.right))]
    at = tuple(torch.tensor(spots).T)
    logp = torch.log_softmax(types[at].float(), dim=-1)
    right = torch.full_like(logp, -math.inf)
    for i, (b, p) in enumerate(spots):
        right[i, list(rows[b].right[p])] = 0.0
    hit = torch.logsumexp(logp + right, dim=-1)
    weight = torch.tensor([rows[b].weight[p] for b, p in spots])
    each = -(1 - smoothing) * hit - smoothing * logp.mean(-1)
    loss = (each * weight).sum() / weight.sum().clamp(min=1e-6)
    mode = torch.tensor([rows[b].mode[p] for b, p in spots])
    known = mode >= 0
    if known.any():
        told = functional.cross_entropy(modes[at].float()[known], mode[known])
        loss = loss + MODE_WEIGHT * told * known.float().mean()
    return loss


def train(
    net: RelationNet,
    sample: Callable[[random.Random], Sequence[Row]],
    *,
    epochs: float,
    seed: int,
    rate: float = 2e-4,
    size: int = 16,
    smoothing: float = 0.1,
    warm: float = 0.1,
    verbose: str = "",
) -> None:
    """Train in place with AdamW in bfloat16; linear warm-up and decay.

    ``sample`` gives the rows of one epoch: it may thin them anew each time.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    matrices = [p for p in net.parameters() if p.requires_grad and p.dim() > 1]
    vectors = [p for p in net.parameters() if p.requires_grad and p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}],
        lr=rate,
        fused=True,
    )
    plan: list[list[Row]] = []
    for number in range(math.ceil(epochs)):
        made = batches(sample(rng), size, rng)
        plan += made[: round(len(made) * min(epochs - number, 1.0))]
    steps = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (warm * steps), (steps - step) / ((1 - warm) * steps)),
    )
    net.train()
    began, total = time.monotonic(), 0.0
    for number, batch in enumerate(plan, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            types, modes = net(*collate([row.encoded for row in batch]))
        loss = loss_of(types, modes, batch, smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(matrices, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += loss.item()
        if verbose and (number % 200 == 0 or number == steps):
            seconds = time.monotonic() - began
            print(
                f"{verbose} step {number}/{steps} loss {total / number:.3f} {seconds:.0f}s",
                flush=True,
            )
