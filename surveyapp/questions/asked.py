"""A question and a version as they are put to somebody: plain values in one language, safe to keep in a cache."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.models import Question, SurveyVersion

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in one language. `points` names every value of a rating, `options` every choice, in order."""

    id: int
    line: str
    kind: str
    purpose: str | None
    required: bool
    label: str
    help: str
    low: int
    high: int
    reversed: bool
    limit: int
    points: tuple[tuple[int, str], ...]
    options: tuple[tuple[str, str], ...]
    may_quote: bool = False
    """Whether the customer is asked if we may quote a comment."""

    @property
    def field(self) -> str:
        """The name of the question's field in a form."""
        return f"q{self.id}"

    def good_share(self, value: int) -> int:
        """Return where a value lies between the bad end (0) and the good end (100) of the scale."""
        share = round(100 * (value - self.low) / (self.high - self.low))
        return 100 - share if self.reversed else share


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a survey in one language."""

    survey_id: int
    version_id: int
    language: str
    title: str
    intro: str
    thanks: str
    questions: tuple[Asked, ...]

    @property
    def direction(self) -> str:
        """The direction in which the language is written, as HTML names it."""
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def asked_of(question: Question, language: str) -> Asked:
    """Take a question out of the database as it is asked in a language."""
    low, high = question.settings.get("low", 1), question.settings.get("high", 5)
    names = question.text("points", language, {})
    labels = question.text("options", language, {})
    return Asked(
        id=question.id,
        line=question.line,
        kind=question.kind,
        purpose=question.purpose,
        required=question.required,
        label=question.text("label", language),
        help=question.text("help", language),
        low=low,
        high=high,
        reversed=bool(question.settings.get("reversed")),
        limit=question.settings.get("limit", 4000),
        points=tuple((value, names.get(str(value), "")) for value in range(low, high + 1)),
        options=tuple((key, labels.get(key, key)) for key in question.settings.get("options", ())),
        may_quote=bool(question.settings.get("may_quote")),
    )


def edition_of(version: SurveyVersion, language: str | None = None) -> Edition:
    """Take a version out of the database in a language, by default its survey's own."""
    language = language or version.survey.language
    texts = version.texts.get(language) or next(iter(version.texts.values()), {})
    return Edition(
        survey_id=version.survey_id,
        version_id=version.id,
        language=language,
        title=texts.get("title") or version.survey.title,
        intro=texts.get("intro", ""),
        thanks=texts.get("thanks", ""),
        questions=tuple(asked_of(question, language) for question in version.questions),
    )
