"""The acts that cross rooms, gathered under one name by which create_app hands them to the rooms' views."""

from __future__ import annotations

from surveyapp.pipeline.correct import say_kind, say_sentiment, say_themes, undo, vote
from surveyapp.pipeline.erase import erase

__all__ = ["erase", "say_kind", "say_sentiment", "say_themes", "undo", "vote"]
