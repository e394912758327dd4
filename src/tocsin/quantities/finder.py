"""Counts of a parsed text: numbers with units, totals joined with their occasions and period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tocsin.knowledge.quantities import QuantityWords, load_quantities
from tocsin.model.mention import DateMention, Part, QuantityMention
from tocsin.model.parse import Parse, Sentence
from tocsin.quantities.casualties import adds, casualty, told_toll, toll
from tocsin.quantities.number import Number, read_number
from tocsin.quantities.unit import Unit, find_unit

# A number inside one of these is a piece of a name: "Group of Seven", "Apollo 11".
_NAMES = frozenset(("ORG", "PERSON", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "FAC", "GPE", "LOC"))
_CLAUSES = frozenset(("relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "xcomp", "pcomp"))
_LETTERS = {"m": "million", "k": "thousand", "b": "billion"}
_EXTENTS = frozenset(
    ("long", "wide", "high", "tall", "deep", "away", "north", "south", "east", "west")
)
_ADVERBS = {"twice": 2.0, "thrice": 3.0}


@dataclass(frozen=True, slots=True)
class _Count:
    """A number with its unit, before totals and occasions are put together."""

    number: Number
    unit: Unit

    @property
    def stop(self) -> int:
        return max(self.number.stop, self.unit.head + 1)


def find_quantities(parse: Parse, dates: tuple[DateMention, ...]) -> tuple[QuantityMention, ...]:
    """Find the counts of a text, in order; they do not overlap.

    ``dates`` are the time expressions of the same text: their numbers are no counts, and they
    give totals their period. Units are lemmas ("balloon"), ISO 4217 codes for money, "percent",
    or short names of measures ("km"). "Several dead" has no value, only a qualifier; orders such
    as "tens of thousands" have their floor as value.
    """
    words = load_quantities()
    by_sentence: dict[int, list[DateMention]] = {}
    for date in dates:
        by_sentence.setdefault(date.sentence, []).append(date)
    found: list[QuantityMention] = []
    for sentence in parse.sentences:
        lowers = [token.text.lower() for token in sentence.tokens]
        if not any(low[0].isdigit() or low in words.starts or "-" in low for low in lowers):
            continue
        _spell_scales(sentence, lowers)
        own = by_sentence.get(sentence.index, [])
        counts = _counts(sentence, lowers, own, words)
        if counts:
            found.extend(_mentions(parse, sentence, counts, own, words))
    return tuple(found)


def _spell_scales(sentence: Sentence, lowers: list[str]) -> None:
    """Write out the letters of size: "$100m", "22m households"; "10m away" stays metres."""
    tokens = sentence.tokens
    for i in range(1, len(tokens)):
        low = lowers[i]
        if low not in _LETTERS or tokens[i - 1].end != tokens[i].start:
            continue
        if not lowers[i - 1][:1].isdigit():
            continue
        money = i > 1 and tokens[i - 2].tag == "$"
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        noun = after is not None and (
            after.tag.startswith("NN") or after.lower == "of" or after.tag == "JJ"
        )
        noun = noun and after is not None and after.lower not in _EXTENTS
        if money or noun or low in ("k", "b"):
            lowers[i] = _LETTERS[low]


def _counts(
    sentence: Sentence, lowers: list[str], dates: Iterable[DateMention], words: QuantityWords
) -> list[_Count]:
    taken = frozenset(i for date in dates for i in range(date.first, date.stop))
    counts: list[_Count] = []
    at = 0
    while at < len(lowers):
        if at in taken:
            at += 1
            continue
        if (
            lowers[at] in _ADVERBS
            and lowers[at + 1 : at + 2] != ["as"]
            and sentence.tokens[sentence.tokens[at].head].lemma != "think"
        ):
            number = Number(first=at, core=at, stop=at + 1, value=_ADVERBS[lowers[at]])
            counts.append(_Count(number, Unit("occasion", at)))
            at += 1
            continue
        found = read_number(lowers, at, words)
        if found is None:
            at += 1
            continue
        if not taken.isdisjoint(range(found.core, found.stop)) or _is_label(sentence, found, words):
            at = max(at + 1, found.stop if found.core == at else at + 1)
            continue
        unit = find_unit(sentence, found, words, taken)
        total = None
        if unit is None:
            total = toll(sentence, found, counts[-1].unit if counts else None, words)
            unit, found = total, replace(found, total=found.total or total is not None)
        if unit is not None and total is None and _is_numbered(sentence, found, unit, words):
            unit = None
        floor = counts[-1].stop if counts else 0
        if unit is None or unit.head in taken or found.core < floor:
            at = found.stop
            continue
        counts.append(_Count(replace(found, first=max(found.first, floor)), unit))
        at = max(found.stop, unit.head + 1 if unit.head - found.stop < 2 else found.stop)
    return counts


def _is_label(sentence: Sentence, number: Number, words: QuantityWords) -> bool:
    """Is this no count but a name's number, a score, an ordinal phrase, "one of"?"""
    tokens = sentence.tokens
    first, last = tokens[number.core], tokens[number.stop - 1]
    before = tokens[number.core - 1] if number.core else None
    after = tokens[number.stop] if number.stop < len(tokens) else None
    if before is not None and not number.currency:
        if before.lower in words.designators:
            return True
        if before.end == first.start and before.text not in "(\"'“‘[—–$€£¥₩+-":
            return True
        if before.lower == "-" and before.end == first.start and number.core > 1:
            glued = tokens[number.core - 2]
            if glued.end == before.start and glued.text[-1:].isalnum():  # "F-35", "COVID-19"
                return True
        if before.tag == "NNP" and first.head < first.i and first.text[:1].isdigit():
            return True  # "Apollo 11"
        if before.lower == "." and number.core > 1 and tokens[number.core - 2].lower == "no":
            return True  # "No. 2"
        if number.core > 1 and before.lower in ("in", "of"):
            opener = tokens[number.core - 2]
            if opener.tag == "CD" and before.lower == "in":  # "one in 20"
                return True
            if opener.lower == "group" and first.text[:1].isdigit():  # "the Group of 20"
                return True
    if number.value == 0:
        return True
    if number.value == 1 and first.lower == "one" and number.upper is None:
        if after is None or after.lower in ("of", "another", "-", "day", "by"):
            return True
        if before is not None and before.lower in ("no", "any", "every", "this", "that", "the"):
            return True
        if first.dep not in ("nummod", "quantmod") or tokens[first.head].tag == "NNS":
            return True
    if number.upper is not None or (after is not None and after.lower in ("-", "–")):
        if after is not None and after.lower in words.scores:
            return True
        behind = tokens[number.stop + 1] if number.stop + 1 < len(tokens) else None
        if behind is not None and behind.lower in ("thirds", "third", "quarters", "quarter"):
            return True
    if first.text[:1].isupper() and first.i and first.tag.startswith("NNP"):  # "Group of Seven"
        return True
    return any(
        entity.first <= first.i < entity.stop
        and entity.label in _NAMES
        and (entity.first < first.i or entity.stop > last.i + 1)
        and last.i + 1 <= entity.stop
        and entity.first < number.core
        for entity in sentence.entities
    )


def _is_numbered(sentence: Sentence, number: Number, unit: Unit, words: QuantityWords) -> bool:
    """Does the number belong to a name before it ("the Nord Stream 1 pipeline")?"""
    before = sentence.tokens[number.core - 1] if number.core else None
    return (
        before is not None
        and number.first == number.core
        and before.tag.startswith("NNP")
        and sentence.tokens[number.core].text[:1].isdigit()
        and sentence.tokens[unit.head].tag == "NN"
        and unit.name not in words.measures
        and unit.name != "percent"
    )


def _mentions(
    parse: Parse,
    sentence: Sentence,
    counts: list[_Count],
    dates: list[DateMention],
    words: QuantityWords,
) -> Iterable[QuantityMention]:
    """The mentions of a sentence, each "on 22 occasions" given to the count beside it."""
    often: list[_Count] = []
    plain: list[_Count] = []
    for count in counts:
        if count.unit.name in words.occasions:
            after = sentence.tokens[count.stop].lower if count.stop < len(sentence.tokens) else ""
            if after not in words.ratios and count.number.value is not None:
                often.append(count)
        else:
            plain.append(count)
    clauses = {count.unit.head: _clause(sentence, count.unit.head) for count in counts}
    pairs: dict[int, _Count] = {}
    alone: list[_Count] = []
    for time in often:
        same = [c for c in plain if clauses[c.unit.head] == clauses[time.unit.head]]
        same = [c for c in same if c.unit.head not in pairs and c.unit.name != "percent"]
        if same:
            nearest = min(same, key=lambda c: abs(c.unit.head - time.unit.head))
            pairs[nearest.unit.head] = time
        else:
            alone.append(_Count(time.number, Unit("occasion", time.unit.head)))
    for count in sorted((*plain, *alone), key=lambda c: c.number.first):
        time_of = pairs.get(count.unit.head)
        occasions = time_of.number.value if time_of else None
        if count.unit.name in words.occasions:
            occasions = count.number.value
        period = None
        if occasions is not None or count.number.total:
            period = _period(sentence, count, clauses[count.unit.head], dates)
        yield _mention(parse, sentence, count, occasions, period, words)


def _clause(sentence: Sentence, i: int) -> int:
    """The verb (or other top) of the clause in which a token stands."""
    tokens = sentence.tokens
    while tokens[i].head != i:
        if tokens[i].pos in ("VERB", "AUX") or tokens[i].dep in _CLAUSES:
            return i
        i = tokens[i].head
    return i


def _period(
    sentence: Sentence, count: _Count, clause: int, dates: list[DateMention]
) -> DateMention | None:
    """The stretch of time over which a total was counted: of its clause, a stretch before a day."""
    same = [d for d in dates if d.kind in ("DATE", "DURATION") and d.value[-4:] != "_REF"]
    same = [d for d in same if _clause(sentence, d.head) == clause]
    return min(
        same, key=lambda d: ("/" not in d.value, abs(d.first - count.unit.head)), default=None
    )


def _mention(
    parse: Parse,
    sentence: Sentence,
    count: _Count,
    occasions: float | None,
    period: DateMention | None,
    words: QuantityWords,
) -> QuantityMention:
    first, stop = count.number.first, count.stop
    start, end = sentence.offsets(first, stop)
    fate = casualty(sentence, count.unit.head, words)
    if count.number.total and fate is None:
        fate = told_toll(sentence, count.number, words)
    part: Part | None = "total" if count.number.total else None
    if part is None and adds(sentence, count.number, count.unit, words):
        part = "increment"
    return QuantityMention(
        sentence=sentence.index,
        first=first,
        stop=stop,
        head=count.unit.head,
        start=start,
        end=end,
        text=parse.text[start:end],
        value=count.number.value,
        upper=count.number.upper,
        unit=count.unit.name,
        qualifier=count.number.qualifier,
        occasions=int(occasions) if occasions is not None else None,
        period=period,
        casualty=fate,
        part=part,
    )
