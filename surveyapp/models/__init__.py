"""The tables, one file per aggregate. Importing this package makes Base.metadata complete."""

from surveyapp.db import Base
from surveyapp.models.audit import Act
from surveyapp.models.finding import KIND_BITS, KINDS, Correction, Finding, comment_theme
from surveyapp.models.improvement import STATES, Improvement, Mention, Merge, Outcome, Promise, Remark, Target
from surveyapp.models.note import Note
from surveyapp.models.organisation import Organisation, Team, Theme, team_person, team_service, team_theme
from surveyapp.models.person import DUTIES, Duty, Invitation, LoginSession, Person, person_duty, person_service
from surveyapp.models.response import (
    CHANNELS,
    COMMENT_LIMIT,
    Answer,
    Comment,
    Contact,
    ErasedIdentity,
    ImportRun,
    Response,
)
from surveyapp.models.rollup import ImprovementCount, Rollup, Tally
from surveyapp.models.running import Counter, Job, Lease, Letter
from surveyapp.models.service import Service
from surveyapp.models.survey import MOMENTS, PURPOSES, Question, Survey, SurveyLink, SurveyVersion

__all__ = [
    "CHANNELS", "COMMENT_LIMIT", "DUTIES", "KINDS", "KIND_BITS", "MOMENTS", "PURPOSES", "STATES",
    "Act", "Answer", "Base", "Comment", "Contact", "Correction", "Counter", "Duty", "ErasedIdentity", "Finding",
    "ImportRun", "Improvement", "ImprovementCount", "Invitation", "Job", "Lease", "Letter", "LoginSession", "Mention", "Merge",
    "Note", "Organisation", "Outcome", "Person", "Promise", "Question", "Remark", "Response", "Rollup", "Service", "Survey",
    "SurveyLink", "SurveyVersion", "Tally", "Target", "Team", "Theme", "comment_theme", "person_duty", "person_service",
    "team_person", "team_service", "team_theme",
]  # fmt: skip
