"""Everything a builder opens: surveys, the editor, results."""

from surveyapp.building import edit_pages, result_pages, survey_pages
from surveyapp.building.room import blueprint

__all__ = ["blueprint", "edit_pages", "result_pages", "survey_pages"]
