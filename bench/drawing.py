"""Charts: how long one takes that nobody has drawn yet, in a warm process, beside an empty figure; and once it is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from flask.testing import FlaskClient

from bench.house import demo
from bench.rows import Row, percentile
from surveyapp.demo.house import PASSWORD, email_of
from surveyapp.trends import pictures, registry

FRAMES = ("span=12", "span=24", "span=24&grain=quarter", "span=24&back=1")


def drawing() -> Iterator[Row]:
    """Draw every chart in several frames as SVG, then ask for the same again as a browser that has them does."""
    app, _slug, _seconds = demo()
    app.config["WTF_CSRF_ENABLED"] = False
    pictures.forget(Path(app.config["INSTANCE"]) / pictures.FOLDER, except_version="")
    client = app.test_client()
    client.post("/login", data={"email": email_of("Ada Lead"), "password": PASSWORD})
    client.get("/trends/rating.svg?span=60")  # the process is warm from here on
    paths = [f"/trends/{name}.svg?{frame}" for name, frame in product(registry.CHARTS, FRAMES)]
    cold = [_asked(client, path) for path in paths]
    tags = {path: tag for path, (_took, tag) in zip(paths, cold, strict=True)}
    kept = [_asked(client, path, tags[path])[0] for path in paths]
    floor = percentile([_empty() for _each in range(20)], 0.5)
    p95 = percentile([took for took, _tag in cold], 0.95)
    yield Row(f"a chart not yet drawn, p95 of {len(paths)}", p95, "ms", "<= 600", p95 <= 600, floor=floor)
    p95 = percentile(kept, 0.95)
    yield Row("the same for a browser that has it (304), p95", p95, "ms", "", None)
    yield from _guarded(app.test_client())


def _guarded(client: FlaskClient) -> Iterator[Row]:
    """Time the page of who reads no comments: it is counted without what is too small."""
    client.post("/login", data={"email": email_of("Erin Executive"), "password": PASSWORD})
    times = [_asked(client, "/trends")[0] for _each in range(32)][2:]
    p95 = percentile(times, 0.95)
    yield Row("/trends for who reads no comments, p95", p95, "ms", "<= 150", p95 <= 150)


def _asked(client: FlaskClient, path: str, tag: str = "") -> tuple[float, str]:
    begun = time.perf_counter()
    answer = client.get(path, headers={"If-None-Match": tag} if tag else {})
    took = 1000 * (time.perf_counter() - begun)
    assert answer.status_code == (304 if tag else 200), f"{path}: {answer.status_code}"
    return took, answer.headers.get("ETag", "")


def _empty() -> float:
    from analysis.charts.style import draw, figure, palette  # noqa: PLC0415 - matplotlib takes a second

    begun = time.perf_counter()
    draw(figure(palette(dark=False))[0], "svg")
    return 1000 * (time.perf_counter() - begun)
