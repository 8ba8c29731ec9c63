"""The log: a line of JSON each, to standard error. Never a comment's text, an e-mail address or a token.

Messages of exceptions can carry all three (a database's says which values it refused), and so can local variables; so of an
exception the log names the type and where it came from, and nothing of what it said.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

FRAMES = 12


def configure() -> None:
    """Set the log up for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            name_exception,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_to_standard_error,
    )


def name_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace `exc_info` by the exception's type, what caused it, and the last frames as file:line function."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else (sys.exc_info()[1] if given else None)
    if error is not None:
        cause = error.__cause__ or error.__context__
        event["exception"] = type(error).__qualname__
        event["cause"] = type(cause).__qualname__ if cause else None
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _to_standard_error(*_arguments: Any) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)
