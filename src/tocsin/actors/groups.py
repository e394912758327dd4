"""Which pieces make one noun phrase.

A piece climbs the parse from modifier to head as long as the head stands to its right; the last
piece that may act leads the phrase.
"""

from __future__ import annotations

from itertools import pairwise

from tocsin.actors.items import MODIFIERS, Item
from tocsin.model.parse import Sentence


class Groups:
    """The phrases of one sentence.

    ``groups`` are the pieces by the token that leads their phrase; ``owners`` the leads of the
    phrases that possess it ("Russia's army").
    """

    def __init__(self, sentence: Sentence, items: list[Item]) -> None:
        self.sentence = sentence
        self.items = items
        self._at: dict[int, list[Item]] = {}
        for item in items:
            for i in range(item.first, item.stop):
                self._at.setdefault(i, []).append(item)
        self.groups: dict[int, list[Item]] = {}
        for item in items:
            self.groups.setdefault(self.climb(item.root), []).append(item)
        self._join_neighbours()
        self.owners: dict[int, list[int]] = {}
        for key in self.groups:
            owned = self._owned(key)
            if owned is not None and owned != key:
                self.owners.setdefault(owned, []).append(key)

    def _acts(self, i: int) -> bool:
        """Whether a piece that may lead a phrase covers token ``i``."""
        for item in self._at.get(i, ()):
            if item.kind == "agent":
                if self.sentence.tokens[i].pos != "ADJ":
                    return True
            elif item.kind != "country" or item.entries[0].form != "adjective":
                return True
        return False

    def climb(self, i: int) -> int:
        """The token that leads the phrase of token ``i``."""
        tokens = self.sentence.tokens
        key = start = i
        while True:
            token = tokens[i]
            above = token.head
            if token.dep == "conj" and tokens[above].dep in MODIFIERS:
                above = tokens[above].head
            elif token.dep not in MODIFIERS:
                return key
            if above <= i or any(tokens[n].text == "," for n in range(i + 1, above)):
                return key
            titled = tokens[above].head if tokens[above].dep in MODIFIERS else above
            if any(self._apart(one, j) for one in (key, start) for j in (above, titled)):
                return key
            i = above
            if self._acts(i):
                key = i

    def _apart(self, i: int, above: int) -> bool:
        """Whether two people stand there that the parse runs together: "Trump-Kim"."""
        if not (self._person(i) and self._person(above)):
            return False
        return any(
            t.pos in ("CCONJ", "VERB", "AUX") or t.text in ("-", "–", "/")
            for t in self.sentence.tokens[i + 1 : above]
        )

    def _person(self, i: int) -> bool:
        return any(
            item.kind == "person" or item.label == "PERSON" or item.person is not None
            for item in self._at.get(i, ())
        )

    def _owned(self, key: int) -> int | None:
        """The phrase that ``key`` possesses ("Russia's army" for Russia), if it may act."""
        token = self.sentence.tokens[key]
        if token.dep != "poss":
            return None
        owned = self.climb(token.head)
        if owned in self.groups:
            return owned
        return None

    def _join_neighbours(self) -> None:
        """Where the parse fails: "South Korea's | Moon Jae-in", "Chinese | envoy" side by side."""
        tokens = self.sentence.tokens
        keys = {id(item): key for key, items in self.groups.items() for item in items}
        for left, right in pairwise(self.items):
            source, target = keys[id(left)], keys[id(right)]
            if source == target or left.kind not in ("country", "agent"):
                continue
            owner = left.stop < len(tokens) and tokens[left.stop].tag == "POS"
            if right.first != left.stop + owner or not self._may_join(left, right, owner):
                continue
            if len(self.groups[source]) == 1 or source == left.root:
                moved = self.groups.pop(source)
                self.groups[target].extend(moved)
                for item in moved:
                    keys[id(item)] = target
                self.groups[target].sort(key=lambda item: (item.first, -item.stop))

    def _may_join(self, left: Item, right: Item, owner: bool) -> bool:
        person = right.kind == "person" or right.label == "PERSON"
        if left.kind == "agent":
            return person and not owner
        if owner and not person and self.sentence.tokens[right.root].dep in MODIFIERS:
            return False
        if right.kind == "country" or (left.entries[0].form == "people" and not owner):
            return False
        dep = self.sentence.tokens[left.root].dep
        return person or dep in (*MODIFIERS, "poss", "nsubj", "conj", "appos", "dep")
