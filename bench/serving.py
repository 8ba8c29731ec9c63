"""Pages: what the customer's weighs, what a worker that serves it holds, how long the staff's take on the demo."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bench.house import SECRETS, demo, folder
from bench.rows import Row, percentile
from surveyapp.demo.house import PASSWORD, email_of
from surveyapp.extensions import database
from surveyapp.models import Improvement

HEAVY = ("matplotlib", "scipy", "textblob")
PROBE = """
import sys
from surveyapp import create_app
app = create_app({settings!r})
client = app.test_client()
for _each in range(50):
    assert client.get({path!r}).status_code == 200
held = next(line for line in open('/proc/self/status') if line.startswith('VmRSS'))
print(int(held.split()[1]) / 1024, *[name for name in {heavy!r} if name in sys.modules])
"""


def page() -> Iterator[Row]:
    """Weigh the survey page with all that it asks for."""
    app, slug, _seconds = demo()
    client = app.test_client()
    parts = [client.get(path).data for path in (f"/s/{slug}", "/static/customer.css", "/static/customer.js")]
    weight = sum(len(gzip.compress(part)) for part in parts) / 1000
    yield Row("survey page, gzipped, in 3 requests", weight, "kB", "<= 30", weight <= 30)


def worker() -> Iterator[Row]:
    """Look into a process that has served only customers."""
    _app, slug, _seconds = demo()
    settings = {**SECRETS, "DATABASE_URL": f"sqlite:///{folder() / 'heed.sqlite'}", "INSTANCE": str(folder())}
    code = PROBE.format(settings=settings, path=f"/s/{slug}", heavy=HEAVY)
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    yield Row("a worker that serves only customers", float(said[0]), "MB", "< 150", float(said[0]) < 150)
    yield Row(f"of {', '.join(HEAVY)} imported there", len(said) - 1, "", "0", len(said) == 1)


def pages() -> Iterator[Row]:
    """Time the staff's pages on the demo."""
    app, _slug, _seconds = demo()
    yield from timed_pages(app, "20,000 responses", limit=200)


def timed_pages(app: Flask, of: str, *, limit: float) -> Iterator[Row]:
    """Time each of a lead's pages thirty times, after two that warm the process up."""
    with app.app_context(), database().read() as session:
        known = session.scalar(
            select(Improvement.id).where(Improvement.state == "open", Improvement.owner_id.is_not(None))
        )
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    client.post("/login", data={"email": email_of("Ada Lead"), "password": PASSWORD})
    for path in ("/backlog", "/comments", "/trends", f"/backlog/{known}"):
        times = [_milliseconds(client, path) for _each in range(32)][2:]
        p95 = percentile(times, 0.95)
        yield Row(f"{path.replace(str(known), '<improvement>')}, p95, {of}", p95, "ms", f"<= {limit:g}", p95 <= limit)


def _milliseconds(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    assert client.get(path).status_code == 200
    return 1000 * (time.perf_counter() - begun)
