"""Cleaning: what goes, what stays, and that every offset leads back to the text as given."""

from __future__ import annotations

import gzip
import json
import timeit
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.ingest import clean
from tocsin.ingest.cleaning import plain_text, removed_litter
from tocsin.model.clean import CleanText
from tocsin.model.document import Document


def cleaned(text: str) -> str:
    return clean(Document.of(text)).text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("One.\n\nTwo.", "One.\nTwo."),
        ("One.\r\n\r\nTwo.\r\n", "One.\nTwo."),
        ("One.\rTwo.", "One.\nTwo."),
        ("  One  two.\t Three. \n", "One two. Three."),
        ("22\u00a0occasions, 5\u202f500 balloons", "22 occasions, 5 500 balloons"),
        ("demil\u00adita\u200brized", "demilitarized"),
        ("\n \u00a0 \n", ""),
        ("", ""),
        ("Bells rang.\n\nPin It on Pinterest\n\nShares\nShare This", "Bells rang."),
        ("Home of the Zenda Channel\n\nBells rang.", "Bells rang."),
        ("Home of the Zenda NewsBells rang.", "Bells rang."),
        ("Bells rang. -0-", "Bells rang."),
        ("Bells rang.\n#Politics", "Bells rang."),
        ("Bells \x07rang.", "Bells rang."),
        ("Image copyright Wire Image caption A bridge in Zenda", "A bridge in Zenda"),
        ("Then PresidentKim Il Sungleft.", "Then President Kim Il Sung left."),
    ],
)
def test_clean_text(given: str, wanted: str) -> None:
    assert cleaned(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("SEOUL (Reuters) - Troops left.", "SEOUL (Reuters) -\nTroops left."),
        ("Zenda, May 3 (KCNA) --Troops left.", "Zenda, May 3 (KCNA) --\nTroops left."),
        ("A title\n\nZENDA — Troops left.", "A title\nZENDA —\nTroops left."),
        ("Troops - many of them - left.", "Troops - many of them - left."),
    ],
)
def test_a_dateline_has_a_line_of_its_own(given: str, wanted: str) -> None:
    assert cleaned(given) == wanted


WRAPPED = """\
The envoys of both countries met at the border on Tuesday and spoke for
three hours about the return of the prisoners, the ministry said in the
evening.

No date was set for another meeting, and neither side would say whether
the guns along the river had been withdrawn as both of them promised in
the spring.
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_hard_wrapped_lines_are_mended(line_break: str) -> None:
    lines = cleaned(WRAPPED.replace("\n", line_break)).split("\n")
    assert len(lines) == 2
    assert lines[0].endswith("said in the evening.")
    assert "for three hours" in lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "A headline about the talks at the border of the two countries\nThe envoys met.",
        "- Envoys met at the border and spoke for three hours\n- guns were withdrawn",
        "The first line ends here.\nThe second one as well.\nAnd so does this third one.\nAll do.",
    ],
)
def test_other_lines_stay_apart(text: str) -> None:
    assert cleaned(text) == text


def test_a_line_that_goes_on_in_small_letters_is_mended() -> None:
    text = "The ministry said on Monday that the envoys of both\ncountries had met."
    assert cleaned(text) == text.replace("\n", " ")


def leads_back(text: str, result: CleanText) -> None:
    """Every character of a piece is the given one, or white space for white space."""
    covered = 0
    for piece in result.pieces:
        for n in range(0 if piece.wide else piece.length):
            ours, theirs = result.text[piece.clean + n], text[piece.given + n]
            assert ours == theirs or (ours in " \n" and plain_text(theirs) in (" ", "\n"))
        assert piece.clean >= covered
        covered = piece.clean + piece.length
    assert all(
        result.text[i] in " \n"
        for i in set(range(len(result.text)))
        - {p.clean + n for p in result.pieces for n in range(p.length)}
    )


FRAGMENTS = st.sampled_from(
    ["The envoys met", " ", "  ", "\n", "\r\n", "\n\n", "\u00a0", "\u00ad", "Share This", ".",
     "Photo", " -0-", "SEOUL (Reuters) - ", "ComradeKim Jong Unas", "#Politics", "\u2028", "\x0c",
     "donâ€™t", "SÃ£o", "talks.Officials said", "WordsRoe Ann RoeNews MORE",
     "Advertisement", "(Photo: Jan Doe)", "\ufeff", "é", "𝔘"]
)  # fmt: skip


@given(st.text() | st.lists(FRAGMENTS, max_size=30).map("".join))
def test_every_clean_span_leads_back(text: str) -> None:
    result = clean(Document.of(text))
    leads_back(text, result)
    assert result.text == result.text.strip(" \n")
    assert "  " not in result.text
    assert "\n\n" not in result.text
    for line in filter(None, result.text.split("\n")):
        assert line == line.strip(" ")
        at = result.text.index(line)
        result.given_span(at, at + len(line))


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
@example("WordsRoe Ann RoeNews MOREWordsRoe Ann RoeNews MORE.The envoys met")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once).replace("\n", " ") == once.replace("\n", " ") or removed_litter(once)


@pytest.mark.parametrize(
    "unit", [" ", "\x07", "\n", "A ", "#a", "DoeA Doe ", "(Photo: ", "a\u00ad", ". Follow Jan", "/"]
)
def test_strange_texts_are_cleaned_in_time_that_grows_with_their_length(unit: str) -> None:
    def best(length: int) -> float:
        text = (unit * length)[:length]
        return min(timeit.repeat(lambda: cleaned(text), number=1, repeat=3))

    # A ratio, so that no busy machine fails it: 10 when time grows with the length, 100 for a
    # pattern that tries all pairs of places.
    assert best(100_000) < 50 * best(10_000)


@pytest.mark.shared
def test_real_articles_lead_back_and_lose_little(shared: Path) -> None:
    lost = total = 0
    with gzip.open(shared / "articles/world.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(100), lines, strict=False):
            text = json.loads(line)["text"]
            leads_back(text, clean(Document.of(text)))
            lost += sum(one.end - one.start for one in removed_litter(text))
            total += len(text)
    assert lost < 0.05 * total


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("korea-2020-06.txt", "North Korea today blew up", "the Korean Peninsula."),
        ("korea-2024-10.txt", "North Korea's Provocations Escalate", "some fear is long overdue."),
    ],
)
def test_both_ends_of_the_yardstick_articles_are_free_of_litter(
    shared: Path, name: str, first: str, last: str
) -> None:
    text = cleaned((shared / "articles" / name).read_text(encoding="utf-8"))
    assert text.startswith(first)
    assert text.endswith(last)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("They wonâ€™t go.", "They won’t go."),
        ("Talks in SÃ£o Paulo â€” again.", "Talks in São Paulo — again."),
        ("A naïve façade – “so” it is.", "A naïve façade – “so” it is."),
        ("It ended.Officials said so.", "It ended. Officials said so."),
        ('He spoke of "talks."Baker left.', 'He spoke of "talks." Baker left.'),
        ("After it,Kim Jong Un left.", "After it, Kim Jong Un left."),
        ("Kim Il SungUniversity was shut.", "Kim Il Sung University was shut."),
        ("See www.example.org, ann.roe@example.org.", "See www.example.org, ann.roe@example.org."),
        ("The U.S.Army paid 1,500 men.", "The U.S.Army paid 1,500 men."),
    ],
)
def test_spoilt_letters_and_glued_sentences_are_mended(text: str, mended: str) -> None:
    assert cleaned(text) == mended


def test_a_span_with_a_mended_letter_covers_all_that_it_stands_for() -> None:
    text = "Envoys met in SÃ£o Paulo, the ministerâ€™ said."
    result = clean(Document.of(text))
    for word, there in (("São", "SÃ£o"), ("minister’", "ministerâ€™"), ("’", "â€™")):
        at = result.text.index(word)
        start, end = result.given_span(at, at + len(word))
        assert text[start:end] == there
        assert result.clean_span(start, end) == (at, at + len(word))


def test_what_the_document_leaves_out_is_left_out() -> None:
    text = "Envoys met.\n\nRead our daily letter at six.\n\nThey left."
    start = text.index("Read")
    document = replace(Document.of(text), left_out=((start, text.index("six.") + 4),))
    assert clean(document).text == "Envoys met.\nThey left."


PARAGRAPH = "The envoys of both countries met at the border on Tuesday and spoke for three hours."


@pytest.mark.parametrize("line", ["Ruritania razes the bridge again", "By Jan Doe in Zenda"])
def test_a_short_line_without_an_end_between_paragraphs_is_left_out(line: str) -> None:
    text = "\n".join([PARAGRAPH, PARAGRAPH, line, PARAGRAPH])
    assert cleaned(text) == "\n".join([PARAGRAPH] * 3)


@pytest.mark.parametrize(
    "lines",
    [
        ["Ruritania razes the bridge again", PARAGRAPH, PARAGRAPH],
        [PARAGRAPH, "Ruritania razes the bridge again", PARAGRAPH],
        [PARAGRAPH, PARAGRAPH, "Ruritania razes the bridge again"],
        [PARAGRAPH, PARAGRAPH, "Ruritania razes the bridge again.", PARAGRAPH],
        [PARAGRAPH, PARAGRAPH, "The minister of war said this:", PARAGRAPH],
        [PARAGRAPH, PARAGRAPH, "- the bridge of Zenda is razed", "- the road is cut", PARAGRAPH],
    ],
)
def test_titles_sentences_and_lists_stay(lines: list[str]) -> None:
    assert cleaned("\n".join(lines)) == "\n".join(lines)


def test_titles_of_other_stories_below_a_label_are_left_out() -> None:
    titles = [
        "Ruritania razes the bridge",
        "Who razed the bridge?",
        "King of Ruritania asks for talks",
    ]
    text = "\n".join([PARAGRAPH, "Read more:", *titles, PARAGRAPH, "READ MORE:", *titles])
    assert cleaned(text) == f"{PARAGRAPH}\n{PARAGRAPH}"


def test_sentences_below_a_label_stay() -> None:
    text = "\n".join([PARAGRAPH, "More:", PARAGRAPH, "King of Ruritania leaves"])
    assert cleaned(text) == text.replace("More:\n", "")


def test_sentences_glued_around_a_mark_are_parted() -> None:
    assert cleaned("The envoys met\u00ad.The envoys left.") == "The envoys met. The envoys left."
