"""An improvement's title as it may leave the house: most quote a customer, so what is covered in a comment is covered here too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.listening import masking
from surveyapp.models import Comment, Finding, Improvement, Response, Survey


def titles(session: Session, improvements: Sequence[Improvement]) -> dict[int, str | None]:
    """Return titles by the improvement's id; None for one that quotes what was written in confidence, or what nobody has read."""
    ids = {each.title_comment_id for each in improvements if each.title_comment_id is not None}
    wanted = select(Comment.id, Comment.text, Survey.confidential, Finding).join(Comment.response).join(Response.survey)
    wanted = wanted.outerjoin(Finding, Finding.comment_id == Comment.id).where(Comment.id.in_(ids))
    quoted = {row.id: row for row in session.execute(wanted)}
    found: dict[int, str | None] = {}
    for each in improvements:
        row = quoted.get(each.title_comment_id or 0)
        if row is None:
            found[each.id] = each.title
        elif row.confidential or row.Finding is None:
            found[each.id] = None
        else:
            found[each.id] = _covered(each.title, row.text, row.Finding)
    return found


def title(session: Session, improvement: Improvement) -> str | None:
    """Return one title."""
    return titles(session, [improvement])[improvement.id]


def _covered(title: str, text: str, finding: Finding) -> str:
    """Cover in a title what is covered in the comment that it quotes; a title may begin with another case and end early."""
    for start, end, kind in masking.hidden(finding.body):
        for word in (text[start:end], *text[start:end].split()):
            if len(word) > 2:
                title = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", f"[{kind}]", title, flags=re.IGNORECASE)
    return title
