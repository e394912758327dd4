"""The named questions that a store answers, the same from every face.

A question is SQL over the tables of :mod:`tocsin.store.migrations`, with the filters that it takes.
"""

from __future__ import annotations

from typing import Final

from tocsin.store.questions.documents import DOCUMENTS
from tocsin.store.questions.events import EVENTS
from tocsin.store.questions.incidents import INCIDENTS
from tocsin.store.questions.ledgers import LEDGERS
from tocsin.store.questions.parties import PARTIES
from tocsin.store.questions.question import Question
from tocsin.store.questions.series import SERIES

QUESTIONS: Final[dict[str, Question]] = {
    **EVENTS, **INCIDENTS, **PARTIES, **LEDGERS, **DOCUMENTS, **SERIES,
}  # fmt: skip
