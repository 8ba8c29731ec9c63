"""/metrics: what it says, who may read it, and that several web processes speak with one voice."""

from __future__ import annotations

import urllib.request
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from surveyapp import create_app
from surveyapp.db import now
from surveyapp.models import HookDelivery, HookEndpoint, Job, Letter
from surveyapp.pipeline.hear import Hearing
from tests.support import make
from tests.support.served import Served

TOKEN = {"Authorization": "Bearer read the meter"}


@pytest.fixture
def open_for(settings):
    made = []

    def build(**more):
        made.append(create_app(settings | more))
        return made[-1]

    yield build
    for app in made:
        app.extensions["heed_database"].dispose()


def read(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scrape(app):
    answer = app.test_client().get("/metrics", headers=TOKEN)
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    return read(answer.get_data(as_text=True))


def test_it_is_off_until_somebody_says_who_may_read_it(app):
    assert app.test_client().get("/metrics").status_code == 404
    assert app.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    ("settings_", "address", "headers", "status"),
    [
        ({"METRICS_ALLOW": ["10.0.0.0/8"]}, "10.1.2.3", {}, 200),
        ({"METRICS_ALLOW": ["10.0.0.0/8"]}, "::ffff:10.1.2.3", {}, 200),
        ({"METRICS_ALLOW": ["10.0.0.0/8"]}, "11.1.2.3", {}, 404),
        ({"METRICS_ALLOW": ["::1/128"]}, "::1", {}, 200),
        ({"METRICS_ALLOW": ["127.0.0.1/32"]}, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"METRICS_ALLOW": ["127.0.0.1/32"], "PROXY_HOPS": 1}, "127.0.0.1", {"X-Forwarded-For": "8.8.8.8"}, 404),
        ({"METRICS_ALLOW": ["127.0.0.1/32"], "PROXY_HOPS": 1}, "10.0.0.2", {"X-Forwarded-For": "127.0.0.1"}, 200),
        ({"METRICS_ALLOW": ["127.0.0.1/32"]}, "", {}, 404),
        ({"METRICS_TOKEN": "read the meter"}, "8.8.8.8", TOKEN, 200),
        ({"METRICS_TOKEN": "read the meter"}, "8.8.8.8", {"Authorization": "Bearer read the"}, 404),
        ({"METRICS_TOKEN": "read the meter"}, "127.0.0.1", {}, 404),
        ({"METRICS_TOKEN": "read the meter"}, "127.0.0.1", {"Authorization": "Bearer \u00f6"}, 404),
    ],
)
def test_only_who_was_named_reads_it(open_for, settings_, address, headers, status):
    app = open_for(**settings_)
    given = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    answer = app.test_client().get("/metrics", headers=given, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


def test_queues_have_a_length_and_an_age(open_for, unit):
    app = open_for(METRICS_TOKEN="read the meter")
    survey, ago = make.survey(unit), now() - timedelta(hours=1)
    make.response(unit, survey, received_at=ago)
    make.response(unit, survey, received_at=now(), channel="kiosk")
    unit.add(Letter(to="a@example.org", subject="x", body="x", created_at=ago))
    unit.add(Letter(to="a@example.org", subject="x", body="x", state="failed"))
    on = HookEndpoint(name="On", url="https://x.example/", secret="whsec_AAAA")
    paused = HookEndpoint(name="Paused", url="https://x.example/", secret="whsec_AAAA", paused_for="person")
    for endpoint, state in ((on, "waiting"), (on, "given up"), (on, "delivered"), (paused, "waiting")):
        unit.add(
            HookDelivery(
                endpoint=endpoint, event="test", thing="hook_endpoint", thing_id=1, state=state, created_at=ago
            )
        )
    unit.commit()
    said = scrape(app)
    assert said["heed_waiting", "responses"] == 2 and 3600 <= said["heed_waiting_age_seconds", "responses"] < 3700
    assert said["heed_waiting", "letters"] == 1 and said["heed_failed", "letters"] == 1
    assert said["heed_waiting", "deliveries"] == 1 and said["heed_failed", "deliveries"] == 1
    assert said["heed_waiting_age_seconds", "letters handed over"] == 0
    Hearing(app.extensions["heed_database"], holder="test").hear_all()
    said = scrape(app)
    assert said["heed_waiting", "responses"] == 0 == said["heed_waiting_age_seconds", "responses"]
    assert (said["heed_responses_total", "web"], said["heed_responses_total", "kiosk"]) == (1, 1)


def test_the_clock_says_when_it_ran_and_what_failed(open_for, unit):
    app = open_for(METRICS_TOKEN="read the meter")
    assert scrape(app)[("heed_clock_timestamp_seconds",)] == 0
    at = now()
    unit.add(Job(name="mail", last_started_at=at - timedelta(minutes=2), last_finished_at=at))
    unit.add(Job(name="backup", last_started_at=at - timedelta(minutes=1), error="OSError: no space"))
    unit.commit()
    said = scrape(app)
    assert said[("heed_clock_timestamp_seconds",)] == pytest.approx((at - timedelta(minutes=1)).timestamp())
    assert (said["heed_job_failed", "mail"], said["heed_job_failed", "backup"]) == (0, 1)
    assert said["heed_job_finished_timestamp_seconds", "backup"] == 0


def test_requests_are_timed_by_route_and_no_code_or_address_is_named(open_for, unit):
    app = open_for(METRICS_TOKEN="read the meter")
    make.organisation(unit)
    unit.commit()
    client = app.test_client()
    for path in ("/healthz", "/healthz", "/r/ABCD-EFGH-JKLM", "/wp-admin/secret.php", "/s/made-up"):
        client.get(path)
    client.open("/nowhere", method="BREW")
    answer = client.get("/metrics", headers=TOKEN).get_data(as_text=True)
    said = read(answer)
    assert said["heed_http_request_seconds_count", "/healthz", "2xx", "GET"] == 2
    assert said["heed_http_request_seconds_count", "4xx", "none", "other"] == 2
    assert "ABCD" not in answer and "secret.php" not in answer and "made-up" not in answer and "BREW" not in answer
    assert 'route="/r/<code>"' in answer


def test_nothing_is_timed_where_nobody_looks(app):
    app.test_client().get("/healthz")
    assert "heed_timings" not in app.extensions


def test_two_web_processes_add_up(database_url, tmp_path):
    served = Served(database_url, tmp_path / "served", METRICS_TOKEN="read the meter", ANALYSER="none")
    try:
        for _ in range(20):
            urllib.request.urlopen(f"{served.url}/healthz", timeout=10).close()
        ask = urllib.request.Request(f"{served.url}/metrics", headers=TOKEN)
        for _ in range(6):  # whichever process answers
            with urllib.request.urlopen(ask, timeout=10) as answer:
                said = read(answer.read().decode())
            assert said["heed_http_request_seconds_count", "/healthz", "2xx", "GET"] == 20
    finally:
        served.stop()
