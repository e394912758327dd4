"""Names and what is said of them beside: "Kim You-geun, first deputy chief of ..."."""

from __future__ import annotations

from itertools import pairwise

from tocsin.actors.found import Found, join_sectors
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence

# Words that may stand between a name's comma and the description's first noun.
_LEADING = frozenset({"DET", "ADJ", "ADV", "NUM", "PUNCT"})


def join_appositions(sentence: Sentence, found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Join each person with the description beside it; returns what is left, in order.

    The parse is asked first; where it fails, "NAME, description," by the commas. A description
    that follows a name becomes part of the person's mention (its head leads there too); a name
    that follows a description ("the spokesman, Lee") lends the mention its name.
    """
    by_head: dict[int, Found] = {}
    for one in found:
        by_head.setdefault(one.head, one)
    for one in found:
        if one.gone:
            continue
        for child in sentence.children(one.head, "appos"):
            other = by_head.get(child)
            if other is not None and not other.gone:
                _pair(sentence, one, other, lexicon)
            for second in sentence.children(child, "conj"):
                more = by_head.get(second)
                if other is not None and other.gone and more is not None and not more.gone:
                    _also(one, more)
    _join_kin(sentence, found, lexicon)
    ordered = [one for one in found if not one.gone]
    for left, right in pairwise(ordered):
        if left.gone or right.gone:
            continue
        if left.kind == "person" and right.kind == "agent":
            if _by_commas(sentence, left, right):
                _describe(sentence, left, right, lexicon)
        elif left.kind == "agent" and right.kind == "person" and not left.plural:
            name = sentence.tokens[right.head]
            beside = right.first == left.stop + 1 and sentence.tokens[left.stop].text == ","
            if beside and name.dep == "appos" and left.first <= name.head < left.stop:
                _name(left, right)
    return [one for one in found if not one.gone]


def _pair(sentence: Sentence, one: Found, other: Found, lexicon: Lexicon) -> None:
    if one.kind == "person" and other.kind == "agent" and not other.several:
        _describe(sentence, one, other, lexicon)
    elif one.kind == "agent" and other.kind == "person" and not one.plural and not one.several:
        between = sentence.tokens[one.stop : other.first]
        if not any(token.pos == "CCONJ" for token in between):
            _name(one, other)
    elif one.kind in ("org", "unknown") and other.kind == "agent" and one.country is None:
        one.country = other.country
        one.sectors = one.sectors or other.sectors
        one.also |= {other.head} | other.also
        one.say(other.why)
        other.gone = True


def _join_kin(sentence: Sentence, found: list[Found], lexicon: Lexicon) -> None:
    """NAME, somebody's sister, ...: by the words alone, for parses often fail here."""
    tokens = sentence.tokens
    ordered = [one for one in found if not one.gone]
    for n, name in enumerate(ordered):
        if name.kind != "person" or name.stop >= len(tokens) or tokens[name.stop].text != ",":
            continue
        at = name.stop + 1
        while at < min(name.stop + 8, len(tokens)) and tokens[at].lemma not in lexicon.kin:
            if tokens[at].pos in ("VERB", "AUX", "PUNCT", "SCONJ") and tokens[at].tag != "POS":
                break
            at += 1
        if at >= len(tokens) or tokens[at].lemma not in lexicon.kin:
            continue
        if at + 1 < len(tokens) and tokens[at + 1].text not in (",", ".", "of", "and", ")"):
            continue
        name.also.add(at)
        name.gender = lexicon.kin[tokens[at].lemma]
        for other in ordered[n + 1 :]:
            if other.first > at:
                break
            if other.kind != "person":
                other.gone = True


def _also(person: Found, more: Found) -> None:
    """The second of two descriptions: "secretary of the party and president of the council"."""
    if person.kind == "person" and more.kind == "agent" and not more.plural:
        person.also |= {more.head} | more.also
        more.gone = True


def _by_commas(sentence: Sentence, name: Found, description: Found) -> bool:
    """Whether only a comma and the description's opening words stand between the two."""
    tokens = sentence.tokens
    if name.stop >= len(tokens) or tokens[name.stop].text != "," or name.stop >= description.first:
        return False
    between = tokens[name.stop + 1 : description.first]
    if len(between) > 6 or not all(token.pos in _LEADING for token in between):
        return False
    closing = description.stop
    while closing < len(tokens) and tokens[closing].pos not in ("VERB", "AUX", "PUNCT", "CCONJ"):
        closing += 1
    if closing < len(tokens) and tokens[closing].text not in (",", ".", "—", "–", "-", ")"):
        return False
    head, own = tokens[description.head], tokens[name.head]
    hangs = name.first <= head.head < name.stop or own.head == description.head
    if head.dep in ("nsubj", "nsubjpass"):
        same = own.dep == head.dep and own.head == head.head
        return hangs or same or own.dep in ("compound", "amod", "nmod", "dep", "npadvmod", "appos")
    return head.dep in ("appos", "conj", "dep", "attr", "npadvmod", "amod") or hangs


def _describe(sentence: Sentence, person: Found, description: Found, lexicon: Lexicon) -> None:
    """Let a description tell of a person."""
    token = sentence.tokens[description.head]
    head = sentence.tokens[person.head]
    person.also |= {description.head} | description.also
    if token.dep in ("nsubj", "nsubjpass") and not head.dep.startswith("nsubj"):
        # the clause hangs on the description: that is the mention's head
        person.also = (person.also | {person.head}) - {description.head}
        person.head = description.head
    known = person.entity is not None
    if person.country is None:
        person.country = description.country
    if not known and description.sectors:
        person.sectors = join_sectors(description.sectors, ())
    elif not person.sectors:
        person.sectors = description.sectors
    if not known or person.country == description.country:
        person.say(f"apposition: {description.why}")
    person.gender = person.gender or lexicon.gender.get(token.lemma)
    description.gone = True


def _name(agent: Found, person: Found) -> None:
    """Let a name tell who an agent is: "the president, Moon Jae-in"."""
    agent.also |= {person.head} | person.also
    agent.kind, agent.name, agent.person = "person", person.name, person.person
    agent.entity = person.entity
    agent.via = "name"
    agent.country = person.country or agent.country
    if person.entity is not None and person.sectors:
        agent.sectors = person.sectors
    agent.stop = max(agent.stop, person.stop)
    agent.say(person.why)
    person.gone = True
