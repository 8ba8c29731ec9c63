"""Who works here, and how they enter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.backlog.days import today
from surveyapp.models import Person, Service
from surveyapp.rollups import month_of
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def north(unit: Session) -> Service:
    make.organisation(unit)
    return make.service(unit, "North", make.root(unit))


@pytest.fixture
def ada(unit: Session) -> Person:
    return make.person(unit, "lead", name="Ada Lead")


@pytest.fixture
def ben(unit: Session, north: Service) -> Person:
    return make.person(unit, "colleague", name="Ben Colleague", services=[north])


@pytest.fixture
def running(unit: Session) -> int:
    make.organisation(unit)
    return month_of(today(unit))


@pytest.fixture
def enter(app: Flask, unit: Session) -> Iterator[object]:
    """Sign somebody in; what was made before is committed."""

    def signed_in(person: Person) -> Browser:
        unit.commit()
        browser = Browser(app)
        browser.sign_in(person)
        return browser

    return signed_in
