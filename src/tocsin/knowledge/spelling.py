"""Spellings: how running text may spell and tokenise a name, and the plural of a noun."""

from __future__ import annotations

import re
import unicodedata

from tocsin.knowledge.phrases import phrase_tokens

# As spaCy's English tokenizer does: initials and a few abbreviations keep their dot, a mark
# between letters does not split, a possessive does. A test compares the two over all names.
_PARSER_PIECES = re.compile(
    r"'s\b|^I(?=m )|(?:\w\.){2,}-\w+|(?:\b\w\.)+(?!\w)"
    r"|(?:\b(?:St|Mt|Dr|Nov|Gen|Gov|Jr|Sr|Rep|Co|Inc|Ltd|Corp|Bros)\.)"
    r"|\w+\+|\w+(?:-\d\w*)+|\w+(?:(?:\.|&|'(?!s\b))\w+)+|\w+|[^\w\s]"
)
_HEAD = re.compile(
    r"(?P<head>.+?)(?P<rest> (?:of|for|in|familiar|to) .+"
    r"|(?<=attorney) general|(?<=secretary)[ -]general|(?<=governor)[ -]general|-designate|-elect)$"
)
_MEN = re.compile(r"(?<!hu)(?<!ger)(?<!ro)(?<!sha)(?<!otto)man$")
_ODD = re.compile(r"[.'&+]|-\d|^Im ")  # what the parser may tokenise in another way
_PLAIN = re.compile(r"(?!Im )([A-Za-z]+)(?:[ -][A-Za-z]+)*")
_FOLDED = str.maketrans("ıłŁøØđĐðÐßæÆœŒ", "ilLoOdDdDsaAoO")
_SYLLABLES = re.compile(r"^(\w+) (\w+)[- ](\w+)$")


def name_tokens(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which running text may tokenise ``name``: with and without accents.

    The parser keeps together what :func:`~tocsin.knowledge.phrases.phrase_tokens` splits: an
    initial with its dot ("N. Korea"), a word with a mark inside ("Cote d'Ivoire", "AT&T").
    """
    if first_word(name):
        return (tuple(name.replace("-", " - ").split()),)
    ways: dict[tuple[str, ...], None] = {}
    plain = name.replace("’", "'")
    for text in (plain,) if plain.isascii() else (plain, fold(plain)):
        ways[phrase_tokens(text)] = None
        if _ODD.search(text):
            ways[tuple(_PARSER_PIECES.findall(text))] = None
    return tuple(ways)


def first_word(name: str) -> str | None:
    """The first token of a name of plain letters, blanks and hyphens; None for any other name.

    Four names of five are so; what holds nothing else is tokenised in one way only.
    """
    found = _PLAIN.fullmatch(name)
    return found[1] if found else None


def fold(name: str) -> str:
    """``name`` without accents."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", fold(name).lower()).strip("-")


def korean_spellings(name: str) -> tuple[str, ...]:
    """A Korean name of three syllables as the world's newsrooms spell it."""
    found = _SYLLABLES.match(name)
    if not found:
        return (name,)
    family, first, second = found.groups()
    low = second[0].lower() + second[1:]
    high = second[0].upper() + second[1:]
    return tuple(
        dict.fromkeys(
            (
                name,
                f"{family} {first}-{low}",
                f"{family} {first}-{high}",
                f"{family} {first} {high}",
            )
        )
    )


def plural(noun: str) -> str:
    """The plural of an English noun phrase: of its last word, or of the one before "of".

    >>> plural("army"), plural("head of state"), plural("attorney general")
    ('armies', 'heads of state', 'attorneys general')
    """
    found = _HEAD.match(noun)
    if found:
        return plural(found["head"]) + found["rest"]
    if _MEN.search(noun):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
