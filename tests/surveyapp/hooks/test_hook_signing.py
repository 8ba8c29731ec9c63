"""Signatures and the times between tries."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.hooks import backoff, signing

KEY = "whsec_" + base64.b64encode(b"k" * 32).decode()
AT = 1_790_000_000


def test_the_example_of_the_standard_is_signed_alike():
    """From the reference libraries: id.timestamp.body under the secret's bytes, base64, with v1 before it."""
    key, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    made = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [key])
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1), st.integers(0, 2**40), st.binary())
def test_what_is_signed_is_known_again_and_nothing_else(message, stamp, body):
    key = signing.new_secret()
    headers = signing.headers(message, stamp, body, [key])
    assert signing.verify(headers, body, key, at=stamp)
    assert not signing.verify(headers, body + b" ", key, at=stamp)
    assert not signing.verify(headers | {"webhook-id": message + "x"}, body, key, at=stamp)
    assert not signing.verify(headers | {"webhook-timestamp": str(stamp + 1)}, body, key, at=stamp)
    assert not signing.verify(headers, body, signing.new_secret(), at=stamp)


def test_an_old_post_is_refused_when_it_comes_again():
    headers = signing.headers("msg_1", AT, b"{}", [KEY])
    assert signing.verify(headers, b"{}", KEY, at=AT + 299)
    assert not signing.verify(headers, b"{}", KEY, at=AT + 301)
    assert not signing.verify(headers, b"{}", KEY, at=AT - 301)


def test_while_a_secret_changes_both_are_good():
    old, new = signing.new_secret(), signing.new_secret()
    headers = signing.headers("msg_1", AT, b"{}", [new, old])
    assert signing.verify(headers, b"{}", old, at=AT) and signing.verify(headers, b"{}", new, at=AT)


@pytest.mark.parametrize("spoilt", [{}, {"webhook-timestamp": "²"}, {"webhook-signature": "v1,ö"}])
def test_nonsense_is_no_signature(spoilt):
    headers = signing.headers("msg_1", AT, b"{}", [KEY]) | spoilt if spoilt else {}
    assert not signing.verify(headers, b"{}", KEY, at=AT)


def test_the_signature_is_plain_hmac():
    signed = hmac.new(b"k" * 32, b"msg_1.1790000000.{}", hashlib.sha256).digest()
    assert signing.headers("msg_1", AT, b"{}", [KEY])["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"


@given(st.integers(1, backoff.MOST_TRIES), st.integers(), st.integers(0, 86_400))
def test_waits_grow_are_spread_and_never_shorter_than_asked(tries, seed, asked):
    waited = backoff.wait(tries, random.Random(seed), at_least=asked)
    plain = min(timedelta(minutes=1) * 3 ** (tries - 1), timedelta(hours=12))
    assert waited >= timedelta(seconds=asked)
    assert plain * 0.75 <= waited <= max(plain * 1.25, timedelta(seconds=asked))


def test_two_that_failed_together_do_not_come_back_together():
    assert len({backoff.wait(3) for _ in range(20)}) > 10


def test_all_tries_together_last_about_two_days():
    whole = sum((backoff.wait(n, random.Random(1)) for n in range(1, backoff.MOST_TRIES)), timedelta())
    assert timedelta(hours=30) < whole < timedelta(hours=60)


def test_the_receiver_in_the_docs_knows_our_posts():
    """What docs/hooks.md tells people to write is run as it stands there."""
    text = (Path(__file__).parents[3] / "docs" / "hooks.md").read_text(encoding="utf-8")
    lines = [line.removeprefix("    ") for line in text.splitlines() if line.startswith("    ")]
    code = "\n".join(lines[lines.index("import base64, hmac, time") :])
    found = {}
    exec(compile(code, "docs/hooks.md", "exec"), found)
    now = int(time.time())
    headers = signing.headers("msg_1", now, b"{}", [signing.new_secret(), KEY])
    assert found["ours"](headers, b"{}", KEY)
    assert not found["ours"](headers, b"{ }", KEY)
    assert not found["ours"](signing.headers("msg_1", now - 400, b"{}", [KEY]), b"{}", KEY)
