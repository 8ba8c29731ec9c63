"""One post over the wire, against a real server that misbehaves in every way."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from surveyapp.hooks import guard, wire
from tests.support.receiver import answer, dripping, endless, nobody, receiver

HERE = guard.networks(["127.0.0.1/32"])


def send(url, **more):
    return wire.post(guard.check(url, HERE), b'{"a":1}', {"Content-Type": "application/json"}, **more)


def test_a_post_arrives_whole():
    with receiver(answer(200, b'{"url":"https://x"}')) as there:
        got = send(there.url)
    headers, body, path = there.got[0]
    assert (got.status, got.body) == (200, b'{"url":"https://x"}')
    assert (body, path) == (b'{"a":1}', "/hook?for=heed")
    assert headers["host"] == f"127.0.0.1:{there.server_port}" and headers["content-type"] == "application/json"


def test_a_redirect_is_not_followed():
    with receiver() as inside, receiver(answer(302, Location="http://127.0.0.1/")) as there:
        there.replies = [answer(307, Location=inside.url)]
        assert send(there.url).status == 307
    assert inside.got == [] and len(there.got) == 1


def test_a_body_without_end_is_read_as_far_as_it_may_be():
    with receiver(endless) as there:
        assert len(send(there.url).body) == wire.MOST


def test_a_bomb_is_not_unpacked():
    with receiver(answer(200, b"\x1f\x8b\x08\x00broken", Content_Encoding="gzip")) as there:
        assert send(there.url).body.startswith(b"\x1f\x8b")


def test_an_answer_that_drips_along_is_cut_off():
    with receiver(dripping) as there, pytest.raises(wire.Unsent, match=r"longer than 0\.3 seconds"):
        send(there.url, whole=0.3)


def test_nobody_at_home_is_said():
    with pytest.raises(wire.Unsent, match="refuses connections"):
        send(nobody())


def test_silence_is_said(monkeypatch):
    monkeypatch.setattr(wire, "SILENCE", 0.1)
    with receiver(lambda handler: handler.server.stopped.wait(2)) as there, pytest.raises(wire.Unsent, match="in time"):
        send(there.url)


def test_garbage_is_no_answer():
    with receiver(lambda handler: handler.wfile.write(b"SSH-2.0-nonsense\r\n\r\n")) as there:
        there.replies[0:1] = [lambda handler: (handler.wfile.write(b"\0\0\0"), handler.connection.close())]
        with pytest.raises(wire.Unsent, match="broke"):
            send(there.url)


@pytest.mark.parametrize(("header", "wait"), [("120", 120), ("9999999999", 86400), ("soon", 0), ("-5", 0), ("²", 0)])
def test_a_receiver_may_ask_for_patience(header, wait):
    with receiver(answer(503, Retry_After=header.encode("utf-8").decode("latin-1"))) as there:
        assert send(there.url).wait == wait


def test_the_connection_goes_to_the_address_that_was_checked_whatever_the_name_says_now():
    """Rebinding: the name resolved to an allowed address when it was checked, and to this machine's metadata a moment later."""
    with receiver() as there:
        answers = iter([["127.0.0.1"], ["169.254.169.254"]])
        target = guard.check(f"http://changes.example:{there.server_port}/", HERE, find=lambda *_: next(answers))
        assert wire.post(target, b"{}", {}).status == 204
    assert there.got[0][0]["host"] == f"changes.example:{there.server_port}"


def test_another_at_the_other_end_gets_nothing(monkeypatch):
    with receiver() as there:
        target = guard.check(there.url, HERE)
        monkeypatch.setattr(wire, "_is", lambda sock, _address, real=wire._is: real(sock, "93.184.216.34"))
        with pytest.raises(wire.Unsent, match="broke"):
            wire.post(target, b"secret", {})
    assert there.got == []


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """A certificate for tracker.example.org, and what believes in it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(begin).not_valid_after(begin + timedelta(days=9))
    names = [x509.DNSName("tracker.example.org"), x509.IPAddress(ip_address("127.0.0.9"))]
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    file = tmp_path_factory.mktemp("papers") / "both.pem"
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(plain + signed.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=signed.public_bytes(pem).decode())


def secure(there, host):
    return guard.check(f"https://{host}:{there.server_port}/", HERE, find=lambda *_: ["127.0.0.1"])


def test_the_certificate_is_checked_against_the_name_not_the_number(papers):
    server, trust = papers
    with receiver(tls=server) as there:
        assert wire.post(secure(there, "tracker.example.org"), b"{}", {}, trust=trust).status == 204
        with pytest.raises(wire.Unsent, match="certificate"):
            wire.post(secure(there, "other.example.org"), b"{}", {}, trust=trust)
        with pytest.raises(wire.Unsent, match="certificate"):  # nobody vouches for it
            wire.post(secure(there, "tracker.example.org"), b"{}", {})
    assert len(there.got) == 1


def test_what_speaks_no_tls_is_said(papers):
    with receiver() as there, pytest.raises(wire.Unsent, match="TLS"):
        wire.post(secure(there, "tracker.example.org"), b"{}", {}, trust=papers[1])
