"""The figures of judged sheets as text, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.evaluation.agreement import Agreement
from tocsin.evaluation.intervals import Estimate
from tocsin.evaluation.sheet_scores import AT_ONCE, Recall, Score, SheetScores

_WIDTH = len(AT_ONCE)


def sheet_table(scores: SheetScores) -> str:
    """The figures of one sheet."""
    return "\n".join(_lines(scores))


def agreement_table(agreement: Mapping[str, Agreement]) -> str:
    """The agreement of two judges."""
    lines = [f"{'agreement of both judges':<{_WIDTH}}  {'n':>5}  {'raw':>6}  {'alpha':>6}"]
    for name, found in agreement.items():
        raw, alpha = (
            f"{'-' if value is None else f'{value:.3f}':>6}" for value in (found.raw, found.alpha)
        )
        lines.append(f"{name:<{_WIDTH}}  {found.pairs:>5}  {raw}  {alpha}")
    return "\n".join(lines)


def _lines(scores: SheetScores) -> Iterator[str]:
    numbers = scores.as_dict()
    events, sentences = numbers["events"], numbers["sentences"]
    yield f"{scores.sheet.path} (sample {scores.sheet.sample})"
    yield (
        f"judged {events['judged']:,} of {events['rows']:,} events, drawn from "
        f"{events['population']:,}; {sentences['judged']:,} of {sentences['rows']:,} sentences "
        f"without an event, drawn from {sentences['population']:,}"
    )
    yield ""
    yield (
        f"{'field':<{_WIDTH}}  {'right':>5}  {'of':>5}  {'precision (95 %)':>20}  "
        f"{'weighted (95 %)':>20}  {'unsure':>6}"
    )
    for name, score in scores.fields.items():
        yield (
            f"{name:<{_WIDTH}}  {score.right:>5}  {score.right + score.wrong:>5}  "
            f"{_share(score.precision):>20}  {_share(score.weighted):>20}  "
            f"{score.unsure_share:>6.1%}"
        )
    for title, groups in (("type", scores.types), ("outlet", scores.outlets)):
        yield ""
        yield from _groups(title, groups)
    yield ""
    yield _recall(scores.recall)


def _groups(title: str, groups: Mapping[str, Mapping[str, Score]]) -> Iterator[str]:
    yield f"{'by ' + title:<{_WIDTH}}  {'event (95 %)':>27}  {AT_ONCE:>{_WIDTH}}"
    ordered: Sequence[str] = sorted(groups, key=lambda name: (-_decided(groups[name]), name))
    for name in ordered:
        cells = (_of(groups[name]["event"]), _of(groups[name][AT_ONCE]))
        yield f"{name[:_WIDTH]:<{_WIDTH}}  {cells[0]:>27}  {cells[1]:>{_WIDTH}}"


def _decided(scores: Mapping[str, Score]) -> int:
    return scores["event"].right + scores["event"].wrong


def _of(score: Score) -> str:
    counts = f"{score.right}/{score.right + score.wrong}"
    return f"{counts:>7} {_share(score.precision)}" if score.precision else counts


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate.value:.3f} ({estimate.low:.2f} to {estimate.high:.2f})"


def _recall(recall: Recall | None) -> str:
    if recall is None:
        return "no recall estimate: it needs judged events and judged sentences without an event"
    text = (
        f"recall estimate {recall.recall:.3f} ({recall.low:.2f} to {recall.high:.2f}): about "
        f"{recall.coded_right:,.0f} events coded rightly, {recall.missed:,.0f} missed"
    )
    if recall.coded_sentences:
        return (
            f"{text} (judged: {recall.sentences:,} sentences without an event, "
            f"{recall.coded_sentences:,} with one)"
        )
    return (
        f"{text} in sentences without an event ({recall.sentences:,} judged).\nAn upper estimate: "
        "what was missed beside a coded event is not in it; fill in missed on rows of events too"
    )
