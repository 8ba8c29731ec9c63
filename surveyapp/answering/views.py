"""Everything a customer opens: the survey, and what became of what they wrote."""

from surveyapp.answering import code_pages, survey_pages, trouble
from surveyapp.answering.room import blueprint

__all__ = ["blueprint", "code_pages", "survey_pages", "trouble"]
