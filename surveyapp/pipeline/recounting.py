"""What the clock does for the rollups and the pictures: count anew where a migration asks for it, and forget what is drawn no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import update

from surveyapp import rollups
from surveyapp.db import Database
from surveyapp.models import Counter
from surveyapp.trends import pictures

ASKED = "recount"
"""The counter by which a migration asks for a recount."""


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Rebuild the rollups where that was asked for, once; remove pictures of data that are no more, erased words among them."""
    counted = 0
    with database.read() as session:
        asked = rollups.value(session, ASKED)
    if asked:
        with database.write() as session:
            counted = rollups.rebuild(session)
            session.execute(update(Counter).where(Counter.name == ASKED).values(value=0))
    with database.read() as session:
        version = pictures.version(session)
    gone = pictures.forget(Path(config["INSTANCE"]) / pictures.FOLDER, except_version=version)
    return {"rollups": counted, "pictures": gone}
