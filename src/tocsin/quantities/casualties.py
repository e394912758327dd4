"""What became of the people counted, and whether a count adds to others or sums them up."""

from __future__ import annotations

from tocsin.knowledge.quantities import QuantityWords
from tocsin.model.parse import Sentence
from tocsin.quantities.number import Number
from tocsin.quantities.unit import Unit

_REACH = 6  # tokens between a toll and its number
_LINKS = frozenset(
    (
        "to", "at", "of", "is", "was", "stood", "stands", "reached", "hit", "past", "above", "over",
        "than", "nearly", "about", "around", "some", "least", "more", "rose", "climbed", "passed",
        "exceeded", "now", "has", "had",
    )
)  # fmt: skip


def casualty(sentence: Sentence, head: int, words: QuantityWords) -> str | None:
    """What the clause says of the people whose noun is ``head``: killed, wounded, missing, ...

    One of the keys of ``casualties`` in rules/quantities.yaml; None where it says nothing of it.
    """
    tokens = sentence.tokens
    for at in (head, *sentence.children(head, "amod", "acl", "relcl", "oprd", "acomp")):
        fate = words.casualties.get(tokens[at].lower) or words.casualties.get(tokens[at].lemma)
        if fate is not None and (at == head or tokens[at].tag in ("JJ", "VBN", "VBD")):
            return fate
    at = head
    while tokens[at].dep in ("conj", "nummod", "nmod", "appos") and tokens[at].head != at:
        at = tokens[at].head
        if tokens[at].pos in ("VERB", "AUX"):
            break
    governor = tokens[tokens[at].head]
    if tokens[at].dep == "pobj" and governor.lower == "of":
        of = tokens[governor.head]
        if of.lemma not in words.tolls and of.lemma != "number" and of.pos != "NUM":
            return words.casualties.get(of.lemma)  # "the deaths of 12 people"
        at, governor = of.i, tokens[of.head]
    if tokens[at].dep not in ("nsubj", "nsubjpass", "dobj"):
        return None
    for child in (governor.i, *sentence.children(governor.i, "acomp", "oprd", "xcomp", "advcl")):
        told = tokens[child]
        if told.i != governor.i and told.dep in ("xcomp", "advcl") and told.tag != "JJ":
            continue
        fate = words.casualties.get(told.lower) or words.casualties.get(told.lemma)
        if fate is None:
            continue
        # Who kills is no casualty, who dies is; the killed are an object or a passive's subject.
        if told.i == governor.i and tokens[at].dep == "nsubj" and told.lemma not in words.dying:
            continue
        return fate
    return None


def toll(
    sentence: Sentence, number: Number, before: Unit | None, words: QuantityWords
) -> Unit | None:
    """The unit of a bare sum: "bringing the death toll to 1,204", "raising the total to 45".

    A toll counts people; a total counts what ``before`` it was counted in the sentence.
    """
    tokens = sentence.tokens
    after = tokens[number.stop] if number.stop < len(tokens) else None
    if after is not None and after.pos in ("NOUN", "PROPN", "ADJ"):
        return None
    at = number.first - 1
    while at >= 0 and number.first - at <= _REACH:
        if tokens[at].lemma in words.tolls:
            if tokens[at].lemma != "total":
                return Unit("person", number.core)
            return None if before is None else Unit(before.name, number.core)
        if tokens[at].lower not in _LINKS:
            return None
        at -= 1
    return None


def told_toll(sentence: Sentence, number: Number, words: QuantityWords) -> str | None:
    """What became of those of a toll: "the death toll" are killed."""
    for token in sentence.tokens[max(0, number.first - _REACH - 2) : number.first]:
        if token.lemma in words.casualties and token.lemma != "total":
            return words.casualties[token.lemma]
    return None


def adds(sentence: Sentence, number: Number, unit: Unit, words: QuantityWords) -> bool:
    """Whether the count comes on top of others: "three more soldiers", "another 12"."""
    low = {token.lower for token in sentence.tokens[number.first : unit.head + 1]}
    before = sentence.tokens[number.first - 1].lower if number.first else ""
    more = bool(low & words.increments) or before in words.increments
    return more and number.qualifier not in ("more-than", "at-least")
