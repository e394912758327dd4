"""What stands around a word that refers back: earlier sentences, clauses above, quotations."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.actors.found import Found
from tocsin.model.parse import Sentence

SUBJECT = ("nsubj", "nsubjpass")
_VERBS = ("VERB", "AUX")


class Around:
    """The last sentences with their mentions, and the clauses of the present one.

    ``quoted`` says, per token of the present sentence, whether it stands in quotation marks;
    ``carried`` whether it begins with a quotation that the paragraph before left open. ``makes_do``
    are the verbs whose object does what their infinitive says.
    """

    def __init__(self, makes_do: frozenset[str] = frozenset()) -> None:
        self._makes_do = makes_do
        self.quoted: list[bool] = []
        self._before: list[tuple[Sentence, list[Found]]] = []
        self._aloud: dict[int, list[bool]] = {}
        self._open = False
        self.carried = False

    def close(self, sentence: Sentence, found: list[Found]) -> None:
        """Keep a sentence that is done."""
        self._before.append((sentence, found))
        self._aloud[sentence.index] = self.quoted
        if len(self._before) > 4:
            self._aloud.pop(self._before.pop(0)[0].index)

    def open(self, sentence: Sentence) -> None:
        """Note which tokens stand in quotation marks; a quotation may run on in its paragraph.

        Who speaks says "we", not "it" or "he": no pronoun crosses a quotation mark.
        """
        if not self._before or self._before[-1][0].paragraph != sentence.paragraph:
            # a quotation that was left open and opens anew runs on with the same speaker
            self.carried = self._open and sentence.tokens[0].text in ("“", "``", '"')
            self._open = False
        self.quoted = []
        for token in sentence.tokens:
            if token.text in ("“", "``"):
                self._open = True
            elif token.text in ("”", "''"):
                self._open = False
            elif token.text == '"':
                self._open = not self._open
            self.quoted.append(self._open)

    def quoted_in(self, before: Sentence) -> list[bool]:
        """:attr:`quoted` of the present sentence or one of the last."""
        return self._aloud.get(before.index, self.quoted)

    def subjects(self, sentence: Sentence, i: int, found: list[Found]) -> Iterator[list[Found]]:
        """The subjects of the clauses above token ``i``, nearest first; [] where it is no actor."""
        tokens = sentence.tokens
        for above in sentence.ancestors(i):
            if tokens[above].pos not in _VERBS:
                continue
            if self.quoted[above] != self.quoted[i]:
                continue
            own = sentence.children(above, *SUBJECT)
            if not own and tokens[above].dep in ("xcomp", "ccomp", "advcl"):
                asked = self._made_to(sentence, above, found)
                if asked and asked[0].head < i:
                    yield asked
            for child in own:
                # in [Kim "wants to show that he is well"] the subject stands before the quotation
                if child < i and tokens[child].tag not in ("WDT", "WP"):
                    yield self.at(found, child)
                elif tokens[child].lower == "who" and tokens[above].dep == "relcl":
                    yield self.at(found, tokens[above].head)

    def _made_to(self, sentence: Sentence, verb: int, found: list[Found]) -> list[Found]:
        """Who does what somebody else makes him do: Iran in "pressed Iran to give up"."""
        above = sentence.tokens[verb].head
        if sentence.tokens[above].lemma not in self._makes_do:
            return []
        if all(sentence.tokens[i].lower != "to" for i in sentence.children(verb, "aux")):
            return []
        for child in sentence.children(above, "dobj", "dative"):
            if above < child < verb:
                return self.at(found, child)
        return []

    @staticmethod
    def at(found: list[Found], i: int) -> list[Found]:
        """The mentions that hang on token ``i``."""
        return [one for one in found if one.head == i or i in one.also]

    def together(self, sentence: Sentence, found: list[Found], one: Found) -> list[Found]:
        """A mention with those beside it: "Iran and Russia", "the two Koreas"."""
        result = [other for other in found if other.head == one.head]
        for child in sentence.children(one.head, "conj"):
            for other in self.at(found, child):
                if other not in result:
                    result.extend(self.together(sentence, found, other))
        return result

    def main_subjects(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """The actors that are the subject of the main clause, or possess it.

        Where the parse has no such subject, the first subject before the main verb.
        """
        tokens = sentence.tokens
        children = sentence.children(sentence.root, *SUBJECT)
        subjects = [one for child in children for one in self.at(found, child)]
        for child in children:
            if subjects:
                break
            owner = sentence.child(child, "poss", "amod", "compound")
            if owner is not None:
                subjects = self.at(found, owner)
        if not subjects:
            before = [
                one for one in found if tokens[one.head].dep in SUBJECT and one.head < sentence.root
            ]
            subjects = self.at(found, before[0].head) if before else []
        return subjects

    def previous(self, back: int, sentence: Sentence) -> list[tuple[Sentence, list[Found]]]:
        """The last ``back`` sentences before, latest first."""
        return [
            (before, found)
            for before, found in reversed(self._before)
            if sentence.index - before.index <= back
        ]
