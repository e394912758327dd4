"""Whether a deed is told as known: true, but retold to explain, and not what the report brings.

One visible list of features: the form of the verb, the dates around it, where in the text it
stands, what the clause hangs on, the type. Their weights stand in ``data/rules/background.yaml``
with the measurement that set them. Deeds that a date puts long before the report are settled before
(:mod:`tocsin.modality.history`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from math import log

from tocsin.modality.history import clause_of
from tocsin.model.candidate import Candidate
from tocsin.model.mention import DateMention
from tocsin.model.parse import Parse, Sentence

_LEAD = 3  # sentences; what stands there is the news of the report
_FAR = 40  # sentences further down are all alike
_DEEP = 6  # clauses
_WEEKDAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
))  # fmt: skip
_YEAR = re.compile(r"(1[5-9]|20)\d\d(s)?$")
_MARKS = frozenset(
    ("since", "when", "after", "before", "while", "as", "because", "if", "although", "where")
)
_QUOTES = frozenset({'"', "“", "”"})
# The age of a date in days up to which it counts as one of these.
_AGES = ((-2, "ahead"), (4, "days"), (21, "weeks"), (100, "months"))
_FORMS = {
    "VBD": "past", "VBZ": "present", "VBP": "present", "VBG": "gerund", "VBN": "participle",
    "VB": "base",
}  # fmt: skip


class Telling:
    """How the deeds of one document are told."""

    def __init__(self, parse: Parse, dates: Sequence[DateMention], published: date | None) -> None:
        self._published = published
        self._dates: dict[int, list[DateMention]] = {}
        for mention in dates:
            self._dates.setdefault(mention.sentence, []).append(mention)
        self._lead = [frozenset(t.lemma for t in s.tokens) for s in parse.sentences[:_LEAD]]

    def features(self, sentence: Sentence, candidate: Candidate) -> dict[str, float]:
        """Return the features of a candidate; those that are 0 are left out."""
        head = candidate.head
        noun = candidate.nominal or sentence.tokens[head].tag.startswith("NN")
        verb = carrier(sentence, head)
        near = clause_of(sentence, head, nominal=noun) | clause_of(sentence, verb, nominal=False)
        out = {"always": 1.0, f"type {candidate.type}": 1.0}
        out.update((name, 1.0) for name in _of_form(sentence, head, verb, noun=noun))
        out.update((name, 1.0) for name in self._of_time(sentence, near))
        out.update(self._of_place(sentence, head, verb))
        return {name: value for name, value in out.items() if value}

    def _of_time(self, sentence: Sentence, near: frozenset[int]) -> Iterator[str]:
        """Dates in the clause and elsewhere in the sentence, by how far they lie back."""
        tokens = sentence.tokens
        for mention in self._dates.get(sentence.index, ()):
            where = "near" if mention.head in near or mention.first in near else "in sentence"
            if mention.kind in ("DURATION", "SET"):
                yield f"{mention.kind.lower()} {where}"
            elif mention.until is not None and self._published is not None:
                days = (self._published - mention.until).days
                age = next((name for most, name in _AGES if days <= most), "years")
                yield f"date {where} {age}"
            elif mention.until is not None:
                yield f"date {where} of an undated text"
        for token in tokens:
            where = "near" if token.i in near else "in sentence"
            after = tokens[token.i + 1].text if token.i + 1 < len(tokens) else ""
            named = token.text[:1].isupper() and not after[:1].isdigit()
            if token.lower in _MONTHS and named:
                yield f"month alone {where}"
            if _YEAR.match(token.text):
                yield f"year {where}"
            if token.lower in ("year", "month") and token.i and tokens[token.i - 1].lower == "last":
                yield f"last year {where}"
            if token.lower in ("years", "decades", "months", "centuries"):
                yield f"years {where}"
            if token.lower == "ago":
                yield f"ago {where}"
            if token.lower in _WEEKDAYS:
                yield f"weekday {where}"
        if self._published is None:
            yield "undated"

    def _of_place(self, sentence: Sentence, head: int, verb: int) -> Iterator[tuple[str, float]]:
        """Where in the text and in the sentence the deed is told."""
        tokens = sentence.tokens
        yield "sentence", log(1 + min(sentence.index, _FAR))
        yield "first sentence", float(sentence.index == 0)
        yield "lead", float(sentence.index < _LEAD)
        lemma = tokens[head].lemma
        yield "word in lead", float(any(lemma in lead for lead in self._lead[: sentence.index]))
        yield "tokens", log(1 + len(tokens))
        yield "depth", float(min(sum(1 for _ in sentence.ancestors(verb)), _DEEP))
        yield "main word", float(sentence.root == head)
        yield "quoted", float(sum(t.text in _QUOTES for t in tokens[:head]) % 2)


def carrier(sentence: Sentence, head: int) -> int:
    """The verb that carries a word: itself, or the nearest verb above; else the root."""
    tokens = sentence.tokens
    while tokens[head].pos not in ("VERB", "AUX") and tokens[head].head != head:
        head = tokens[head].head
    return head


def _of_form(sentence: Sentence, head: int, verb: int, *, noun: bool) -> Iterator[str]:
    """The form of the deed's word and verb, and what its clause hangs on."""
    tokens = sentence.tokens
    yield f"{'noun with' if noun else 'verb'} {_form(sentence, verb)}"
    if sentence.root != verb:
        yield f"root {_form(sentence, sentence.root)}"
    chain = [verb, *sentence.ancestors(verb)]
    deps = {tokens[at].dep for at in chain}
    for dep in ("relcl", "acl", "advcl", "pcomp"):
        if dep in deps:
            yield f"under {dep}"
    if any(tokens[at].dep in ("ccomp", "parataxis") for at in chain):
        yield "told"
    for at in chain[:2]:
        for child in sentence.children(at, "mark", "advmod"):
            if tokens[child].lower in _MARKS and (at != sentence.root or at == verb):
                yield f"mark {tokens[child].lower}"
    if noun:
        yield "noun"
        yield f"determiner {_determiner(sentence, head)}"
        if tokens[head].tag in ("NNS", "NNPS"):
            yield "plural"
        if tokens[head].dep == "pobj":
            yield f"after {tokens[tokens[head].head].lower}"


def _form(sentence: Sentence, verb: int) -> str:
    """Tense and mood of a verb, told by its auxiliaries where it has some."""
    helpers = [sentence.tokens[c] for c in sentence.children(verb, "aux", "auxpass")]
    tags = {token.tag for token in helpers}
    if "MD" in tags:
        return "modal"
    if "TO" in tags:
        return "infinitive"
    if any(token.lower == "had" for token in helpers):
        return "pluperfect"
    present = bool(tags & {"VBP", "VBZ"})
    if any(token.lemma == "have" for token in helpers):
        return "perfect" if present else "having"
    if "VBD" in tags:
        return "past auxiliary"
    if present:
        return "present auxiliary"
    return _FORMS.get(sentence.tokens[verb].tag, "no verb")


def _determiner(sentence: Sentence, noun: int) -> str:
    found = {sentence.tokens[c].lower for c in sentence.children(noun, "det")}
    if "the" in found:
        return "the"
    if found & {"a", "an"}:
        return "a"
    if sentence.children(noun, "poss"):
        return "owner"
    return "this" if found else "none"
