"""One customer's response with everything under it, stored if the survey stands as it was seen and it has not come before.

On PostgreSQL that is one statement, because there each is a journey to the server; on SQLite it is one a table.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, column, func, insert, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.selectable import CTE

from surveyapp.answering.door import AS_SEEN
from surveyapp.answering.rows import MODELS, Rows, write_rows
from surveyapp.models import Response

COLUMNS = (
    "survey_id", "version_id", "service_id", "channel", "language", "day", "received_at", "source", "identity",
    "submission_id", "digest", "code_hash", "state", "attempts",
)  # fmt: skip
NEW = {"state": "pending", "attempts": 0}
"""Said here, because a model's defaults do not reach a statement inside a statement."""


def _once(add: Insert) -> Any:
    values = (bindparam(name, type_=Response.__table__.c[name].type) for name in COLUMNS)
    chosen = add.from_select(COLUMNS, select(*values).where(AS_SEEN))
    return chosen.on_conflict_do_nothing().returning(Response.id)  # type: ignore[attr-defined]


def _under(model: type[Any], kept: CTE) -> CTE:
    """Insert one table's rows, given as JSON, under the response that has just been kept, if it was."""
    table = model.__table__
    names = [each.name for each in table.c if each.name not in {"id", "response_id"}]
    fields = (column(name, table.c[name].type) for name in names)
    given = func.jsonb_to_recordset(bindparam(table.name, type_=JSONB)).table_valued(*fields)
    rows = given.render_derived(name=f"{table.name}_rows", with_types=True)
    laid_out = select(kept.c.id, *rows.c).select_from(kept.join(rows, true()))
    return insert(model).from_select(["response_id", *names], laid_out).cte(f"{table.name}_kept")


def _whole() -> Executable:
    kept = _once(postgresql.insert(Response)).cte("kept")
    return select(kept.c.id).add_cte(*(_under(model, kept) for model in MODELS))


# Made once, because making a statement costs more than running it.
ADD_ONCE, ADD_WHOLE = _once(sqlite.insert(Response)), _whole()


def add(connection: Connection, values: dict[str, Any], rows: Rows) -> int | None:
    """Store a response (COLUMNS and what AS_SEEN asks) and its rows; return its id, or None where nothing was stored."""
    values = values | NEW
    if connection.dialect.name == "postgresql":
        under = {
            model.__tablename__: json.loads(json.dumps(found, default=date.isoformat)) for model, found in rows.items()
        }
        return connection.execute(ADD_WHOLE, values | under).scalar()
    response_id = connection.execute(ADD_ONCE, values).scalar()
    if response_id is not None:
        write_rows(connection, [(response_id, rows)])
    return response_id
