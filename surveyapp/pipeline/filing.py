"""Filing: each new mention finds its improvement, or founds one.

The index of what is filed where lives in the memory of the process that listens. Proposals are worked out with no
transaction open; the transaction that stores them first checks, behind the lock of the backlog's counter, that nobody has
moved anything meanwhile. Whatever goes wrong, the index is thrown away and read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import apart
from surveyapp.backlog.mentions import asked_again
from surveyapp.models import Comment, Improvement, Mention, Service, Theme
from surveyapp.pipeline.spans import Span

if TYPE_CHECKING:
    from analysis.text.grouping import MentionIndex

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where one stretch of a comment goes: to an improvement, or (a string) to one that is yet to be founded."""

    comment: Comment
    span: Span
    goes_to: int | str
    similarity: float | None
    proposals: list[dict[str, Any]]
    theme: str | None


class Filer:
    """Plans where mentions go and stores them. One per process."""

    def __init__(self) -> None:
        self._index: MentionIndex | None = None
        self._seen = 0
        self._erasures = 0
        self._founded = 0
        self._apart: dict[int, set[int]] = {}
        self._last_pair = 0

    def forget(self) -> None:
        """Throw the index away; the next `read` makes it anew."""
        self._index = None

    def read(self, session: Session) -> None:
        """Bring the index up to what is stored."""
        erasures = rollups.value(session, "erasures")
        if self._index is None or erasures != self._erasures:  # an erased comment's words must not live on in here
            from analysis.text.grouping import MentionIndex  # noqa: PLC0415 - heavy

            self._index, self._seen, self._erasures = MentionIndex(), -1, erasures
            self._apart, self._last_pair = {}, 0
        seen = rollups.value(session, "backlog")
        changed = (
            select(Mention, Comment.text).join(Mention.comment).where(Mention.changed > self._seen).order_by(Mention.id)
        )
        for mention, text in session.execute(changed.execution_options(yield_per=5000)):
            self._follow(mention, text)
        self._read_pairs(session)
        self._seen = seen

    def is_current(self, session: Session) -> bool:
        """Lock the backlog and say whether the index still shows it."""
        return rollups.bump(session, "backlog") == self._seen + 1

    def plan(self, comment: Comment, span: Span, theme: str | None = None) -> Plan:
        """Propose where a stretch of a comment goes, and count it in for what comes after it in the batch."""
        assert self._index is not None, "read() first"
        words = comment.text[span.start : span.end]
        proposals = self._index.propose(words, limit=5)
        sure = bool(proposals) and proposals[0].similarity >= self._index.sure
        goes_to: int | str = proposals[0].group if sure else self._new_name()  # type: ignore[assignment]
        self._index.add((comment.id, span.start, span.end), words, goes_to)
        listed = [
            {"improvement": each.group, "similarity": round(each.similarity, 3), "because": list(each.because)}
            for each in proposals
            if isinstance(each.group, int)
        ]
        return Plan(comment, span, goes_to, proposals[0].similarity if sure else None, listed, theme)

    def unplan(self, plans: list[Plan]) -> None:
        """Take plans out of the index that will not be stored."""
        if self._index is not None:
            for plan in plans:
                self._index.remove((plan.comment.id, plan.span.start, plan.span.end))

    def drop(self, mention: Mention) -> None:
        """Take one mention out of the index."""
        if self._index is not None:
            self._index.remove((mention.comment_id, mention.start, mention.end))

    def store(self, session: Session, plans: list[Plan], themes: dict[str, Theme]) -> list[Mention]:
        """Store planned mentions, founding what must be founded. The caller has checked `is_current`."""
        changed = rollups.value(session, "backlog")
        founded = self._found(session, plans, themes)
        known = {plan.goes_to for plan in plans if isinstance(plan.goes_to, int)}
        listed = session.scalars(select(Improvement).where(Improvement.id.in_(known))) if known else ()
        improvements = {each.id: each for each in listed}
        made = []
        for plan in plans:
            goes_to = founded[plan.goes_to] if isinstance(plan.goes_to, str) else improvements[plan.goes_to]
            made.append(_mention(plan, goes_to, changed))
        session.add_all(made)
        session.flush()
        return made

    def stored(self, mentions: list[Mention], changed: int) -> None:
        """Note, after the commit, under which ids the planned improvements were founded."""
        assert self._index is not None
        for mention in mentions:
            place = (mention.comment_id, mention.start, mention.end)
            self._index.move(place, mention.improvement_id)
            self._keep_apart(place, self._apart.get(mention.improvement_id, ()))
        self._seen = changed

    def _new_name(self) -> str:
        self._founded += 1
        return f"new {self._founded}"

    def _follow(self, mention: Mention, text: str) -> None:
        assert self._index is not None
        place: Place = (mention.comment_id, mention.start, mention.end)
        self._index.remove(place)
        if mention.state == "filed":
            self._index.add(place, text[mention.start : mention.end], mention.improvement_id)
            self._keep_apart(place, self._apart.get(mention.improvement_id, ()))

    def _read_pairs(self, session: Session) -> None:
        """Learn which improvements people called different, for what is filed under them already and for what will be."""
        for pair in apart.pairs(session, after=self._last_pair):
            for one, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
                self._apart.setdefault(one, set()).add(other)
                of_one = select(Mention.comment_id, Mention.start, Mention.end)
                for place in session.execute(of_one.where(Mention.improvement_id == one, Mention.state == "filed")):
                    self._keep_apart((place.comment_id, place.start, place.end), (other,))
            self._last_pair = pair.id

    def _keep_apart(self, place: Place, groups: Iterable[int]) -> None:
        assert self._index is not None
        for group in groups:
            self._index.keep_apart(place, group)

    def _found(self, session: Session, plans: list[Plan], themes: dict[str, Theme]) -> dict[str, Improvement]:
        from analysis.text.titles import title  # noqa: PLC0415 - heavy

        root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
        assert root is not None, "an installation has a root service"
        founded: dict[str, Improvement] = {}
        for plan in plans:
            if isinstance(plan.goes_to, str) and plan.goes_to not in founded:
                words = plan.comment.text[plan.span.start : plan.span.end]
                theme = themes.get(plan.theme or "")
                founded[plan.goes_to] = Improvement(
                    title=title([words]), title_comment_id=plan.comment.id, service_id=root.id,
                    theme_id=theme.id if theme else None,
                )  # fmt: skip
        session.add_all(founded.values())
        session.flush()
        return founded


def _mention(plan: Plan, improvement: Improvement, changed: int) -> Mention:
    comment = plan.comment
    return Mention(
        comment_id=comment.id, start=plan.span.start, end=plan.span.end, kind=plan.span.kind, improvement_id=improvement.id,
        improvement=improvement, similarity=plan.similarity, proposals=plan.proposals, service_id=comment.service_id,
        day=comment.day, purpose=comment.purpose, changed=changed, asked_again=asked_again(improvement, comment.day),
    )  # fmt: skip
