"""Where a webhook may go: the guard against addresses inside the house, which a server must not be talked into opening.

A name is resolved once, every address that it resolves to is checked, and the connection goes to the checked address itself:
a name that resolves to something else a moment later (DNS rebinding) changes nothing. Addresses that are not on the public
internet are refused, unless whoever runs the server has listed their network in HEED_HOOKS_ALLOW.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
NAME = re.compile(r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label that other programs would read as a number: 127.1, 0x7f.1 and 2130706433 are all this machine."""
ONLY_ASCII = re.compile(r"[!-~]+")
MORE_PRIVATE = tuple(
    ip_network(each)
    for each in (
        "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fec0::/10",
    )
)  # fmt: skip
"""Networks that are not the public internet though `is_global` of some Python says so: shared, translated, tunnelled, documented."""


INSIDE = (".localhost", ".local", ".internal", ".lan", ".intranet", ".home.arpa")
ALLOW = "Whoever runs this server can allow its network with HEED_HOOKS_ALLOW."
INSECURE = "Use https: what is sent over http can be read and changed on its way."


class Refused(Exception):
    """An address that a webhook may not have; the message says why, for the administrator who entered it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what to connect to, and what to ask for there. `path` begins with a slash and has the query."""

    secure: bool
    host: str
    port: int
    path: str
    address: str

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the usual one, as the Host header names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def networks(listed: Sequence[str]) -> tuple[Network, ...]:
    """Read HEED_HOOKS_ALLOW: networks like 10.1.0.0/16. Raises ValueError for what is none, so that a slip opens nothing."""
    return tuple(ip_network(each.strip()) for each in listed)


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def look(url: str, allowed: Sequence[Network] = ()) -> None:
    """Look at an address as far as that goes without asking anybody. Raises Refused for one that `check` would refuse anyway.

    A web worker holds the database while it answers, and must not wait for a name server.
    """
    secure, host, _port, _path = _read(url)
    if _is_number(host):
        check(url, allowed, find=lambda _host, _port: [host])
    elif not allowed and not secure:
        raise Refused(INSECURE)
    elif not allowed and ("." not in host or host.endswith(INSIDE)):
        raise Refused(f"{host} is a name inside a house, and webhooks go to the public internet. {ALLOW}")


def check(url: str, allowed: Sequence[Network] = (), *, find: Resolve | None = None) -> Target:
    """Return where to connect for an address of the web. Raises Refused for one to which nothing may be sent."""
    secure, host, port, path = _read(url)
    try:
        found = [ip_address(each.partition("%")[0]) for each in (find or resolve)(host, port)]
    except (OSError, UnicodeError, ValueError):
        found = []
    if not found:
        raise Refused(f"No computer answers to the name {host}. Check how it is written.")
    listed = [_listed(each, allowed) for each in found]
    for address, ours in zip(found, listed, strict=True):
        if not ours and not public(address):
            raise Refused(f"{host} is {address}, which is not on the public internet. {ALLOW}")
    if not secure and not all(listed):
        raise Refused(INSECURE)
    return Target(secure, host, port, path, str(found[0]))


def public(address: Address) -> bool:
    """Say whether an address is on the public internet, also when it hides in another one."""
    inner = getattr(address, "ipv4_mapped", None)
    if inner is not None:
        return public(inner)
    if address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback:
        return False
    if address.is_link_local or address.is_private or not address.is_global:
        return False
    return not _listed(address, MORE_PRIVATE)


def _listed(address: Address, networks: Sequence[Network]) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or address
    return any(inner.version == network.version and inner in network for network in networks)


def _read(url: str) -> tuple[bool, str, int, str]:
    """Take a web address apart, and refuse what two programs could read in two ways."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("That is not a web address.") from None
    if not ONLY_ASCII.fullmatch(url) or "\\" in url or parts.scheme not in {"http", "https"} or not host:
        raise Refused("Give a whole web address, like https://tracker.example.org/hooks/heed.")
    if "@" in parts.netloc:
        raise Refused("Leave name and password out of the address: the receiver knows Heed by the signature.")
    if not _named(host) or port == 0:
        raise Refused(f"“{host}” is no name of a computer that everybody reads in the same way. Write it out.")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return secure, host, port or (443 if secure else 80), path


def _named(host: str) -> bool:
    if _is_number(host):
        return "%" not in host
    return NAME.fullmatch(host) is not None and not NUMBER.fullmatch(host.rpartition(".")[2])


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
