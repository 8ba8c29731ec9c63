"""The organisation's settings: its name, its time zone, and what it tells customers."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import audit
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import Organisation, Person

EDITABLE = (
    "name", "time_zone", "privacy_notice", "privacy_url", "who_reads", "read_when", "in_emergency", "retention_months",
    "minimum_group", "shared_segment", "owner_days",
)  # fmt: skip


def organisation(session: Session) -> Organisation:
    """Return the one organisation. Raises NotFound before setup."""
    found = session.scalar(select(Organisation).limit(1))
    if found is None:
        raise NotFound(gettext("Nothing is set up yet. Run `flask --app wsgi setup` first."))
    return found


def zones() -> list[str]:
    """Return the names of the world's time zones, for a list to choose from."""
    return sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))


def check_time_zone(name: str) -> None:
    """Raise Invalid for a name that is no time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Invalid(
            gettext("%(name)s is not a time zone. Write one like Europe/London.", name=name), field="time_zone"
        ) from None


def change(session: Session, by: Person, values: dict[str, Any]) -> Organisation:
    """Change settings; `values` holds some of EDITABLE and nothing else. Raises Invalid for an unknown zone or field."""
    if unknown := set(values) - set(EDITABLE):
        raise Invalid(gettext("No such setting: %(names)s.", names=", ".join(sorted(unknown))))
    if "time_zone" in values:
        check_time_zone(values["time_zone"])
    found = organisation(session)
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, values[name])
    if changed:
        audit.record(session, by, "changed settings", found, settings=changed)
    return found
