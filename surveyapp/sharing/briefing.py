"""The team briefing: one page a month, to be read together. Three praises, three complaints, the standard missed, one question."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.models import KIND_BITS, Comment, Finding, Response, Service, Survey, Theme, comment_theme
from surveyapp.sharing import quotes, weekly
from surveyapp.standards import missed
from surveyapp.trends import periods

EACH = 3
SERIOUS = -0.4
"""The score below which a comment is a complaint worth everybody's time."""
TRIED = 30
"""How many of the clearest are looked through for such as can be read out."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's words, personal data covered, and the comment they are from."""

    comment: Comment
    said: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One node's month."""

    node: Service
    month: int
    praises: list[Quote]
    complaints: list[Quote]
    missed: list[str]
    question: str

    @property
    def name(self) -> str:
        """The month in words."""
        return periods.long(self.month, "month")

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything to talk about."""
        return not (self.praises or self.complaints or self.missed)


def of(session: Session, node: Service, month: int) -> Briefing:
    """Gather a node's month (year * 12 + month - 1)."""
    scope, days = Scope((node.path,)), (periods.first_day(month, "month"), periods.first_day(month + 1, "month"))
    praised, complained = weekly.praises(scope, *days), _complaints(scope, *days)
    return Briefing(
        node,
        month,
        _read_out(session, praised),
        _read_out(session, complained),
        missed(session, node, month),
        _question(session, complained),
    )


def _complaints(scope: Scope, first: object, until: object) -> Select[Comment]:
    secret = select(Survey.id).where(Survey.confidential)
    return (
        select(Comment)
        .join(Finding, Finding.comment_id == Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.day >= first, Comment.day < until, Comment.service_id.in_(scope.services()))
        .where(Finding.kinds.op("&")(KIND_BITS["complaint"]) > 0, Finding.label == "negative", Finding.score <= SERIOUS)
        .where(Response.survey_id.not_in(secret))
        .order_by(Finding.score, Comment.id)
    )


def _read_out(session: Session, wanted: Select[Comment]) -> list[Quote]:
    """Choose the clearest that say more than a word, each of another place while there are any."""
    found = [each for each in session.scalars(wanted.limit(TRIED)) if len(each.text.split()) >= weekly.WORDS]
    elsewhere = list({each.service_id: each for each in reversed(found)}.values())[::-1]
    chosen = [*elsewhere, *(each for each in found if each not in elsewhere)][:EACH]
    return [Quote(each, said) for each in chosen if (said := quotes.quotable(session, each))]


def _question(session: Session, complained: Select[Comment]) -> str:
    """Ask about what is complained of most; without complaints, how to keep what is praised."""
    ids = complained.order_by(None).with_only_columns(Comment.id)
    most = (
        select(Theme.name)
        .join(comment_theme, comment_theme.c.theme_id == Theme.id)
        .where(comment_theme.c.comment_id.in_(ids))
        .group_by(Theme.id)
        .order_by(func.count().desc(), Theme.id)
        .limit(1)
    )
    name = session.scalar(most)
    if name is None:
        return gettext("What did we do this month that customers should go on having?")
    return gettext(
        "Most complaints were about “%(theme)s”. What could each of us change about it next week?", theme=name
    )
