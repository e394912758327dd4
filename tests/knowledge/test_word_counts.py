"""In how many articles each word stands."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import word_counts
from tocsin.knowledge.word_counts import ALL, load_word_counts
from tocsin.linking.words import stems


def test_no_word_stands_in_more_articles_than_there_are() -> None:
    counts = load_word_counts()
    assert ALL not in counts.counts
    assert counts.documents > 1000
    assert len(counts.counts) > 1000
    assert all(0 < count <= counts.documents for count in counts.counts.values())
    assert counts.counts["said"] > counts.counts["armistic"]


def test_the_words_are_stems_as_texts_have_them() -> None:
    counts = load_word_counts().counts
    for word in ("troops", "demolished", "missiles", "agreement", "sanctions"):
        (stem,) = stems(word)
        assert stem in counts


def test_a_file_without_the_number_of_articles_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"stem": "said", "articles": "7"}]
    monkeypatch.setattr(word_counts, "read_csv", lambda *_: rows)
    with pytest.raises(KnowledgeError, match=r"lacks the row \*"):
        load_word_counts.__wrapped__()
    rows.append({"stem": ALL, "articles": "9"})
    found = load_word_counts.__wrapped__()
    assert (found.documents, found.counts) == (9, {"said": 7})
