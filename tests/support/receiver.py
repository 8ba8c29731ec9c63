"""A program that takes webhooks, on a port of this machine: it answers as it is told, and keeps what it got."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Takes one post."""

    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Keep what came and answer with what the test has laid ready, the last of it again and again."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body, self.path))
        replies = self.server.replies
        (replies.pop(0) if len(replies) > 1 else replies[0])(self)

    def do_GET(self) -> None:
        """Nobody should ever ask: a redirect was followed."""
        self.server.got.append(({}, b"GET", self.path))
        self.send_error(500)

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


class Receiver(ThreadingHTTPServer):
    """The server; `got` holds (headers, body, path) of each post, `replies` what the next ones are answered with."""

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes, str]] = []
        self.replies: list[Reply] = list(replies) or [answer()]

    @property
    def url(self) -> str:
        """Where it takes posts."""
        return f"http://127.0.0.1:{self.server_port}/hook?for=heed"

    @property
    def bodies(self) -> list[Any]:
        """What was posted, read as JSON."""
        return [json.loads(body) for _headers, body, _path in self.got]

    def handle_error(self, *_request: Any) -> None:
        """A sender that hangs up is no news."""


def answer(status: int = 204, body: bytes = b"", **headers: str) -> Reply:
    """A plain answer; an underscore in a header's name is a hyphen."""

    def reply(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 204:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def endless(handler: Handler) -> None:
    """An answer whose body has no end."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"x" * 10_000)


def dripping(handler: Handler) -> None:
    """Headers that come byte by byte, and never all of them."""
    stop = handler.server.stopped  # type: ignore[attr-defined]
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not stop.wait(0.02):
        handler.wfile.write(b"X")
        handler.wfile.flush()


@contextmanager
def receiver(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver on a free port, over TLS where a context is given."""
    server = Receiver(*replies)
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def nobody() -> str:
    """An address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"
