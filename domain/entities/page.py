"""The home of pages: parts of a list that is sorted newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.entities.views import Cursor

Row = TypeVar("Row")
PAGE_SIZE = 8
"""Rows of a page in Telegram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: At most a page of them.
        following: Where the next page begins, ``None`` on the last.
    """

    rows: Sequence[Row]
    following: Cursor | None


def page_of(rows: Sequence[Row], size: int, place: Callable[[Row], Cursor]) -> Page[Row]:
    """Return a page of ``size`` rows out of up to one more, which tells if there is a next."""
    following = place(rows[size - 1]) if len(rows) > size else None
    return Page(rows=rows[:size], following=following)
