"""Where a text speaks of a channel or an agreement: by name, by a noun of its kind, by a stand-in.

Mentions know which thing of a table they are, where they are one, and else between whom the thing
stands. What an "it", "the building" or a bare "the deal" stands for is looked up among the things
that the text named before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from tocsin.events.syntax import prepositional, with_conjuncts
from tocsin.knowledge.channels import ChannelRules, Kind, KnownThing, KnownThings
from tocsin.model.mention import ActorMention, DateMention, Mention, PlaceMention
from tocsin.model.parse import Parse, Sentence

M = TypeVar("M", bound=Mention)

# Prepositions that lead from a thing to those whose it is: "the hotline with Egypt".
_TIES = frozenset(
    ("with", "between", "to", "from", "on", "against", "of", "in", "at", "and", "by", "into",
     "among", "linking", "connecting")
)  # fmt: skip
# Of an agreement only these: "an accord on Libya" is about Libya, "signed in Geneva" somewhere.
_BONDS = frozenset(("with", "between", "among", "of", "by", "and"))
_INNER = frozenset(("pobj", "poss", "conj", "appos"))
_WITH_UN = frozenset(("sanctions", "truce", "hotline"))
_CLAUSES = frozenset(("acl", "relcl"))
_LEFT = frozenset(("det", "amod", "compound", "nmod", "poss", "nummod", "advmod", "npadvmod"))
# Who can be a party: states, their forces, rebels who sign a truce; no companies or reporters.
_PARTY_SECTORS = frozenset(("GOV", "MIL", "LEG", "SPY", "REB", "PRE", "PRM", "COP"))
_NO_PARTY = frozenset(("NGO", "MNC", "ISM", "IMG"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "their", "both", "such"))
_PLAIN = frozenset(("joint", "same", "new", "whole", "entire", "very", "existing", "old"))
_PRONOUNS = frozenset(("it", "its", "they", "them", "their"))
# A bare "the deal" or "the building" looks back so many sentences, "it" but one.
_BACK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingMention:
    """A thing at token ``head``; ``first`` to ``stop`` are the words that name it.

    ``parties`` are those that its own phrase names; of a directed kind ``owners`` and ``targets``
    tell which side they are on. ``said_before`` marks what stands for a thing named before.
    ``year`` is the date in its phrase: "the 1953 armistice". ``tentative``: the name is a common
    noun too. ``words`` are those of the text, ``place`` is a place by which it is told from others.
    """

    sentence: int
    head: int
    first: int
    stop: int
    kind: Kind
    known: KnownThing | None
    name: str
    parties: tuple[str, ...]
    owners: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    definite: bool = False
    said_before: bool = False
    tentative: bool = False
    words: str = ""
    place: str | None = None
    across: bool = False
    plural: bool = False
    subject: bool = False
    year: DateMention | None = None

    @property
    def resolved(self) -> bool:
        """Whether it is clear enough which thing it is, whatever its clause says."""
        if self.known is not None:
            return True
        if self.kind.needs == "name":
            return False
        if self.kind.needs == "across" and not self.across:
            return False
        return len(self.parties) > 1


class Things:
    """The things of one document, found sentence by sentence, from the first on."""

    def __init__(
        self,
        rules: ChannelRules,
        known: KnownThings,
        parse: Parse,
        *,
        actors: Sequence[ActorMention],
        places: Sequence[PlaceMention],
        dates: Sequence[DateMention],
        packs: Sequence[str],
        published: date | None,
    ) -> None:
        self._rules = rules
        self._known = known
        self._text = parse.text
        self._packs = frozenset(packs)
        self._published = published
        self._actors = _by_sentence(actors)
        self._places = _by_sentence(places)
        self._dates = _by_sentence(dates)
        self._before: list[ThingMention] = []
        self._all: list[ThingMention] = []

    def remember(self, mentions: Sequence[ThingMention]) -> None:
        """Keep what a sentence named, for those that follow."""
        resolved = [m for m in mentions if m.resolved]
        self._all.extend(resolved)
        self._before.extend(m for m in resolved if not m.said_before)

    def in_sentence(self, sent: Sentence) -> list[ThingMention]:
        """The mentions of a sentence, in order."""
        named = self._named(sent)
        found = {mention.head: mention for mention in named}
        covered = {i for m in named for i in range(m.first, m.stop)}
        for token in sent.tokens:
            if token.i in covered or token.pos not in ("NOUN", "PROPN"):
                continue
            if token.dep in ("compound", "nmod") and token.head != token.i:
                continue
            mention = self._of_kind(sent, token.i)
            if mention is not None:
                found.setdefault(token.i, mention)
        ordered = [found[head] for head in sorted(found)]
        return sorted((*ordered, *self._pronouns(sent, ordered)), key=lambda m: m.head)

    # -- by name ---------------------------------------------------------------------------

    def _named(self, sent: Sentence) -> list[ThingMention]:
        found = []
        for match in self._known.names.longest([token.text for token in sent.tokens]):
            inside = range(match.first, match.stop)
            head = next((i for i in inside if sent.tokens[i].head not in inside), match.stop - 1)
            # "the liaison office building": the building is meant
            kinds = {thing.kind for thing, _ in match.values}
            above = sent.tokens[head].head
            if sent.tokens[head].dep == "compound" and above >= match.stop:
                stands = self._rules.stand_ins.get(sent.tokens[above].lemma.lower(), ())
                if not any(kind.name in kinds for kind in stands):
                    continue
                head = above
            for thing, common in match.values:
                if thing.pack is not None and thing.pack not in self._packs:
                    continue
                if not self._timely(thing):
                    continue
                parties = self._parties(sent, head, self._rules.kinds[thing.kind])
                if common and not set(parties) <= {*thing.parties, *thing.others}:
                    continue
                first, stop = min(match.first, head), max(match.stop, head + 1)
                found.append(self._mention(sent, head, first, stop, thing, common))
                break
            else:
                mention = self._of_kind(sent, head)
                if mention is not None:
                    found.append(mention)
        return found

    def _timely(self, thing: KnownThing) -> bool:
        """Whether a text of this day can speak of the thing."""
        day = self._published
        if day is None:
            return True
        return thing.since is None or thing.since <= day

    def _mention(
        self, sent: Sentence, head: int, first: int, stop: int, thing: KnownThing, common: bool
    ) -> ThingMention:
        kind = self._rules.kinds[thing.kind]
        directed = bool(kind.directed) and len(thing.parties) == 2
        return ThingMention(
            sentence=sent.index, head=head, first=first, stop=stop, kind=kind, known=thing,
            name=thing.name, parties=thing.parties, place=thing.place,
            definite=self._definite(sent, head),
            owners=thing.parties[:1] if directed else (),
            targets=thing.parties[1:] if directed else (),
            tentative=common,
            words=self._text[sent.tokens[first].start : sent.tokens[stop - 1].end],
            across=True, plural=_is_plural(sent, head),
            subject=_is_subject(sent, head), year=self._year(sent, head),
        )  # fmt: skip

    # -- by a noun -------------------------------------------------------------------------

    def _of_kind(self, sent: Sentence, head: int) -> ThingMention | None:
        kind, first = self._kind_at(sent, head)
        if kind is None:
            return self._stand_in(sent, head)
        # a bare noun with "the", and nobody named: the one named before
        parties = self._parties(sent, head, kind)
        owners: tuple[str, ...] = ()
        targets: tuple[str, ...] = ()
        if kind.directed:
            owners, targets = self._sides(sent, head, kind.directed)
            parties = (*owners[:1], *(t for t in targets if t not in owners))[:2]
        marked = self._marked(sent, head, kind, parties)
        if marked is not None:
            return self._mention(sent, head, first, head + 1, marked, False)
        definite = self._definite(sent, head)
        if definite and not parties and not self._told_apart(sent, head, first):
            before = self._last({kind.name, *self._like(kind)}, sent.index)
            if before is not None and before.plural == _is_plural(sent, head):
                return self._again(sent, head, first, before)
        across = self._is_across(sent, head)
        name_first = self._phrase_first(sent, head)
        name = self._text[sent.tokens[name_first].start : sent.tokens[head].end]
        mention = ThingMention(
            sentence=sent.index, head=head, first=name_first, stop=head + 1, kind=kind, known=None,
            name=name, parties=parties, owners=owners, targets=targets, definite=definite,
            across=across, place=self._site(sent, head), plural=_is_plural(sent, head),
            subject=_is_subject(sent, head),
            year=self._year(sent, head),
        )  # fmt: skip
        return self.usual(mention, parties)

    def usual(self, mention: ThingMention, parties: Sequence[str]) -> ThingMention:
        """The mention as that of the usual thing of its kind between these parties."""
        if mention.known is not None or len(parties) < 2:
            return mention
        for thing in self._known.usual.get(mention.kind.name, ()):
            ours = thing.pack is None or thing.pack in self._packs
            same = tuple(parties) == thing.parties or (
                not mention.kind.directed and set(parties) == set(thing.parties)
            )
            if ours and same and self._timely(thing):
                return replace(mention, known=thing, name=thing.name, parties=thing.parties)
        return mention

    def _kind_at(self, sent: Sentence, head: int) -> tuple[Kind | None, int]:
        """The kind that the noun at ``head`` names, and the first token of the noun."""
        lemma = _noun(sent, head, self._rules)
        for before, kind in self._rules.by_noun.get(lemma, ()):
            first = head - len(before)
            if first >= 0 and all(
                word in (sent.tokens[first + n].lemma.lower(), sent.tokens[first + n].lower)
                for n, word in enumerate(before)
            ):
                return kind, first
        return None, head

    def _like(self, kind: Kind) -> set[str]:
        return {other.name for other in self._rules.kinds.values() if other.like == kind.like}

    def _stand_in(self, sent: Sentence, head: int) -> ThingMention | None:
        """ "The building", of a liaison office named before."""
        kinds = {k.name for k in self._rules.stand_ins.get(sent.tokens[head].lemma.lower(), ())}
        if not kinds or not self._definite(sent, head):
            return None
        before = self._last(kinds, sent.index)
        if before is None or not set(self._parties(sent, head, before.kind)) <= set(before.parties):
            return None
        if self._told_apart(sent, head, head):
            # "the facility in Kaesong" is told apart by a mark of its own only
            marked = self._marked(sent, head, before.kind, ())
            if marked is None or marked != before.known:
                return None
        return self._again(sent, head, self._phrase_first(sent, head), before)

    def _again(self, sent: Sentence, head: int, first: int, before: ThingMention) -> ThingMention:
        return replace(
            before, sentence=sent.index, head=head, first=first, stop=head + 1, definite=True,
            said_before=True, plural=_is_plural(sent, head), subject=_is_subject(sent, head),
            year=self._year(sent, head),
        )  # fmt: skip

    def _last(self, kinds: set[str], sentence: int) -> ThingMention | None:
        for mention in reversed(self._before):
            if sentence - mention.sentence > _BACK:
                return None
            if mention.kind.name in kinds:
                return mention
        return None

    def _pronouns(self, sent: Sentence, found: Sequence[ThingMention]) -> Iterator[ThingMention]:
        """ "It", "its": the thing named before in the sentence, or that the last one is about."""
        people = {
            i
            for m in self._actors.get(sent.index, ())
            if m.via == "pronoun"
            for i in range(m.first, m.stop)
        }
        for token in sent.tokens:
            if token.lower not in _PRONOUNS or token.pos != "PRON" or token.i in people:
                continue
            plural = token.lower.startswith("the")
            named = [m for m in found if m.head < token.i and m.resolved]
            last = named[-1] if named else self._subject_before(sent.index)
            if last is None or plural != last.plural:
                continue
            yield self._again(sent, token.i, token.i, last)

    def _subject_before(self, sentence: int) -> ThingMention | None:
        """The thing that the sentence before is about."""
        about = [m for m in self._all if m.sentence == sentence - 1 and m.subject]
        return about[0] if len(about) == 1 else None

    # -- phrases ---------------------------------------------------------------------------

    def _phrase(self, sent: Sentence, head: int, ties: frozenset[str] = _TIES) -> frozenset[int]:
        """Tokens of what says whose a thing is: its modifiers and what hangs on it by "with"."""
        found = [head]
        for at in found:
            for child in sent.children(at):
                token = sent.tokens[child]
                tie = token.dep == "prep" and token.lower in ties and child > at
                inner = sent.tokens[at].dep in _INNER and token.dep in ("conj", "cc", "appos")
                inner = inner and at != head
                if tie or inner or token.dep in _LEFT or token.dep in ("case", "punct", "pobj"):
                    found.append(child)
                elif at == head and token.dep in _CLAUSES and token.lemma in self._rules.joins:
                    found.extend(sent.subtree(child))
        return frozenset(found)

    def _phrase_first(self, sent: Sentence, head: int) -> int:
        first = head
        for child in sent.children(head, *_LEFT):
            if child < head and sent.tokens[child].dep != "det":
                first = min(first, sent.subtree(child)[0])
        while first < head and sent.tokens[first].pos in ("DET", "PUNCT", "PRON"):
            first += 1
        return first

    def _parties(self, sent: Sentence, head: int, kind: Kind) -> tuple[str, ...]:
        """Countries that the phrase of a thing names, sorted."""
        ties = _TIES if kind.category == "channel" else _BONDS
        if kind.like == "truce":
            ties |= {"in"}  # of a war: "the truce in Libya"
        inside = self._phrase(sent, head, ties)
        found = {
            m.country
            for m in self._actors.get(sent.index, ())
            if is_party(m, kind)
            and m.head in inside
            and m.via != "pronoun"
            and not (kind.category == "agreement" and _in_name(sent, m))
        }
        if kind.category == "channel":
            found |= {
                p.country
                for p in self._places.get(sent.index, ())
                if p.country is not None and p.head in inside
            }
        found |= set(self._between(sent, inside))
        return tuple(sorted(country for country in found if country))

    def _between(self, sent: Sentence, inside: frozenset[int]) -> Iterator[str]:
        for match in self._known.between.longest([token.text for token in sent.tokens]):
            if inside & set(range(match.first, match.stop)):
                for pack, parties in match.values:
                    if pack is None or pack in self._packs:
                        yield from parties

    def _sides(
        self, sent: Sentence, head: int, directed: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who does it, and to whom: "U.S. sanctions on Egypt"."""
        owners: list[str] = []
        targets: list[str] = []
        owned = sent.child(head, "poss") is not None
        for child in sent.children(head):
            token = sent.tokens[child]
            if token.dep == "poss":
                owners.extend(self._countries(sent, child))
            elif token.dep in ("amod", "compound", "nmod"):
                # "its Libya embassy": where somebody owns it, the other is where it is
                (targets if owned else owners).extend(self._countries(sent, child))
            elif token.dep == "prep" and token.lower in directed:
                for inner in sent.children(child, "pobj"):
                    for each in with_conjuncts(sent, inner):
                        targets.extend(self._countries(sent, each))
            elif token.dep == "prep" and token.lower in ("by", "from", "of"):
                for inner in sent.children(child, "pobj"):
                    owners.extend(self._country_at(sent, inner))
                    # "the embassy of Egypt in Libya", where the parser hangs Libya on Egypt
                    targets.extend(
                        country
                        for word in directed
                        for each in prepositional(sent, inner, word)
                        for country in self._countries(sent, each)
                    )
        return tuple(dict.fromkeys(owners)), tuple(dict.fromkeys(targets))

    def _country_at(self, sent: Sentence, at: int) -> list[str]:
        return self._countries(sent, at, frozenset((at, *sent.children(at, *_LEFT))))

    def _countries(
        self, sent: Sentence, at: int, inside: frozenset[int] | None = None
    ) -> list[str]:
        inside = inside or self._phrase(sent, at)
        found = [
            m.country
            for m in self._actors.get(sent.index, ())
            if is_party(m) and m.head in inside and m.via != "pronoun"
        ]
        if not found:
            found = [p.country for p in self._places.get(sent.index, ()) if p.head in inside]
        return [country for country in found if country]

    def _site(self, sent: Sentence, head: int) -> str | None:
        """The city or region in the phrase: "the consulate in Basra"."""
        inside = self._phrase(sent, head)
        for place in self._places.get(sent.index, ()):
            if place.literal and place.head in inside and place.radius_km is not None:
                return place.name
        return None

    def _marked(
        self, sent: Sentence, head: int, kind: Kind, parties: Sequence[str]
    ) -> KnownThing | None:
        inside = self._phrase(sent, head)
        for match in self._known.marks.longest([token.text for token in sent.tokens]):
            if not inside & set(range(match.first, match.stop)):
                continue
            for thing in match.values:
                ours = thing.pack is None or thing.pack in self._packs
                if ours and thing.kind == kind.name and set(parties) <= set(thing.parties):
                    return thing if self._timely(thing) else None
        return None

    def _definite(self, sent: Sentence, head: int) -> bool:
        return any(
            sent.tokens[c].lower in _DEFINITE for c in sent.children(head, "det", "poss", "predet")
        )

    def _told_apart(self, sent: Sentence, head: int, first: int) -> bool:
        """Whether words before a noun tell it from the one named before: "the trade deal"."""
        for child in sent.children(head, "amod", "compound", "nmod", "nummod", "poss"):
            token = sent.tokens[child]
            if child < first and token.tag not in ("PRP$", "JJ") and not token.text.isdigit():
                return True
            if child < first and token.tag == "JJ" and token.lower not in _PLAIN:
                return True
        return any(sent.tokens[c].lower in _TIES for c in sent.children(head, "prep"))

    def _is_across(self, sent: Sentence, head: int) -> bool:
        for child in sent.children(head):
            token = sent.tokens[child]
            if token.dep in _CLAUSES and token.lemma in self._rules.joins:
                return True
            if token.dep == "prep" and token.lower == "between":
                return True
        left = range(self._phrase_first(sent, head), head)
        text = self._text[sent.tokens[left[0]].start : sent.tokens[head].start] if left else ""
        if any(word in text.lower() for word in self._rules.across):
            return True
        return bool(set(self._between(sent, frozenset(left))))

    def _year(self, sent: Sentence, head: int) -> DateMention | None:
        """The date in the phrase of a thing: "the 1953 armistice", "the accord of March 2"."""
        inside = set()
        for child in sent.children(head):
            token = sent.tokens[child]
            of = token.dep == "prep" and token.lower in ("of", "from")
            if of or token.dep in ("nummod", "compound", "amod", "nmod", "poss", "npadvmod"):
                inside |= set(sent.subtree(child))
        for mention in self._dates.get(sent.index, ()):
            told = any(c.isdigit() for c in mention.text) or len(mention.text.split()) > 1
            dated = mention.kind == "DATE" and mention.since is not None and told
            if dated and mention.head in inside:
                return mention
        return None


def _in_name(sent: Sentence, mention: ActorMention) -> bool:
    """Whether a capital stands in a name: "the Vienna Convention" is not Austria's."""
    return mention.via == "capital" and sent.tokens[mention.head].dep in ("compound", "nmod")


def is_party(mention: ActorMention, kind: Kind | None = None) -> bool:
    """Whether a mention can be a party to something between states (of a ``kind``)."""
    if mention.country is None or mention.country in _NO_PARTY:
        return False
    if mention.country == "UNO" and kind is not None and kind.like not in _WITH_UN:
        return False  # "the members of the Security Council signed the deal"
    return not mention.sectors or bool(_PARTY_SECTORS & set(mention.sectors))


def _is_plural(sent: Sentence, head: int) -> bool:
    token = sent.tokens[head]
    return token.tag in ("NNS", "NNPS") or token.lower.startswith("the")


def _is_subject(sent: Sentence, head: int) -> bool:
    """Whether the sentence is about what stands at ``head``: the subject of its main verb."""
    token = sent.tokens[head]
    verb = sent.tokens[token.head]
    told = verb.dep == "ccomp" and sent.tokens[verb.head].dep == "ROOT"
    return token.dep in ("nsubj", "nsubjpass") and (verb.dep == "ROOT" or told)


def _noun(sent: Sentence, i: int, rules: ChannelRules) -> str:
    """The lemma of a noun; a name's plural ("the Oslo Accords") has its singular."""
    token = sent.tokens[i]
    lemma = token.lemma.lower()
    if lemma not in rules.by_noun and lemma.endswith("s") and lemma[:-1] in rules.by_noun:
        return lemma[:-1]
    return lemma


def _by_sentence(mentions: Sequence[M]) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for mention in mentions:
        found[mention.sentence].append(mention)
    return found
