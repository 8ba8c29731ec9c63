"""What one heard response counts for, said from its rows. Every increment is a difference of two of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from surveyapp.models import KINDS, Comment, Finding, Mention, Question, Response, Verdict
from surveyapp.rollups.keys import OPTION_LIMIT, POOR, Delta, Key

Heard = tuple[Comment, Finding | None]


def contribution(
    response: Response, heard: Iterable[Heard], mentions: Iterable[Mention], verdicts: Iterable[Verdict] = ()
) -> Delta:
    """Count one response with its comments' findings, mentions and verdicts; a pending response counts for nothing."""
    if response.state != "heard":
        return Counter()
    counted = Counter({Key("response", response.service_id, response.day, "", response.channel): 1})
    counted.update(_answers(response))
    for comment, finding in heard:
        counted.update(_comment(comment, finding))
    for mention in mentions:
        if mention.state == "filed":
            counted.update(_mention(mention))
    counted.update(verdict_key(response, verdict) for verdict in verdicts)
    everybody = list(counted.items())
    for segment in segments_of(response):
        counted.update({key._replace(segment=segment): n for key, n in everybody if key.fact != "segment"})
    return counted


def segments_of(response: Response) -> set[str]:
    """Return the groups of customers to which the writer of a response belongs, by their own answers."""
    return {f"{question.line}:{option}" for question, option in _told_apart(response)}


def _told_apart(response: Response) -> Iterator[tuple[Question, str]]:
    for answer in response.answers:
        if answer.question.purpose == "segment":
            for option in answer.options or ():
                yield answer.question, option
            if answer.words:
                yield answer.question, answer.words[:OPTION_LIMIT]


def mention_keys(mention: Mention) -> list[Key]:
    """Return the rollups in which a filed mention counts: for everybody, and for each group that its writer belongs to."""
    keys = _mention(mention)
    return keys + [key._replace(segment=each) for key in keys for each in segments_of(mention.comment.response)]


def _mention(mention: Mention) -> list[Key]:
    """Count a mention for itself, and once more where its writer rated the service poor."""
    place = (mention.service_id, mention.day, mention.purpose or "", str(mention.improvement_id))
    rating = mention.comment.rating
    poor = rating is not None and rating <= POOR
    return [Key("mention", *place), Key("poor", *place)] if poor else [Key("mention", *place)]


def verdict_key(response: Response, verdict: Verdict) -> Key:
    """Return the rollup in which a customer's verdict on an improvement counts, by the day on which it was given."""
    return Key("verdict", response.service_id, verdict.day, "", f"{verdict.improvement_id}:{verdict.says}")


def _answers(response: Response) -> Iterator[Key]:
    place = (response.service_id, response.day)
    for answer in response.answers:
        question = answer.question
        if question.kind == "rating" and question.purpose and answer.value is not None:
            yield Key("rating", *place, question.purpose, f"{question.scale}:{answer.value}")
    for question, option in _told_apart(response):
        yield Key("segment", *place, question.line, option)


def _comment(comment: Comment, finding: Finding | None) -> Iterator[Key]:
    place = (comment.service_id, comment.day, comment.purpose or "")
    label = (finding.label if finding else None) or "unread"
    yield Key("comment", *place, label)
    if finding is None:
        return
    for kind in KINDS:
        if finding.has(kind):
            yield Key("kind", *place, kind)
    for theme in finding.themes:
        yield Key("theme", *place, f"{theme.id}:{label}")
