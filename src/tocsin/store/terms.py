"""What somebody looks for, taken apart into terms: words, and phrases in quotation marks.

A term is found where a word begins with it, in whatever case: "drill" finds "Drills", and "art" not
"party". Between the words of a phrase, and at a hyphen, may be a hyphen or white space: "Jong-un"
finds "Jong Un".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

_TERM = re.compile(r'["“”]([^"“”]+)["“”]?|([^\s"“”]+)')
_BREAK = re.compile(r"[-‐‑\s]+")
_BETWEEN = r"[-‐‑\s]+"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the ``words`` that stand one behind the other in it, in small letters."""

    words: tuple[str, ...]

    @property
    def longest(self) -> str:
        """Its longest word: a text that has it not need not be looked at more closely."""
        return max(self.words, key=len)

    @property
    def runs(self) -> tuple[str, ...]:
        """Its letters and digits between other signs: with each of them begins a word of what has
        the term (:mod:`tocsin.store.words`)."""
        found = (
            "".join(run) for word in self.words for held, run in groupby(word, _is_held) if held
        )
        return tuple(dict.fromkeys(found))

    @property
    def is_run(self) -> bool:
        """Whether it is one such run and no more, so that whatever has that has the term."""
        return len(self.words) == 1 and self.runs == self.words

    @property
    def pattern(self) -> str:
        """A regular expression for it in texts of small letters, as RE2 understands them; the term
        is its group."""
        begin = r"(?:^|[^\pL\pN])" if self.words[0][:1].isalnum() else ""
        return f"{begin}({_BETWEEN.join(map(_escaped, self.words))})"

    @property
    def python(self) -> re.Pattern[str]:
        """The same for texts in whatever case."""
        begin = r"(?<![^\W_])" if self.words[0][:1].isalnum() else ""
        return re.compile(begin + _BETWEEN.join(map(re.escape, self.words)), re.IGNORECASE)


def terms_of(sought: str) -> tuple[Term, ...]:
    """The terms of what is looked for, each once, in order."""
    found = (
        tuple(word for word in _BREAK.split((phrase or single).lower()) if word)
        for phrase, single in _TERM.findall(sought)
    )
    return tuple(dict.fromkeys(Term(words) for words in found if words))


def _is_held(sign: str) -> bool:
    return category(sign)[0] in "LN"


def _escaped(word: str) -> str:
    """A word of which RE2 takes no sign for more than itself."""
    return "".join(one if one.isalnum() or ord(one) > 127 else f"\\{one}" for one in word)
