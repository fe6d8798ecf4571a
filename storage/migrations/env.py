"""Alembic's entry point: it works on the connection that ``storage.migrate`` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator

from storage.tables import metadata


def _plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Render our column types as plain SQL types: a revision must not change with our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_plain_type,
)
context.run_migrations()
