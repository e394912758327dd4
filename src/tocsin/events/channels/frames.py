"""Which words of a sentence say that a thing is in a state, and where that thing stands to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.events.syntax import (
    core,
    governing_verb,
    is_passive,
    is_verb,
    objects,
    owners,
    prepositional,
    subjects,
    surface_subjects,
    with_conjuncts,
)
from tocsin.knowledge.channels import ChannelRules, StateRule
from tocsin.model.channel import Change
from tocsin.model.parse import Sentence

# Verbs that put a state word into a sentence and add nothing: "remained closed".
_COPULAS = frozenset(
    ("be", "remain", "stay", "become", "go", "stand", "lie", "sit", "seem", "appear", "prove",
     "get", "fall", "keep", "leave", "hold", "have", "declare", "make", "render", "consider")
)  # fmt: skip
_STAYS = frozenset(("remain", "stay", "keep", "leave", "hold", "stand", "lie", "sit", "go"))
_NEGATIONS = frozenset(("no", "not", "n't", "n’t", "never", "longer", "neither", "nor"))
# Prepositions before what is not done, or not yet: "talks on closing", "instead of closing".
_AIMS = frozenset(
    (
        "on",
        "to",
        "toward",
        "towards",
        "about",
        "against",
        "from",
        "without",
        "before",
        "than",
        "like",
        "as",
    )
)
_ALMOST = frozenset(("near", "possible", "potential", "eventual", "planned", "proposed"))
# States that are spoken of before they are there.
_HOPED = frozenset(("open", "restored", "in force", "lifted"))
_BETWEEN = _NEGATIONS | {"still", "now", "currently", "already"}
_SECTIONS = frozenset(("section", "stretch", "portion", "part", "segment", "side", "all", "end"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class StateHit:
    """State words ``trigger`` of ``rule`` with the thing at token ``thing``.

    ``head`` carries the clause that the words stand in (the verb of "remained closed"): on it hangs
    whether it is so. ``presupposed``: the words only describe the thing ("the closed border").
    ``consumed`` are negations that the rule asks for. ``actors`` are heads of who did it.
    """

    rule: StateRule
    head: int
    thing: int
    trigger: tuple[int, ...]
    change: Change
    nominal: bool = False
    presupposed: bool = False
    consumed: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()


def state_hits(sent: Sentence, rules: ChannelRules) -> Iterator[StateHit]:
    """Every state word of a sentence with every phrase that it may say so of."""
    for token in sent.tokens:
        if token.pos in ("VERB", "AUX") or token.tag in ("VBN", "VBD"):
            yield from _verb_hits(sent, token.i, rules)
        if token.pos in ("NOUN", "PROPN") or token.tag in ("NN", "VBG"):
            yield from _noun_hits(sent, token.i, rules)
        yield from _adjective_hits(sent, token.i, rules)
        yield from _predicate_hits(sent, token.i, rules)


def _hit(
    sent: Sentence,
    rule: StateRule,
    head: int,
    thing: int,
    trigger: tuple[int, ...],
    change: Change,
    *,
    nominal: bool = False,
    presupposed: bool = False,
    actors: tuple[int, ...] = (),
) -> StateHit | None:
    """The hit, where it is negated as the rule asks."""
    consumed: tuple[int, ...] = ()
    if rule.negated or presupposed:
        # of what is taken for granted nobody else asks whether it is negated
        consumed = _negations(sent, trigger)
    if rule.negated:
        consumed = consumed or _negations(sent, (head,))
    if rule.negated != bool(consumed):
        return None
    return StateHit(
        rule, head, thing, trigger, change, nominal, presupposed, consumed, actors
    )  # fmt: skip


# -- verbs -------------------------------------------------------------------------------------


def _verb_hits(sent: Sentence, verb: int, rules: ChannelRules) -> Iterator[StateHit]:
    token = sent.tokens[verb]
    if _only_aimed_at(sent, verb, rules) or _is_supposed(sent, verb):
        return
    for rest, rule in _lookup(rules, "verbs", token.lemma.lower(), token.lower):
        chain = _chain(sent, verb, rest)
        if chain is None:
            continue
        for thing in _slots(sent, rule, chain):
            if thing in chain:
                continue
            described = token.dep == "amod"
            head, change = verb, rule.change
            if described:
                change = "held"
            elif token.tag == "VBN" and _under_copula(sent, verb):
                head, change = token.head, "held"
            elif _is_standing(sent, verb):
                change = "held"
            hit = _hit(
                sent, rule, head, thing, chain, change,
                presupposed=described, actors=_doers(sent, verb, thing),
            )  # fmt: skip
            if hit is not None:
                yield hit


def _only_aimed_at(sent: Sentence, word: int, rules: ChannelRules) -> bool:
    """Whether a deed is what somebody is after: "focused on closing", "calls for the lifting"."""
    token = sent.tokens[word]
    while token.dep == "conj" and token.head != token.i:
        token = sent.tokens[token.head]
    preposition = sent.tokens[token.head]
    if token.dep not in ("pcomp", "pobj"):
        return False
    wished = sent.tokens[preposition.head].lemma in rules.wishes
    if wished and preposition.lower in ("for", "on", "about", "over"):
        return True
    if token.dep != "pcomp":
        return False
    # "a date for closing", "the sense of closing"; but "accused of closing", "a fine for closing"
    named = preposition.lower in ("for", "of") and not _is_charge(sent, preposition.head, rules)
    return named or preposition.lower in _AIMS


def _is_charge(sent: Sentence, word: int, rules: ChannelRules) -> bool:
    """Whether a word says that somebody did what comes after "for" or "of"."""
    token = sent.tokens[word]
    return token.pos in ("VERB", "AUX", "ADJ") or token.lemma in rules.charges


def _is_supposed(sent: Sentence, gerund: int) -> bool:
    """Whether a verb without a tense is spoken of and not told: "closing it is risky"."""
    token = sent.tokens[gerund]
    verb = sent.tokens[token.head]
    if verb.lemma == "have" and any(sent.tokens[c].tag == "TO" for c in sent.children(gerund)):
        return True  # "have until Monday to sign it"
    tensed = sent.child(gerund, "aux") is not None or sent.child(gerund, *_SUBJECTS) is None
    if token.tag == "VB" and token.dep in ("ccomp", "acl", "relcl") and not tensed:
        return True  # "the demand that Egypt lift the embargo"
    if token.tag != "VBG" or token.dep not in ("csubj", "nsubj"):
        return False
    tags = {verb.tag, *(sent.tokens[c].tag for c in sent.children(verb.i, "aux", "auxpass"))}
    return bool(tags & {"VBZ", "VBP", "MD"})


def _in_of(sent: Sentence, noun: int) -> bool:
    """Whether a noun only says what another is about: "the timing of the lifting"."""
    noun = _first_joined(sent, noun)
    preposition = sent.tokens[noun].head
    if sent.tokens[noun].dep != "pobj" or sent.tokens[preposition].lower != "of":
        return False
    return not is_verb(sent, sent.tokens[preposition].head)


def _under_modal(sent: Sentence, noun: int) -> bool:
    """Whether a noun stands in a clause of what may be: "could lead to the signing of a treaty"."""
    for at in sent.ancestors(noun):
        if not is_verb(sent, at):
            continue
        if any(sent.tokens[c].tag == "MD" for c in sent.children(at, "aux")):
            return True
        if sent.tokens[at].dep != "xcomp":  # "would stand to benefit from the lifting"
            return False
    return False


def _first_joined(sent: Sentence, noun: int) -> int:
    """The first of the nouns that a noun is joined to by "and" or commas."""
    while sent.tokens[noun].dep in ("conj", "appos") and sent.tokens[noun].head != noun:
        above = sent.tokens[noun].head
        if is_verb(sent, above):
            break
        noun = above
    return noun


def _slots(sent: Sentence, rule: StateRule, chain: tuple[int, ...]) -> Iterator[int]:
    verb = chain[0]
    token = sent.tokens[verb]
    for slot in rule.slots:
        found: tuple[int, ...] = ()
        if slot == "object":
            found = _objects(sent, verb)
        elif slot == "subject":
            if not is_passive(sent, verb) and not set(objects(sent, verb)) - set(chain):
                found = surface_subjects(sent, verb)
        else:
            found = prepositional(sent, verb, slot)
        for head in found:
            yield _section(sent, head)
    for particle in chain[1:]:
        for inner in sent.children(particle, "pobj"):
            for head in with_conjuncts(sent, inner):
                yield _section(sent, head)
    if token.dep == "amod" and token.tag == "VBN" and "object" in rule.slots:
        yield token.head


def _objects(sent: Sentence, verb: int) -> tuple[int, ...]:
    token = sent.tokens[verb]
    if token.tag == "VBN" and _under_copula(sent, verb):
        return _of_copula(sent, token.head)
    return objects(sent, verb)


def _under_copula(sent: Sentence, i: int) -> bool:
    """Whether a participle is what something remains or is kept: "remained shuttered"."""
    token = sent.tokens[i]
    if token.dep not in ("acomp", "oprd", "xcomp", "attr", "ccomp") or token.head == i:
        return False
    return sent.tokens[token.head].lemma in _COPULAS and sent.child(i, "aux", "auxpass") is None


def _of_copula(sent: Sentence, verb: int) -> tuple[int, ...]:
    """What a copula says something of: its object ("kept the border closed"), else its subject."""
    found = sent.children(verb, "dobj")
    if not found:
        # "kept the border closed", where the border is the participle's subject to the parser
        found = tuple(
            c for at in sent.children(verb, "ccomp") for c in sent.children(at, *_SUBJECTS)
        )
    if found:
        return tuple(each for head in found for each in with_conjuncts(sent, head))
    return surface_subjects(sent, verb)


def _is_standing(sent: Sentence, verb: int) -> bool:
    """Whether a passive tells how things are: "is closed", not "was closed" or "is being"."""
    helpers = sent.children(verb, "auxpass")
    if not helpers or sent.children(verb, "agent"):
        return False
    tags = {sent.tokens[c].tag for c in sent.children(verb, "aux", "auxpass")}
    words = {sent.tokens[c].lower for c in sent.children(verb, "aux", "auxpass")}
    return bool(tags & {"VBZ", "VBP"}) and not words & {"being", "has", "have", "gets", "get"}


def _doers(sent: Sentence, verb: int, thing: int) -> tuple[int, ...]:
    return tuple(head for head in subjects(sent, verb) if head != thing)


# -- nouns -------------------------------------------------------------------------------------


def _noun_hits(sent: Sentence, noun: int, rules: ChannelRules) -> Iterator[StateHit]:
    token = sent.tokens[noun]
    if token.dep in ("compound", "nmod", "amod"):
        return  # "sanctions violation probe"
    nearly = any(sent.tokens[c].lower in _ALMOST for c in sent.children(noun, "amod"))
    if nearly or _only_aimed_at(sent, noun, rules) or _is_supposed(sent, noun):
        return
    for rest, rule in _lookup(rules, "nouns", token.lemma.lower(), token.lower):
        if rest and tuple(t.lower for t in sent.tokens[noun + 1 : noun + 1 + len(rest)]) != rest:
            continue
        found = [*prepositional(sent, noun, "of"), *owners(sent, noun)]
        for slot in rule.slots:
            if slot not in ("object", "subject"):
                found.extend(prepositional(sent, noun, slot))
        if token.tag == "VBG":
            found.extend(sent.children(noun, "dobj"))
        for each in found:
            thing = _section(sent, each)
            doers = tuple(o for o in owners(sent, noun) if o != each)
            doers = (*doers, *prepositional(sent, noun, "by"))
            above = governing_verb(sent, _first_joined(sent, noun))
            if not doers and above is not None:
                doers = subjects(sent, above)  # "announced the closure of the crossing"
            if _under_modal(sent, noun) or (rule.state in _HOPED and _in_of(sent, noun)):
                continue
            head = _done_by(sent, noun)
            verbal = is_verb(sent, head)
            if verbal:
                doers = subjects(sent, head)
            hit = _hit(
                sent, rule, head, thing, (noun,), rule.change, nominal=not verbal, actors=doers
            )
            if hit is not None:
                yield hit


def _done_by(sent: Sentence, noun: int) -> int:
    """What tells whether a deed was done: the verb ("sold oil in violation of the accord"), or the
    noun, the first of several."""
    noun = _first_joined(sent, noun)  # what holds of the first holds of all
    token = sent.tokens[noun]
    preposition = sent.tokens[token.head]
    bare = token.dep == "pobj" and not sent.children(noun, "det", "poss")
    if bare and preposition.lower == "in" and is_verb(sent, preposition.head):
        return preposition.head
    return noun


# -- adjectives and predicates -----------------------------------------------------------------


def _adjective_hits(sent: Sentence, at: int, rules: ChannelRules) -> Iterator[StateHit]:
    token = sent.tokens[at]
    if token.pos in ("NOUN", "PROPN", "PUNCT"):
        return
    for rest, rule in _lookup(rules, "adjectives", token.lower, token.lemma.lower()):
        if rest and tuple(t.lower for t in sent.tokens[at + 1 : at + 1 + len(rest)]) != rest:
            continue
        trigger = tuple(range(at, at + 1 + len(rest)))
        if token.dep == "amod":
            hit = _hit(sent, rule, at, token.head, trigger, "held", presupposed=True)
            if hit is not None:
                yield hit
            continue
        verb = at
        while sent.tokens[verb].dep == "conj" and sent.tokens[verb].head != verb:
            verb = sent.tokens[verb].head  # "null and void"
        if sent.tokens[verb].dep in ("acomp", "oprd", "attr", "xcomp", "ccomp", "advcl", "prep"):
            verb = sent.tokens[verb].head
        elif not (is_verb(sent, verb) and sent.child(verb, "auxpass", "aux") is not None):
            continue
        carrier = sent.tokens[verb].lemma
        if not is_verb(sent, verb) or (verb != at and carrier not in _COPULAS):
            continue
        for head in _of_copula(sent, verb):
            hit = _hit(sent, rule, verb, _section(sent, head), trigger, "held")
            if hit is not None:
                yield hit
                break


def _predicate_hits(sent: Sentence, at: int, rules: ChannelRules) -> Iterator[StateHit]:
    """ "In force", of what is or remains so, or of the noun that it stands behind."""
    token = sent.tokens[at]
    for before, rule in _lookup(rules, "predicates", token.lower, token.lower):
        first = at - 1 if at and sent.tokens[at - 1].lower == "full" else at  # "in full force"
        prep = first - len(before)
        if prep < 0 or tuple(t.lower for t in sent.tokens[prep:first]) != before:
            continue
        trigger = tuple(range(prep, at + 1))
        above = _noun_before(sent, trigger[0])
        if above is None:
            above = sent.tokens[prep].head
        if not is_verb(sent, above):
            hit = _hit(sent, rule, above, above, trigger, "held", presupposed=True)
            if hit is not None:
                yield hit
            continue
        if sent.tokens[above].lemma not in _COPULAS:
            continue
        for head in _of_copula(sent, above):
            hit = _hit(sent, rule, above, _section(sent, head), trigger, "held")
            if hit is not None:
                yield hit
                break


def _noun_before(sent: Sentence, at: int) -> int | None:
    """The noun right before a predicate: "roads no longer in use", wherever the parser hung it."""
    at -= 1
    while at > 0 and sent.tokens[at].lower in _BETWEEN:
        at -= 1
    return at if at >= 0 and sent.tokens[at].pos in ("NOUN", "PROPN") else None


# -- words -------------------------------------------------------------------------------------


def _lookup(
    rules: ChannelRules, form: str, *keys: str
) -> Iterator[tuple[tuple[str, ...], StateRule]]:
    table = rules.by_form[form]
    for key in dict.fromkeys(keys):
        yield from table.get(key, ())


def _chain(sent: Sentence, head: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """Tokens of a verb and the words that follow it, each below one before it or right behind."""
    found = [head]
    for word in rest:
        below = (
            c
            for at in reversed(found)
            for c in sent.children(at)
            if c > head and word in (sent.tokens[c].lower, sent.tokens[c].lemma) and c not in found
        )
        step = next(below, None)
        if step is None:
            after = found[-1] + 1
            if after < len(sent.tokens) and sent.tokens[after].lower == word:
                step = after
        if step is None:
            return None
        found.append(step)
    return tuple(found)


def _section(sent: Sentence, head: int) -> int:
    """The thing that a phrase is about: "parts of the road", "a section of the railway"."""
    for _ in range(3):
        inner = core(sent, head)
        if inner == head and sent.tokens[head].lemma.lower() in _SECTIONS:
            found = prepositional(sent, head, "of")
            inner = found[0] if found else head
        if inner == head:
            return head
        head = inner
    return head


def _negations(sent: Sentence, around: tuple[int, ...]) -> tuple[int, ...]:
    """The words that negate one of these tokens: "not", "no longer"."""
    found = []
    before = around[0] - 1
    while before >= 0 and sent.tokens[before].lower in _NEGATIONS:
        found.append(before)
        before -= 1
    for at in around:
        for child in sent.children(at):
            if sent.tokens[child].lower in _NEGATIONS:
                found.append(child)
                found.extend(c for c in sent.children(child) if sent.tokens[c].lower in _NEGATIONS)
    return tuple(sorted(set(found)))
