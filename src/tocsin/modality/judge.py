"""Judging candidates: status, attribution, condition, deadline, or why it is no event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.knowledge.cardinality import CardinalityRules
from tocsin.knowledge.logistic import Logistic
from tocsin.knowledge.modality import ModalityRules
from tocsin.modality.around import Finding
from tocsin.modality.attribution import Voices
from tocsin.modality.background import Telling, carrier
from tocsin.modality.cardinality import find_cardinality
from tocsin.modality.clauses import QUOTES, is_headline, is_question
from tocsin.modality.conditions import find_condition, find_deadline
from tocsin.modality.history import History, clause_of
from tocsin.modality.scope import Scope
from tocsin.model.candidate import Attribution, Candidate, Judgement
from tocsin.model.mention import ActorMention, DateMention
from tocsin.model.parse import Parse, Sentence

#: Types about something that is to be done: a promise, a threat, a demand, and their refusal.
PROMISED = frozenset(("THREATEN", "REQUEST", "AGREE", "REJECT"))
_DROPPING = frozenset(("negated", "generic", "idiom", "opinion"))
_OVERRULING = frozenset(("denied", "unconfirmed"))
_FUTURE = frozenset(("predicted",))
#: Types that are words: a date ahead is that of what they are about ("demanded talks on Monday").
SAID = frozenset(("ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))
# Types whose deed is done by saying it or by coming together.
_SPOKEN = frozenset(("ACCUSE", "CONSULT", "PROTEST", "REQUEST", "SUPPORT", "THREATEN"))
# Types that are words about what is ahead: promises, threats, refusals.
_AHEAD = frozenset(("AGREE", "THREATEN", "REJECT"))
# Types that are done by trying: who tried to persuade, or to mediate, did ask and mediate.
_TRIED = frozenset(("ACCUSE", "REQUEST"))

Cue = tuple[str, int, int]


class Modality:
    """Judges each candidate of a document by the cues around it.

    ``rules`` come from :func:`tocsin.knowledge.modality.load_modality`, ``background`` from
    :func:`tocsin.knowledge.logistic.load_background`, ``cardinality`` from
    :func:`tocsin.knowledge.cardinality.load_cardinality`.
    """

    def __init__(
        self, rules: ModalityRules, background: Logistic, cardinality: CardinalityRules
    ) -> None:
        self._rules = rules
        self._background = background
        self._cardinality = cardinality

    def judge(
        self,
        parse: Parse,
        candidates: Sequence[Candidate],
        *,
        actors: Sequence[ActorMention],
        dates: Sequence[DateMention],
        published: date | None,
    ) -> tuple[Judgement, ...]:
        """Return one judgement per candidate, in the same order.

        ``actors`` and ``dates`` are all mentions of the document; ``published`` is its day of
        publication, None where unknown.
        """
        if not candidates:
            return ()
        voices = Voices(self._rules, parse, actors)
        history = History(self._rules, parse, dates, published)
        telling = Telling(parse, dates, published)
        scopes: dict[int, Scope] = {}
        judged = []
        for candidate in candidates:
            sentence = parse.sentences[candidate.sentence]
            if candidate.sentence not in scopes:
                scopes[candidate.sentence] = Scope(self._rules, sentence)
            judged.append(
                self._judge(
                    sentence, candidate, scopes[candidate.sentence], voices, history, telling, dates
                )
            )
        return tuple(judged)

    def _judge(
        self,
        sentence: Sentence,
        candidate: Candidate,
        scope: Scope,
        voices: Voices,
        history: History,
        telling: Telling,
        dates: Sequence[DateMention],
    ) -> Judgement:
        own = (*candidate.trigger, *candidate.consumed)
        findings = scope.findings(candidate.head, own, nominal=candidate.nominal)
        findings = [f for f in findings if not self._is_of_its_making(sentence, candidate, f)]
        status, dropped, used = self._combine(sentence, candidate, findings)
        chain = voices.chain(sentence, candidate)
        cues: list[Cue] = [(f"modality#{f.cue.id}", f.first, f.stop) for f in used]
        reasons: tuple[tuple[str, float], ...] = ()
        if dropped is None:
            dropped = self._form(sentence, candidate, status, chain)
        if dropped is None and status == "actual":
            thought = self._in_scenario(sentence)
            ahead = history.ahead(sentence, candidate.head, nominal=candidate.nominal)
            if thought is not None:
                status = "hypothetical"
                cues.append(("modality#scenario", *thought))
            elif ahead is not None and candidate.type not in SAID:
                status = "predicted"
                cues.append(("modality#future-date", *ahead))
        if dropped is None and status == "actual":
            old = history.found(sentence, candidate.head, nominal=candidate.nominal)
            if old is not None:
                status = "background"
                cues.append(("modality#old-date", *old))
            else:
                told = telling.features(sentence, candidate)
                if self._background.probability(told) >= self._background.bounds["known"]:
                    status = "background"
                    verb = carrier(sentence, candidate.head)
                    cues.append(("modality#known", verb, verb + 1))
                reasons = self._background.loudest(told)
        if dropped is not None:
            return Judgement(status=None, attribution=chain, cues=tuple(cues), dropped=dropped)
        condition = deadline = None
        if candidate.type in PROMISED:
            condition = find_condition(sentence, candidate, self._rules)
            deadline = find_deadline(sentence, candidate, dates, self._rules)
        often = find_cardinality(
            sentence, candidate, self._cardinality, dated=_has_day(sentence, candidate, dates)
        )
        if often is not None:
            cues.append((f"cardinality#{often[0].id}", *often[1:]))
        return Judgement(
            status=status,
            attribution=chain,
            condition=condition,
            deadline=deadline,
            cues=tuple(cues),
            reasons=reasons,
            cardinality=often[0].gives if often is not None else "one",
        )

    def _in_scenario(self, sentence: Sentence) -> tuple[int, int] | None:
        """Token range of what puts the whole sentence into a thought: "in such a scenario"."""
        lowers = [token.lower for token in sentence.tokens]
        for phrase in self._rules.phrases["scenarios"]:
            for first in range(len(lowers) - len(phrase) + 1):
                if tuple(lowers[first : first + len(phrase)]) == phrase:
                    return first, first + len(phrase)
        return None

    def _is_of_its_making(self, sentence: Sentence, candidate: Candidate, finding: Finding) -> bool:
        """Whether a cue is what made the candidate's type ("will meet": AGREE), and no doubt of it.

        Who gathered to protest did protest: a purpose that is spoken on the spot is a deed.
        """
        own = {candidate.head, *candidate.trigger, *candidate.consumed}
        if finding.cue.id == "conditional-main" and candidate.type in PROMISED:
            # "would take steps if": the condition of a threat is kept beside it
            made = any(sentence.tokens[i].tag == "MD" for i in own)
            return made or "future" in candidate.rule
        if finding.cue.scope == "clause" and finding.cue.id != "purpose":
            return False
        if own.intersection(range(finding.first, finding.stop)):
            return True
        tokens = sentence.tokens
        if tokens[finding.first].head == candidate.head:
            # "should not cut" as a demand, "would not be cowed" as a refusal: one word of the pair
            # made the type, the other belongs to it
            pair = {i for i in own if tokens[i].dep in ("neg", "aux") and i != candidate.head}
            if (
                pair
                and finding.cue.scope == "auxiliary"
                and any(tokens[i].dep == "neg" for i in pair)
            ):
                return True
            if (
                pair
                and tokens[finding.first].dep == "neg"
                and any(tokens[i].tag == "MD" for i in pair)
            ):
                return True
        if finding.cue.id == "purpose":
            return candidate.type in _SPOKEN
        if finding.category not in _FUTURE:
            return False
        # Where no rule names the words of a promise or threat, what is ahead makes it one.
        said = candidate.type in _AHEAD and candidate.rule.startswith("relation#")
        return said or "future" in candidate.rule

    def _combine(
        self, sentence: Sentence, candidate: Candidate, findings: Sequence[Finding]
    ) -> tuple[str, str | None, list[Finding]]:
        """From the innermost cue outwards: the status, why dropped, the cues that had a say."""
        status = "actual"
        used: list[Finding] = []
        for finding in findings:
            category = finding.category
            if category in ("actual", "reported"):
                continue
            if category == "attempted" and candidate.type in _TRIED:
                continue
            if finding.cue.id == "would" and self._is_backshifted(sentence, findings):
                category = "predicted"
            if category in _DROPPING:
                if status in ("actual", "attempted", "predicted", "hypothetical", "background"):
                    return "actual", category, [*used, finding]
                continue
            if status == "actual" or self._overrules(finding, category, status):
                status = category
                used.append(finding)
        return ("hypothetical" if status == "attempted" else status), None, used

    @staticmethod
    def _overrules(finding: Finding, category: str, status: str) -> bool:
        """Whether an outer cue says more than what the inner ones made of the deed."""
        if category in _OVERRULING:
            # "has not commented on the alleged raid": the raid stays alleged
            return status not in _OVERRULING and not (
                finding.cue.id == "decline-comment" and status == "alleged"
            )
        if finding.cue.id == "conditional-main":
            return status == "predicted"
        return status in ("attempted", "background") and category != "attempted"

    def _is_backshifted(self, sentence: Sentence, findings: Sequence[Finding]) -> bool:
        """Whether "would" stands under a verb of speech and no condition."""
        if any(f.cue.scope == "clause" for f in findings):
            return False
        reporting = self._rules.words["reporting"]
        return any(
            f.cue.scope == "governor" and sentence.tokens[f.first].lemma in reporting
            for f in findings
        )

    def _form(
        self,
        sentence: Sentence,
        candidate: Candidate,
        status: str,
        chain: Sequence[Attribution],
    ) -> str | None:
        """Why the candidate's form makes it no event: a question, a title, a habit, an opinion."""
        head = candidate.head
        if is_question(sentence, head) and (status == "hypothetical" or _is_main(sentence, head)):
            return "question"
        if _is_title(sentence, head, self._rules):
            return "title"
        if status in ("actual", "hypothetical", "predicted") and self._is_opinion(
            sentence, candidate, status, chain
        ):
            return "opinion"
        if status == "actual" and self._is_generic(sentence, candidate):
            return "generic"
        return None

    def _is_generic(self, sentence: Sentence, candidate: Candidate) -> bool:
        tokens, head = sentence.tokens, candidate.head
        token = tokens[head]
        if candidate.nominal or token.tag.startswith("NN"):
            verb = tokens[token.head]
            if token.dep != "nsubj" or token.tag != "NNS" or verb.tag not in ("VBP", "VBZ"):
                return False
            bare = all(
                tokens[c].dep in ("poss", "amod", "compound") for c in sentence.children(head)
            )
            return bare and any(
                tokens[c].lemma in self._rules.words["evaluations"]
                for c in sentence.children(verb.i, "acomp", "attr")
            )
        # a bare plural's verb is often tagged as an infinitive
        if token.tag not in ("VBP", "VBZ", "VB") or is_headline(sentence):
            return False
        if sentence.child(head, "aux", "auxpass") is not None:
            return False
        found = sentence.child(head, "nsubj")
        if found is None or tokens[found].tag not in ("NNS", "NN"):
            return False
        return not any(
            tokens[c].dep in ("det", "poss", "nummod", "amod", "compound", "prep", "relcl", "acl")
            for c in sentence.children(found)
        )

    def _is_opinion(
        self,
        sentence: Sentence,
        candidate: Candidate,
        status: str,
        chain: Sequence[Attribution],
    ) -> bool:
        """Whether an expert judges what is going on, rather than reporting what was done."""
        if not any(self._is_expert(sentence, link) for link in chain):
            return False
        if status != "actual":
            return True
        token = sentence.tokens[candidate.head]
        if token.tag in ("VBZ", "VBP"):
            return True
        tags = {sentence.tokens[c].tag for c in sentence.children(candidate.head, "aux", "auxpass")}
        # "must prepare", "will not agree": what an expert demands or refuses in others' name
        return "MD" in tags or (token.tag == "VBG" and bool(tags & {"VBZ", "VBP"}))

    def _is_expert(self, sentence: Sentence, link: Attribution) -> bool:
        speaker = link.speaker
        if speaker is None or speaker.sentence != sentence.index:
            return False
        experts = self._rules.words["experts"]
        heads = [speaker.head, *sentence.children(speaker.head, "appos", "compound", "conj")]
        heads.extend(range(speaker.first, speaker.stop))
        return any(sentence.tokens[i].lemma in experts for i in heads)


def _has_day(sentence: Sentence, candidate: Candidate, dates: Sequence[DateMention]) -> bool:
    """Whether the candidate's clause names a day."""
    near = clause_of(sentence, candidate.head, nominal=candidate.nominal)
    return any(
        mention.sentence == sentence.index
        and mention.since is not None
        and mention.since == mention.until
        and (mention.head in near or mention.first in near)
        for mention in dates
    )


def _is_main(sentence: Sentence, head: int) -> bool:
    """Whether the trigger stands in the clause that asks, not in one that the question takes for
    granted."""
    at = head
    while True:
        token = sentence.tokens[at]
        if token.dep in ("relcl", "advcl", "acl"):
            return False
        if token.head == at:
            return True
        at = token.head


def _main_verb(sentence: Sentence, head: int) -> int:
    while sentence.tokens[head].head != head:
        head = sentence.tokens[head].head
    return head


def _is_title(sentence: Sentence, head: int, rules: ModalityRules) -> bool:
    """Whether a trigger is told by a film: in a title in quotation marks, or "in the novel …"."""
    tokens = sentence.tokens
    for prep in sentence.children(_main_verb(sentence, head), "prep"):
        if tokens[prep].lower == "in" and prep < head and tokens[prep].i <= 1:
            for told in sentence.children(prep, "pobj"):
                if tokens[told].lemma in rules.words["titles"] - {"series", "show", "book"}:
                    return tokens[head].tag in ("VBZ", "VBP", "VB")
    if not tokens[head].text[:1].isupper():
        return False
    for at in range(head - 1, max(-1, head - 8), -1):
        if tokens[at].text in QUOTES or tokens[at].text in ("‘", "'"):
            return any(tokens[i].lemma in rules.words["titles"] for i in range(max(0, at - 3), at))
    return False
