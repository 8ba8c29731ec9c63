"""What tests of the application's pages share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from surveyapp import create_app


@pytest.fixture
def open_app(settings: dict[str, Any]) -> Iterator[Flask]:
    """The application without form tokens, so that a sweep can post to every route."""
    made = create_app({**settings, "WTF_CSRF_ENABLED": False})
    yield made
    made.extensions["heed_database"].dispose()
