"""One telling of the story, shared by the tests of this folder."""

from datetime import date

import pytest

from surveyapp.demo.writer import responses


@pytest.fixture(scope="session")
def today():
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def told(today):
    return list(responses(today))
