"""What a week was, as a digest tells it: new, due, broken, done, what one's teams' themes brought, and the best praise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing, promising
from surveyapp.backlog.days import beginning
from surveyapp.models import (
    KIND_BITS,
    Comment,
    Finding,
    Improvement,
    Mention,
    Outcome,
    Person,
    Response,
    Survey,
    Team,
    Theme,
    comment_theme,
    team_person,
    team_theme,
)

WEEK = timedelta(days=7)
LEADS = frozenset({"lead", "administrator"})
SURE = 0.8
"""The score from which a comment is praise without a but."""
WORDS = 6
"""Words of the shortest praise worth reading."""


@dataclass(frozen=True, slots=True)
class Week:
    """One person's week from `start`, a Monday: counts, improvements by name, comments by theme, and a comment that praises."""

    start: date
    new: int
    done: list[Improvement]
    due: list[Improvement]
    broken: list[Improvement]
    themes: list[tuple[Theme, int]]
    praise: Comment | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.new or self.done or self.due or self.broken or self.themes or self.praise)


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def of(session: Session, person: Person, start: date, today: date) -> Week:
    """Gather somebody's week that began on a Monday; promises are as they stand today.

    A colleague hears of what was handed to them: in a week without that, of nothing.
    """
    scope = Scope.of(person, session)
    seen = listing.seen_by(scope, session, person)
    ahead = promising.overview(session, seen, today)
    broken = [each.improvement for each in ahead.broken if _within(each.standing.first, start)]
    done, due = _done(session, seen, start), [each.improvement for each in ahead.due]
    if person.duties & LEADS:
        new, themes = _new(session, scope, start), _themes(session, scope, person, start)
        return Week(start, new, done, due, broken, themes, _praise(session, scope, start))
    praise = _praise(session, scope, start) if done or due or broken else None
    return Week(start, 0, done, due, broken, [], praise)


def _within(day: date | None, start: date) -> bool:
    return day is not None and start <= day < start + WEEK


def _in(start: date) -> ColumnElement[bool]:
    return and_(Comment.day >= start, Comment.day < start + WEEK)


def _new(session: Session, scope: Scope, start: date) -> int:
    asked = select(func.count()).select_from(Mention).where(Mention.state == "filed", Mention.day >= start)
    return session.scalar(asked.where(Mention.day < start + WEEK, Mention.service_id.in_(scope.services()))) or 0


def _done(session: Session, seen: ColumnElement[bool], start: date) -> list[Improvement]:
    ended = select(Outcome.improvement_id).where(Outcome.at >= beginning(session, start))
    ended = ended.where(Outcome.at < beginning(session, start + WEEK))
    wanted = select(Improvement).where(Improvement.state == "done", Improvement.id.in_(ended), seen)
    return list(session.scalars(wanted.where(Improvement.merged_into_id.is_(None)).order_by(Improvement.id)))


def _themes(session: Session, scope: Scope, person: Person, start: date) -> list[tuple[Theme, int]]:
    """Count the week's comments on the themes of somebody's teams, most first."""
    teams = (
        select(Team.id).join(team_person, team_person.c.team_id == Team.id).where(team_person.c.person_id == person.id)
    )
    theirs = select(team_theme.c.theme_id).where(team_theme.c.team_id.in_(teams))
    counted = (
        select(Theme, func.count())
        .join(comment_theme, comment_theme.c.theme_id == Theme.id)
        .join(Comment, Comment.id == comment_theme.c.comment_id)
        .where(Theme.id.in_(theirs), _in(start), Comment.service_id.in_(scope.services()))
        .group_by(Theme.id)
        .order_by(func.count().desc(), Theme.id)
    )
    return [(theme, n) for theme, n in session.execute(counted)]


def praises(scope: Scope, first: date, until: date) -> Select[Comment]:
    """Return a query for comments of some days that praise and do nothing else, the surest first; none of a confidential survey."""
    secret = select(Survey.id).where(Survey.confidential)
    return (
        select(Comment)
        .join(Finding, Finding.comment_id == Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.day >= first, Comment.day < until, Comment.service_id.in_(scope.services()))
        .where(Finding.kinds == KIND_BITS["praise"], Finding.label == "positive", Finding.score >= SURE)
        .where(Response.survey_id.not_in(secret))
        .order_by(Finding.score.desc(), Comment.id)
    )


def _praise(session: Session, scope: Scope, start: date) -> Comment | None:
    found = session.scalars(praises(scope, start, start + WEEK).limit(20)).all()
    return next((each for each in found if len(each.text.split()) >= WORDS), None)
