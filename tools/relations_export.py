"""Writing a trained network for the run time: ONNX, int8 weights per channel, tokenizer, card."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from relations_net import HEADS, WIDTH, RelationNet
from tocsin.events.relation.encoding import Encoded, arrays


class _Plain(nn.Module):
    """The network as it runs: one sentence, no padding, the marks in the word table.

    Query, key and value are one multiplication, the scale is in its weights.
    """

    def __init__(self, net: RelationNet) -> None:
        super().__init__()
        self.net = net
        self.joined = nn.ModuleList()
        size = WIDTH // HEADS
        for layer in net.layers:
            joined = nn.Linear(WIDTH, 3 * WIDTH)
            parts = (layer.query, layer.key, layer.value)
            scales = (size**-0.5, 1.0, 1.0)
            with torch.no_grad():
                joined.weight.copy_(
                    torch.cat([p.weight * k for p, k in zip(parts, scales, strict=True)])
                )
                joined.bias.copy_(
                    torch.cat([p.bias * k for p, k in zip(parts, scales, strict=True)])
                )
            self.joined.append(joined)

    def forward(
        self, ids: torch.Tensor, marks: torch.Tensor, spots: torch.Tensor, hidden: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits (1, pairs, labels) and (1, pairs, modes) of one sentence."""
        net = self.net
        length = ids.shape[1]
        text = net.words(ids) + net.positions.weight[:length]
        asked = net.words(marks) + torch.matmul(spots, text)
        x = net.norm(torch.cat([text, asked], 1) + net.kinds.weight[0])
        for layer, joined in zip(net.layers, self.joined, strict=True):
            heads = joined(x).view(1, -1, 3 * HEADS, WIDTH // HEADS).transpose(1, 2)
            q, k, v = heads[:, :HEADS], heads[:, HEADS : 2 * HEADS], heads[:, 2 * HEADS :]
            weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)) + hidden, dim=-1)
            mixed = torch.matmul(weights, v).transpose(1, 2).reshape(1, -1, WIDTH)
            x = layer.norm1(x + layer.out(mixed))
            x = layer.norm2(x + layer.down(functional.gelu(layer.up(x))))
        mean = x[:, :length].mean(1, keepdim=True)
        sides = x[:, length:].reshape(1, -1, 2 * WIDTH)
        vector = torch.cat([sides, mean.expand(-1, sides.shape[1], -1)], -1)
        return net.head(vector), net.modes(vector)


def write_onnx(net: RelationNet, path: Path) -> None:
    """Write ``net`` to ``path``, quantised: int8 weights with one scale per output channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    net.eval()
    net.fold_marks()
    made = arrays(Encoded((101, 2000, 2001, 2002, 102), (1, 2, 1, 2), ((1,), (3,), (3,), (1,))))
    names = ("ids", "marks", "spots", "hidden")
    with tempfile.TemporaryDirectory() as scratch:
        raw, ready = Path(scratch, "raw.onnx"), Path(scratch, "ready.onnx")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _Plain(net).eval(),
                tuple(torch.from_numpy(made[name]) for name in names),
                str(raw),
                input_names=list(names),
                output_names=["types", "modes"],
                dynamic_axes={
                    "ids": {1: "pieces"},
                    "marks": {1: "marks"},
                    "spots": {1: "marks", 2: "pieces"},
                    "hidden": {2: "tokens", 3: "tokens"},
                },
                opset_version=17,
                dynamo=False,
            )
        quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )


def digest(path: Path) -> str:
    """Return the sha256 of a file, or of a folder's JSON lines in the order of their names."""
    found = hashlib.sha256()
    for one in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        found.update(one.read_bytes())
    return found.hexdigest()


def write_model(
    net: RelationNet, folder: Path, *, labels: Sequence[str], modes: Sequence[str], tokenizer: Path
) -> None:
    """Write relation.onnx, tokenizer.json and a card (without scores) into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(net, folder / "relation.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_card(folder, labels=labels, modes=modes, temperature=1.0, about={})


def write_card(
    folder: Path,
    *,
    labels: Sequence[str],
    modes: Sequence[str],
    temperature: float,
    about: dict[str, Any],
) -> None:
    """Write card.json: what the run time needs (labels, modes, temperature, digests), ``about``."""
    files = {
        name: {"sha256": digest(folder / name), "bytes": (folder / name).stat().st_size}
        for name in ("relation.onnx", "tokenizer.json")
    }
    card = {
        "labels": list(labels),
        "modes": list(modes),
        "temperature": round(temperature, 4),
        "files": files,
        **about,
    }
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    (folder / "card.json").write_text(text, encoding="utf-8")
