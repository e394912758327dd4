"""Asking the model: what it answers, that it always answers so, and what it says when it cannot."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy
import pytest

from tocsin.errors import ResourceError
from tocsin.events.relation import NONE, Pair, Relation, RelationModel
from tocsin.events.relation.card import Card, read_card


def pair(text: str, actor: str, recipient: str) -> Pair:
    """The first place of each name is marked; an empty name is not in the sentence."""

    def spans(name: str) -> list[tuple[int, int]]:
        at = text.index(name)
        return [(at, at + len(name))] if name else []

    return Pair(actor=spans(actor), recipient=spans(recipient))


def model_that_says(
    logits: Sequence[float], modes: Sequence[float] = (0.0, 0.0), temperature: float = 1.0
) -> RelationModel:
    def run(_: object, inputs: dict[str, Any]) -> list[Any]:
        pairs = inputs["marks"].shape[1] // 2
        return [numpy.array([[row] * pairs], dtype=numpy.float32) for row in (logits, modes)]

    encoding = SimpleNamespace(ids=[1000], offsets=[(0, 18)])
    card = Card(
        labels=("AGREE", "ASSAULT", NONE),
        modes=("ASSAULT/", "ASSAULT/aerial"),
        temperature=temperature,
        digests={},
        whole={},
    )
    tokenizer = SimpleNamespace(encode=lambda *_, **__: encoding)
    return RelationModel(SimpleNamespace(run=run), tokenizer, card)


TEXT = "Chad warned Sudan."
ANY = Pair(actor=[(0, 4)], recipient=[(12, 17)])


def test_the_answer_is_a_distribution_over_types_and_none() -> None:
    (answer,) = model_that_says([0.0, 2.0, 1.0]).relate(TEXT, [ANY])
    assert list(answer.probabilities) == ["AGREE", "ASSAULT", NONE]
    assert sum(answer.probabilities.values()) == pytest.approx(1.0)
    assert answer.best == answer.best_type == "ASSAULT"


def test_every_pair_gets_an_answer_and_no_pair_none() -> None:
    model = model_that_says([0.0, 2.0, 1.0])
    assert len(model.relate(TEXT, [ANY, ANY, ANY])) == 3
    assert model.relate(TEXT, []) == ()


def test_none_has_no_say_when_a_relation_is_given() -> None:
    (answer,) = model_that_says([0.0, 2.0, 5.0]).relate(TEXT, [ANY])
    assert (answer.best, answer.best_type) == (NONE, "ASSAULT")
    assert NONE not in answer.given_relation()
    assert sum(answer.given_relation().values()) == pytest.approx(1.0)


def test_a_mode_is_told_where_it_is_likely_enough() -> None:
    (answer,) = model_that_says([0.0, 2.0, 1.0], modes=[0.0, 1.0]).relate(TEXT, [ANY])
    assert answer.mode_of("ASSAULT") == "aerial"
    assert answer.mode_of("ASSAULT", at_least=0.9) is None
    assert answer.mode_of("AGREE") is None
    (silent,) = model_that_says([0.0, 2.0, 1.0], modes=[1.0, 0.0]).relate(TEXT, [ANY])
    assert silent.mode_of("ASSAULT") is None


def test_the_temperature_of_the_card_is_applied() -> None:
    (sharp,) = model_that_says([0.0, 2.0, 0.0], temperature=0.5).relate(TEXT, [ANY])
    (plain,) = model_that_says([0.0, 4.0, 0.0]).relate(TEXT, [ANY])
    assert sharp.probabilities == pytest.approx(plain.probabilities)


def test_huge_outputs_do_not_overflow() -> None:
    (answer,) = model_that_says([-9000.0, 9000.0, 0.0]).relate(TEXT, [ANY])
    assert answer.probabilities["ASSAULT"] == pytest.approx(1.0)


def test_certainty_of_none_leaves_a_usable_distribution() -> None:
    answer = Relation({"AGREE": 0.0, NONE: 1.0})
    assert answer.given_relation() == {"AGREE": 0.0}


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_named_with_the_way_out(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("onnxruntime", "tokenizers"):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace())
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ResourceError, match=rf"'{package}'.*pip install.*--coder rules"):
        RelationModel.load()


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages that are installed, as far as loading gets before it reads the files."""
    monkeypatch.setitem(sys.modules, "onnxruntime", SimpleNamespace(SessionOptions=SimpleNamespace))
    monkeypatch.setitem(sys.modules, "tokenizers", SimpleNamespace())


@pytest.mark.usefixtures("stubs")
def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no readable card\.json.*--coder rules"):
        RelationModel.load(tmp_path)


@pytest.mark.usefixtures("stubs")
def test_weights_that_are_not_the_cards_are_refused(tmp_path: Path) -> None:
    entry = {"sha256": hashlib.sha256(b"right").hexdigest()}
    card = {"labels": [NONE], "modes": [], "temperature": 1.0, "files": {"relation.onnx": entry}}
    (tmp_path / "card.json").write_text(json.dumps(card))
    (tmp_path / "relation.onnx").write_bytes(b"wrong")
    with pytest.raises(ResourceError, match=r"not the file that its card describes"):
        RelationModel.load(tmp_path)


def test_a_card_that_lacks_something_says_what(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text('{"labels": []}')
    with pytest.raises(ResourceError, match=r"lacks \['modes', 'temperature', 'files'\]"):
        read_card(tmp_path)


@pytest.fixture(scope="module")
def shipped() -> RelationModel:
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    return RelationModel.load()


SENTENCES = [
    ("CONSULT", "The Kenyan president met his Rwandan counterpart in Kigali.", "Kenyan", "Rwandan"),
    ("ASSAULT", "Gunmen shot dead nine soldiers near the Malian border.", "Gunmen", "soldiers"),
    ("REJECT", "Serbia refused to recognise Kosovo.", "Serbia", "Kosovo"),
    ("THREATEN", "Iran threatened to strike Israel if it is attacked.", "Iran", "Israel"),
    ("REQUEST", "Chad urged Sudan to pull back its army.", "Chad", "Sudan"),
    ("ACCUSE", "Ankara accused Athens of arming the islands.", "Ankara", "Athens"),
    ("RETREAT", "Ethiopia released forty Eritrean prisoners.", "Ethiopia", "Eritrean"),
    ("COERCE", "Police in Minsk arrested two Polish journalists.", "Police", "Polish"),
    ("NONE", "Reporters from Ghana and a doctor from Peru heard the blast.", "Ghana", "Peru"),
]


@pytest.mark.parametrize(
    ("expected", "text", "actor", "recipient"), SENTENCES, ids=[s[0] for s in SENTENCES]
)
def test_the_shipped_model_knows_the_plain_cases(
    shipped: RelationModel, expected: str, text: str, actor: str, recipient: str
) -> None:
    (answer,) = shipped.relate(text, [pair(text, actor, recipient)])
    assert answer.best == expected


def test_the_same_question_gets_the_same_answer(shipped: RelationModel) -> None:
    asked = [(text, pair(text, actor, recipient)) for _, text, actor, recipient in SENTENCES]
    there = [shipped.logits(text, [one])[0].tobytes() for text, one in asked]
    back = [shipped.logits(text, [one])[0].tobytes() for text, one in reversed(asked)]
    assert there == back[::-1]
    again = RelationModel.load()
    assert [again.logits(text, [one])[0].tobytes() for text, one in asked] == there


def test_company_hardly_moves_an_answer(shipped: RelationModel) -> None:
    text = "Iran threatened to strike Israel, and Oman asked both to talk, a Swiss envoy said."
    names = ("Iran", "Israel", "Oman", "Swiss")
    pairs = [pair(text, a, b) for a in names for b in names if a != b]
    together = shipped.relate(text, pairs)
    for one, answer in zip(pairs, together, strict=True):
        (alone,) = shipped.relate(text, [one])
        assert alone.probabilities == pytest.approx(answer.probabilities, abs=0.1)


def test_a_pair_without_a_recipient_is_answered(shipped: RelationModel) -> None:
    text = "Teachers went on strike in Lagos."
    (answer,) = shipped.relate(text, [pair(text, "Teachers", "")])
    assert answer.best_type == "PROTEST"


def test_the_shipped_files_are_small_and_named_in_the_card(shipped: RelationModel) -> None:
    files = shipped.card.whole["files"]
    assert set(files) == {"relation.onnx", "tokenizer.json"}
    assert sum(entry["bytes"] for entry in files.values()) <= 25_000_000
