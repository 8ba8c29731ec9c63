"""Alembic's entry: it runs on the connection that surveyapp.migrations hands it."""

from typing import Any, Literal

from alembic import context

from surveyapp.db import Words
from surveyapp.models import Base


def _with_limit(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    return f"types.Words({thing.limit})" if kind == "type" and isinstance(thing, Words) else False


def _ours(_thing: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Leave the indexes of words out of comparisons: SQL made them, and no model knows them."""
    return not (reflected and (name == "words" or "_words" in (name or "")) and kind in {"table", "column", "index"})


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    user_module_prefix="types.",
    render_item=_with_limit,
    include_object=_ours,
)
with context.begin_transaction():
    context.run_migrations()
