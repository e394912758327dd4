"""The sentences of the summary: each built from the record, each with its references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tocsin.model.channel import Thing
from tocsin.report.crisis import wording
from tocsin.report.crisis.channels import GAINED, LOST, changed_in
from tocsin.report.crisis.claims import DISPUTED, is_disputed
from tocsin.report.crisis.incidents import side_counts
from tocsin.report.crisis.material import Material, Side, gravity_of
from tocsin.report.crisis.references import ALARMS, CHANNELS, References
from tocsin.report.crisis.sentence import TOLD, Part, Sentence
from tocsin.report.crisis.sources import Sources
from tocsin.report.crisis.standing import SHOWN, Change, changes, standing, windows
from tocsin.report.crisis.threats import outcomes
from tocsin.report.view import day_words, days_words
from tocsin.series.observations import Observation

_MOST_EVIDENCE = 3
_MOST_CHANGES = 2
_DONE = ("carried out", "complied")


def level(side: Side, references: References) -> Iterator[Sentence]:
    """How the index stands against the year before, and when in the period it was highest."""
    now = standing(side.measured)
    if now is None:
        return
    table = references.table(f"shares-{_key(side)}", f"What makes the index: {_of(side)}")
    shares = side.measured.tension.explain(now.day)[:_MOST_EVIDENCE]
    text = (
        f"On {day_words(now.day)} the tension index of {wording.towards(side.dyad)} stood at "
        f"{wording.level(now.value)} (90 % interval {wording.level(now.low)} to "
        f"{wording.level(now.high)})"
    )
    last = max((day for day in side.measured.effort.days if day <= now.day), default=now.day)
    if last < now.day:
        text += f", though nothing was read after {day_words(last)}"
    parts = [
        Part(
            text,
            (table, *references.all(one.observation.id for one in shares if one.share >= SHOWN)),
            ";",
        )
    ]
    if now.known:
        than = f"higher than on {now.below:,}" if now.below else "not higher than on any"
        past = (
            f"that is {than} of the {now.known:,} days of the year before on which it is known "
            f"(their median is {wording.level(now.usual)})"
        )
    else:
        past = "of the year before nothing was read to hold it against"
    if now.peak_value < SHOWN or now.peak == now.day:
        yield Sentence((*parts, Part(past, (table,))))
        return
    acts = side.measured.tension.explain(now.peak)[:_MOST_EVIDENCE]
    peak = f"in the period it was highest on {day_words(now.peak)}, {wording.level(now.peak_value)}"
    yield Sentence(
        (
            *parts,
            Part(past, (table,), ";"),
            Part(peak, (table, *references.all(one.observation.id for one in acts))),
        )
    )


def moves(material: Material, references: References) -> Iterator[Sentence]:
    """What rose and fell of late."""
    at = windows(material.sides[0].measured)
    found = [(side, changes(side.measured)) for side in material.sides]
    if at is None or not any(of for _, of in found):
        return
    stretch = f"in the last {at.days} days ({days_words(at.middle, at.until)})"
    table = references.table("ladder-late", "The ladder of late")
    if not any(change.clear for _, of in found for change in of):
        yield Sentence.of(
            text=f"On no rung of the ladder did what is on record {stretch} rise or fall by more "
            "than chance would make, held against as many days before and by what was read.",
            references=(table,),
        )
    for side, of in found:
        for rises, word in ((True, "rose"), (False, "fell")):
            chosen = [one for one in of if one.clear and one.rises is rises][:_MOST_CHANGES]
            if chosen:
                yield Sentence.of(
                    text=f"Of what {wording.country(side.dyad[0])} does to "
                    f"{wording.country(side.dyad[1])} {word} {stretch} by more than chance would "
                    f"make: {wording.listed([_change(one) for one in chosen])}.",
                    references=(table, *_examples(side, chosen, references)),
                )


def _change(one: Change) -> str:
    return (
        f"{one.rung.name.lower()} from {one.before:.1f} (of {one.read_before:,} articles) to "
        f"{one.now:.1f} (of {one.read_now:,})"
    )


def _examples(side: Side, chosen: Sequence[Change], references: References) -> tuple[int, ...]:
    at = windows(side.measured)
    found: list[str] = []
    for change in chosen:
        of = [
            one
            for one in side.observations
            if one.rung.id == change.rung.id and at is not None and one.end >= at.since
        ]
        found += [one.id for one in sorted(of, key=lambda one: -gravity_of(one))[:1]]
    return references.all(found)


def number(material: Material, references: References) -> Iterator[Sentence]:
    """How much is on record, words apart from deeds."""
    parts = []
    for row in side_counts(material):
        parts.append(
            f"{row.incidents:,} of {row.towards} ({wording.counted(row.deeds, 'deed')} and "
            f"{row.words:,} of words)"
        )
    both = "; talks and joint work count in both directions" if len(parts) > 1 else ""
    yield Sentence.of(
        text=f"In the period ({days_words(material.since, material.until)}) there are "
        f"{wording.counted(len(material.observations), 'incident')} on record, "
        f"{wording.listed(parts)}{both}.",
        references=(references.table("incident-counts", "Incidents of the period, counted"),),
    )


def gravest(material: Material, references: References) -> Iterator[Sentence]:
    """The gravest incidents: those of conflict with most weight times severity."""
    conflict = [one for one in material.observations.values() if one.score < 0 and one.deed]
    chosen = sorted(conflict, key=lambda one: (-gravity_of(one), one.id))[:_MOST_EVIDENCE]
    told = [(one, number) for one in chosen if (number := references.cite(one.id)) is not None]
    if told:
        several = "The gravest deeds of the period, by severity and by how sure they are, were"
        head = several if len(told) > 1 else "The gravest deed of the period was"
        yield Sentence(
            tuple(
                Part(
                    f"{'' if at else f'{head}: '}{_grave(material, one)}",
                    (number,),
                    ";" if at + 1 < len(told) else ".",
                )
                for at, (one, number) in enumerate(told)
            )
        )


def _grave(material: Material, one: Observation) -> str:
    incident = material.incidents[one.id]
    sources = wording.counted(incident.sources, "independent source")
    return (
        f"{wording.deed(incident)} ({wording.when(incident)}; {TOLD[incident.status]} by {sources})"
    )


def threats(side: Side, references: References) -> Iterator[Sentence]:
    """Threats and demands, and what became of them."""
    by_kind = {
        kind: made
        for kind in ("threat", "demand")
        if (made := [threat for threat in side.threats if threat.kind == kind])
    }
    if not by_kind:
        return
    parts = [
        f"of {wording.counted(len(made), kind)} "
        f"{wording.listed([f'{n:,} {outcome}' for outcome, n in outcomes(made).items()])}"
        for kind, made in by_kind.items()
    ]
    done = [threat for threat in side.threats if threat.outcome in _DONE][:_MOST_EVIDENCE]
    ends = [one.outcome_incident for one in done if one.outcome_incident is not None]
    yield Sentence.of(
        text=f"What {wording.country(side.dyad[0])} threatened {wording.country(side.dyad[1])} "
        "with or demanded of it in the period came, by what was read afterwards, to this: "
        f"{'; '.join(parts)}.",
        references=(
            references.table(f"threats-{_key(side)}", f"Threats and demands: {_of(side)}"),
            *references.all([*(one.id for one in done), *ends]),
        ),
    )


def channels(material: Material, references: References) -> Iterator[Sentence]:
    """Channels and agreements that were lost or restored in the period."""
    parts = [
        f"{verb}: {wording.listed([_thing(material, thing, states) for thing in found])}"
        for verb, states in (("lost or suspended", LOST), ("opened or restored", GAINED))
        if (found := [t for t in material.things if changed_in(t, material, states)])
    ]
    if parts:
        text = f"Of channels and agreements between them the period saw {'; '.join(parts)}."
    elif material.things:
        text = (
            f"Of the channels and agreements between them of which something is told "
            f"({len(material.things):,}), none is told as a fact to have been lost or restored on "
            "a day of the period."
        )
    else:
        return
    table = references.table("channels-table", CHANNELS)
    yield Sentence.of(text, (table,))


def _thing(material: Material, thing: Thing, states: frozenset[str]) -> str:
    last = changed_in(thing, material, states)[-1]
    return f"{thing.name} ({last.state}, {days_words(last.start, last.end)})"


def alarms(material: Material, references: References) -> Iterator[Sentence]:
    """How often it rang in the period, by which kinds, and for what last."""
    if not material.alarms:
        return
    kinds = Counter(one.kind for one in material.alarms)
    told = wording.listed([f"{number:,} {kind}" for kind, number in kinds.most_common()])
    last = max(material.alarms, key=lambda one: (one.day, -one.urgency, one.id))
    number = wording.counted(len(material.alarms), "alarm")
    table = references.table("alarms", ALARMS)
    reason = last.reason.removesuffix(".")
    text = (
        f"the last, on {day_words(last.day)}, {wording.towards(last.dyad)}: {last.kind}, {reason}"
    )
    yield Sentence(
        (
            Part(f"In the period {number} rang ({told})", (table,), ";"),
            Part(text, references.evidence(last.evidence)),
        )
    )


def disputed(material: Material, references: References) -> Iterator[Sentence]:
    """What is only alleged, denied, or neither confirmed nor denied."""
    found = [
        one
        for one in material.observations.values()
        if one.id in material.incidents and is_disputed(material.incidents[one.id])
    ]
    if not found:
        return
    numbers = [
        f"{n:,} {TOLD[status]}"
        for status in DISPUTED
        if (n := sum(one.status == status for one in found))
    ]
    if doubted := sum(one.status not in DISPUTED for one in found):
        numbers.append(f"{doubted:,} told as a fact that somebody denies or leaves open")
    most = sorted(
        found, key=lambda one: (-len(material.incidents[one.id].claims), -gravity_of(one), one.id)
    )
    chosen = most[:_MOST_EVIDENCE]
    table = references.table("claims-table", "Who asserts and who denies")
    head = (
        f"{wording.counted(len(found), 'incident is', 'incidents are')} disputed or no plain fact "
        f"({wording.listed(numbers)})"
    )
    told = [(one, number) for one in chosen if (number := references.cite(one.id)) is not None]
    parts = [
        Part(
            ("" if at else "those with most voices are ")
            + wording.deed(material.incidents[one.id]),
            (number,),
            ";" if at + 1 < len(told) else ".",
        )
        for at, (one, number) in enumerate(told)
    ]
    yield Sentence((Part(head, (table,), ";" if told else "."), *parts))


def read(sources: Sources, references: References) -> Iterator[Sentence]:
    """How much was read."""
    table = references.table("sources-table", "Articles read, by outlet")
    state = f", {sources.state_share:.0%} of them of state media" if sources.articles else ""
    yield Sentence.of(
        text=f"All this rests on {wording.counted(sources.articles, 'article')} published in the "
        f"period by {wording.counted(sources.outlets, 'outlet')}, copies of one text counted once"
        f"{state}; on {sources.unread:,} of its {sources.days:,} days nothing was read.",
        references=(table,),
    )


def _key(side: Side) -> str:
    return f"{side.dyad[0]}-{side.dyad[1]}".replace("*", "all")


def _of(side: Side) -> str:
    return wording.direction(side.dyad)
