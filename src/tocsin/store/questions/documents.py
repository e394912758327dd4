"""Questions on articles: what was read, from whom, what is a copy of what, and what they say."""

from __future__ import annotations

from typing import Final

from tocsin.model.flat_incident import STORY_COLUMNS
from tocsin.store.questions.question import PATTERN, RUN, WHERE, WORD, Question, plain

_WITH_CODING = "documents d LEFT JOIN newest c ON c.document = d.id"
_HELD = "lower(concat_ws(' ', d.title, d.text))"

DOCUMENTS: Final[dict[str, Question]] = {
    "stories": Question(
        purpose="articles that have the same main news",
        columns=plain(STORY_COLUMNS),
        source="stories",
        conditions={
            "since": "last >= $since",
            "until": "first <= $until",
            "outlet": "id IN (SELECT s.story FROM story_documents s JOIN documents d "
            "ON s.document = d.id WHERE d.outlet = $outlet)",
            "document": "id IN (SELECT story FROM story_documents WHERE document = $document)",
            "words": "id IN (SELECT s.story FROM story_documents s JOIN documents d "
            "ON s.document = d.id WHERE contains(lower(d.text), lower($words)))",
            "sources": "sources >= $sources",
        },
        order="first NULLS LAST, id",
        sorts={"day": "first"},
    ),
    "documents": Question(
        purpose="the documents, with how many events the newest coding of each has",
        columns={
            **plain(
                (
                    "id", "published", "outlet", "title", "url", "author", "copy_of", "copy_kind",
                    "version_of", "path", "line",
                ),
                "d",
            ),
            "coding": "c.coding",
            "events": "c.events",
        },
        source=_WITH_CODING,
        conditions={
            "since": "d.published >= $since",
            "until": "d.published <= $until",
            "outlet": "d.outlet = $outlet",
            "document": "d.id = $document",
            "words": "(contains(lower(d.text), lower($words)))",
        },
        order="d.published NULLS LAST, d.number",
        row="d.rowid",
        sorts={"day": "d.published"},
    ),
    "search": Question(
        purpose="the documents that hold all of some words, and phrases in quotation marks, in "
        "title or text, the newest first; matches is how often they stand there",
        columns={
            **plain(("id", "published", "outlet", "title", "url", "copy_of", "version_of"), "d"),
            "matches": f"len(regexp_extract_all({_HELD}, {PATTERN}))",
        },
        source="documents d",
        conditions={
            # A term stands in the one or the other; to put the two together takes twice as long.
            # And to look for a word takes a fifth of the time of an expression.
            "words": "("
            + " OR ".join(
                f"(contains(lower({one}), {WORD}) AND regexp_matches(lower({one}), {PATTERN}))"
                for one in ("d.text", "d.title")
            )
            + ")",
            "since": "d.published >= $since",
            "until": "d.published <= $until",
            "outlet": "d.outlet = $outlet",
        },
        order="d.published DESC NULLS LAST, d.number DESC",
        row="d.rowid",
        found=f"d.number IN (SELECT document FROM words WHERE starts_with(word, {RUN}))",
        sorts={"day": "d.published"},
    ),
    "copies": Question(
        purpose="what a document is a copy or version of, and what are copies or versions of it",
        columns=plain(
            (
                "document", "relation", "other", "kind", "contained", "published", "outlet",
                "title", "url",
            )
        ),
        source="(SELECT l.*, o.published, o.outlet, o.title, o.url, o.number FROM ("
        "SELECT id AS document, 'copy of' AS relation, copy_of AS other, copy_kind AS kind, "
        "contained FROM documents WHERE copy_of IS NOT NULL UNION ALL "
        "SELECT copy_of, 'has copy', id, copy_kind, contained FROM documents "
        "WHERE copy_of IS NOT NULL UNION ALL "
        "SELECT id, 'version of', version_of, NULL, NULL FROM documents "
        "WHERE version_of IS NOT NULL UNION ALL "
        "SELECT version_of, 'has version', id, NULL, NULL FROM documents "
        "WHERE version_of IS NOT NULL) l JOIN documents o ON o.id = l.other)",
        conditions={"document": "document = $document"},
        order="document, published NULLS LAST, number, relation",
        sorts={"day": "published"},
    ),
    "outlets": Question(
        purpose="who was read: articles, copies of others' texts apart from them, events, and the "
        "days of the first and last",
        columns=plain(("outlet", "articles", "copies", "events", "first", "last")),
        source="(SELECT d.outlet, count(*) FILTER (d.copy_of IS NULL) AS articles, "
        "count(d.copy_of) AS copies, coalesce(sum(c.events), 0)::BIGINT AS events, "
        f"min(d.published) AS first, max(d.published) AS last FROM {_WITH_CODING}{WHERE} "
        "GROUP BY d.outlet)",
        conditions={
            "since": "d.published >= $since",
            "until": "d.published <= $until",
            "outlet": "d.outlet = $outlet",
        },
        order="articles DESC, outlet NULLS LAST",
    ),
    "set_aside": Question(
        purpose="what could not be used, and why",
        columns=plain(("path", "line", "document", "reason")),
        source="set_aside",
        conditions={"document": "document = $document"},
        order="path, line NULLS LAST, document NULLS LAST, reason",
    ),
    "codings": Question(
        purpose="by what the events were coded, and how many",
        columns=plain(("id", "tocsin", "options", "documents", "events")),
        source="(SELECT k.id, k.tocsin, k.options, k.since, count(c.document) AS documents, "
        "coalesce(sum(c.events), 0) AS events FROM codings k LEFT JOIN coded c "
        "ON c.coding = k.id GROUP BY k.id, k.tocsin, k.options, k.since)",
        order="since, id",
    ),
}  # fmt: skip
