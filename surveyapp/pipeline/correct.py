"""Corrections: what people say against a finding. Each wins over every re-analysis, moves the backlog with it, and can be undone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.backlog import mentions
from surveyapp.db import now
from surveyapp.errors import Invalid, NotFound
from surveyapp.listening import findings
from surveyapp.listening.effective import effective
from surveyapp.models import KINDS, Comment, Correction, Finding, Improvement, Mention, Service, Theme

FILED = frozenset({"suggestion", "complaint"})


def say_kind(
    session: Session,
    comment: Comment,
    start: int,
    end: int,
    kind: str,
    *,
    by: int,
    improvement: Improvement | None = None,
) -> Correction:
    """Say of what kind a stretch of a comment is. A suggestion or complaint becomes a mention of `improvement` (or of a new one);
    anything else takes it out of the backlog. Raises Invalid for an unknown kind or words that are not there."""
    if kind not in KINDS:
        raise Invalid(f"A sentence is one of {', '.join(KINDS)}.", field="kind")
    if not 0 <= start < end <= len(comment.text):
        raise Invalid("These words are not in the comment.", field="start")
    said = _say(session, comment, "kind", kind, by=by, start=start, end=end)
    there = _overlapping(session, comment.id, start, end)
    if kind not in FILED:
        mentions.dismiss(session, there, by=by)
    elif there:
        for mention in there:  # each stays where it is filed, unless somebody said where they all go
            mentions.move(session, [mention], improvement or mention.improvement, by=by)
            mention.kind = kind
    else:
        goes_to = improvement or found(session, comment, start, end, by=by)
        mentions.add(session, comment, start, end, goes_to, kind=kind, by=by)
    return said


def say_sentiment(session: Session, comment: Comment, label: str, *, by: int) -> Correction:
    """Say what the whole comment's sentiment is. Raises Invalid for a label that is none."""
    if label not in {"negative", "neutral", "positive"}:
        raise Invalid("Sentiment is negative, neutral or positive.", field="label")
    return _say(session, comment, "sentiment", label, by=by)


def say_themes(session: Session, comment: Comment, theme_ids: list[int], *, by: int) -> Correction:
    """Say which themes the comment has; an empty list says that it has none."""
    return _say(session, comment, "themes", ",".join(map(str, sorted(theme_ids))), by=by)


def undo(session: Session, correction: Correction, *, by: int) -> None:
    """Take a correction back: the finding is again what the machine and the remaining corrections say."""
    comment = session.get_one(Comment, correction.comment_id)
    _hold(session, comment)
    with rollups.recounted(session, [comment.response_id]):
        correction.undone_at = now()
        session.flush()
        _lay(session, comment)
    record(session, by, "take back", correction, comment=comment.id)
    if correction.field == "kind":
        _refile(session, comment, correction.start or 0, correction.end or 0, by=by)


def _refile(session: Session, comment: Comment, start: int, end: int, *, by: int) -> None:
    """Bring the mentions of a stretch in line with what it is now: back into the backlog, or out of it."""
    finding = session.get_one(Finding, comment.id)
    said = effective(finding.body, findings.corrections(session, comment.id))
    for mention in _overlapping(session, comment.id, start, end):
        kinds = [each["kind"] for each in said.sentences if each["start"] < mention.end and mention.start < each["end"]]
        kind = next((each for each in kinds if each in FILED), None)
        if kind is None and mention.state == "filed":
            mentions.dismiss(session, [mention], by=by)
        elif kind is not None:
            mention.kind = kind
            if mention.state == "dismissed":
                mentions.move(session, [mention], mention.improvement, by=by)


def vote(session: Session, mention: Mention, says: str) -> None:
    """Keep what the customer answers to "Is that right?". It moves what only the machine has placed, never a colleague's choice."""
    if says not in {"yes", "no"}:
        raise Invalid("Answer yes or no.", field="says")
    mentions.hold(session, [mention])
    mention.customer_says = says
    if mention.by is not None:
        return
    if says == "no" and mention.state == "filed":
        mentions.dismiss(session, [mention], by=None)
    elif says == "yes" and mention.state == "dismissed":
        mentions.move(session, [mention], mention.improvement, by=None)


def found(session: Session, comment: Comment, start: int, end: int, *, by: int) -> Improvement:
    """Found an improvement on some words of a comment, as a person's act."""
    from analysis.text.titles import title  # noqa: PLC0415 - heavy

    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    assert root is not None, "an installation has a root service"
    made = Improvement(
        title=title([comment.text[start:end]]), title_comment_id=comment.id, service_id=root.id, created_by=by
    )
    session.add(made)
    session.flush()
    return made


def _say(
    session: Session,
    comment: Comment,
    field: str,
    value: str,
    *,
    by: int,
    start: int | None = None,
    end: int | None = None,
) -> Correction:
    _hold(session, comment)
    said = Correction(comment_id=comment.id, start=start, end=end, field=field, value=value, by=by)
    with rollups.recounted(session, [comment.response_id]):
        session.add(said)
        session.flush()
        _lay(session, comment)
    record(session, by, f"say {field}", said, comment=comment.id)
    return said


def _hold(session: Session, comment: Comment) -> None:
    """Lock the backlog, as the analyser does before anything else: two who lock in another order would wait for each other."""
    rollups.bump(session, "backlog")
    if session.scalar(select(Comment.id).where(Comment.id == comment.id)) is None:
        raise NotFound("Its writer has erased this comment in the meantime.")


def _lay(session: Session, comment: Comment) -> None:
    finding = session.get(Finding, comment.id)
    if finding is None:
        raise Invalid("This comment has not been read yet. Try again in a moment.")
    named = finding.body.get("themes", ())
    machine = list(session.scalars(select(Theme).where(Theme.name.in_(named)))) if named else []
    findings.lay(session, finding, findings.corrections(session, comment.id), machine)


def _overlapping(session: Session, comment_id: int, start: int, end: int) -> list[Mention]:
    found = select(Mention).where(Mention.comment_id == comment_id, Mention.start < end, Mention.end > start)
    return list(session.scalars(found.order_by(Mention.start)))
