"""Short made-up sentences out of CAMEO's descriptions and PETRARCH2's verb dictionary.

A first look at many verbs before the labelled sentences: "Kenya seized property of the rebels" out
of "- * PROPERTY [1711]". Used for pre-training alone; no phrase of it is shipped as a rule.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

from relations_data import Labelled, Sentence

# fmt: off
NAMES = (
    "Iran", "Kenya", "France", "the French government", "Brazil", "Turkey", "the army",
    "rebels", "the police", "Peru", "Ethiopia", "the opposition", "South Korea", "North Korea",
    "the United Nations", "the European Union", "Pakistan", "Japan", "the president",
    "the prime minister", "Chad", "militants", "workers", "Ukraine", "Russian forces",
    "Israel", "the foreign ministry", "Colombia", "a court", "students", "the Philippines",
    "Washington", "Beijing", "Yemen", "Mr Hassan", "the rebel group", "Vietnam", "lawmakers",
    "Angola", "a spokesman for Nigeria", "Serbia", "Chile",
)
# fmt: on
LEADS = ("", "", "", "On Tuesday, ", "Meanwhile, ", "In the capital, ", "Earlier this month, ")
TAILS = (
    ".",
    ".",
    ".",
    ", officials said.",
    " on Friday.",
    " last week.",
    ", state media reported.",
)
ROOTS = {"02": "REQUEST"}  # appeals, which the table leaves out
CODE = re.compile(r"\[:?(\d{2,4})")


def plover_of(code: str, table: dict[str, str]) -> tuple[str, ...]:
    """Return the types of a CAMEO code; a yielding of either kind counts as both."""
    while len(code) > 1 and code not in table:
        code = code[:-1]
    found = table.get(code)
    if found in ("CONCEDE", "RETREAT"):
        return ("CONCEDE", "RETREAT")
    return (found,) if found else ()


def read_table(path: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return type per CAMEO code, and (code, description) pairs."""
    table = dict(ROOTS)
    described = []
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"(\d{2,4}):\s*([A-Z]+)[^#]*(?:#\s*(.*))?", line)
        if found:
            code, kind, text = found.groups()
            table.setdefault(code, kind)
            if text:
                described.append((code, re.sub(r"\s*(\(.*|\d\d\.\d\d\..*)$", "", text)))
    return table, described


def past(verb: str, forms: dict[str, str]) -> str:
    """Return a simple past: from the dictionary's own forms, else by the spelling rules."""
    if verb in forms:
        return forms[verb]
    first, _, rest = verb.partition("_")
    rest = f" {rest.replace('_', ' ')}" if rest else ""
    if first.endswith("e"):
        return f"{first}d{rest}"
    if re.search(r"[^aeiou]y$", first):
        return f"{first[:-1]}ied{rest}"
    return f"{first}ed{rest}"


def read_patterns(path: Path, rng: random.Random) -> list[tuple[str, str, str]]:
    """Return (code, verb in the past, pattern) triples; an empty pattern is a verb by itself.

    A pattern takes the verb of its comment or another of its block's, and a word of each synonym
    set, by chance: another seed, another look at the dictionary.
    """
    sets: dict[str, list[str]] = defaultdict(list)
    name, default, head = "", "", ""
    forms: dict[str, str] = {}
    raw: list[tuple[str, str, str, list[str]]] = []
    block: list[str] = []
    in_verbs = False
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        in_verbs = in_verbs or "VERB PATTERNS" in line
        if not line.strip() or line.startswith("#"):
            continue
        body, _, comment = line.partition("#")
        if not in_verbs:
            if line.startswith("&"):
                name = body.strip()
            elif line.startswith("+"):
                sets[name].append(body[1:].strip(" _").replace("_", " ").lower())
        elif line.startswith("---"):
            found = CODE.search(line)
            default = found.group(1) if found else ""
            head = line.strip("- ").split()[0].lower()
            block = []
        elif line.startswith("- "):
            found = CODE.search(body)
            if found:
                verb = comment.strip().lower()
                verb = verb if re.fullmatch(r"[a-z]+", verb) else head
                raw.append((found.group(1), verb, body[2:].split("[")[0].strip(), block))
        else:
            found = re.match(r"\+?([A-Z_]+)\s*(?:\{([^}]*)\})?\s*(?:\[:?(\d+))?", body)
            if found:
                verb = found.group(1).strip("_").lower()
                for form in (found.group(2) or "").split():
                    form = form.strip("+_").lower()
                    lead = form.split("_")[0]
                    if not lead.endswith(("ing", "s")) and verb not in forms:
                        forms[verb] = form.replace("_", " ")
                code = found.group(3) or default
                if not found.group(3):
                    block.append(verb)
                if code:
                    raw.append((code, verb, "", []))
    out = []
    for code, verb, pattern, others in raw:
        if others and rng.random() < 0.4:
            verb = rng.choice(others)
        text = re.sub(
            r"&\w+", lambda m: rng.choice(sets.get(m.group(), [m.group()[1:].lower()])), pattern
        )
        text = re.sub(r"[{}()]", " ", text).replace("_", " ").lower()
        out.append((code, past(verb, forms), " ".join(text.split())))
    return out


def links(after: str) -> list[str]:
    """Return ways in which the recipient may follow what stands after the verb."""
    if re.search(r"\b(to|of|with|against|in|on|for|from|by|at|over|into|about)$", after):
        return ["{R}"]
    if not after:
        return ["{R}", "{R}", "{R}", "against {R}", "with {R}", "in {R}"]
    return ["in {R}", "with {R}", "against {R}", "to {R}", "of {R}", "from {R}", "for {R}"]


def phrase_sentences(facts: Path, seed: int) -> list[Sentence]:
    """Return sentences of one pair each from the two files in ``facts``."""
    rng = random.Random(seed)
    table, described = read_table(facts / "cameo_to_plover.txt")
    shapes: list[tuple[tuple[str, ...], str, bool]] = []
    for code, text in described:
        types = plover_of(code, table)
        for start in ("decides to", "did", "moves to"):
            shapes.append((types, f"{{A}} {start} {text.lower()} , {{R}}", False))
    for code, verb, pattern in read_patterns(facts / "petrarch2_verb_patterns.txt", rng):
        types = plover_of(code, table)
        if not types or any(mark in pattern for mark in "%^~"):
            continue
        before, star, after = pattern.partition("*")
        before, after = before.strip(" $"), after.strip()
        if "+" in before:
            continue
        lead = f"{{A}} {before}".strip() if "$" not in after else before
        after = after.replace("$", "{A}") if "{A}" not in lead else after.replace("$", "")
        if "+" in after:
            shape = f"{lead} {verb} {after.replace('+', '{R}', 1).replace('+', '')}"
        else:
            shape = f"{lead} {verb} {after} {rng.choice(links(after))}"
        if star or not pattern:
            shapes.append((types, " ".join(shape.split()), True))
    made: list[Sentence] = []
    for types, shape, _ in shapes:
        actor, recipient = rng.sample(NAMES, 2)
        if shape.count("{A}") != 1 or shape.count("{R}") != 1:
            continue
        spans: dict[str, tuple[int, int]] = {}
        text = ""
        shape = rng.choice(LEADS) + shape + rng.choice(TAILS)
        for part in re.split(r"(\{[AR]\})", shape):
            if part in ("{A}", "{R}"):
                name = actor if part == "{A}" else recipient
                spans[part] = (len(text), len(text) + len(name))
                text += name
            else:
                text += part
        pair = Labelled((spans["{A}"],), (spans["{R}"],), types)
        made.append(Sentence(str(len(made)), text, (pair,)))
    return made
