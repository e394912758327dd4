"""Who speaks in a sentence, by which word, and which tokens are what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.knowledge.modality import ModalityRules, SpeechCue
from tocsin.modality.clauses import (
    QUOTES,
    base_phrase,
    is_infinitive,
    is_negated,
    is_passive,
    subject,
)
from tocsin.model.mention import ActorMention
from tocsin.model.parse import Sentence

_MUTE = frozenset(("refuse", "decline", "fail"))
_MINDS = frozenset(("think", "believe", "guess", "hope", "feel", "expect", "fear", "know", "hear"))
# What of an object's phrase is told with it: "confirmed the killing of", not "an inquiry into".
_OF_THE_DEED = frozenset(("of", "for", "on", "against", "by", "in", "at", "about", "to"))
_TOLD = frozenset(("tell", "inform", "remind", "assure", "ask", "advise"))
_SIGNATURE = 10  # tokens
_DASHES = frozenset(("—", "–", "-", "--"))
_ORDERS = frozenset(("plan", "schedule", "law", "rule"))


@dataclass(frozen=True, slots=True)
class SpeechFrame:
    """One act of saying in sentence ``sentence``.

    ``cue`` is the token range of the word that says so, ``verb`` its token; ``speakers`` those who
    speak (empty for "reportedly" and for a speaker outside the sentence); ``content`` the tokens
    of what is said (empty where it stands in neighbouring sentences); ``head`` the token of the
    speaker's noun, None without one.
    """

    sentence: int
    verb: int
    cue: tuple[int, int]
    speakers: tuple[ActorMention, ...]
    head: int | None
    stance: str
    content: frozenset[int]
    rule: str


def speech_frames(
    sentence: Sentence,
    actors: Sequence[ActorMention],
    rules: ModalityRules,
    *,
    text: str,
    quoted: frozenset[int] = frozenset(),
) -> tuple[SpeechFrame, ...]:
    """The acts of saying in a sentence, in the order of their cues.

    ``text`` is the parse's clean text, ``quoted`` the sentence's tokens inside quotation marks;
    ``actors`` are mentions of the document or of the sentence; a speaker that none of them covers
    becomes a mention of its own, without country.
    """
    found = _frames(sentence, actors, rules, text, quoted)
    return tuple(sorted(found, key=lambda frame: frame.cue))


def signature(
    sentence: Sentence, actors: Sequence[ActorMention], rules: ModalityRules, *, text: str
) -> SpeechFrame | None:
    """The speaker of a line that only names one, with a comma or a dash: "Ann Miller, Daily News".

    None where the line says more than that.
    """
    tokens = sentence.tokens
    if len(tokens) > _SIGNATURE or any(token.pos in ("VERB", "AUX") for token in tokens):
        return None
    first = 1 if tokens[0].text in _DASHES else 0
    comma = next((t.i for t in tokens if t.text == "," and t.i > first), None)
    by = comma if comma is not None else (0 if first else None)
    if by is None or not tokens[first].text[:1].isupper():
        return None
    stop = len(tokens) if comma is None else comma
    head = next((i for i in range(first, stop) if not first <= tokens[i].head < stop), first)
    frame = _frame(sentence, by, head, "asserts", frozenset(), "signature")
    here = [actor for actor in actors if actor.sentence == sentence.index]
    return replace(frame, speakers=_speakers(sentence, head, here, rules, text)[:1])


def _frames(
    sentence: Sentence,
    actors: Sequence[ActorMention],
    rules: ModalityRules,
    text: str,
    quoted: frozenset[int],
) -> Iterator[SpeechFrame]:
    by = rules.speech_by_word
    here = [actor for actor in actors if actor.sentence == sentence.index]
    for token in sentence.tokens:
        frame: SpeechFrame | None = None
        lemma = token.lemma
        if token.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and token.tag[0] in "VN":
            if token.tag[0] == "V":
                if lemma in by["verb"]:
                    frame = _verb(sentence, token.i, by["verb"][lemma], rules, quoted)
                if frame is None and lemma in by["object"]:
                    frame = _object(sentence, token.i, by["object"][lemma])
                if frame is None and lemma in by["paper"]:
                    frame = _paper(sentence, token.i, by["paper"][lemma], rules)
                if frame is None and lemma in by["accusation"]:
                    frame = _after_preposition(sentence, token.i, by["accusation"][lemma])
                if frame is None and lemma in by["silence"]:
                    frame = _after_preposition(sentence, token.i, by["silence"][lemma])
            if frame is None and lemma in by["noun"] and token.tag[0] == "N":
                frame = _noun(sentence, token.i, by["noun"][lemma])
        if frame is None and token.lower in by["adverb"] and token.dep == "advmod":
            frame = _adverb(sentence, token.i, by["adverb"][token.lower])
        if frame is None and token.dep in ("prep", "advcl", "pcomp") and lemma in by["phrase"]:
            frame = _phrase(sentence, token.i, by["phrase"][lemma])
        if frame is None and token.text == ":" and 0 < token.i <= 6:
            frame = _colon(sentence, token.i, here)
        if frame is not None:
            if frame.head is not None:
                head = _doer(sentence, frame.verb, frame.head, here, rules)
                speakers = _speakers(sentence, head, here, rules, text)
                frame = replace(frame, head=head, speakers=speakers)
            yield frame


def _frame(
    sentence: Sentence, verb: int, head: int | None, stance: str, content: frozenset[int], rule: str
) -> SpeechFrame:
    stop = verb + 1
    while stop < len(sentence.tokens) and (
        sentence.tokens[stop].dep == "prt" and sentence.tokens[stop].head == verb
    ):
        stop += 1
    return SpeechFrame(sentence.index, verb, (verb, stop), (), head, stance, content, rule)


def _verb(
    sentence: Sentence, verb: int, cue: SpeechCue, rules: ModalityRules, quoted: frozenset[int]
) -> SpeechFrame | None:
    """A verb of saying with its clause, its quotation, or the clause that it is set into."""
    tokens = sentence.tokens
    token = tokens[verb]
    content: set[int] = set()
    for child in sentence.children(verb, "ccomp", "xcomp", "csubj", "parataxis"):
        dep = tokens[child].dep
        if dep == "xcomp" and is_infinitive(sentence, child) and not is_passive(sentence, verb):
            perfect = any(tokens[c].lemma == "have" for c in sentence.children(child, "aux"))
            if not perfect:
                continue
        content.update(sentence.subtree(child))
    for child in sentence.children(verb, "dobj"):
        noun = tokens[child]
        if noun.lemma in rules.words["claims"]:
            content.update(sentence.subtree(child))
        elif cue.stance == "denies":
            content.update(_without_clauses(sentence, child))
    for child in sentence.children(verb, "prep"):
        if tokens[child].lower == "of" and token.lemma in ("warn", "complain", "speak"):
            content.update(sentence.subtree(child))
    if not content and _is_as_clause(sentence, verb):
        content = set(sentence.subtree(token.head)) - set(sentence.subtree(verb))
    if not content and token.dep in ("parataxis", "advcl", "ccomp", "conj", "relcl", "dep"):
        content = _set_into(sentence, verb)
    head = _speaker_head(sentence, verb, quoted)
    quotes = head is not None and token.lemma in rules.words["quotable"]
    if head is not None and quotes and verb not in quoted and not content & quoted:
        content.update(quoted.difference(sentence.subtree(head)))
    if not content and not (quotes and _bare(sentence, verb)):
        return None
    if head is not None and token.lemma in _MINDS and tokens[head].lower in ("i", "we", "you"):
        return None  # "I think" in a quotation adds no speaker to the one who is quoted
    negated = is_negated(sentence, verb)
    stance = cue.stance
    if negated:
        stance = "neither"
    if token.dep == "xcomp" and tokens[token.head].lemma in _MUTE:
        stance = "neither"
    if token.dep == "conj" and tokens[token.head].lemma in ("confirm", "deny"):
        stance = "neither" if is_negated(sentence, token.head) else stance
    if any(tokens[c].tag == "MD" for c in sentence.children(verb, "aux")) and not negated:
        return None
    content.discard(verb)
    return _frame(sentence, verb, head, stance, frozenset(content), cue.id)


def _object(sentence: Sentence, verb: int, cue: SpeechCue) -> SpeechFrame | None:
    """ "confirmed the attack": the deed that is told of is the object."""
    content: set[int] = set()
    for child in sentence.children(verb, "dobj"):
        content.update(_without_clauses(sentence, child))
        for prep in sentence.children(child, "prep"):
            if sentence.tokens[prep].lower not in _OF_THE_DEED:
                content.difference_update(sentence.subtree(prep))
    head = _speaker_head(sentence, verb) if content else None
    if head is None or head in content:
        return None
    return _frame(sentence, verb, head, cue.stance, frozenset(content), cue.id)


def _paper(
    sentence: Sentence, verb: int, cue: SpeechCue, rules: ModalityRules
) -> SpeechFrame | None:
    """ "The ministry issued the following statement:": what is said stands in what follows."""
    if sentence.tokens[-1].text != ":" or not any(
        sentence.tokens[child].lemma in rules.words["papers"]
        for child in sentence.children(verb, "dobj")
    ):
        return None
    head = _speaker_head(sentence, verb)
    return None if head is None else _frame(sentence, verb, head, cue.stance, frozenset(), cue.id)


def _without_clauses(sentence: Sentence, noun: int) -> set[int]:
    """A noun phrase without its relative clauses."""
    inside = set(sentence.subtree(noun))
    for at in list(inside):
        if sentence.tokens[at].dep == "relcl":
            inside.difference_update(sentence.subtree(at))
    return inside


def _set_into(sentence: Sentence, verb: int) -> set[int]:
    """The clause that an inserted "…, he said, …" belongs to: what it hangs on, less itself."""
    tokens = sentence.tokens
    if tokens[verb].dep != "parataxis" and not _inverted(sentence, verb):
        return set()
    inside = set(sentence.subtree(verb))
    return set(sentence.subtree(tokens[verb].head)) - inside


def _inverted(sentence: Sentence, verb: int) -> bool:
    """Whether a quotation mark or comma stands right before the speaker and the verb."""
    first = sentence.subtree(verb)[0]
    found = sentence.child(verb, "nsubj")
    if found is None or first == 0:
        return False
    before = sentence.tokens[first - 1].text
    opening = sentence.tokens[first].text
    return (before in QUOTES or before == "," or opening in QUOTES) and not sentence.children(
        verb, "mark"
    )


def _is_as_clause(sentence: Sentence, verb: int) -> bool:
    """ "As the paper reported, …": the main clause is what is said."""
    mark = sentence.child(verb, "mark")
    return (
        mark is not None
        and sentence.tokens[mark].lower == "as"
        and sentence.tokens[verb].dep == "advcl"
        and sentence.child(verb, "dobj") is None
    )


def _bare(sentence: Sentence, verb: int) -> bool:
    """Whether the sentence holds no more than the speaker and the verb ("she said")."""
    if sentence.tokens[-1].text == ":":
        return True
    return sentence.tokens[verb].dep == "ROOT" or sentence.tokens[verb].dep == "advcl"


def _speaker_head(
    sentence: Sentence, verb: int, quoted: frozenset[int] = frozenset()
) -> int | None:
    """Whose word it is: the subject, the agent of a passive, the one who was quoted as saying.

    A verb outside the quotation marks has its subject there, whatever the parser hangs on it.
    """
    tokens = sentence.tokens
    if is_passive(sentence, verb):
        agent = sentence.child(verb, "agent")
        if agent is not None:
            return sentence.child(agent, "pobj")
        # "he was quoted", "he was told that": only the first speaks
        if tokens[verb].lemma in ("quote", "cite"):
            return subject(sentence, verb)
        return None
    found = _inserted(sentence, verb)
    if found is None and verb not in quoted:
        own = [c for c in sentence.children(verb, "nsubj") if c not in quoted]
        found = own[-1] if own and own[-1] != sentence.child(verb, "nsubj") else None
    if found is None:
        found = subject(sentence, verb)
    if found is None:
        return None
    if tokens[found].lower in ("this", "that", "these", "which", "what"):
        return None
    if tokens[found].lower in ("it", "there") and sentence.child(verb, "ccomp") is None:
        return None
    return found


def _inserted(sentence: Sentence, verb: int) -> int | None:
    """ ", said the mayor,": the speaker after the verb, which the parser takes for an object."""
    tokens = sentence.tokens
    if tokens[verb].lemma in _TOLD:
        return None  # "…, an economist, told Reuters": the object is told
    follower = sentence.child(verb, "dobj")
    if follower is None or not verb or tokens[verb - 1].pos != "PUNCT":
        return None
    first, stop = base_phrase(sentence, follower)
    ends = stop >= len(tokens) or tokens[stop].pos == "PUNCT"
    return follower if first == verb + 1 and ends else None


def _after_preposition(sentence: Sentence, verb: int, cue: SpeechCue) -> SpeechFrame | None:
    """ "accused X of …", "declined to comment on …": what follows the preposition is said."""
    tokens = sentence.tokens
    content: set[int] = set()
    preps = list(sentence.children(verb, "prep"))
    for child in sentence.children(verb, "dobj", "nsubjpass"):
        preps.extend(sentence.children(child, "prep"))
    for prep in preps:
        if tokens[prep].lower in cue.prepositions and prep > verb:
            content.update(sentence.subtree(prep))
    if not content:
        return None
    mute = is_negated(sentence, verb) or tokens[tokens[verb].head].lemma in _MUTE
    if cue.kind == "silence" and not mute:
        return None
    head = _speaker_head(sentence, verb)
    if cue.kind == "accusation" and is_passive(sentence, verb) and head is None:
        return _frame(sentence, verb, None, cue.stance, frozenset(content), cue.id)
    return _frame(sentence, verb, head, cue.stance, frozenset(content), cue.id)


def _noun(sentence: Sentence, noun: int, cue: SpeechCue) -> SpeechFrame | None:
    """ "X's claim that …", "the claim by X that …"."""
    tokens = sentence.tokens
    content: set[int] = set()
    for child in sentence.children(noun, "acl", "ccomp", "relcl"):
        mark = sentence.child(child, "mark")
        if mark is not None and tokens[mark].lower == "that":
            content.update(sentence.subtree(child))
    if not content:
        return None
    head = sentence.child(noun, "poss")
    if head is None:
        for prep in sentence.children(noun, "prep"):
            if tokens[prep].lower in ("by", "from", "of", "in") and prep < min(content):
                head = sentence.child(prep, "pobj")
                break
    if head is None and tokens[noun].dep == "dobj":
        governor = tokens[noun].head
        if tokens[governor].lemma in ("make", "issue", "repeat", "release", "spread"):
            head = subject(sentence, governor)
    if head is None and tokens[noun].tag == "NNS" and tokens[noun].lemma == "report":
        head = noun
    return _frame(sentence, noun, head, cue.stance, frozenset(content), cue.id)


def _adverb(sentence: Sentence, adverb: int, cue: SpeechCue) -> SpeechFrame:
    head = sentence.tokens[adverb].head
    content = frozenset(sentence.subtree(head)) - {adverb}
    return _frame(sentence, adverb, None, cue.stance, content, cue.id)


def _phrase(sentence: Sentence, word: int, cue: SpeechCue) -> SpeechFrame | None:
    """ "according to X": the clause it stands in."""
    tokens = sentence.tokens
    to = next((c for c in sentence.children(word, "prep") if tokens[c].lower == "to"), None)
    speaker = None if to is None else sentence.child(to, "pobj")
    if to is None or speaker is None or tokens[speaker].lemma in _ORDERS:
        return None
    anchor = tokens[word].head
    # A phrase at the end of a sentence often hangs on its last noun or verb: it holds for all.
    while tokens[anchor].pos not in ("VERB", "AUX") and tokens[anchor].head != anchor:
        anchor = tokens[anchor].head
    last = max(sentence.subtree(word))
    if all(token.pos == "PUNCT" for token in tokens[last + 1 :]):
        whole = word > 0 and tokens[word - 1].text == ","
        while tokens[anchor].head != anchor and (
            whole
            or (tokens[anchor].dep == "conj" and tokens[tokens[anchor].head].pos in ("VERB", "AUX"))
        ):
            anchor = tokens[anchor].head
    content = set(sentence.subtree(anchor)) - set(sentence.subtree(word))
    frame = _frame(sentence, word, speaker, cue.stance, frozenset(content), cue.id)
    return replace(frame, cue=(word, to + 1))


def _colon(sentence: Sentence, colon: int, here: Sequence[ActorMention]) -> SpeechFrame | None:
    """ "Minister: rebels burned the mill", as headlines have it."""
    before = [a for a in here if a.first == 0 and a.stop == colon]
    after = [t.i for t in sentence.tokens[colon + 1 :] if t.pos in ("VERB", "AUX")]
    if not before or not after:
        return None
    content = frozenset(range(colon + 1, len(sentence.tokens)))
    return _frame(sentence, colon, before[0].head, "asserts", content, "headline")


def _speakers(
    sentence: Sentence, head: int, here: Sequence[ActorMention], rules: ModalityRules, text: str
) -> tuple[ActorMention, ...]:
    """The mentions that the speaker's noun stands for, joint speakers too."""
    heads = [_author(sentence, head, rules)]
    for at in heads:
        heads.extend(sentence.children(at, "conj"))
    found: list[ActorMention] = []
    for at in heads:
        found.extend(_mentions(sentence, at, here) or [_minimal(sentence, at, rules, text)])
    return tuple(dict.fromkeys(found))


def _doer(
    sentence: Sentence, verb: int, head: int, here: Sequence[ActorMention], rules: ModalityRules
) -> int:
    """Who says it where "saying" hangs on a thing: "He defended a decision to leave, saying that".

    A paper speaks for who hands it out: "The ministry issued a statement saying that".
    """
    tokens = sentence.tokens
    thing = tokens[head]
    if tokens[verb].dep not in ("acl", "advcl") or thing.dep != "dobj":
        return head
    if any(actor.first <= head < actor.stop for actor in here):
        return head
    paper = thing.lemma in rules.words["papers"]
    if paper and tokens[thing.head].lemma not in rules.speech_by_word["paper"]:
        return head
    found = subject(sentence, thing.head)
    return head if found is None else found


def _author(sentence: Sentence, head: int, rules: ModalityRules) -> int:
    """Who made the paper that speaks: "a statement released by X", "X's report"."""
    tokens = sentence.tokens
    if tokens[head].pos == "ADJ":
        # "the army, one of the largest, said": the parser may hang the noun on the adjective
        return next(iter(sentence.children(head, "nsubj", "compound")), head)
    if tokens[head].lemma not in rules.words["papers"]:
        return head
    found = sentence.child(head, "poss")
    if found is not None and tokens[found].tag != "PRP$":
        return found
    for child in sentence.children(head, "prep", "acl"):
        holder: int | None = child
        if tokens[child].dep == "acl":
            holder = sentence.child(child, "agent")
        elif tokens[child].lower not in ("by", "from"):
            continue
        found = None if holder is None else sentence.child(holder, "pobj")
        if found is not None:
            return found
    return head


def _mentions(sentence: Sentence, head: int, here: Sequence[ActorMention]) -> list[ActorMention]:
    exact = [actor for actor in here if actor.head == head or head in actor.also]
    if exact and all(actor.via == "nominal" for actor in exact):
        # "one pastor here, Ann Miller, said": who bears the name
        beside = sentence.children(head, "appos")
        exact = [a for a in here if a.head in beside and a.via == "name"] or exact
    if exact:
        return exact
    covering = [actor for actor in here if actor.first <= head < actor.stop]
    if covering:
        shortest = min(actor.stop - actor.first for actor in covering)
        return [actor for actor in covering if actor.stop - actor.first == shortest]
    for child in sentence.children(head, "appos"):
        named = [actor for actor in here if actor.head == child]
        if named:
            return named
    token = sentence.tokens[head]
    if token.dep == "appos":
        return [actor for actor in here if actor.head == token.head]
    return []


def _minimal(sentence: Sentence, head: int, rules: ModalityRules, text: str) -> ActorMention:
    """A mention of someone whom no actor mention covers."""
    first, stop = base_phrase(sentence, head)
    start, end = sentence.offsets(first, stop)
    token = sentence.tokens[head]
    return ActorMention(
        sentence=sentence.index,
        first=first,
        stop=stop,
        head=head,
        start=start,
        end=end,
        text=text[start:end],
        country=None,
        sectors=(),
        entity=None,
        via="pronoun" if token.tag == "PRP" else "nominal",
        anonymous=token.lemma in rules.words["anonymous"],
        why="the speaker, whom no actor rule knows",
    )
