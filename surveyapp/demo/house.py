"""The demo's house: the organisation, its tree, its people and its survey, made through the application's own services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_security import hash_password
from sqlalchemy.orm import Session

from surveyapp.accounts import founding, people
from surveyapp.building import draft, links, publishing, surveys
from surveyapp.demo.story import TREE, Place
from surveyapp.demo.visits import HOME
from surveyapp.models import Organisation, Person, Service, Survey

PASSWORD = "try heed today"  # noqa: S105 - printed by the demo; demo accounts cannot sign in anywhere else
SIGN_INS = {
    "administrator": "Robin Administrator",
    "builder": "Bela Builder",
    "lead": "Ada Lead",
    "colleague": "Ben Colleague",
    "executive": "Erin Executive",
}
"""One account a duty, as the demo prints them."""


OWN_THEMES = (
    founding.ThemeSeed(
        "Changing rooms", ("changing room", "shower", "locker", "cubicle", "hairdryer", "changing village")
    ),
    founding.ThemeSeed("Pool", ("pool", "swim", "lane", "lessons", "water temperature", "lifeguard")),
    founding.ThemeSeed(
        "Gym and classes", ("gym", "class", "treadmill", "machine", "weights", "studio", "yoga", "spin")
    ),
    founding.ThemeSeed("Opening hours", ("opening hours", "open", "close", "closing time", "weekend", "bank holiday")),
)
"""What this organisation added to the starter list."""
STORY_THEMES = {
    "Building": "Surroundings",
    "Service": "Manner of staff",
    "Price": "Price and value",
    "Food": "Food and drink",
}
"""The starter list's name for what the story calls otherwise."""


@dataclass(frozen=True, slots=True)
class House:
    """What the story happens in: services and people by their keys in the story, and the survey's first address."""

    services: dict[str, Service]
    owners: dict[str, Person]
    lead: Person
    colleague: Person
    survey: Survey
    slug: str


def build(session: Session, today: date, owner_names: list[str]) -> House:
    """Make everything that stands before the first customer answers."""
    organisation = founding.found(session, name=TREE.name, themes=[*OWN_THEMES, *founding.starter_themes()], demo=True)
    assert organisation is not None, "the demo fills an empty database"
    _introduce(organisation)
    services = _tree(session)
    root = services[TREE.key]
    by_duty = {duty: _person(session, name, {duty}, root) for duty, name in SIGN_INS.items()}
    owners = {name: _person(session, f"{name} team", {"lead"}, root) for name in owner_names}
    survey, slug = _survey(session, services, today, by=by_duty["builder"])
    return House(services, owners, by_duty["lead"], by_duty["colleague"], survey, slug)


def email_of(name: str) -> str:
    """Return the address with which a demo person signs in: "ada@tamberry.example"."""
    return f"{name.split(maxsplit=1)[0].lower()}@{TREE.key}.example"


def _introduce(organisation: Organisation) -> None:
    organisation.privacy_notice = (
        "We ask so that we can do better. You are anonymous unless you give us your address. "
        "With your code you can read, and erase, what you wrote at any time."
    )
    organisation.who_reads = "the centre managers and their teams"
    organisation.retention_months = 36


def _tree(session: Session) -> dict[str, Service]:
    root = session.get_one(Service, 1)
    found = {TREE.key: root}

    def grow(place: Place, parent: Service) -> None:
        for position, each in enumerate(place.children):
            node = Service(name=each.name, parent=parent, position=position)
            session.add(node)
            session.flush()
            node.path = f"{parent.path}{node.id}/"
            found[each.key] = node
            grow(each, node)

    grow(TREE, root)
    session.flush()
    return found


def _person(session: Session, name: str, duties: set[str], root: Service) -> Person:
    made = people.add(session, None, name=name, email=email_of(name), duties=duties, services=[root], demo=True)
    made.password = hash_password(PASSWORD)
    return made


def _survey(session: Session, services: dict[str, Service], today: date, *, by: Person) -> tuple[Survey, str]:
    root = services[TREE.key]
    survey = surveys.create(session, service=root, title="How was your visit?", template="service and value", by=by)
    _ask_to_come_back(session, survey)
    publishing.publish(session, survey, by=by)
    begun = datetime.combine(today - timedelta(days=760), time(9), ZoneInfo(str(HOME)))
    survey.created_at = survey.versions[0].published_at = begun
    slugs = [
        links.add(session, survey, service, channel="qr", by=by).slug
        for key, service in services.items()
        if key != TREE.key
    ]
    session.flush()
    session.refresh(survey, ["links"])
    return survey, survey.links[0].slug if survey.links else slugs[0]


def _ask_to_come_back(session: Session, survey: Survey) -> None:
    """Ask whether suggestions may be quoted, and how to reach whoever wants to hear what became of theirs."""
    version = draft.begin(session, survey)
    for question in version.questions:
        if question.purpose == "suggestion":
            question.settings = question.settings | {"may_quote": True}
    contact = draft.add(session, version, "contact")
    label = {
        "label": "May we tell you what became of it?",
        "help": "Only if you like. We write when something becomes of it.",
    }
    draft.change(contact, purpose=None, required=False, settings={}, texts=label)
