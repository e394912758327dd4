"""Group labelled pairs by verb, or judged news by source, for ``train_relations.py --groups``.

    python tools/relation_groups.py verb relations.jsonl > groups.json
    python tools/relation_groups.py source bench/news_labels.jsonl > groups.json

No two folds then share a group: what is measured is how the model does on verbs, or on a source,
that it has not seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tocsin.language.parser import Parser
from tocsin.model.parse import Sentence

# Verbs that say little without their object: "launch an attack", "hold talks".
_LIGHT = frozenset(
    [
        "launch",
        "hold",
        "issue",
        "impose",
        "have",
        "be",
        "announce",
        "carry",
        "conduct",
        "make",
        "give",
        "take",
        "provide",
        "agree",
        "sign",
        "declare",
        "order",
        "call",
        "express",
        "grant",
        "stage",
        "go",
        "remain",
        "begin",
        "put",
        "end",
        "continue",
        "reach",
        "refuse",
        "approve",
        "threaten",
        "lift",
        "suspend",
        "reject",
        "demand",
        "support",
        "return",
        "release",
        "withdraw",
    ]
)
# Verbs whose clause tells what was done.
_TELLING = frozenset({"say", "announce", "agree", "decide", "tell", "report"})
_OBJECTS = ("dobj", "attr", "pobj", "acomp", "xcomp")


def verb_of(sentence: Sentence, at: int) -> str:
    """Return the lemma of the verb above token ``at``, with its object where it says little."""
    tokens = sentence.tokens
    verb = next((i for i in (at, *sentence.ancestors(at)) if tokens[i].pos in ("VERB", "AUX")), 0)
    words = [tokens[verb].lemma.lower()]
    while words[-1] in _TELLING:
        clause = sentence.child(verb, "ccomp", "xcomp")
        if clause is None:
            break
        verb = clause
        words.append(tokens[verb].lemma.lower())
    if words[-1] in _LIGHT:
        after = [i for i in sentence.subtree(verb) if i > verb and tokens[i].dep in _OBJECTS]
        words += [tokens[after[0]].lemma.lower()] if after else []
    return " ".join(words)


def group_by_verb(parser: Parser, row: Mapping[str, Any]) -> str:
    """Return the verb of the first party's clause."""
    (span, *_) = row["actor"] or row["recipient"]
    for sentence in parser.parse(row["text"]).sentences:
        for token in reversed(sentence.tokens):  # an actor's head mostly stands last
            if span["start"] <= token.start and token.end <= span["end"]:
                return verb_of(sentence, token.i)
    return row["id"]


def main() -> None:
    """Read, group, print."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("by", choices=("verb", "source"))
    ask.add_argument("file", type=Path)
    args = ask.parse_args()
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()]
    if args.by == "source":
        groups = {row["article"]: row["article"].partition("/")[0] for row in rows}
    else:
        parser = Parser()
        groups = {row["id"]: f"verb {group_by_verb(parser, row)}" for row in rows}
    print(json.dumps(groups))


if __name__ == "__main__":
    main()
