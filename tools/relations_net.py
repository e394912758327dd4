"""The network of the relation model and its training loop (PyTorch, CPU)."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tocsin.events.relation.encoding import ACTOR, PAD, RECIPIENT, RECIPIENT_END

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536


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
    """Marked word pieces in, one logit per label out.

    The sentence vector is the state at the actor's start mark, that at the recipient's (zero where
    a span is missing) and the mean over all pieces. The word pieces' embeddings stay frozen: what
    the base model knows of verbs that the training data never show is kept.
    """

    def __init__(self, labels: int, drop: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.marks = nn.Embedding(RECIPIENT_END + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(3 * WIDTH, labels)
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
            self.words.weight[1 : RECIPIENT_END + 1] = self.marks.weight[1:]

    def forward(self, ids: Tensor, *, marks: bool = True) -> Tensor:
        """Return logits (batch, labels) for ids (batch, length); 0 is padding."""
        x = self.words(ids)
        if marks:
            marked = (ids >= ACTOR) & (ids <= RECIPIENT_END)
            x = torch.where(marked[..., None], self.marks(ids.clamp(max=RECIPIENT_END)), x)
        places = torch.arange(ids.shape[1], device=ids.device)[None, :]
        x = self.norm(x + self.positions(places) + self.kinds.weight[0])
        x = functional.dropout(x, self.drop, self.training)
        full = (ids != PAD).to(x.dtype)
        bias = (1.0 - full)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        pooled = []
        for weight in (ids == ACTOR, ids == RECIPIENT, ids != PAD):
            w = weight.to(x.dtype)[..., None]
            pooled.append((x * w).sum(1) / w.sum(1).clamp(min=1.0))
        vector = functional.dropout(torch.cat(pooled, dim=-1), self.drop, self.training)
        return self.head(vector)


@dataclass(frozen=True, slots=True)
class Row:
    """One training pair: piece ids, the labels that count as right, its weight."""

    ids: tuple[int, ...]
    right: tuple[int, ...]
    weight: float = 1.0


def pad(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return (rows, longest) ids, padded with 0."""
    size = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (size - len(row))] for row in rows])


def batches(rows: Sequence[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Shuffle into batches of rows of about the same length (padding is wasted work)."""
    order = sorted(rows, key=lambda row: len(row.ids) + rng.uniform(-6, 6))
    made = [list(order[i : i + size]) for i in range(0, len(order), size)]
    rng.shuffle(made)
    return made


def loss_of(logits: Tensor, rows: Sequence[Row], smoothing: float) -> Tensor:
    """Cross-entropy, smoothed; several right labels count as one (their probabilities add up)."""
    logp = torch.log_softmax(logits.float(), dim=-1)
    right = torch.full_like(logp, -math.inf)
    for i, row in enumerate(rows):
        right[i, list(row.right)] = 0.0
    hit = torch.logsumexp(logp + right, dim=-1)
    weight = torch.tensor([row.weight for row in rows])
    each = -(1 - smoothing) * hit - smoothing * logp.mean(-1)
    return (each * weight).sum() / weight.sum().clamp(min=1e-6)


def train(
    net: RelationNet,
    rows: Sequence[Row],
    *,
    epochs: float,
    seed: int,
    rate: float = 2e-4,
    size: int = 16,
    smoothing: float = 0.1,
    warm: float = 0.1,
    verbose: str = "",
) -> None:
    """Train in place with AdamW in bfloat16; linear warm-up and decay."""
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
    while len(plan) < epochs * math.ceil(len(rows) / size):
        plan += batches(rows, size, rng)
    plan = plan[: round(epochs * math.ceil(len(rows) / size))]
    steps = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (warm * steps), (steps - step) / ((1 - warm) * steps)),
    )
    net.train()
    began, total = time.monotonic(), 0.0
    for number, batch in enumerate(plan, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(pad([row.ids for row in batch]))
        loss = loss_of(logits, batch, smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(matrices, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += loss.item()
        if verbose and (number % 100 == 0 or number == steps):
            seconds = time.monotonic() - began
            print(
                f"{verbose} step {number}/{steps} loss {total / number:.3f} {seconds:.0f}s",
                flush=True,
            )


@torch.no_grad()
def predict(net: RelationNet, ids: Sequence[Sequence[int]], size: int = 32) -> Tensor:
    """Return logits (rows, labels) in float32."""
    net.eval()
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out: list[Tensor | None] = [None] * len(ids)
    for at in range(0, len(order), size):
        part = order[at : at + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = net(pad([ids[i] for i in part])).float()
        for i, row in zip(part, logits, strict=True):
            out[i] = row
    return torch.stack([row for row in out if row is not None])
