"""The log names what failed and where, and nothing that a customer or a secret could be read from."""

from __future__ import annotations

import json

import pytest
import structlog

from surveyapp import logs


@pytest.fixture(autouse=True)
def configured():
    logs.configure()
    yield
    structlog.reset_defaults()


def test_an_exception_is_named_without_what_it_said(capsys):
    def fail(comment):
        raise ValueError(f"cannot store {comment}")

    try:
        fail("My doctor is Ann Smith")
    except ValueError:
        structlog.get_logger().exception("fault", path="/s/<slug>")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["exception"], line["level"]) == ("fault", "ValueError", "error")
    assert line["at"][-1].endswith("fail")
    assert "Ann Smith" not in json.dumps(line)


def test_an_ordinary_line_is_json_with_its_time(capsys):
    structlog.get_logger().info("heard", responses=3)
    line = json.loads(capsys.readouterr().err)
    assert line["responses"] == 3 and line["timestamp"].endswith("Z") and "exception" not in line
