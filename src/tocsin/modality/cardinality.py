"""How often: whether a report tells of one happening, of several taken together, or of a habit."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.knowledge.cardinality import CardinalityRules, OftenCue
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.triggers import load_triggers
from tocsin.modality.clauses import is_headline
from tocsin.model.candidate import Candidate
from tocsin.model.parse import Sentence

_MODIFIERS = ("det", "predet", "amod", "nummod", "nmod", "quantmod")
# PLOVER's quad classes of material cooperation and conflict: deeds. Words are often told in the
# present ("the minister accuses").
_DEEDS = (2, 4)
_MODALS = ("MD", "TO")

Found = tuple[OftenCue, int, int]


def find_cardinality(
    sentence: Sentence, candidate: Candidate, rules: CardinalityRules, *, dated: bool
) -> Found | None:
    """The cue by which a candidate is several or habitual, with its token range; None where it is
    one happening. ``dated`` says that its clause names a day."""
    noun, verb = _noun_and_verb(sentence, candidate)
    found: list[Found] = []
    if noun is not None:
        found.extend(_of_noun(sentence, noun, rules))
    if verb is not None:
        found.extend(_of_verb(sentence, verb, rules))
        if noun is None and not dated:
            found.extend(_present(sentence, verb, candidate, rules))
    # A habit says more than a number does.
    return max(found, key=lambda one: one[0].gives == "habitual", default=None)


def _noun_and_verb(sentence: Sentence, candidate: Candidate) -> tuple[int | None, int | None]:
    """The noun that tells the deed, if one does, and the verb that carries it."""
    tokens = sentence.tokens
    deeds = load_triggers().by_noun
    nouns = [i for i in candidate.trigger if tokens[i].pos == "NOUN" and tokens[i].lemma in deeds]
    head = tokens[candidate.head]
    if candidate.nominal or (head.pos == "NOUN" and head.lemma in deeds):
        governor = tokens[head.head]
        carries = head.dep in ("dobj", "nsubjpass", "nsubj") and governor.pos == "VERB"
        return head.i, governor.i if carries else None
    # "made two attacks": a light verb with the noun of the deed
    deed = next(
        (i for i in nouns if tokens[i].head == head.i and tokens[i].dep in ("dobj", "nsubjpass")),
        None,
    )
    return deed, head.i


def _of_noun(sentence: Sentence, noun: int, rules: CardinalityRules) -> Iterator[Found]:
    tokens = sentence.tokens
    plural = tokens[noun].tag == "NNS"
    for child in sentence.children(noun, *_MODIFIERS):
        token = tokens[child]
        cue = rules.by_word.get(("noun", token.lemma)) or rules.by_word.get(("noun", token.lower))
        if cue is not None:
            yield cue, child, child + 1
        elif token.dep == "nummod" and plural and token.lower not in ("one", "1", "zero"):
            yield rules.cues["counted"], child, child + 1
    governor = tokens[noun].head
    if tokens[noun].dep == "pobj" and tokens[governor].lower == "of" and plural:
        measure = tokens[governor].head
        for word in (tokens[measure].lemma, tokens[measure].lower):
            cue = rules.by_word.get(("measure", word))
            if cue is not None:
                yield cue, measure, noun + 1
                break
    mass = rules.by_word.get(("mass", tokens[noun].lemma))
    if mass is not None and sentence.child(noun, "det") is None:
        yield mass, noun, noun + 1
    if plural and tokens[noun].lemma not in rules.one_in_plural:
        yield rules.cues["plural"], noun, noun + 1


def _of_verb(sentence: Sentence, verb: int, rules: CardinalityRules) -> Iterator[Found]:
    tokens = sentence.tokens
    for word, first, stop in _adverbials(sentence, verb):
        cue = rules.by_word.get(("verb", word))
        if cue is not None:
            yield cue, first, stop
    auxiliaries = sentence.children(verb, "aux", "auxpass")
    if tokens[verb].tag == "VBG":
        lemmas = [tokens[i].lemma for i in auxiliaries]
        forms = [tokens[i].lower for i in auxiliaries]
        modal = any(tokens[i].tag in _MODALS for i in auxiliaries)
        if "have" in lemmas and "been" in forms and not modal:
            yield rules.cues["have-been-doing"], auxiliaries[0], verb + 1
    governor = tokens[tokens[verb].head]
    if (
        tokens[verb].dep == "xcomp"
        and governor.lower == "used"
        and sentence.child(governor.i, "auxpass") is None
    ):
        yield rules.cues["used-to"], governor.i, governor.i + 1


def _adverbials(sentence: Sentence, verb: int) -> Iterator[tuple[str, int, int]]:
    """The adverbs of a verb, and its adverbial nouns with each word before them, as cues have
    them."""
    tokens = sentence.tokens
    for child in sentence.children(verb, "advmod", "npadvmod", "prep", "dobj"):
        token = tokens[child]
        if token.dep == "advmod":
            yield token.lower, child, child + 1
            if child + 1 < len(tokens):
                yield f"{token.lower}+{tokens[child + 1].lower}", child, child + 2
        elif token.dep == "prep":
            for noun in sentence.children(child, "pobj"):
                if tokens[noun].tag == "NNS" or sentence.child(noun, "amod") is not None:
                    yield from _with_words(sentence, noun)
                if tokens[noun].tag == "NNS" and not sentence.children(noun):
                    yield f"{token.lower}+{tokens[noun].lemma}", child, noun + 1
                if token.lower in ("over", "throughout") and not sentence.children(noun, "nummod"):
                    yield f"{token.lower}+{tokens[noun].lemma}", child, noun + 1
        elif token.pos == "NOUN":
            yield from _with_words(sentence, child)


def _with_words(sentence: Sentence, noun: int) -> Iterator[tuple[str, int, int]]:
    tokens = sentence.tokens
    for child in sentence.children(noun, "det", "amod", "nummod"):
        yield f"{tokens[child].lower}+{tokens[noun].lemma}", child, noun + 1
        yield f"{tokens[child].lower}+{tokens[noun].lower}", child, noun + 1


def _present(
    sentence: Sentence, verb: int, candidate: Candidate, rules: CardinalityRules
) -> Iterator[Found]:
    """A deed in the simple present, outside headlines, which tell the news in it."""
    token = sentence.tokens[verb]
    if token.tag not in ("VBZ", "VBP") or is_headline(sentence):
        return
    if token.dep == "xcomp" or sentence.child(verb, "aux", "auxpass") is not None:
        return
    kind = load_ontology().types.get(candidate.type)  # states of channels have types of their own
    if kind is not None and kind.quad in _DEEDS:
        yield rules.cues["present"], verb, verb + 1
