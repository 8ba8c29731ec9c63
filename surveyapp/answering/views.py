"""Everything a customer opens: the survey, and what became of what they wrote."""

from surveyapp.answering import survey_pages
from surveyapp.answering.room import blueprint

__all__ = ["blueprint", "survey_pages"]
