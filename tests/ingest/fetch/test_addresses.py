"""Addresses: one form for each, and none that is not public, however it is written."""

from __future__ import annotations

import ipaddress
import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tocsin.errors import OptionError
from tocsin.ingest.fetch.addresses import (
    allowed_place,
    canonical,
    check_literal,
    not_public,
    origin_of,
    place_of,
)
from tocsin.ingest.fetch.problems import RefusedError


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("HTTP://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("  https://example.org/a \n", "https://example.org/a"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a/./b/../c/", "https://example.org/a/c/"),
        ("https://example.org/../..", "https://example.org/"),
        ("https://example.org/a/%2e%2E/b", "https://example.org/b"),
        ("https://example.org/%7eanna/%c3%a4", "https://example.org/~anna/%C3%A4"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a+b(c);d=1", "https://example.org/a+b(c);d=1"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&id=7&gclid=2", "https://example.org/a?id=7"),
        ("https://example.org/a?b=2&a=1&20200616", "https://example.org/a?b=2&a=1&20200616"),
        ("https://example.org/?gallery=3&source=4&cid=5", None),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://ｅｘａｍｐｌｅ。org/", "https://example.org/"),
        ("http://[2A00:0:0::1]:80/", "http://[2a00::1]/"),
    ],
)
def test_an_address_has_one_form(said: str, means: str | None) -> None:
    assert canonical(said) == (means or said)


def test_a_relative_address_is_resolved() -> None:
    assert canonical("../b?c", "https://example.org/x/y/a") == "https://example.org/x/b?c"
    assert canonical("//example.com/b", "https://example.org/a") == "https://example.com/b"


@pytest.mark.parametrize(
    "said",
    [
        "", "example.org/a", "//example.org/a", "http://", "http:///a", "ftp://example.org/",
        "file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "http:example.org",
        "http://anna@example.org/", "http://anna:secret@example.org/", "http://@example.org/",
        "http://example.org\\@127.0.0.1/", "http://example.org:0/", "http://example.org:65536/",
        "http://example.org:x/", "http://exa mple.org/", "http://exa%6dple.org/",
        "http://example..org/", "http://-example.org/", "http://1.2.3.4.5/", "http://1.2.3.256/",
        "http://0x100000000/", "http://example.1/", "http://[::1/", "http://[fe80::1%25eth0]/",
        "http://[::1]x/", "http://example.org/\x00", "http://example.org/\nX: y",
        "http://example.org/\ud800", "http://exa<mple.org/", "http://" + "a" * 64 + ".org/",
        "http://" + "a." * 130 + "org/", "http://example.org/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_to_ask_is_refused(said: str) -> None:
    with pytest.raises(RefusedError) as raised:
        canonical(said)
    assert raised.value.reason == "no address"


TEXT = st.text(st.characters(codec=None) | st.sampled_from("%/.?&#=:@[]\\ aA0"), max_size=40)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["http://", "https://", "HTTP://", ""]),
    st.sampled_from(["example.org", "Bücher.example:81", "127.1", "[::1]:8080", ""]) | TEXT,
    TEXT,
)
def test_a_canonical_address_stays_as_it_is(scheme: str, host: str, rest: str) -> None:
    try:
        once = canonical(f"{scheme}{host}/{rest}")
    except RefusedError:
        return
    assert canonical(once) == once
    assert once.isascii()
    assert once.startswith(("http://", "https://"))
    host, port = place_of(once)
    assert host
    assert 0 < port < 65536
    assert once.startswith(origin_of(once) + "/")
    assert not set(once) & set(string.whitespace + '\\"<>#')


def notations(ip: ipaddress.IPv4Address) -> list[str]:
    """The ways in which an IPv4 address can be written so that somebody understands it."""
    value = int(ip)
    a, b, c, d = ip.packed
    return [
        str(ip), f"{ip}.", str(value), hex(value), f"0{value:o}", f"{a}.{value & 0xFFFFFF}",
        f"{a}.{b}.{value & 0xFFFF}", f"0x{a:02X}.0{b:o}.{c}.0x{d:x}", f"{a:#010x}.{b}.{c}.{d}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        str(ip).translate(str.maketrans("0123456789.", "０１２３４５６７８９。")),
        f"[::ffff:{ip}]", f"[::ffff:{value >> 16:x}:{value & 0xFFFF:x}]",
        f"[2002:{value >> 16:x}:{value & 0xFFFF:x}::1]", f"[64:ff9b::{ip}]",
    ]  # fmt: skip


NETWORKS_4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32",
]  # fmt: skip
NETWORKS_6 = [
    "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32",
    "2001::/32", "100::/64", "3fff::/20", "::/96", "5f00::/16", "64:ff9b:1::/48",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of([st.ip_addresses(v=4, network=network) for network in NETWORKS_4]), st.integers(0))
def test_no_private_ipv4_address_passes_in_any_notation(
    ip: ipaddress.IPv4Address, number: int
) -> None:
    ways = notations(ip)
    said = ways[number % len(ways)]
    with pytest.raises(RefusedError):
        check_literal(canonical(f"http://{said}/"))


@settings(max_examples=300, deadline=None)
@given(st.one_of([st.ip_addresses(v=6, network=network) for network in NETWORKS_6]))
def test_no_private_ipv6_address_passes(ip: ipaddress.IPv6Address) -> None:
    for said in (str(ip), ip.exploded, str(ip).upper()):
        with pytest.raises(RefusedError):
            check_literal(canonical(f"http://[{said}]/"))


@settings(max_examples=300, deadline=None)
@given(st.ip_addresses())
def test_nothing_passes_that_python_does_not_call_global(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assume(not ip.is_global or ip.is_multicast)
    assume(not (isinstance(ip, ipaddress.IPv6Address) and ip.sixtofour))
    assert not_public(ip)


@pytest.mark.parametrize(
    "said", ["8.8.8.8", "[2a00:1450::1]", "[::ffff:8.8.8.8]", "[64:ff9b::8.8.8.8]", "example.org"]
)
def test_public_addresses_and_names_pass(said: str) -> None:
    check_literal(canonical(f"http://{said}/"))


def test_what_is_allowed_passes_on_its_port_only() -> None:
    allow = [allowed_place("127.0.0.1:8080"), allowed_place("[::1]:80")]
    check_literal(canonical("http://127.0.0.1:8080/"), allow)
    check_literal(canonical("http://2130706433:8080/"), allow)
    check_literal(canonical("http://[::1]/"), allow)
    for other in ("http://127.0.0.1/", "http://127.0.0.2:8080/", "https://[::1]/"):
        with pytest.raises(RefusedError):
            check_literal(canonical(other), allow)


@pytest.mark.parametrize("words", ["", "localhost", "::1:80", "a@b:80", "a:80/x", "a:", "a:99999"])
def test_what_is_to_be_allowed_is_a_host_and_a_port(words: str) -> None:
    with pytest.raises(OptionError, match="HOST:PORT"):
        allowed_place(words)
