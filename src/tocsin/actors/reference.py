"""Words that refer back, sentence by sentence through a document."""

from __future__ import annotations

from tocsin.actors.around import Around
from tocsin.actors.asked import Watch
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.nominals import Nominals
from tocsin.actors.pronouns import Pronouns
from tocsin.actors.speakers import FIRST, Speakers
from tocsin.model.parse import Sentence


class References:
    """Resolves the references of one document; sentences must come in order."""

    def __init__(
        self, lexicon: Lexicon, home: str | None = None, watch: Watch | None = None
    ) -> None:
        self._around = Around(lexicon.words["makes_do"])
        self._speakers = Speakers(lexicon, self._around, home)
        self._pronouns = Pronouns(lexicon, self._around, self._speakers, watch)
        self._nominals = Nominals(lexicon, self._around)

    def resolve(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """Add what pronouns and nominals of ``sentence`` refer to; returns all in order."""
        result = list(found)
        self._around.open(sentence)
        for token in sentence.tokens:
            if token.pos in ("PRON", "DET") or token.tag in ("PRP", "PRP$"):
                result.extend(self._pronouns.resolve(sentence, token, result))
            elif token.pos in ("NOUN", "PROPN"):
                result.extend(self._nominals.resolve(sentence, token, result))
        for token in sentence.tokens:  # who speaks may be named, or a pronoun, after the words
            if token.lower in FIRST and token.tag in ("PRP", "PRP$"):
                result.extend(self._speakers.resolve(sentence, token, result))
        result = self._nominals.coordinate(sentence, result)
        result.sort(key=lambda one: (one.first, one.stop))
        self._around.close(sentence, result)
        self._nominals.close(result)
        self._pronouns.close(result)
        return result
