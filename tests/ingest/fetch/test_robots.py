"""robots.txt: what answers mean, whose rules hold, how long a pause may be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.fetch.site import Answer, Clock, Site, fetcher, page

from tocsin.ingest.fetch import State
from tocsin.ingest.fetch.problems import UnreachableError
from tocsin.ingest.fetch.robots import KEPT, MAX_BYTES, RobotsText, Rules, product, text_of

PAGE = "https://daily.example/war/zenda"


def rules(text: str | None, agent: str = "tocsin/1.0 (+https://zenda.example)") -> Rules:
    return Rules(RobotsText(text=text, got=0.0), user_agent=agent)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Tocsin\nDisallow: /war/", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: tocsin\nAllow: /war", True),
        ("User-agent: *\nDisallow: /war/\nAllow: /war/zenda", True),
        ("User-agent: *\nDisallow: /*/zenda$", False),
        ("<html>no rules at all</html>", True),
        ("User-agent: *\nDisallow: /war\x00", False),
        (None, False),
    ],
)
def test_the_rules_of_a_site_hold(text: str | None, allowed: bool) -> None:
    assert rules(text and text.replace("\0", "")).allows(PAGE) is allowed


@pytest.mark.parametrize(
    ("said", "seconds"), [("5", 5.0), ("0.5", 0.5), ("-3", 0.0), ("9999", 60.0), ("nan", 0.0),
                          ("inf", 0.0), ("soon", 0.0)]
)  # fmt: skip
def test_a_pause_is_bounded(said: str, seconds: float) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {said}\nDisallow: /x").delay == seconds


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_an_answer_of_the_kind_4xx_means_no_rules(status: int) -> None:
    assert text_of(status, b"User-agent: *\nDisallow: /", path="robots.txt") == ""


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_is_none_forbids_all_for_now(status: int) -> None:
    with pytest.raises(UnreachableError):
        text_of(status, b"", path="robots.txt")


@pytest.mark.parametrize(
    ("agent", "name"), [("tocsin/1.0 (+https://x)", "tocsin"), ("zendabot", "zendabot"),
                        ("zenda bot", "zenda")]
)  # fmt: skip
def test_rules_know_a_fetcher_by_its_first_word(agent: str, name: str) -> None:
    assert product(agent) == name


def test_rules_hold_for_a_day_and_a_missing_answer_for_minutes() -> None:
    assert RobotsText(text="", got=1_000.0).holds(1_000.0 + KEPT - 1)
    assert not RobotsText(text="", got=1_000.0).holds(1_000.0 + KEPT)
    assert not RobotsText(text=None, got=1_000.0).holds(1_000.0 + 3600)
    assert not RobotsText(text="", got=1_000.0).holds(500.0)  # the clock was set back


def test_of_a_long_file_the_beginning_holds(site: Site, state: State, clock: Clock) -> None:
    filler = b"# zenda\n" * (MAX_BYTES // 8 - 10)
    text = b"User-agent: *\nDisallow: /a\n" + filler + b"\n" * 1_000 + b"Disallow: /b\n"
    site.answers["/robots.txt"] = Answer(text, "text/plain")
    site.answers["/a"] = site.answers["/b"] = Answer(page())
    found = list(fetcher(site, state, clock).run([site.url("/a"), site.url("/b")]))
    assert [one.kind for one in found] == ["set aside", "article"]


@pytest.mark.parametrize(
    ("hops", "kind"), [(1, "set aside"), (5, "set aside"), (6, "article")]
)  # fmt: skip
def test_a_robots_txt_may_be_elsewhere(
    site: Site, state: State, clock: Clock, hops: int, kind: str
) -> None:
    at = "/robots.txt"
    for n in range(hops):
        site.answers[at] = Answer(status=302, headers={"Location": f"/r{n}"})
        at = f"/r{n}"
    site.answers[at] = Answer(b"User-agent: *\nDisallow: /a", "text/plain")
    site.answers["/a"] = Answer(page())
    assert [one.kind for one in fetcher(site, state, clock).run([site.url("/a")])] == [kind]


def test_a_robots_txt_on_a_private_address_is_not_asked(
    site: Site, state: State, clock: Clock
) -> None:
    site.answers["/robots.txt"] = Answer(status=302, headers={"Location": "http://10.0.0.1/"})
    site.answers["/a"] = Answer(page())
    assert [one.kind for one in fetcher(site, state, clock).run([site.url("/a")])] == ["failed"]


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("User-agent: *\nDisallow/$%é\0"), max_size=120))
def test_any_robots_txt_is_read(text: str) -> None:
    found = rules(text)
    assert isinstance(found.allows(PAGE), bool)
    assert 0 <= found.delay <= 60
