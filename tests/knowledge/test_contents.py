"""What carries out which threat: the file itself, and what the loader refuses."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.contents import FEATURES, load_contents, parse_contents
from tocsin.knowledge.lint import lint
from tocsin.knowledge.resources import read_yaml

CONTENTS = load_contents()


@pytest.mark.parametrize(
    ("content", "deed", "fit"),
    [
        (("ASSAULT", "destroy"), ("ASSAULT", "destroy"), 1.0),
        (("AGREE", None), ("AGREE", None), 1.0),
        (("ASSAULT", None), ("ASSAULT", None), CONTENTS.same_type),
        (("ASSAULT", "destroy"), ("ASSAULT", None), CONTENTS.same_type),
        (("ASSAULT", "destroy"), ("ASSAULT", "aerial"), CONTENTS.other_mode),
        (("MOBILIZE", "troops"), ("ASSAULT", "aerial"), 0.5),
        (("SANCTION", "withdraw"), ("SANCTION", "discontinue"), 0.8),
        (("ASSAULT", "destroy"), ("MOBILIZE", "troops"), 0.0),
    ],
)
def test_how_well_a_deed_fits(content: Any, deed: Any, fit: float) -> None:
    assert CONTENTS.fit(content, deed)[0] == fit


def test_what_takes_a_threat_back() -> None:
    assert CONTENTS.takes_back(("REJECT", "meet"), ("CONSULT", "visit"))
    assert CONTENTS.takes_back(("ASSAULT", "destroy"), ("CONCEDE", None))
    assert CONTENTS.takes_back(("ASSAULT", "destroy"), ("RETREAT", "ceasefire"))
    assert CONTENTS.takes_back(("CONCEDE", None), ("CONCEDE", None)) is None
    assert CONTENTS.takes_back(("ASSAULT", None), ("RETREAT", "release")) is None


def test_each_pair_has_a_reason() -> None:
    assert all(why for _, why in CONTENTS.deeds.values())
    assert all(CONTENTS.undone.values())


def test_no_word_is_both_a_kind_of_thing_and_too_general_to_be_one() -> None:
    empty = CONTENTS.words["general"] | CONTENTS.words["small"]
    assert not empty & set(CONTENTS.kinds)
    assert not empty & CONTENTS.words["light"]


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    content: dict[str, Any] = deepcopy(read_yaml("linking", "contents.yaml"))
    change(content)
    return content


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(colour=1), "unknown key 'colour'; allowed: about"),
        (lambda c: c.pop("kinds"), "lacks kinds"),
        (lambda c: c["weights"].update(type=0.5), "the weights sum to"),
        (lambda c: c["weights"].pop("place"), "lacks place"),
        (lambda c: c.update(threshold=2), "2 is no number from 0 to 1"),
        (lambda c: c["fit"].update(same_type=True), "True is no number"),
        (lambda c: c["deeds"][0].update(deed="RAID"), "unknown type 'RAID'"),
        (lambda c: c["deeds"][0].update(content="ASSAULT/raid"), "no mode 'raid'"),
        (lambda c: c["deeds"][0].pop("why"), "lacks why"),
        (lambda c: c["deeds"].append(c["deeds"][0]), "stands there twice"),
        (lambda c: c["undone"].append(c["undone"][0]), "stands there twice"),
        (lambda c: c["modes"].update(raid=["ASSAULT"]), "no mode 'raid'"),
        (lambda c: c["harm"].append("RAID"), "unknown type 'RAID'"),
        (lambda c: c["sides"]["civil"].append("XXX"), "unknown sector 'XXX'"),
        (lambda c: c["sides"]["civil"].append("REB"), "REB is on two sides"),
        (lambda c: c["words"]["small"].append("The"), "'The' is not in lower case"),
        (lambda c: c["words"].update(more=[]), "unknown key 'more'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_name(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        parse_contents(broken(change))
    assert message in str(caught.value)
    assert "linking/contents.yaml" in str(caught.value)


def test_every_feature_has_a_weight() -> None:
    assert set(CONTENTS.weights) == set(FEATURES)


def test_each_mode_of_a_threat_tells_a_content() -> None:
    assert lint_of_contents() == []


def lint_of_contents() -> list[str]:
    return [problem for problem in lint() if "linking/contents.yaml" in problem]


def test_the_linter_names_a_word_that_is_no_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_fault() -> object:
        return parse_contents(broken(lambda c: c["words"]["small"].append("office")))

    monkeypatch.setattr("tocsin.knowledge.lint.load_contents", with_fault)
    assert lint_of_contents() == [
        "linking/contents.yaml: 'office' is in kinds, and among the words that are no things"
    ]
