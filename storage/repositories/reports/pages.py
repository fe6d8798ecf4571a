"""The home of cutting a list into pages by key: a row that comes meanwhile shifts nothing."""

from typing import Any

from sqlalchemy import Column, Select, literal, tuple_

from domain.entities.filters import Wanted
from domain.entities.views import Cursor


def page_of(
    statement: Select[Any], at: Column[Any], key: Column[int], before: Cursor | None, limit: int
) -> Select[Any]:
    """Return the statement as one page, newest first, after the last row that was shown."""
    if before is not None:
        # The types are told, or the instant would be sent as SQLAlchemy sends any date and time.
        last = tuple_(literal(before.at, at.type), literal(before.id, key.type))
        statement = statement.where(tuple_(at, key) < last)
    return statement.order_by(at.desc(), key.desc()).limit(limit)


def within(statement: Select[Any], at: Column[Any], wanted: Wanted) -> Select[Any]:
    """Return the statement with only what happened in the period that is wanted."""
    if wanted.since is not None:
        statement = statement.where(at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(at < wanted.until)
    return statement
