"""Alembic's entry: it runs on the connection that surveyapp.migrations hands it."""

from typing import Any, Literal

from alembic import context

from surveyapp.db import Words
from surveyapp.models import Base


def _with_limit(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    return f"types.Words({thing.limit})" if kind == "type" and isinstance(thing, Words) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    user_module_prefix="types.",
    render_item=_with_limit,
)
with context.begin_transaction():
    context.run_migrations()
