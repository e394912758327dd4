"""Which rules fire on which word of a sentence, and what stops those that nearly do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.events.fillers import Fillers
from tocsin.events.syntax import (
    core,
    governing_verb,
    is_negated,
    is_verb,
    objects,
    prepositional,
    subjects,
    surface_subjects,
    with_conjuncts,
)
from tocsin.knowledge.triggers import Rule, TriggerRules
from tocsin.model.parse import Sentence, Token

_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i"})
_THINGS = frozenset({"it", "them", "this", "these"})
_PLANNED = frozenset({"will", "wo", "'ll", "shall"})
# What one believes of oneself is no announcement ("officials believe it will take").
_THINKING = frozenset({
    "believe", "think", "know", "fear", "hope", "doubt", "feel", "suppose", "wonder", "imagine",
})  # fmt: skip
_BLAMING = frozenset({"should", "ought", "must"})
# What is done to a deed by the one whose deed it is.
_MADE = frozenset({
    "carry", "commit", "conduct", "execute", "hold", "impose", "launch", "lead", "make", "mount",
    "order", "organise", "organize", "perpetrate", "plan", "stage", "undertake", "wage",
})  # fmt: skip
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule whose trigger words stand in the sentence.

    ``head`` is the trigger's main token; ``clause`` the verb that carries its subject: the head
    itself, or the light verb of an event noun, or the copula of an adjective (None for a noun on
    its own).
    """

    rule: Rule
    head: int
    trigger: tuple[int, ...]
    form: str
    clause: int | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rule that was tried on a word: ``stopped`` says what was missing, None if it fired."""

    rule: str
    token: int
    stopped: str | None


def find_hits(sent: Sentence, rules: TriggerRules) -> Iterator[Hit]:
    """Yield every rule whose trigger words stand together in the parse, word by word."""
    for token in sent.tokens:
        be = token.pos == "AUX" and token.lemma == "be" and token.dep not in ("aux", "auxpass")
        if (token.pos == "VERB" and token.dep not in ("amod", "compound")) or be:
            for rest, rule in _verb_rules(token, rules):
                # "are to meet" is more than "are ready"; "are on strike" says itself what it is
                plain = be and not rest and not _is_main_be(sent, token)
                chain = None if plain else _chain(sent, token.i, rest)
                if chain is not None:
                    yield Hit(rule=rule, head=token.i, trigger=chain, form="verb", clause=token.i)
        elif token.pos in ("NOUN", "PROPN"):
            for before, rule in _noun_rules(token, rules):
                chain = _compound(sent, token.i, before)
                if chain is not None and token.dep != "compound" and not in_date(sent, token.i):
                    clause = _light(sent, token.i, rules)
                    if clause is None and _is_predicate(sent, token):
                        clause = token.head
                    yield Hit(rule=rule, head=token.i, trigger=chain, form="noun", clause=clause)
        elif token.pos == "ADJ":
            for rest, rule in rules.by_adjective.get(token.lemma, ()):
                chain = _chain(sent, token.i, rest)
                if chain is not None and token.dep in ("acomp", "attr", "oprd", "conj", "xcomp"):
                    yield Hit(
                        rule=rule, head=token.i, trigger=chain, form="adjective", clause=token.head
                    )


def _is_main_be(sent: Sentence, token: Token) -> bool:
    """Whether a "be" stands on its own behind its subject ("are to meet", not "were they to")."""
    subject = sent.child(token.i, "nsubj")
    alone = sent.child(token.i, "acomp", "attr", "prep") is None
    mere = token.dep not in ("aux", "auxpass")
    return mere and alone and subject is not None and subject < token.i


def _is_predicate(sent: Sentence, noun: Token) -> bool:
    """Whether a noun says what its subject is ("X is a donor"), no bare "it" being the subject."""
    if noun.dep != "attr":
        return False
    subject = sent.child(noun.head, "nsubj")
    return subject is None or sent.tokens[subject].lower != "it"


def _verb_rules(token: Token, rules: TriggerRules) -> tuple[tuple[tuple[str, ...], Rule], ...]:
    """The rules of a verb; small models lemmatise "staged" as "stag", so the -e is tried too."""
    found = rules.by_verb.get(token.lemma, ())
    if not found and token.tag in ("VBD", "VBN", "VBG"):
        return rules.by_verb.get(token.lemma + "e", ())
    return found


def _noun_rules(token: Token, rules: TriggerRules) -> tuple[tuple[tuple[str, ...], Rule], ...]:
    """The rules of a noun; a rule may name a plural alone ("threats" are made, "a threat" is)."""
    found = rules.by_noun.get(token.lemma, ())
    if token.tag in ("NNS", "NNPS") and token.lower != token.lemma:
        return (*found, *rules.by_noun.get(token.lower, ()))
    return found


def operator_hits(sent: Sentence, verb: int, rules: TriggerRules) -> Iterator[Hit]:
    """Yield the operators ("will", "must", "is to") whose auxiliary stands on ``verb``."""
    auxiliaries = sent.children(verb, "aux")
    if not auxiliaries:
        return
    negations = sent.children(verb, "neg")
    for rule in rules.operators:
        if rule.verbs and sent.tokens[verb].lemma not in rule.verbs:
            continue
        for aux in auxiliaries:
            token = sent.tokens[aux]
            if token.lower in rule.auxiliaries or token.lemma in rule.auxiliaries:
                if token.lower in _BLAMING and _is_perfect(sent, verb):
                    continue  # "should have asked" blames, it demands nothing
                trigger = (aux, *(negations if rule.negated is not False else ()), verb)
                yield Hit(rule=rule, head=verb, trigger=trigger, form="auxiliary", clause=verb)
                break


def _is_perfect(sent: Sentence, verb: int) -> bool:
    return any(sent.tokens[c].lemma == "have" for c in sent.children(verb, "aux"))


def _chain(sent: Sentence, head: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """Tokens of a verb and the words that follow it, each below one of those before it."""
    found = [head]
    for word in rest:
        step = next(
            (
                c
                for at in reversed(found)
                for c in sent.children(at)
                if c > head
                and (sent.tokens[c].lower == word or sent.tokens[c].lemma == word)
                and c not in found
                and not _dates(sent, c)
            ),
            None,
        )
        if step is None:
            return None
        found.append(step)
    return tuple(found)


def _dates(sent: Sentence, preposition: int) -> bool:
    """Whether a preposition only gives a date: "called him on Monday" is no "call on"."""
    inner = sent.child(preposition, "pobj")
    return inner is not None and in_date(sent, inner)


def in_date(sent: Sentence, i: int) -> bool:
    """Whether a token stands in a date or time of day."""
    return any(
        entity.first <= i < entity.stop and entity.label in ("DATE", "TIME")
        for entity in sent.entities
    )


def _compound(sent: Sentence, head: int, before: tuple[str, ...]) -> tuple[int, ...] | None:
    """Tokens of a noun and the words that stand right before it."""
    first = head - len(before)
    if first < 0:
        return None
    for offset, word in enumerate(before):
        token = sent.tokens[first + offset]
        if word not in (token.lemma, token.lower):
            return None
    return tuple(range(first, head + 1))


def _light(sent: Sentence, noun: int, rules: TriggerRules) -> int | None:
    """The light verb that an event noun is the object of, or None."""
    verb = governing_verb(sent, noun)
    if verb is None:
        return None
    lemma = sent.tokens[verb].lemma
    if lemma in rules.light or f"{lemma}e" in rules.light:
        return verb
    for child in sent.children(verb, "prt"):
        if f"{lemma} {sent.tokens[child].lower}" in rules.light:
            return verb
    return None


class Conditions:
    """Checks a hit's conditions against the sentence; answers with what is missing, or None."""

    def __init__(self, sent: Sentence, fillers: Fillers) -> None:
        self.sent = sent
        self.fillers = fillers

    def missing(self, hit: Hit) -> str | None:
        """Say which condition of the rule fails, in words; None when all hold."""
        rule = hit.rule
        if rule.negated and not self._negated(hit):
            return "needs a negated trigger"
        if rule.negated is False and self._negated(hit):
            return "the trigger is negated"
        if rule.own_words and not self._own_words(hit):
            return "the actor does not speak of itself"
        if rule.bare and self.sent.child(hit.head, "oprd", "xcomp", "ccomp") is not None:
            return "has a clause or predicate below it"
        heads = self.object_heads(hit)
        if rule.object and not self._any(heads, rule.object, hit):
            return "object is none of the rule's"
        if rule.not_object and self._any(heads, rule.not_object, hit):
            return "object is one that the rule excludes"
        if rule.subject or rule.not_subject:
            who = self.subject_heads(hit)
            if rule.subject and not self._any(who, rule.subject, hit):
                return "subject is none of the rule's"
            if rule.not_subject and self._any(who, rule.not_subject, hit):
                return "subject is one that the rule excludes"
        for word, wanted in rule.prep.items():
            inner = self.prepositional_heads(hit, word)
            if not inner or (wanted and not self._any(inner, wanted, hit)):
                return f"needs {word!r} with one of the rule's words"
        for word, unwanted in rule.not_prep.items():
            inner = self.prepositional_heads(hit, word)
            if inner and (not unwanted or self._any(inner, unwanted, hit)):
                return f"has {word!r}, which the rule excludes"
        return None

    def object_heads(self, hit: Hit) -> tuple[int, ...]:
        """Deep objects of a verb; of a noun what its "of" or compound names."""
        if hit.form in ("verb", "auxiliary"):
            return objects(self.sent, hit.head) or self._object_of_particle(hit)
        if hit.form == "noun":
            compounds = self.sent.children(hit.head, "compound", "amod", "nmod")
            return prepositional(self.sent, hit.head, "of") + compounds
        return ()

    def _object_of_particle(self, hit: Hit) -> tuple[int, ...]:
        """What a preposition among the trigger's words governs: "called *for* sanctions"."""
        return tuple(
            each
            for at in hit.trigger[1:]
            for c in self.sent.children(at, "pobj")
            for each in with_conjuncts(self.sent, c)
        )

    def subject_heads(self, hit: Hit) -> tuple[int, ...]:
        """Deep subjects of the clause that carries the trigger.

        A pronoun that nobody resolved stands for the subject of the verb of saying above it
        ("the army warned that *it* was ready").
        """
        if hit.clause is None:
            return ()
        heads = subjects(self.sent, hit.clause)
        unresolved = heads and all(
            self.sent.tokens[h].lower in _PRONOUNS and not self.fillers.at(h) for h in heads
        )
        if unresolved and self._spoken_before(hit):
            return self.speaker_heads(hit) or heads
        return heads

    def topic_heads(self, hit: Hit) -> tuple[int, ...]:
        """Grammatical subjects of the clause, of a passive too."""
        return surface_subjects(self.sent, hit.clause) if hit.clause is not None else ()

    def prepositional_heads(self, hit: Hit, word: str) -> tuple[int, ...]:
        """Phrases by ``word``, as :meth:`_hanging` finds them, without dates ("on Monday")."""
        return tuple(h for h in self._hanging(hit, word) if not in_date(self.sent, h))

    def _hanging(self, hit: Hit, word: str) -> tuple[int, ...]:
        """What hangs by ``word`` on the trigger, its other words, its object or its light verb."""
        sent = self.sent
        places = list(hit.trigger)
        if hit.clause is not None and hit.clause not in places:
            places.append(hit.clause)
        if hit.form == "verb":
            below = sent.children(hit.head, "dobj", "attr", "advmod", "acomp")
            places.extend((*below, *(core(sent, c) for c in below)))
        if hit.form == "noun" and word == "by":  # "the arrest of a spy by Norway"
            places.extend(prepositional(sent, hit.head, "of"))
            # "the raid launched by Norway"
            made = (c for c in sent.children(hit.head, "acl") if sent.tokens[c].tag == "VBN")
            places.extend(c for c in made if sent.tokens[c].lemma in _MADE)
        for at in places:
            # "called on X": the preposition may itself be one of the trigger's words.
            if at != hit.head and sent.tokens[at].lower == word:
                found = [
                    each for c in sent.children(at, "pobj") for each in with_conjuncts(sent, c)
                ]
                if found:
                    return tuple(found)
            inner = prepositional(sent, at, word)
            if inner:
                return inner
        return ()

    def speaker_heads(self, hit: Hit) -> tuple[int, ...]:
        """Subjects of the verb of saying whose clause the trigger stands in."""
        above = speech_verb(self.sent, hit.clause if hit.clause is not None else hit.head)
        return subjects(self.sent, above) if above is not None else ()

    def _spoken_before(self, hit: Hit) -> bool:
        """Whether the verb of saying stands first: "the army said it", not "it ..., he said".

        Only then is a pronoun the speaker; before a witness's name it is somebody else.
        """
        if hit.clause is None:
            return False
        above = speech_verb(self.sent, hit.clause)
        return above is not None and above < hit.clause

    def _own_words(self, hit: Hit) -> bool:
        speakers = self.speaker_heads(hit)
        who = self.topic_heads(hit)
        if any(self.sent.tokens[h].lower in ("we", "i") for h in who):
            return True
        above = speech_verb(self.sent, hit.clause if hit.clause is not None else hit.head)
        if above is None:  # the report's own words, where "will" is a plan and "would" a guess
            return any(self.sent.tokens[i].lower in _PLANNED for i in hit.trigger)
        if not speakers or self.sent.tokens[above].lemma in _THINKING:
            return False
        if self._spoken_before(hit) and any(self.sent.tokens[h].pos == "PRON" for h in who):
            return True
        said = {m.country or m.entity for m in self.fillers.named(speakers)}
        return any(
            (m.country or m.entity) in said
            for m in self.fillers.named(who)
            if m.country or m.entity
        )

    def _negated(self, hit: Hit) -> bool:
        return is_negated(self.sent, hit.head) or (
            hit.clause is not None and is_negated(self.sent, hit.clause)
        )

    def _any(self, heads: tuple[int, ...], wanted: frozenset[str], hit: Hit) -> bool:
        return any(self._is(head, wanted, hit) for head in heads)

    def _is(self, head: int, wanted: frozenset[str], hit: Hit) -> bool:
        sent = self.sent
        if sent.tokens[head].lower in _THINGS and not self.fillers.at(head):
            # "labelled the office useless and threatened to destroy it"
            return any(
                token.lemma in wanted
                for token in sent.tokens[:head]
                if token.pos == "NOUN" and token.dep in _ARGUMENTS
            )
        for at in {head, core(sent, head)}:
            token = sent.tokens[at]
            if token.lemma in wanted or token.lower in wanted:
                return True
            if at > 0 and f"{sent.tokens[at - 1].lemma} {token.lemma}" in wanted:
                return True
            mentions = self.fillers.named((at,))
            if "@actor" in wanted and mentions:
                return True
            if "@person" in wanted and any(map(self.fillers.is_person, mentions)):
                return True
            if "@state" in wanted and any(map(self.fillers.is_state, mentions)):
                return True
            if "@press" in wanted and any("JRN" in m.sectors for m in mentions):
                return True
            if "@with-actor" in wanted and (mentions or self.fillers.inside((at,))):
                return True
        return False


def speech_verb(sent: Sentence, verb: int) -> int | None:
    """The verb whose complement clause (or parenthesis) ``verb`` stands in, or None."""
    at = verb
    for _ in range(6):
        token = sent.tokens[at]
        above = token.head
        if above == at:
            return sent.child(at, "parataxis")
        if token.dep in ("ccomp", "parataxis") and is_verb(sent, above):
            return above
        if token.dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "acomp", "attr"):
            return None
        at = above
    return None
