"""Whether a deed is long past: true, but history and not news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tocsin.knowledge.modality import ModalityRules
from tocsin.model.mention import DateMention
from tocsin.model.parse import Parse, Sentence

# A report is news for about a season: what ended earlier is told as background.
NEWS = timedelta(days=90)
# News gives the day: what is dated by its month or year alone is history.
_MONTH = 27
_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)(s?)$")
_YEAR_AGO = re.compile(r"(1[5-9]\d\d|20\d\d)[-–](\d\d|\d{4})$")


class History:
    """What a document's dates say about how far its deeds lie back."""

    def __init__(
        self,
        rules: ModalityRules,
        parse: Parse,
        dates: Sequence[DateMention],
        published: date | None,
    ) -> None:
        self._rules = rules
        self._published = published
        self._dates: dict[int, list[DateMention]] = {}
        for mention in dates:
            self._dates.setdefault(mention.sentence, []).append(mention)
        # Without a publication date, the latest full date in the text stands for it.
        full = [
            m.until
            for m in dates
            if m.until is not None and m.since is not None and (m.until - m.since).days < 8
        ]
        self._latest = max(full, default=None)

    def found(self, sentence: Sentence, head: int, *, nominal: bool) -> tuple[int, int] | None:
        """Token range of what puts the deed at ``head`` long before the news, else None."""
        near = clause_of(sentence, head, nominal=nominal)
        here = self._dates.get(sentence.index, ())
        mentions = [m for m in here if m.head in near or m.first in near]
        recent = False
        for mention in mentions:
            if self._is_old(mention, sentence, head, nominal=nominal):
                return mention.first, mention.stop
            if mention.until is not None:
                recent = True
        if recent:
            return None
        covered = {i for m in mentions for i in range(m.first, m.stop)}
        for at in sorted(near - covered):
            if self._is_old_year(sentence, at, head, nominal=nominal):
                return at, at + 1
        lowers = [token.lower for token in sentence.tokens]
        for phrase in self._rules.phrases["eras"]:
            for first in range(len(lowers) - len(phrase) + 1):
                if tuple(lowers[first : first + len(phrase)]) == phrase and first in near:
                    return first, first + len(phrase)
        return None

    def ahead(self, sentence: Sentence, head: int, *, nominal: bool) -> tuple[int, int] | None:
        """Token range of the date that puts the deed at ``head`` after the news, else None.

        Only where the deed's own form is not past: "when the two meet next month".
        """
        token = sentence.tokens[head]
        present = token.tag in ("VBZ", "VBP") and not sentence.children(head, "aux", "auxpass")
        if self._published is None or not (present or nominal):
            return None
        if nominal and any(
            sentence.tokens[i].tag in ("VBD", "VBN")
            for i in (token.head, *sentence.ancestors(head))
        ):
            return None
        near = clause_of(sentence, head, nominal=nominal)
        for mention in self._dates.get(sentence.index, ()):
            inside = mention.head in near or mention.first in near
            dated = mention.kind == "DATE" and mention.since is not None
            if inside and dated and mention.since is not None and mention.since > self._published:
                return mention.first, mention.stop
        return None

    def _is_old(
        self, mention: DateMention, sentence: Sentence, head: int, *, nominal: bool
    ) -> bool:
        if mention.kind == "SET" or mention.until is None:
            return False
        if mention.kind == "DURATION":
            return False
        if self._published is not None:
            return mention.until < self._published - NEWS
        days = (mention.until - (mention.since or mention.until)).days
        if self._latest is not None and mention.until < self._latest - NEWS:
            return True
        if mention.anchor != "text" or not re.match(r"\d{3,4}", mention.value):
            return False
        return days >= _MONTH and _is_past(sentence, head, nominal=nominal)

    def _is_old_year(self, sentence: Sentence, at: int, head: int, *, nominal: bool) -> bool:
        """A bare year, decade or span of years that no date mention holds."""
        token = sentence.tokens[at]
        found = _YEAR.match(token.text) or _YEAR_AGO.match(token.text)
        if found is None:
            return False
        governor = sentence.tokens[token.head]
        if not (
            token.dep in ("nummod", "amod", "compound", "npadvmod", "nmod")
            or (
                token.dep == "pobj"
                and governor.lower in ("in", "since", "of", "during", "from", "until")
            )
        ):
            return False
        if token.dep == "nummod" and governor.tag == "NNS" and governor.lower not in _EVENTS:
            return False
        year = int(found.group(1))
        if found.group(2) == "s":
            year += 9
        if self._published is not None:
            return date(year, 12, 31) < self._published - NEWS
        return _is_past(sentence, head, nominal=nominal)


_EVENTS = frozenset(
    ("wars", "talks", "summits", "attacks", "accords", "elections", "protests", "riots")
)


def _trailing(sentence: Sentence, noun: int) -> Iterator[int]:
    """Prepositional phrases of time at the very end of a noun phrase ("… the strip in 2005")."""
    for prep in sentence.children(noun, "prep"):
        if sentence.tokens[prep].lower in ("in", "on", "during", "since", "from"):
            inside = sentence.subtree(prep)
            if len(inside) <= 4:
                yield from inside


def _is_past(sentence: Sentence, head: int, *, nominal: bool) -> bool:
    """Whether the deed's own form is past: its tense, or a noun with no future about it."""
    token = sentence.tokens[head]
    if nominal or token.tag.startswith("NN"):
        return True
    return token.tag in ("VBD", "VBN") or any(
        sentence.tokens[c].tag == "VBD" for c in sentence.children(head, "aux", "auxpass")
    )


def clause_of(sentence: Sentence, head: int, *, nominal: bool) -> frozenset[int]:
    """The tokens of the trigger's own clause or noun phrase, clauses inside it left out."""
    tokens = sentence.tokens
    found: set[int] = set()
    todo = [head]
    while todo:
        at = todo.pop()
        found.add(at)
        for child in sentence.children(at):
            dep = tokens[child].dep
            if dep in ("relcl", "ccomp", "advcl", "conj", "parataxis", "acl", "csubj"):
                continue
            if at == head and not nominal and dep in ("nsubj", "nsubjpass", "dobj"):
                # a year inside an actor or object ("the 2018 pact") dates that, not the deed;
                # but a date that the parser hung on the object's end is the clause's
                found.update(_trailing(sentence, child))
                continue
            todo.append(child)
    up = tokens[head].head
    relative = tokens[head].dep == "relcl" and tokens[head].tag == "VBD"
    subjects = sentence.children(head, "nsubj") if relative else ()
    if any(tokens[c].lower in ("that", "which") for c in subjects):
        # "a 2010 attack that killed": the noun's date is the clause's
        found.update(sentence.children(up, "nummod", "amod", "compound", "nmod"))
    noun = nominal or tokens[head].tag.startswith("NN")
    place = head
    if noun and tokens[head].dep == "pobj":  # "the war ended in 1953 with an armistice"
        place, up = up, tokens[up].head
    hangs = tokens[place].dep in ("nsubj", "nsubjpass", "dobj", "attr", "prep")
    if noun and up != place and hangs and tokens[up].pos in ("VERB", "AUX"):
        # "since the end of the war in 1994", "the one in Singapore in 2018"
        for child in sentence.children(up, "prep", "npadvmod", "advmod"):
            found.update(sentence.subtree(child))
    return frozenset(found)
