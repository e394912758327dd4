"""Addresses: their canonical form, and which of them may be asked.

courlan, which trafilatura brings along, is not used for this. It drops parameters without a value
and such as ``cid``, ``source`` or ``gallery``, which on many sites tell two articles apart, and it
takes host names out of punycode.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Collection
from typing import Final
from urllib.parse import urljoin, urlsplit

from tocsin.config import MAX_ADDRESS_CHARACTERS
from tocsin.errors import OptionError
from tocsin.ingest.fetch.problems import NO_ADDRESS, PRIVATE, RefusedError

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
#: A host and a port that may be asked although the address is private.
Place = tuple[str, int]

PORTS: Final = {"http": 80, "https": 443}

# Parameters that say who sent the reader, and never which article it is.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|hsa_\w+|vero_\w+|oly_(?:anon|enc)_id|"
    r"fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|"
    r"_ga|_gl|_hsenc|_hsmi|mkt_tok|at_(?:medium|campaign|link_\w+|custom\d)|ns_(?:mchannel|source|"
    r"campaign|linkname|fee)|guccounter|guce_\w+|cmpid|xtor|smid|taid|__twitter_impression",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_BRACKETS = re.compile(r"\[[0-9A-Fa-f:.]+\](?::\d*)?")
_BAD = re.compile(r"[\x00-\x1f\x7f\\]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What stays as it is in a path or query; all else is written as its bytes in UTF-8.
_KEPT = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,;=:@/?"
)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical(address: str, base: str | None = None) -> str:
    """The one form of an address by which it is asked for and remembered.

    Host in lower case and ASCII, numbers that are IPv4 addresses as such, no default port, no
    fragment, no tracking parameters, escapes in one way, no dot segments. ``base`` is what a
    relative address is relative to. RefusedError says why something is no address to ask: another
    scheme than http and https, a user name, a host that is none. Canonical addresses stay as they
    are.
    """
    said = address.strip()
    shown = said[:120]
    try:
        said.encode()
        whole = urljoin(base, said) if base else said
        if _BAD.search(whole):
            raise ValueError("it holds a control character or a backslash")
        parts = urlsplit(whole)
        scheme = parts.scheme.lower()
        if scheme not in PORTS:
            raise ValueError(f"only http and https are asked, not {scheme or 'nothing'!r}")
        if "@" in parts.netloc:
            raise ValueError("it holds a user name")
        if "[" in parts.netloc and not _BRACKETS.fullmatch(parts.netloc):
            raise ValueError("the brackets hold no host")
        host = _host(parts.hostname or "")
        port = PORTS[scheme] if parts.port is None else parts.port
        if not port:
            raise ValueError("there is no port 0")
    except ValueError as error:  # half characters are one of these too
        raise RefusedError(
            f"is no address to ask: {error}", reason=NO_ADDRESS, path=shown
        ) from error
    place = f"[{host}]" if ":" in host else host
    if port != PORTS[scheme]:
        place += f":{port}"
    query = "&".join(
        part
        for part in _escaped(parts.query).split("&")
        if part and not _TRACKING.fullmatch(part.partition("=")[0])
    )
    result = f"{scheme}://{place}{_path(parts.path)}{f'?{query}' if query else ''}"
    if len(result) > MAX_ADDRESS_CHARACTERS:
        raise RefusedError(
            f"an address of {len(result):,} characters (at most {MAX_ADDRESS_CHARACTERS:,})",
            reason=NO_ADDRESS, path=shown,
        )  # fmt: skip
    return result


def place_of(address: str) -> Place:
    """Host and port of a canonical address; an IPv6 host without brackets."""
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def origin_of(address: str) -> str:
    """Scheme, host and port of a canonical address, such as ``https://example.org``."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def allowed_place(words: str) -> Place:
    """The host and port of an ``--allow``, such as ``127.0.0.1:8080`` or ``[::1]:80``."""
    try:
        parts = urlsplit(f"//{words.strip()}")
        if parts.port is None or "@" in parts.netloc or parts.path or parts.query or parts.fragment:
            raise ValueError("no host and port")
        return _host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise OptionError(
            f"--allow {words!r} is no HOST:PORT such as 127.0.0.1:8080 or [::1]:80"
        ) from error


def check_literal(address: str, allow: Collection[Place] = ()) -> None:
    """Refuse a canonical address whose host is an IP address that is not public.

    What a name stands for is only known, and checked, when a connection is made.
    """
    host, port = place_of(address)
    ip = ip_of(host)
    if ip is not None and (host, port) not in allow and (why := not_public(ip)):
        raise refused_ip(host, port, f"{host} {why}")


def refused_ip(host: str, port: int, why: str) -> RefusedError:
    """The error for a host that is, or leads to, an address that is not public."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return RefusedError(
        f"is not asked: {why}, no public address; --allow {place} lets it be asked", reason=PRIVATE
    )


def ip_of(host: str) -> Ip | None:
    """The IP address that a canonical host is; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Reserved since the list of Python 3.11: documentation (RFC 9637).
_NOT_PUBLIC_6 = (ipaddress.IPv6Network("3fff::/20"), ipaddress.IPv6Network("2001::/23"))


def not_public(ip: Ip) -> str | None:
    """Why an address is not one of the public internet ("is a loopback address"), None if it is.

    Only what is known to be public passes. Addresses that hold an IPv4 address (mapped, 6to4,
    NAT64) are as public as that one.
    """
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return "has a scope"
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            why = not_public(inner)
            return f"stands for {inner}, which {why}" if why else None
    for name, held in (
        ("an unspecified", ip.is_unspecified), ("a loopback", ip.is_loopback),
        ("a link-local", ip.is_link_local), ("a multicast", ip.is_multicast),
        ("a private", ip.is_private), ("a reserved", ip.is_reserved),
    ):  # fmt: skip
        if held:
            return f"is {name} address"
    outside = isinstance(ip, ipaddress.IPv6Address) and (
        ip not in _PUBLIC_6 or any(ip in network for network in _NOT_PUBLIC_6)
    )
    return "is not public" if outside or not ip.is_global else None


def _host(text: str) -> str:
    """A host as it is asked: an IP address in its one form, or an ASCII name; else ValueError."""
    if ":" in text:
        ip = ipaddress.IPv6Address(text)
        if ip.scope_id is not None:
            raise ValueError("the host has a scope")
        return str(ip)
    # Full-width digits and dots are digits and dots to whoever connects.
    name = unicodedata.normalize("NFKC", text).lower().replace("。", ".")
    if not name.isascii():
        import idna

        name = idna.encode(name, uts46=True).decode("ascii").lower()
    name = name.removesuffix(".")
    labels = name.split(".")
    if labels and _NUMBER.fullmatch(labels[-1]):
        return str(_ipv4(labels))
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(f"{text[:60]!r} is no host")
    return name


def _ipv4(labels: list[str]) -> ipaddress.IPv4Address:
    """The address in any of the notations that systems take: 127.1, 0x7f.1, 2130706433, 0177.1."""
    if len(labels) > 4 or not all(map(_NUMBER.fullmatch, labels)):
        raise ValueError("the host is no IPv4 address and ends in a number")
    numbers = [_number(label) for label in labels]
    *heads, last = numbers
    if any(head > 255 for head in heads) or last >= 256 ** (4 - len(heads)):
        raise ValueError("a number of the IPv4 address is too large")
    value = last
    for at, head in enumerate(heads):
        value += head << (8 * (3 - at))
    return ipaddress.IPv4Address(value)


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)


def _path(path: str) -> str:
    """The path without dot segments, at least ``/``."""
    kept: list[str] = []
    segments = _escaped(path).split("/")[1:]
    for number, segment in enumerate(segments, 1):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
            continue
        if number == len(segments):
            kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str) -> str:
    """``text`` with every escape written in one way."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    text = _ESCAPE.sub(one, _LONE_PERCENT.sub("%25", text))
    return "".join(
        char if char in _KEPT else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in text
    )
