"""Choosing what a name stands for: by date, by the document, by the parser's label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from tocsin.knowledge.actors import ActorEntry, ActorTable
from tocsin.knowledge.packs import Pack
from tocsin.knowledge.phrases import Match, phrase_tokens
from tocsin.model.parse import Parse, Sentence

# A crisis is near when one of its states was named this many sentences ago at most: about the
# length of a long article's section; "the North" is rarely used farther from its first "Korea".
_NEAR = 12
# A dateline stands in the first sentences (a heading may come before), within so many tokens.
_HEAD = 3
_DATELINE = 10


@dataclass(slots=True)
class Context:
    """What the whole document says about its names, counted before any is resolved.

    ``named`` counts, per country, its undoubted names; ``near`` holds, per sentence, the
    countries so named (the title counts as standing before the first sentence). ``home`` is the
    state whose media carry the text, where its dateline tells: "Pyongyang, May 1 (KCNA) --".
    ``packs`` are those that are on for the document, by name, and ``off`` what the rows of the
    others begin with.
    """

    published: date | None
    named: Counter[str] = field(default_factory=Counter)
    near: list[frozenset[str]] = field(default_factory=list)
    title: frozenset[str] = frozenset()
    matches: list[list[Match[ActorEntry]]] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)
    home: str | None = None
    packs: Mapping[str, Pack] = field(default_factory=dict)
    off: tuple[str, ...] = ()

    def holds(self, entry: ActorEntry) -> bool:
        """Whether the reading is of no pack, or of one that is on for the document."""
        return not entry.row.startswith(self.off)


def find_names(
    table: ActorTable, tokens: Sequence[str], context: Context | None = None
) -> Iterator[Match[ActorEntry]]:
    """Yield the longest matches, left to right; but "the North" gives way to "North Korean".

    With a ``context`` only names that hold in its document: not those of packs that are off.
    """
    at = 0
    while at < len(tokens):
        again = None
        for match in table.names.longest(tokens[at:]):
            first, stop = at + match.first, at + match.stop
            if stop - first > 1 and any(entry.needs for entry in match.values):
                inner = next(table.names.longest(tokens[first + 1 :]), None)
                if inner is not None and inner.first == 0 and first + 1 + inner.stop > stop:
                    again = first + 1
                    break
            found = Match(first, stop, match.values)
            if context is not None and context.off:
                held = _held(table, tokens, found, context)
                if held is not None:
                    yield held
                if held is None or held.stop < stop:
                    again = first + 1 if held is None else held.stop
                    break
                continue
            yield found
        if again is None:
            return
        at = again


def _held(
    table: ActorTable, tokens: Sequence[str], match: Match[ActorEntry], context: Context
) -> Match[ActorEntry] | None:
    """The match with those of its readings that hold, or a shorter one that begins as it does."""
    first, stop, values = match.first, match.stop, match.values
    while True:
        values = tuple(entry for entry in values if context.holds(entry))
        if values:
            return Match(first, stop, values)
        shorter = next(table.names.longest(tokens[first : stop - 1]), None)
        if shorter is None or shorter.first:
            return None
        stop, values = first + shorter.stop, shorter.values


def packs_spoken_of(
    parse: Parse, table: ActorTable, *, title: str | None = None
) -> tuple[str, ...]:
    """The packs of the table that a document is about: those that it names a state of, or its
    bodies and people, undoubtedly and by whatever name."""
    texts = [phrase_tokens(title)] if title else []
    sentences = ([token.text for token in sentence.tokens] for sentence in parse.sentences)
    return _spoken_of(table, chain(texts, sentences))


def names_of_text(table: ActorTable, text: str) -> Iterator[Match[ActorEntry]]:
    """Yield the names in a text that nobody has parsed: those of a pack only where it speaks of
    that."""
    tokens = phrase_tokens(text)
    on = _spoken_of(table, [tokens])
    off = tuple(pack.prefix for name, pack in table.packs.items() if name not in on)
    return find_names(table, tokens, Context(None, off=off))


def _spoken_of(table: ActorTable, texts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    waiting = dict(table.packs)
    for tokens in texts:
        if not waiting:
            break
        found = set()
        for match in find_names(table, tokens):
            found |= plain_countries(match)
        waiting = {name: pack for name, pack in waiting.items() if not pack.about & found}
    return tuple(name for name in table.packs if name not in waiting)


def read_context(
    parse: Parse,
    table: ActorTable,
    *,
    published: date | None,
    title: str | None,
    packs: Collection[str] | None = None,
) -> Context:
    """Count the names of a document; ``packs`` are those that are on, all when None."""
    on = {name: pack for name, pack in table.packs.items() if packs is None or name in packs}
    off = tuple(pack.prefix for name, pack in table.packs.items() if name not in on)
    context = Context(published, packs=on, off=off)
    if title:
        found = set()
        for match in find_names(table, phrase_tokens(title), context):
            found |= plain_countries(match)
        context.title = frozenset(found)
        context.named.update(found)
    for sentence in parse.sentences:
        matches = _matches(table, sentence, context)
        context.matches.append(matches)
        if context.home is None and sentence.index < _HEAD:
            context.home = _outlet(sentence, matches)
        near: set[str] = set()
        for match in matches:
            near |= plain_countries(match)
        context.named.update(near)
        context.near.append(frozenset(near))
        for entity in sentence.entities:
            if entity.label == "PERSON" and entity.stop - entity.first > 1:
                last = entity.stop - 1
                if sentence.tokens[last].tag == "POS":
                    last -= 1
                context.surnames.add(sentence.tokens[last].text)
    return context


def _outlet(sentence: Sentence, matches: Sequence[Match[ActorEntry]]) -> str | None:
    """The state whose media's name stands in the brackets of a dateline."""
    tokens = sentence.tokens
    for match in matches:
        first, stop = match.first, match.stop
        if not 0 < first < _DATELINE or stop >= len(tokens):
            continue
        if tokens[first - 1].text == "(" and tokens[stop].text == ")":
            for entry in match.values:
                if entry.state_media and entry.country:
                    return entry.country
    return None


def _matches(table: ActorTable, sentence: Sentence, context: Context) -> list[Match[ActorEntry]]:
    """The names of a sentence; "U.S.-South Korea", which the parser leaves joined, is split."""
    texts = [token.text for token in sentence.tokens]
    if not any(".-" in text for text in texts):
        return list(find_names(table, texts, context))
    pieces: list[str] = []
    of: list[int] = []
    for i, text in enumerate(texts):
        parts = re.split(r"(?<=\.)(-)", text) if ".-" in text else [text]
        pieces.extend(parts)
        of.extend([i] * len(parts))
    return [
        Match(of[match.first], of[match.stop - 1] + 1, match.values)
        for match in find_names(table, pieces, context)
    ]


def choose(
    match: Match[ActorEntry], sentence: Sentence, context: Context
) -> tuple[ActorEntry, ...]:
    """Return the reading of a name here: one entry, several for "the two Koreas", or none."""
    entries = [
        entry
        for entry in match.values
        if entry.needs is None or _crisis_near(entry, sentence, context)
    ]
    if not entries:
        return ()
    if any(entry.needs for entry in entries) and _runs_on(match, sentence):
        return ()
    several = tuple(entry for entry in entries if entry.form == "several")
    if several:
        return several
    entries = _in_term(entries, context.published)
    if not entries:  # nobody was called so on that day
        return ()
    label = _label(match, sentence)
    doubted = [entry for entry in entries if entry.doubt and entry.needs is None]
    if doubted:
        supported = [e for e in doubted if _supported(e, match, label, sentence, context)]
        entries = [entry for entry in entries if entry not in doubted or entry in supported]
        if not entries:
            return ()
    if len(entries) > 1:
        entries.sort(key=lambda e: _preference(e, label, context), reverse=True)
    return (entries[0],)


def plain_countries(match: Match[ActorEntry]) -> set[str]:
    """The countries that a name surely speaks of: one reading, or several meant at once."""
    countries = {
        entry.country
        for entry in match.values
        if entry.country and not entry.doubt and not entry.needs and entry.form != "surname"
    }
    if len(countries) == 1 or all(entry.form == "several" for entry in match.values):
        return {country for country in countries if country}
    return set()


def _crisis_near(entry: ActorEntry, sentence: Sentence, context: Context) -> bool:
    crisis = context.packs.get(entry.needs or "")
    if crisis is None:
        return False
    about = sum(context.named[country] for country in crisis.about)
    if about == 0 or about <= sum(context.named[country] for country in crisis.rivals):
        return False
    if context.title & crisis.about:
        return True
    from_ = max(0, sentence.index - _NEAR)
    return any(near & crisis.about for near in context.near[from_ : sentence.index + 1])


def _runs_on(match: Match[ActorEntry], sentence: Sentence) -> bool:
    """Whether "the South" runs on into a longer proper name: "the South China Sea"."""
    if match.stop >= len(sentence.tokens):
        return False
    after = sentence.tokens[match.stop]
    root = sentence.tokens[match.stop - 1]
    if after.pos == "PROPN" and root.dep in ("compound", "amod", "nmod"):
        return after.text[:1].isupper() and root.head >= match.stop
    return after.text == "-" and match.stop + 1 < len(sentence.tokens)


def _in_term(entries: list[ActorEntry], published: date | None) -> list[ActorEntry]:
    """The readings that hold on the day; without a day the latest ones; else the nearest."""
    bounded = [entry for entry in entries if entry.since or entry.until]
    if not bounded:
        return entries
    free = [entry for entry in entries if not (entry.since or entry.until)]
    if published is None:
        last = max(entry.until or date.max for entry in bounded)
        return free + [entry for entry in bounded if (entry.until or date.max) == last]
    holds = [
        entry
        for entry in bounded
        if (entry.since or date.min) <= published <= (entry.until or date.max)
    ]
    if holds:
        return free + holds
    if free:
        return free
    before = [entry for entry in bounded if (entry.until or date.max) < published]
    if before:
        return [max(before, key=lambda e: e.until or date.max)]
    people = [entry for entry in bounded if entry.kind == "person"]
    return [min(people, key=lambda e: e.since or date.min)] if people else []


def in_office(entry: ActorEntry, published: date | None) -> bool:
    """Whether a reading's term covers the day (taken as so when no day is known)."""
    if published is None:
        return True
    return (entry.since or date.min) <= published <= (entry.until or date.max)


def _label(match: Match[ActorEntry], sentence: Sentence) -> str:
    """The entity label over the match; "PERSON+" where the person's name is longer than it."""
    for entity in sentence.entities:
        if entity.first < match.stop and match.first < entity.stop:
            first, stop = entity.first, entity.stop
            while stop > first and sentence.tokens[stop - 1].tag == "POS":
                stop -= 1
            longer = (first < match.first and sentence.tokens[first].pos != "DET") or (
                stop > match.stop
            )
            return f"{entity.label}+" if longer else entity.label
    return ""


def _supported(
    entry: ActorEntry, match: Match[ActorEntry], label: str, sentence: Sentence, context: Context
) -> bool:
    text = sentence.tokens[match.stop - 1].text
    if entry.kind == "person":
        if label in ("GPE", "NORP", "DATE"):
            return False
        return label == "PERSON" or text in context.surnames or _titled(match, sentence)
    if text in context.surnames or _titled(match, sentence):
        return False
    if entry.country and context.named[entry.country]:
        return label != "PERSON+"
    if entry.kind == "organisation" and entry.doubt.startswith("another state's") and context.named:
        return False  # the text is about other states
    return label in ("GPE", "NORP", "ORG", "LOC", "FAC") and entry.form != "namesake"


def _titled(match: Match[ActorEntry], sentence: Sentence) -> bool:
    """Whether a courtesy title or a word for a person stands right before the name."""
    before = sentence.tokens[match.first - 1].lower if match.first else ""
    return before in _TITLES


_TITLES = frozenset(
    [
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "gen.",
        "general",
        "president",
        "minister",
        "secretary",
        "senator",
        "sen.",
        "rep.",
        "gov.",
        "governor",
        "leader",
        "chancellor",
        "premier",
        "king",
        "prince",
        "judge",
        "justice",
        "sir",
    ]
)


def _preference(entry: ActorEntry, label: str, context: Context) -> tuple[int, int, int, date]:
    """How well a reading fits: label, then the document's other names, then the latest term."""
    person = entry.kind == "person"
    fits = 0
    if label == "PERSON":
        fits = 1 if person else 0
    elif label in ("GPE", "NORP"):
        fits = 0 if person else 1
    support = context.named[entry.country] if entry.country else 0
    if entry.form == "namesake":
        support = min(support, 1)
    plain = 0 if entry.doubt or entry.form == "namesake" else 1
    return (fits, support, plain, entry.since or date.min)
