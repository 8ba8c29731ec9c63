"""Where a webhook may go: nowhere inside the house, however the address is written, unless its network is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.hooks import guard

OUTSIDE = "93.184.216.34"


def resolves(*addresses):
    return lambda _host, _port: list(addresses)


def test_a_name_on_the_public_internet_is_resolved_once_and_connected_to_by_number():
    target = guard.check("https://Tracker.Example.org/hooks?for=heed", find=resolves(OUTSIDE))
    assert target == guard.Target(True, "tracker.example.org", 443, "/hooks?for=heed", OUTSIDE)
    assert target.authority == "tracker.example.org"
    assert guard.check("https://tracker.example.org:8443", find=resolves(OUTSIDE)).authority.endswith(":8443")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "203.0.113.5",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:4136:e378::1", "2001:db8::1", "::7f00:1",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(address):
    with pytest.raises(guard.Refused, match="not on the public internet"):
        guard.check("https://looks.harmless.example/", find=resolves(address))
    with pytest.raises(guard.Refused):  # nor as one of several: the next connection might take that one
        guard.check("https://looks.harmless.example/", find=resolves(OUTSIDE, address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "172.15.255.255", "192.169.0.1", "100.128.0.1",
                                     "169.253.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"])  # fmt: skip
def test_its_neighbours_on_the_public_internet_are_not(address):
    guard.check("https://tracker.example.org/", find=resolves(address))


@pytest.mark.parametrize(
    "host",
    [
        "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.01", "0", "00000000",
        "1.2.3.4.5", "256.1.1.1", "0x7F.1", "127.0.0.0x1",
    ],
)  # fmt: skip
def test_a_number_that_is_written_in_another_way_is_refused_before_anybody_resolves_it(host):
    with pytest.raises(guard.Refused, match="Write it out"):
        guard.check(f"https://{host}/", find=resolves(OUTSIDE))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "example.org", "//example.org/", "", "https://",
        "https:///path", "https://example.org\\@127.0.0.1/", "https://exa mple.org/", "https://example.org/\r\nHost: x",
        "https://user@example.org/", "https://user:pass@example.org/", "https://example.org:99999/", "https://example.org:0/",
        "https://例え.jp/", "https://１２７.0.0.1/", "https://[::1", "https://-.example.org/", "https://a..b/", "https://[fe80::1%25eth0]/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(guard.Refused):
        guard.check(url, find=resolves(OUTSIDE))
    with pytest.raises(guard.Refused):
        guard.look(url)


def test_http_is_refused_unless_the_network_is_allowed():
    with pytest.raises(guard.Refused, match="Use https"):
        guard.check("http://tracker.example.org/", find=resolves(OUTSIDE))
    ours = guard.networks(["10.1.0.0/16", "::1/128"])
    assert guard.check("http://tracker.intern.example/", ours, find=resolves("10.1.2.3")).address == "10.1.2.3"
    assert guard.check("https://[::1]:8443/", ours).authority == "[::1]:8443"
    assert guard.check("http://x.example/", ours, find=resolves("::ffff:10.1.2.3")).port == 80
    for elsewhere in ("10.2.0.1", OUTSIDE):
        with pytest.raises(guard.Refused):
            guard.check("http://tracker.intern.example/", ours, find=resolves(elsewhere))


def test_a_list_of_networks_that_cannot_be_read_opens_nothing():
    for slip in ("10.1.0.1/16", "intern", "10.1.0.0/99"):
        with pytest.raises(ValueError, match=r"network|appear|host bits"):
            guard.networks([slip])


def test_a_name_that_nobody_answers_to_is_said():
    def lost(_host, _port):
        raise OSError("no such host")

    with pytest.raises(guard.Refused, match="No computer answers"):
        guard.check("https://tracker.example.org/", find=lost)
    with pytest.raises(guard.Refused, match="No computer answers"):
        guard.check("https://tracker.example.org/", find=resolves())


def test_looking_asks_nobody(monkeypatch):
    monkeypatch.setattr(guard, "resolve", lambda *_: pytest.fail("a web worker waited for a name server"))
    guard.look("https://tracker.example.org/hook")
    for inside in (
        "http://tracker.example.org/",
        "https://localhost/",
        "https://db.internal/",
        "https://10.0.0.1/",
        "https://[::1]/",
    ):
        with pytest.raises(guard.Refused):
            guard.look(inside)
    guard.look("http://db.internal/", guard.networks(["10.0.0.0/8"]))


@given(st.ip_addresses())
def test_no_address_is_public_that_python_calls_private(address):
    assert not (guard.public(address) and (address.is_private or address.is_multicast or address.is_loopback))


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_inside_a_mapped_one(address):
    mapped = guard.ip_address(f"::ffff:{address}")
    assert guard.public(mapped) == guard.public(address)


def test_a_guard_that_forgets_one_rule_would_be_found(monkeypatch):
    """A planted fault: without its own list of networks the guard lets relays and networks of old through, on any Python."""
    monkeypatch.setattr(guard, "MORE_PRIVATE", ())
    slipped = [each for each in ("192.88.99.1", "fec0::1") if guard.public(guard.ip_address(each))]
    assert slipped
