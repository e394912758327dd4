"""Limits: what this report leaves out, weighs by choice, and cannot know."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.knowledge.measure import load_weights
from tocsin.report.crisis import wording
from tocsin.report.crisis.accuracy import FIGURES
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.sources import Sources
from tocsin.report.crisis.standing import in_unread_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The sentences, by what they are about."""

    left_out: tuple[str, ...]
    choices: tuple[str, ...]
    accuracy: tuple[str, ...]
    index: tuple[str, ...]


def limits(material: Material, sources: Sources) -> Limits:
    """The limits of this very report, and those of all."""
    return Limits(
        left_out=tuple(_left_out(material, sources)),
        choices=tuple(_choices(material)),
        accuracy=tuple(figure.said for figure in FIGURES),
        index=(
            "The index is no probability of war and no forecast. It says how things are told to "
            "have been, and has no absolute scale: compare a dyad with itself, in one store.",
            "It is made of all that is known now, not of what was known on a day: later reports "
            "change earlier days.",
            "Its interval knows of the few acts there are, of acts that are none, and of errors in "
            "putting reports together. It does not know of what no article told, nor of errors "
            "that all sources share.",
            "State media tell of others' deeds and keep silent on their own: who is read decides "
            "on what is seen.",
        ),
    )


def _left_out(material: Material, sources: Sources) -> list[str]:
    found = []
    for side in material.sides:
        measured = side.measured
        if measured.undated or measured.summed or measured.only_supposed:
            found.append(
                f"{wording.direction(side.dyad)}, of the whole store: left out of the index and of "
                f"all counts of incidents are {wording.counted(measured.undated, 'incident')} "
                f"without a day on which it may have happened, {measured.summed:,} told only as a "
                f"habit or a sum, and {measured.only_supposed:,} only predicted or supposed."
            )
        if unread := in_unread_months(side):
            found.append(
                f"{wording.direction(side.dyad)}: {wording.counted(unread, 'incident')} happened "
                "in months of which nothing was read. They are in the index of the days after, and "
                "not in the counts of the ladder."
            )
    if sources.unread:
        found.append(
            f"On {sources.unread:,} of {sources.days:,} days nothing was read: nothing is known of "
            "them but what later articles tell."
        )
    if sources.undated:
        found.append(
            f"{wording.counted(sources.undated, 'article')} of the store "
            f"{'has' if sources.undated == 1 else 'have'} no day of publication and "
            "are not among what was read."
        )
    if material.aside:
        found.append(
            f"{wording.counted(material.aside, 'item')} of the input could not be used "
            "(tocsin check tells which)."
        )
    found.append(
        "Only articles in English that were put into the store were read. What other outlets told, "
        "and what nobody told, is not here."
    )
    return found


def _choices(material: Material) -> list[str]:
    weights = load_weights()
    told = ", ".join(f"{status} {weight:g}" for status, weight in weights.status.items())
    settings = material.sides[0].measured.settings
    return [
        f"The weight of a status is a choice, and nothing was measured for it: {told}.",
        f"An act counts half after {settings.half_life:g} days, and {settings.prior_effort:g} "
        "articles are taken to have been read before the first. tocsin series --sensitivity shows "
        "what other choices make of the index.",
        "The order of the rungs is a choice; between two neighbours readers will differ.",
    ]
