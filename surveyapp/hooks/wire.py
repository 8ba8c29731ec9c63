"""One post to one checked address: no redirect, no proxy, no more than so many bytes back and so many seconds in all."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from surveyapp.hooks.guard import Target

CONNECT, SILENCE, WHOLE = 5.0, 10.0, 20.0
"""Seconds for the connection, for a silence of the receiver, and for everything together."""
MOST = 64_000
"""Bytes of an answer that are read; the rest is left."""
PATIENCE = 24 * 3600
logging.getLogger("urllib3.connection").setLevel(logging.CRITICAL)
"""Its warnings name the address, and many receivers' addresses hold a token."""


class Unsent(Exception):
    """The receiver could not be reached or did not answer; the message says why, without a word of what was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: its status, the beginning of its body, and the seconds it asks us to wait before the next try."""

    status: int
    body: bytes
    wait: int = 0


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    trust: ssl.SSLContext | None = None,
    whole: float = WHOLE,
) -> Answer:
    """Post a body to the checked address itself. Raises Unsent where no whole answer came in time.

    `trust` says which certificates are believed (the system's, unless a test knows better).
    """
    connection = _connection(target, trust)
    cut = threading.Event()
    watch = threading.Timer(whole, _cut, [connection, cut])
    watch.daemon = True
    watch.start()
    try:
        answer = _exchange(connection, target, body, headers)
        if cut.is_set():  # a head that was cut short still reads like one
            raise OSError
        return answer
    except (HTTPError, HTTPException, OSError, ValueError, AttributeError) as error:
        if cut.is_set():
            raise Unsent(f"it took longer than {whole:g} seconds") from error
        raise Unsent(_why(error)) from error
    finally:
        watch.cancel()
        connection.close()


def _connection(target: Target, trust: ssl.SSLContext | None) -> HTTPConnection:
    if not target.secure:
        return HTTPConnection(target.address, target.port, timeout=CONNECT)
    return HTTPSConnection(
        target.address, target.port, timeout=CONNECT, server_hostname=target.host,
        ssl_context=trust or ssl.create_default_context(),  # which checks the certificate against the name
    )  # fmt: skip


def _exchange(connection: HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection.connect()
    _is(connection.sock, target.address)
    connection.timeout = SILENCE
    all_headers = {"Host": target.authority, "Accept": "application/json", "Connection": "close", **headers}
    connection.request("POST", target.path, body=body, headers=all_headers, preload_content=False, decode_content=False)
    answer = connection.getresponse()
    said = answer.read(MOST, decode_content=False) or b""
    return Answer(answer.status, said, _wait(answer.headers.get("Retry-After", "")))


def _is(sock: socket.socket, address: str) -> None:
    """Check once more, on the open connection, who is at the other end."""
    if ip_address(sock.getpeername()[0].partition("%")[0]) != ip_address(address):
        raise OSError("connected to another address than the one that was checked")


def _cut(connection: Any, cut: threading.Event) -> None:
    """End an exchange that drips along: a shut socket wakes whoever reads from it, a closed one would not."""
    cut.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _wait(header: str) -> int:
    return min(int(header), PATIENCE) if header.isascii() and header.isdigit() else 0


def _why(error: Exception) -> str:
    reason = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {reason.verify_message}"[:300]
    if isinstance(reason, ssl.SSLError):
        return "it does not speak TLS"
    if isinstance(reason, ConnectionRefusedError):
        return "it refuses connections"
    if isinstance(reason, TimeoutError) or "Timeout" in type(error).__name__:
        return "it did not answer in time"
    return f"the connection broke ({type(reason).__name__})"
