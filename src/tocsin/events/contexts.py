"""What an event is about: PLOVER's contexts, from its clause, its sentence and its document.

The signs are counted. One in the event's own clause counts 2 where it is strong and 1 where it is
weak; where there is any, a strong one elsewhere in the sentence counts 1, once, and so does a
document that is about the context. An event has the contexts that reach 2: a document's context
only where its own clause, type or actors hold a sign of it. One exception is named by the rules
(``carries``): acts whose matter the text tells once and then takes as known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from tocsin.events.syntax import is_verb
from tocsin.knowledge.contexts import ContextRules
from tocsin.model.candidate import Candidate
from tocsin.model.parse import Parse, Sentence, Token

_ENOUGH = 2
# A document is about a context when so many of its sentences, and such a share of them, hold a
# strong sign of it.
_SENTENCES = 2
_SHARE = 0.2
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
# Clauses that tell something else when they have a subject of their own.
_APART = ("advcl", "conj", "parataxis", "dep")
# Verbs that share the clause of the word above them unless they have a subject of their own.
_SHARED = ("xcomp", "conj")


def contexts_of(
    sent: Sentence, candidate: Candidate, rules: ContextRules, *, document: frozenset[str]
) -> tuple[str, ...]:
    """Return the contexts of an event of ``sent``, in the ontology's order.

    ``document`` are the contexts that the whole document is about (:func:`document_contexts`).
    The contexts that the trigger's own rule gives are always among them.
    """
    points = _points_of_event(candidate, rules)
    near: set[str] = set()
    far: set[str] = set()
    told: dict[int, dict[str, bool]] = {}
    found = list(_found(sent, rules))
    own = _own_words(sent, candidate) if found else frozenset()
    for first, stop, phrase, contexts in found:
        told[first] = contexts
        if not any(i in own for i in range(first, stop)):
            far.update(context for context, strong in contexts.items() if strong)
        elif phrase not in near:
            near.add(phrase)
            points.update({context: 1 + strong for context, strong in contexts.items()})
    points.update(_points_of_actors(candidate, rules, told))
    for support in (far, document):
        points.update(support & points.keys())
    kinds = {candidate.type, f"{candidate.type}/{candidate.mode}"}
    carried = (c for c in document if not kinds.isdisjoint(rules.contexts[c].carries))
    reached = (context for context, count in points.items() if count >= _ENOUGH)
    return rules.ordered((*candidate.contexts, *reached, *carried))


def document_contexts(parse: Parse, rules: ContextRules) -> frozenset[str]:
    """Return what a document is about: contexts with strong signs in several of its sentences."""
    counts: Counter[str] = Counter()
    for sent in parse.sentences:
        matches = _found(sent, rules)
        counts.update({c for *_, contexts in matches for c, strong in contexts.items() if strong})
    least = max(_SENTENCES, _SHARE * len(parse.sentences))
    return frozenset(context for context, count in counts.items() if count >= least)


def _found(sent: Sentence, rules: ContextRules) -> Iterator[tuple[int, int, str, dict[str, bool]]]:
    """The phrases of the table in a sentence: tokens, the phrase, contexts with their strength.

    An idle phrase has no contexts.
    """
    words = [_word(token, rules.keys) for token in sent.tokens]
    for match in rules.table.longest(words):
        contexts: dict[str, bool] = {}
        pos = sent.tokens[match.stop - 1].pos
        signs = [sign for each in match.values for sign in each]
        for sign in signs:
            if not sign.pos or pos in sign.pos:
                contexts[sign.context] = sign.strong or contexts.get(sign.context, False)
        if contexts or not signs:
            yield match.first, match.stop, " ".join(words[match.first : match.stop]), contexts


def _word(token: Token, keys: Mapping[str, str]) -> str:
    """The word that a token is filed under in the table, or "" where it is in no phrase.

    The form itself goes first ("disputed"), then its lemma ("seizing"). The lemma of a proper noun
    keeps its plural ("Missiles" in a headline), that of an adjective its ending ("smuggled tusks").
    """
    lower = token.text.lower()
    found = keys.get(lower) or keys.get(token.lemma)
    if found is None and token.pos == "PROPN" and lower.endswith("s"):
        found = keys.get(lower[:-1])
    elif found is None and token.pos == "ADJ" and lower.endswith("ed"):
        found = keys.get(lower[:-1]) or keys.get(lower[:-2])
    return found or ""


def _own_words(sent: Sentence, candidate: Candidate) -> frozenset[int]:
    """The tokens of the event's own clause, without what other clauses tell beside it."""
    path = [candidate.head]
    for above in sent.ancestors(candidate.head):
        at = path[-1]
        if is_verb(sent, at) and (sent.tokens[at].dep not in _SHARED or _has_subject(sent, at)):
            break
        path.append(above)
    found = [path[-1]]
    for at in found:
        found.extend(c for c in sent.children(at) if c in path or not _stands_apart(sent, c))
    return frozenset((*found, *candidate.trigger))


def _has_subject(sent: Sentence, verb: int) -> bool:
    return sent.child(verb, *_SUBJECTS) is not None


def _stands_apart(sent: Sentence, i: int) -> bool:
    """Whether a clause with a subject of its own begins here, beside the one above it."""
    return sent.tokens[i].dep in _APART and is_verb(sent, i) and _has_subject(sent, i)


def _points_of_event(candidate: Candidate, rules: ContextRules) -> Counter[str]:
    """What the event's type and mode say."""
    points: Counter[str] = Counter()
    for key in (candidate.type, f"{candidate.type}/{candidate.mode}"):
        points.update({sign.context: 1 + sign.strong for sign in rules.events.get(key, ())})
    return points


def _points_of_actors(
    candidate: Candidate, rules: ContextRules, told: Mapping[int, Mapping[str, bool]]
) -> Counter[str]:
    """What the main sectors of actors and recipients say, each sector once.

    A sector says nothing new where the actor's own name holds a sign of the context ("rebels"),
    and nothing where the name is an idle phrase ("Salvation Army"). ``told`` are the phrases of
    the sentence by their first token.
    """
    points: Counter[str] = Counter()
    for mention in (*candidate.actors, *candidate.recipients):
        inside = [told[i] for i in range(mention.first, mention.stop) if i in told]
        if mention.sentence == candidate.sentence and not all(inside):
            continue
        for sector in mention.sectors[:1]:
            for sign in rules.sectors.get(sector, ()):
                if sign.strong or not any(sign.context in contexts for contexts in inside):
                    points[sign.context] = max(points[sign.context], 1 + sign.strong)
    return points
