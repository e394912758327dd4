"""The pieces of noun phrases that may act: names, agent nouns, and the parser's entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.actors.lexicon import Lexicon
from tocsin.actors.people import People, Person
from tocsin.actors.readings import Context, choose
from tocsin.knowledge.actors import ActorEntry, ActorTable, AgentEntry
from tocsin.model.parse import Entity, Sentence

_ENTITY_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "npadvmod"})
_DASHES = frozenset("-–—/")


@dataclass(slots=True)
class Item:
    """One piece at tokens ``first`` to ``stop``; ``root`` is the token that leads out of it.

    ``kind`` is country, org, person, agent or unknown (an entity that no table knows, with its
    ``label``). ``based`` marks the seat in "Geneva-based group", ``common`` a body's name that
    those of other states bear too ("Foreign Ministry", "Workers' Party").
    """

    first: int
    stop: int
    root: int
    kind: str
    entries: tuple[ActorEntry, ...] = ()
    agent: AgentEntry | None = None
    label: str = ""
    person: Person | None = None
    why: str = ""
    based: bool = False
    country: str | None = None
    common: bool = False

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the piece speaks of, in order."""
        if self.country is not None:
            return (self.country,)
        if self.person is not None and not self.entries:
            return (self.person.country,) if self.person.country else ()
        return tuple(dict.fromkeys(e.country for e in self.entries if e.country))


def root_of(sentence: Sentence, first: int, stop: int) -> int:
    """The token by which ``first`` to ``stop`` hang in the parse: nominal and last, if any."""
    outside = [
        token.i
        for token in sentence.tokens[first:stop]
        if not first <= token.head < stop or token.head == token.i
    ]
    good = [i for i in outside if sentence.tokens[i].dep not in ("punct", "case", "det")]
    nouns = [i for i in good if sentence.tokens[i].pos in ("PROPN", "NOUN", "ADJ")]
    return (nouns or good or outside or [stop - 1])[-1]


def find_items(
    sentence: Sentence,
    table: ActorTable,
    context: Context,
    people: People,
    lexicon: Lexicon,
    places: Mapping[int, str],
) -> list[Item]:
    """All pieces of a sentence in order of their tokens; names and entities do not overlap.

    ``places`` gives the country of the place whose name a token is part of.
    """
    skip = _dateline(sentence)
    names = list(_names(sentence, table, context, lexicon, skip=skip))
    names = [name for name in names if not _of_home(name, sentence, table, context)]
    if skip:
        names.insert(0, Item(0, skip, 0, "gone"))
    taken = _cover(names)
    others = list(_entities(sentence, people, lexicon, names, taken))
    gone = _cover(name for name in names if name.kind == "gone" and not name.label)
    names = [name for name in names if name.kind != "gone"]
    taken = gone | _cover(names) | _cover(others)
    surnames = list(_surnames(sentence, people, lexicon, taken))
    taken |= _cover(surnames)
    agents = list(_agents(sentence, table, lexicon, _cover(names)))
    taken |= _cover(agents)
    relations = list(_relations(sentence, lexicon, taken))
    others.extend(_untagged(sentence, lexicon, taken | _cover(relations)))
    for item in others:
        if item.label != "PERSON" and item.root in places:
            item.label, item.country = "GPE", places[item.root]
            item.why = f"a place in {item.country}"
    return sorted(
        (*names, *others, *surnames, *agents, *relations), key=lambda item: (item.first, -item.stop)
    )


def _cover(items: Iterable[Item]) -> set[int]:
    return {i for item in items for i in range(item.first, item.stop)}


def _dateline(sentence: Sentence) -> int:
    """How many tokens at the start are a dateline: "Pyongyang, January 1 (KCNA) --"."""
    tokens = sentence.tokens
    for i in range(1, min(6, len(tokens) - 3)):
        # "Washington (CNN) President ...": no dash
        if tokens[i].text == "(" and all(token.pos in ("PROPN", "PUNCT") for token in tokens[:i]):
            for n in range(i + 2, min(i + 4, len(tokens) - 1)):
                if tokens[n].text == ")" and tokens[i + 1].text.isupper():
                    dash = tokens[n + 1].text in ("--", "—", "–", "-", ":")
                    if dash or tokens[n + 1].text[0].isupper():
                        return n + 1 + dash
    capitals = tokens[0].text.isupper() and tokens[0].text.isalpha() and len(tokens[0].text) > 1
    for i in range(1, min(14, len(tokens))):
        if tokens[i].text in ("--", "—", "–", "-"):
            closed = tokens[i - 1].text == ")" or (i > 1 and tokens[i - 2].text == ")")
            if closed or i + 1 == len(tokens):
                return i + 1 if closed or (capitals and i <= 6) else 0
            apart = tokens[i].start > tokens[i - 1].end and tokens[i + 1].start > tokens[i].end
            if not apart or i > 6:
                return 0
            place = any(e.first == 0 and e.label == "GPE" for e in sentence.entities)
            return i + 1 if capitals or (place and i <= 3) else 0
    return 0


def _names(
    sentence: Sentence, table: ActorTable, context: Context, lexicon: Lexicon, *, skip: int
) -> Iterable[Item]:
    tokens = sentence.tokens
    starts = {match.stop for match in context.matches[sentence.index]}
    for match in context.matches[sentence.index]:
        first, stop = match.first, match.stop
        if first < skip:
            continue
        if _spoken_about(sentence, first, stop, lexicon) or _of_another(
            sentence, first, stop, table, lexicon
        ):
            yield Item(first, stop, first, "gone")
            continue
        entries = choose(match, sentence, context)
        if not entries:
            continue
        if entries[0].form == "namesake":
            root, namesake = root_of(sentence, first, stop), entries[0]
            yield Item(
                first, stop, root, "unknown", label="GPE", country=namesake.country,
                why=namesake.row,
            )  # fmt: skip
            continue
        first += first < stop - 1 and tokens[first].lower in ("the", "two", "both", "a")
        first += first < stop - 1 and tokens[first].lower == "two"
        kind = {"organisation": "org", "person": "person"}.get(entries[0].kind, "country")
        if entries[0].needs and entries[0].entity is None and "GOV" in entries[0].sectors:
            kind = "country"  # "the North" is listed with the bodies of its pack
        if kind == "org" and _begins_before(sentence, first, stop, starts):
            continue
        root = root_of(sentence, first, stop)
        if kind == "country" and _names_a_place(sentence, root, stop, lexicon):
            continue
        based = [token.lower for token in tokens[stop - 1 : stop + 2]][-1].endswith("based")
        yield Item(first, stop, root, kind, entries, why=entries[0].row, based=based)


def _of_home(name: Item, sentence: Sentence, table: ActorTable, context: Context) -> bool:
    """Mark a name that many states' bodies bear; tell whether it means one of the outlet's state.

    KCNA's "Foreign Ministry" is no South Korean one: its common noun serves there.
    """
    if name.kind != "org" or not name.entries:
        return False
    words = [token.text for token in sentence.tokens[name.first : name.stop]]
    name.common = bool(name.entries[0].doubt) or any(
        match.first == 0 and match.stop == len(words) for match in table.agents.longest(words)
    )
    home = context.home
    public = "GOV" in name.entries[0].sectors
    return name.common and public and home is not None and name.countries != (home,)


def _begins_before(sentence: Sentence, first: int, stop: int, named: set[int]) -> bool:
    """Whether a body's name is the end of a longer one: the "Security Council" of a nation."""
    if first == 0 or first in named:
        return False
    before = sentence.tokens[first - 1]
    return (
        before.pos == "PROPN"
        and before.text[0].isupper()
        and before.dep in MODIFIERS
        and first <= before.head < stop
    )


def _spoken_about(sentence: Sentence, first: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether a hyphen makes the name another's attribute: "anti-U.S.", "Iran-backed"."""
    tokens = sentence.tokens
    if first >= 2 and tokens[first - 1].text in _DASHES:
        if tokens[first - 2].lower in lexicon.words["prefixes"]:
            return True
    elif first >= 1 and tokens[first - 1].lower in ("anti", "pro"):
        return True
    last = tokens[stop - 1].text
    if "-" in last and last.rpartition("-")[2].islower():
        return last.rpartition("-")[2] not in lexicon.words["hyphen_takes"]
    if stop + 1 < len(tokens) and tokens[stop].text in _DASHES:
        after = tokens[stop + 1]
        if after.tag in ("VBN", "VBD", "VBG", "JJ") and after.text.islower():
            return after.lower not in lexicon.words["hyphen_takes"]
    return False


def _of_another(
    sentence: Sentence, first: int, stop: int, table: ActorTable, lexicon: Lexicon
) -> bool:
    """Whether the name is half of another's: "South American", or descent: "Cuban American".

    "A Chinese-American scholar" is one American, "Chinese-American talks" are two states'.
    """
    tokens = sentence.tokens
    before = first - 1 - (first > 0 and tokens[first - 1].text in _DASHES)
    if before >= 0 and lexicon.has("of_regions", tokens[first].lower):
        return lexicon.has("regions", tokens[before].lower) and tokens[before].text[0].isupper()
    joined = stop < len(tokens) and tokens[stop].text in _DASHES
    after = stop + joined
    if after >= len(tokens) or not lexicon.has("with_descent", tokens[after].lower):
        return False
    if tokens[stop - 1].pos not in ("ADJ", "PROPN") or not tokens[after].text[0].isupper():
        return False
    if not joined or tokens[after].lower.endswith("s"):
        return True
    noun = tokens[after + 1] if after + 1 < len(tokens) else None
    if noun is None or noun.tag != "NN" or lexicon.has("bodies", noun.lemma):
        return False
    return any(True for _ in table.agents.longest([noun.text]))


def _names_a_place(sentence: Sentence, root: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether the name is part of a place's or happening's own name: "Korean Peninsula"."""
    tokens = sentence.tokens
    for i in range(stop, min(stop + 2, len(tokens))):
        token = tokens[i]
        if token.lower == "peninsula":  # newsrooms differ on its capital letter
            return True
        if token.pos not in ("PROPN", "NOUN") or not token.text[0].isupper():
            return False
        if token.lower in lexicon.words["namesakes"]:
            return True
    return False


def _entities(
    sentence: Sentence, people: People, lexicon: Lexicon, names: list[Item], taken: set[int]
) -> Iterable[Item]:
    tokens = sentence.tokens
    heading = _is_heading(sentence)
    for entity in sentence.entities:
        if entity.label not in _ENTITY_LABELS:
            continue
        if heading and entity.label == "ORG" and entity.stop - entity.first > 1:
            continue
        gone = next((n for n in names if n.kind == "gone" and n.first == 0), None)
        if gone is not None and entity.first < gone.stop:
            continue
        first, stop = _trim(sentence, entity, taken)
        if entity.label == "PERSON" and stop - first > 1:
            first += tokens[first].lower in lexicon.gender and tokens[first].text != "King"
        if first >= stop or tokens[first].lower in lexicon.words["not_names"]:
            continue
        if lexicon.has("no_actors", _slice(sentence, first, stop).lower()):
            continue
        if stop - first > 1 and tokens[first].lower in lexicon.words["prefixes"]:
            continue
        inside = [n for n in names if n.first >= first and n.stop <= stop]
        if entity.label == "PERSON":
            if not any(token.pos == "PROPN" for token in tokens[first:stop]):
                continue
            adjectives = True
            for name in inside:
                if name.kind == "person":
                    adjectives = False
                elif name.entries and name.entries[0].form == "adjective" and name.first == first:
                    first = name.stop
                elif name.kind == "country" and name.first > first and not name.entries[0].doubt:
                    adjectives = False
                elif name.stop - name.first < stop - first and name.kind == "country":
                    name.kind, name.label = "gone", "PERSON"
                else:
                    adjectives = False
            if not adjectives or first >= stop:
                continue
        elif any(i in taken for i in range(first, stop)):
            if entity.label != "ORG" or any(n.kind != "country" for n in inside):
                continue
            if any(n.first == first and n.stop == stop for n in inside):
                continue
            # an unknown body that carries a state's name: its noun phrase puts the two together
            last = stop - 1
            if last in taken or not tokens[last].text[0].isupper():
                continue
        if any(n.kind != "gone" and n.first <= first and n.stop >= stop for n in names):
            continue
        if not any(t.text[0].isupper() for t in tokens[first:stop]):
            continue
        root = root_of(sentence, first, stop)
        person, label = None, entity.label
        if (
            label != "PERSON"
            and stop - first == 1
            and people.by_surname(tokens[first].text, sentence.index)
        ):
            label = "PERSON"
        if label == "PERSON":
            person = people.seen(_slice(sentence, first, stop), sentence.index)
            if person is not None and stop - first == 1 and _rules(sentence, stop, lexicon):
                person = people.leader(tokens[first].text)
        yield Item(
            first, stop, root, "unknown", label=entity.label, person=person,
            why=f"{entity.label} by the parser",
        )  # fmt: skip


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is set in title case, where capitals tell nothing of names."""
    words = [
        token.text for token in sentence.tokens if token.text.isalpha() and len(token.text) > 3
    ]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _trim(sentence: Sentence, entity: Entity, named: set[int]) -> tuple[int, int]:
    """An entity without the article before it and the possessive after it."""
    first, stop = entity.first, entity.stop
    tokens = sentence.tokens
    while first < stop and (tokens[first].pos in ("DET", "PUNCT") or tokens[first].tag == "POS"):
        first += 1
    while stop > first and (tokens[stop - 1].tag == "POS" or tokens[stop - 1].pos == "PUNCT"):
        stop -= 1
    # "Seoul's National Security Council": the body begins after the possessive
    for i in range(first, stop - 1):
        if entity.label == "ORG" and tokens[i].tag == "POS" and i - 1 in named:
            first = i + 1
    return first, stop


def _surnames(
    sentence: Sentence, people: People, lexicon: Lexicon, taken: set[int]
) -> Iterable[Item]:
    """Proper nouns that are the surname of somebody named before, though not tagged a person."""
    for token in sentence.tokens:
        if token.i in taken or token.pos != "PROPN" or not token.text[0].isupper():
            continue
        person = people.by_surname(token.text, sentence.index)
        if person is None:
            continue
        if _rules(sentence, token.i + 1, lexicon):
            person = people.leader(token.text) or person
        near = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if token.dep == "compound" and near is not None and near.pos == "PROPN":
            continue
        yield Item(
            token.i, token.i + 1, token.i, "unknown", label="PERSON", person=person,
            why=person.why_again(),
        )  # fmt: skip


_ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "iobj", "dative", "pobj", "poss", "conj", "appos"}
)


def _untagged(sentence: Sentence, lexicon: Lexicon, taken: set[int]) -> Iterable[Item]:
    """Proper nouns in the place of an actor that the parser's entities missed: "ICE returned"."""
    if _is_heading(sentence):
        return
    within = {i for entity in sentence.entities for i in range(entity.first, entity.stop)}
    for token in sentence.tokens:
        if token.pos != "PROPN" or token.i in taken or token.i in within:
            continue
        if token.dep not in _ARGUMENTS or not token.text[0].isupper() or len(token.text) < 2:
            continue
        if any(lexicon.has(kind, token.lower) for kind in ("not_names", "namesakes", "no_actors")):
            continue
        first = token.i
        while (
            first
            and sentence.tokens[first - 1].pos == "PROPN"
            and first - 1 not in taken
            and first - 1 not in within
        ):
            first -= 1
        yield Item(
            first, token.i + 1, token.i, "unknown", label="PROPN", why="a proper noun"
        )  # fmt: skip


def _rules(sentence: Sentence, stop: int, lexicon: Lexicon) -> bool:
    """Whether the word after a surname is a state body: "the Kim regime"."""
    tokens = sentence.tokens
    stop += stop < len(tokens) and tokens[stop].tag == "POS"
    return stop < len(tokens) and tokens[stop].lower in lexicon.words["state_bodies"]


def _agents(
    sentence: Sentence, table: ActorTable, lexicon: Lexicon, named: set[int]
) -> Iterable[Item]:
    tokens = sentence.tokens
    for match in table.agents.longest([token.text for token in tokens]):
        first, stop = match.first, match.stop
        if all(i in named for i in range(first, stop)):
            continue
        root = root_of(sentence, first, stop)
        head = tokens[root]
        if head.pos not in ("NOUN", "PROPN", "ADJ"):
            continue
        if head.pos == "ADJ" and head.dep not in ("amod", "compound", "nmod") and stop - first == 1:
            # "the military" is tagged an adjective now and then; an article shows the noun
            article = first and tokens[first - 1].pos in ("DET", "PRON")
            if not article or head.dep == "acomp":
                continue
        if tokens[stop - 1].text in _DASHES:
            continue
        if stop - first == 1 and head.dep in MODIFIERS and lexicon.has("only_nouns", head.lower):
            continue
        if first and tokens[first - 1].text == "-" and tokens[first - 1].tag != ":":
            before = tokens[first - 2].lower if first > 1 else ""
            if before in ("anti", "pro", "non"):
                continue
        if stop < len(tokens) - 1 and tokens[stop].text == "-" and tokens[stop].tag == "HYPH":
            continue
        agent = match.values[0]
        yield Item(first, stop, root, "agent", agent=agent, why=agent.row)


_RELATION = AgentEntry(sectors=(), row="reference/actors.yaml")


def _relations(sentence: Sentence, lexicon: Lexicon, taken: set[int]) -> Iterable[Item]:
    """Kin and relational nouns that no agent entry knows: "sister", "ally"."""
    for token in sentence.tokens:
        if token.i in taken or token.pos != "NOUN":
            continue
        kin = token.lemma in lexicon.kin
        if kin or token.lemma in lexicon.words["relational"]:
            label = "KIN" if kin else ""
            yield Item(
                token.i, token.i + 1, token.i, "agent", agent=_RELATION, label=label,
                why=f"reference/actors.yaml: {token.lemma}",
            )  # fmt: skip


def _slice(sentence: Sentence, first: int, stop: int) -> str:
    """The tokens' text with the spaces that stood between them."""
    out: list[str] = []
    end = 0
    for token in sentence.tokens[first:stop]:
        if out and token.start > end:
            out.append(" ")
        out.append(token.text)
        end = token.end
    return "".join(out)


slice_text = _slice
