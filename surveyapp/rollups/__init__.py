"""The only writer of rollups: increments, and a rebuild that is written apart from them.

A room that changes what is counted either wraps the change in `recounted`, or, when it only moves mentions, applies the
difference of their keys.
"""

from surveyapp.rollups.contribution import mention_keys
from surveyapp.rollups.keys import POOR, Delta, Key, PeriodKey, month_of, week_of
from surveyapp.rollups.rebuild import differences, rebuild
from surveyapp.rollups.recount import counted, recounted
from surveyapp.rollups.write import apply, bump, keep, value

__all__ = [
    "POOR", "Delta", "Key", "PeriodKey", "apply", "bump", "counted", "differences", "keep", "mention_keys",
    "month_of", "rebuild", "recounted", "value", "week_of",
]  # fmt: skip
