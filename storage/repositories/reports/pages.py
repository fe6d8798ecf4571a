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


def page_of_all(
    statement: Select[Any], key: Column[int], before: Cursor | None, limit: int
) -> Select[Any]:
    """Return the statement as one page over all partners, in the order of the table's own key.

    No index has the instants of all partners together; ids are made in the order of recording.
    """
    if before is not None:
        statement = statement.where(key < before.id)
    return statement.order_by(key.desc()).limit(limit)


def owned(
    statement: Select[Any],
    owner: Column[int],
    enrolment_id: int | None,
    place: tuple[Column[Any], Column[int]],
    cut: tuple[Cursor | None, int],
) -> Select[Any]:
    """Return one page of a partner's rows, or of everybody's that belong to some partner.

    Args:
        statement: What is read.
        owner: The column that names the enrolment.
        enrolment_id: Whose rows, ``None`` for those of all.
        place: The instant and the key by which rows are in order.
        cut: The last row that was shown, and how many rows follow.
    """
    at, key = place
    if enrolment_id is None:
        return page_of_all(statement.where(owner.is_not(None)), key, *cut)
    return page_of(statement.where(owner == enrolment_id), at, key, *cut)


def within(statement: Select[Any], at: Column[Any], wanted: Wanted) -> Select[Any]:
    """Return the statement with only what happened in the period that is wanted."""
    if wanted.since is not None:
        statement = statement.where(at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(at < wanted.until)
    return statement
