"""Checks across knowledge files: what no single loader can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from tocsin.errors import KnowledgeError
from tocsin.knowledge.actors import actor_problems, load_sectors, own_problems
from tocsin.knowledge.alarms import load_alarms
from tocsin.knowledge.cameo import load_cameo
from tocsin.knowledge.cardinality import load_cardinality
from tocsin.knowledge.channels import channel_parties, load_channel_rules, load_known_things
from tocsin.knowledge.columns import load_layouts
from tocsin.knowledge.contents import PATH as CONTENTS
from tocsin.knowledge.contents import load_contents
from tocsin.knowledge.contexts import load_contexts
from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.gazetteer import load_gazetteer
from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.icews import load_icews
from tocsin.knowledge.kind_names import load_kind_names
from tocsin.knowledge.ladder import ladder_problems, load_ladder
from tocsin.knowledge.litter import load_litter
from tocsin.knowledge.measure import load_tension, load_weights
from tocsin.knowledge.modality import load_modality
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.outlets import PATH as OUTLETS
from tocsin.knowledge.outlets import load_outlets
from tocsin.knowledge.outlines import load_outlines
from tocsin.knowledge.packs import shipped_packs
from tocsin.knowledge.quantities import load_quantities
from tocsin.knowledge.timex import load_timex
from tocsin.knowledge.triggers import Rule, load_triggers

_LOADERS: tuple[Callable[[], object], ...] = (
    load_ontology,
    load_kind_names,
    load_cameo,
    load_goldstein,
    load_icews,
    load_countries,
    load_triggers,
    load_modality,
    load_cardinality,
    load_contexts,
    load_timex,
    load_quantities,
    load_litter,
    load_gazetteer,
    load_outlines,
    load_layouts,
    load_outlets,
    load_channel_rules,
    load_contents,
    load_ladder,
    load_weights,
    load_tension,
    load_alarms,
)


def lint(*, actors: str | None = None, packs: Sequence[str] | None = None) -> list[str]:
    """Return every problem of the knowledge files, in words that say where; empty when clean.

    With ``actors`` only those of this file of a user's own. ``packs`` are loaded with ours: those
    that ship when it is None.
    """
    packs = shipped_packs() if packs is None else packs
    try:
        load_gazetteer(packs)
        if actors is not None:
            return own_problems(actors, packs=packs)
    except KnowledgeError as error:
        return [str(error)]
    problems = []
    for load in _LOADERS:
        try:
            load()
        except KnowledgeError as error:
            problems.append(str(error))
    try:
        load_known_things(tuple(packs))
    except KnowledgeError as error:
        problems.append(str(error))
    if problems:
        return problems
    return [
        *_trigger_problems(),
        *_outlet_problems(),
        *_channel_problems(packs),
        *_content_problems(),
        *ladder_problems(),
        *actor_problems(packs=packs),
    ]


def _channel_problems(packs: Sequence[str]) -> Iterator[str]:
    gazetteer = load_gazetteer()
    bodies = load_sectors().bodies
    for thing, party in channel_parties(packs):
        if party not in bodies and gazetteer.country(party) is None:
            yield f"channels: {thing} has the party {party!r}, which is no country and no body"


def _content_problems() -> Iterator[str]:
    contents = load_contents()
    for mode in load_ontology().types["THREATEN"].mode_scores:
        if mode not in contents.modes:
            yield f"{CONTENTS}: no content for THREATEN/{mode}"
    for content, deed in (*contents.deeds, *contents.undone):
        if content == deed:
            yield f"{CONTENTS}: {'/'.join(filter(None, content))} stands beside itself"
    empty = contents.words["general"] | contents.words["small"]
    for name, words in (("kinds", set(contents.kinds)), ("light", contents.words["light"])):
        for word in sorted(empty & words):
            yield f"{CONTENTS}: {word!r} is in {name}, and among the words that are no things"


def _outlet_problems() -> Iterator[str]:
    gazetteer = load_gazetteer()
    for outlet in load_outlets().outlets:
        if outlet.country is not None and gazetteer.country(outlet.country) is None:
            yield f"{OUTLETS}: {outlet.name} is in {outlet.country!r}, which is no country"
        if outlet.state == "state" and outlet.owner is None:
            yield f"{OUTLETS}: {outlet.name} speaks for a state and has no owner"


def _trigger_problems() -> Iterator[str]:
    rules = load_triggers().rules
    covered = {rule.type for rule in rules}
    for name in load_ontology().types:
        if name not in covered:
            yield f"rules/triggers: no rule for {name}"
    for rule in rules:
        if not rule.yes:
            yield f"rules/triggers: {rule.id} has no example (yes)"
    claims: dict[tuple[str, str, object], list[Rule]] = defaultdict(list)
    for rule in rules:
        for form in ("verbs", "nouns", "adjectives"):
            for phrase in getattr(rule, form):
                claims[form, phrase, _conditions(rule)].append(rule)
    for (form, phrase, _), owners in sorted(claims.items(), key=lambda item: item[0][:2]):
        if len({rule.type for rule in owners}) > 1:
            ids = ", ".join(rule.id for rule in owners)
            yield f"rules/triggers: {form[:-1]} {phrase!r} under the same conditions in {ids}"


def _conditions(rule: Rule) -> object:
    """What must hold for a rule; two rules that differ in it do not clash."""
    return (
        rule.negated,
        rule.own_words,
        rule.object,
        rule.not_object,
        rule.subject,
        rule.not_subject,
        tuple(sorted((word, tuple(sorted(lemmas))) for word, lemmas in rule.prep.items())),
        tuple(sorted((word, tuple(sorted(lemmas))) for word, lemmas in rule.not_prep.items())),
        rule.needs_content,
        rule.needs_recipient,
        bool(rule.content),
    )
