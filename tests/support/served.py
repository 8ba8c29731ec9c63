"""The application as people meet it: served by gunicorn, with its background analyser."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.conftest import SECRETS

ROOT = Path(__file__).parents[2]


class Served:
    """gunicorn with two workers and the background analyser, in a process group of its own."""

    def __init__(self, database_url: str, instance: Path, **settings: object) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        plain = {**SECRETS, "DATABASE_URL": database_url, "INSTANCE": str(instance), "PUBLIC_URL": self.url, **settings}
        given = {
            f"HEED_{name}": value if isinstance(value, str) else json.dumps(value) for name, value in plain.items()
        }
        self.log = instance / "server.log"
        instance.mkdir(exist_ok=True, parents=True)
        command = [sys.executable, "-m", "gunicorn", "--config", "python:surveyapp.serving", "wsgi:app"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | given | {"HEED_BIND": f"127.0.0.1:{self.port}"},
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def children(self, words: str = "") -> list[int]:
        """The running processes that the master started, those whose command line holds some words."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (fields := _status(entry)) and fields[1] == self.process.pid:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if ("surveyapp.pipeline.background" in command) == (words == "background"):
                    found.append(int(entry.name))
        return found

    def stop(self) -> None:
        """End every process of the group."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _wait(self) -> None:
        for _try in range(150):
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise AssertionError(f"the server did not come up:\n{self.log.read_text()}")


def _status(entry: Path) -> tuple[str, int] | None:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1])


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
