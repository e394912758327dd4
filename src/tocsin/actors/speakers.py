"""Who says "I" and "we": the speaker of a quotation, or the outlet's own side."""

from __future__ import annotations

from dataclasses import replace

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence, Token

_ONE = frozenset({"i", "me", "my", "mine", "myself"})
FIRST = _ONE | {"we", "us", "our", "ours", "ourselves"}
# Where a speaker who says "I" or "we" may be a party of an event.
_ACTING = (*SUBJECT, "dobj", "dative", "pobj")
# How many sentences before may name who is still quoted.
_BACK = 2


class Speakers:
    """Finds who is meant by the first person; nobody where two may be."""

    def __init__(self, lexicon: Lexicon, around: Around, home: str | None) -> None:
        self.lexicon = lexicon
        self.around = around
        self.home = home

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The mention that "I" or "we" makes, if its speaker is known."""
        if token.lower == "our":
            owned = [one for one in self.around.at(found, token.head) if one.kind == "agent"]
            if owned and not self.lexicon.has("relational", sentence.tokens[token.head].lemma):
                return self._lend(sentence, token, owned, found)
        if not self.around.quoted[token.i]:
            return self._outlet(sentence, token)
        speakers = self.who(sentence, found)
        if not speakers or (token.lower in _ONE and speakers[0].kind not in ("person", "agent")):
            return []
        one = speakers[0]
        if one.plural and token.lower in _ONE:
            return []
        return [self._stands(sentence, token, one)]

    def _acts(self, sentence: Sentence, token: Token, speaker: Found) -> bool:
        """Whether the speaker does something here, or has something of a state's done to it.

        Who says "I believe" does nothing to anybody; "our target" is that of a state whose minister
        says so, of others it may be anybody's.
        """
        head = sentence.tokens[token.head].lemma
        if token.lower == "our":
            state = bool(speaker.country) and is_state(speaker.sectors)
            return token.dep == "poss" and state and not self.lexicon.has("of_all", head)
        return self._does_something(sentence, token)

    def _does_something(self, sentence: Sentence, token: Token) -> bool:
        head = sentence.tokens[token.head].lemma
        inward = token.dep in SUBJECT and self.lexicon.has("inward", head)
        return token.dep in _ACTING and not inward

    def who(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """The speaker of what is quoted here, who may be named in the sentences before."""
        speakers = self._speakers(sentence, found, self.around.quoted_in(sentence))
        for before, others in self.around.previous(_BACK, sentence):
            apart = before.paragraph != sentence.paragraph and not self.around.carried
            if speakers is not None or apart:
                break
            speakers = self._speakers(before, others, self.around.quoted_in(before))
        return speakers or []

    def _stands(self, sentence: Sentence, token: Token, one: Found) -> Found:
        name = one.name or (one.entity.name if one.entity else "") or one.country or "the speaker"
        return replace(
            one, sentence=sentence.index, first=token.i, stop=token.i + 1, head=token.i,
            via="pronoun", also=set(), label="", several=False, of=one,
            acts=self._acts(sentence, token, one),
            why=f"{token.lower} for {name}, who speaks in sentence {one.sentence + 1}",
        )  # fmt: skip

    def _lend(
        self, sentence: Sentence, token: Token, owned: list[Found], found: list[Found]
    ) -> list[Found]:
        """As in "our army": the speaker's or the outlet's; "our" itself is no mention."""
        if token.dep != "poss" or owned[0].country or owned[0].several:
            return []
        noun = sentence.tokens[token.head].lemma
        if owned[0].plural and self.lexicon.has("sides", noun):  # "our two countries"
            return []
        if self.around.quoted[token.i]:
            country = next((one.country for one in self.who(sentence, found)), None)
        else:
            country = self.home
        if country is not None:
            owned[0].country = country
            owned[0].say(f"our for {country}")
        return []

    def _outlet(self, sentence: Sentence, token: Token) -> list[Found]:
        """As in KCNA's own "we": the state behind the outlet."""
        if self.home is None or token.lower in _ONE or not self._does_something(sentence, token):
            return []
        return [
            Found(
                sentence.index, token.i, token.i + 1, token.i, "country",
                country=self.home, sectors=("GOV",), via="pronoun",
                why=f"{token.lower} for {self.home}, the side of the outlet",
            )
        ]  # fmt: skip

    def _speakers(
        self, sentence: Sentence, found: list[Found], quoted: list[bool]
    ) -> list[Found] | None:
        """Who is the subject of a verb of speech outside the quotation; None where no verb is.

        [] where somebody speaks whom no mention covers, or more than one.
        """
        if not any(quoted):
            return None
        tokens = sentence.tokens
        subjects = [
            child
            for verb in tokens
            if not quoted[verb.i] and self.lexicon.has("speech", verb.lemma)
            for child in sentence.children(verb.i, *SUBJECT)
            if not quoted[child]
        ]
        if not subjects:
            return None
        speakers = [one for child in subjects for one in self.around.at(found, child)]
        same = {(one.person.name if one.person else None) or id(one) for one in speakers}
        return speakers[:1] if len(same) == 1 and len(subjects) == 1 else []
