"""The tables, one file per aggregate. Importing this package makes Base.metadata complete."""

from surveyapp.db import Base
from surveyapp.models.api import SCOPES, ApiToken
from surveyapp.models.audit import Act
from surveyapp.models.check import Check
from surveyapp.models.finding import KIND_BITS, KINDS, Correction, Finding, comment_theme
from surveyapp.models.follow_up import CAUSES, OUTCOMES, Attempt, FollowUp, Gesture, Given, RecoveryRule, UrgentContact
from surveyapp.models.hooks import URL_LIMIT, HookDelivery, HookEndpoint
from surveyapp.models.improvement import (
    STATES,
    Improvement,
    Mention,
    Merge,
    Outcome,
    Promise,
    Remark,
    Target,
    outcome_service,
)
from surveyapp.models.keeping import Leave, Reminder, WorkLink
from surveyapp.models.level import NewLevel
from surveyapp.models.note import ANALYSER, ENTERED, Note
from surveyapp.models.organisation import Organisation, Team, Theme, team_person, team_service, team_theme
from surveyapp.models.person import DUTIES, Duty, Invitation, LoginSession, Person, person_duty, person_service
from surveyapp.models.response import (
    CHANNELS,
    COMMENT_LIMIT,
    TOLD,
    Answer,
    Comment,
    Contact,
    ErasedIdentity,
    ImportRun,
    Response,
)
from surveyapp.models.rollup import ImprovementCount, PeriodRollup, Rollup, Tally
from surveyapp.models.running import Counter, Job, Lease, Letter
from surveyapp.models.service import Service
from surveyapp.models.sharing import Digest, DigestWish, HelpedNews, LetterQuote, Recognition
from surveyapp.models.showing import (
    BETTER,
    PART,
    ClosedFigure,
    Computed,
    Enquiry,
    LateChange,
    Measure,
    MonthlyFigure,
    Signal,
    Subscription,
)
from surveyapp.models.sorting import InboxVisit, Undo
from surveyapp.models.standard import (
    GAUGES,
    Agreement,
    CorrectiveAction,
    Judgement,
    RaisePutAway,
    Standard,
    StandardVersion,
)
from surveyapp.models.survey import MOMENTS, PURPOSES, Question, Survey, SurveyLink, SurveyVersion
from surveyapp.models.telling import REPLY_LIMIT, VERDICTS, Notice, Reply, Unsubscribed, Verdict, YouSaid
from surveyapp.models.triage import (
    DECISIONS,
    Apart,
    Label,
    Rule,
    RuleDecision,
    SavedFilter,
    Way,
    Word,
    improvement_label,
    improvement_rule,
)

__all__ = [
    "ANALYSER", "BETTER", "CAUSES", "CHANNELS", "COMMENT_LIMIT", "DECISIONS", "DUTIES", "ENTERED", "GAUGES", "KINDS",
    "KIND_BITS", "MOMENTS", "OUTCOMES", "PART",
    "PURPOSES", "REPLY_LIMIT", "SCOPES", "STATES", "TOLD", "URL_LIMIT", "VERDICTS", "Act", "Agreement",
    "Answer", "Apart", "ApiToken", "Attempt", "Base", "Check", "ClosedFigure", "Comment", "Computed", "Contact",
    "Correction", "CorrectiveAction", "Counter", "Digest", "DigestWish", "Duty", "Enquiry", "ErasedIdentity",
    "Finding", "FollowUp", "Gesture", "Given", "HelpedNews", "HookDelivery", "HookEndpoint", "ImportRun",
    "Improvement", "ImprovementCount", "InboxVisit", "Invitation", "Job", "Judgement", "Label", "LateChange", "Lease",
    "Leave", "Letter", "LetterQuote", "LoginSession", "Measure", "Mention", "Merge", "MonthlyFigure", "NewLevel", "Note",
    "Notice", "Organisation", "Outcome", "PeriodRollup", "Person", "Promise", "Question", "RaisePutAway",
    "Recognition", "RecoveryRule", "Remark", "Reminder", "Reply", "Response", "Rollup", "Rule", "RuleDecision",
    "SavedFilter", "Service", "Signal", "Standard", "StandardVersion", "Subscription", "Survey", "SurveyLink",
    "SurveyVersion", "Tally", "Target", "Team", "Theme", "Undo", "Unsubscribed", "UrgentContact", "Verdict", "Way",
    "Word", "WorkLink", "YouSaid", "comment_theme", "improvement_label", "improvement_rule", "outcome_service",
    "person_duty", "person_service", "team_person", "team_service", "team_theme",
]  # fmt: skip
