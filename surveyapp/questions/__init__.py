"""The kinds of questions. A kind is one row of KINDS, one file here and one partial in templates/questions."""

from surveyapp.questions.asked import Asked, Edition, asked_of, edition_of
from surveyapp.questions.choice import Choice
from surveyapp.questions.choices import Choices
from surveyapp.questions.comment import Comment
from surveyapp.questions.contact import Contact
from surveyapp.questions.kind import Form, Kind, Quotable, Reach, Value, Wrong
from surveyapp.questions.rating import Rating
from surveyapp.questions.text import Text

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Rating(), Comment(), Choice(), Choices(), Text(), Contact())}

__all__ = ["KINDS", "Asked", "Edition", "Form", "Kind", "Quotable", "Reach", "Value", "Wrong", "asked_of", "edition_of"]
