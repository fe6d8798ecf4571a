"""The home of button values of applications."""

from enum import StrEnum
from typing import Self, TypeVar

from aiogram.filters.callback_data import CallbackData

from domain.errors import NotFound
from domain.ids import decode, encode

E = TypeVar("E", bound=StrEnum)


def named(kind: type[E], word: str) -> E:
    """Return the member that a button names; a changed app may send any word.

    Raises:
        NotFound: there is none.
    """
    try:
        return kind(word)
    except ValueError:
        raise NotFound(key=word) from None


class ApplyFor(CallbackData, prefix="apply"):
    """Begin, or go on with, an application for a program."""

    program: str


class ShowDocuments(CallbackData, prefix="docs"):
    """Show what a program asks of applicants of a legal form; of all without one."""

    program: str
    form: str = ""


class ApplicationPress(CallbackData, prefix="ap"):
    """A press of an applicant in its application.

    Attributes:
        action: What was pressed.
        id: The application.
        key: Field, paper, part or legal form it is about; a version where rules are accepted.
    """

    action: str
    id: int
    key: str = ""


class DeskPress(CallbackData, prefix="ad"):
    """A press of staff on the card of an application; the id is short, so that all fits.

    Attributes:
        action: What was pressed.
        at: The application, encoded; of a file, the paper.
        key: Field or paper it is about.
        reason: Coded reason, once it was chosen.
        file: Which file of a paper is meant, from 1; 0 for all.
    """

    action: str
    at: str = ""
    key: str = ""
    reason: str = ""
    file: int = 0

    @classmethod
    def of(cls, action: str, id_: int, key: str = "", reason: str = "", file: int = 0) -> Self:
        """Return the value of a button about the object with this id."""
        return cls(action=action, at=encode(id_), key=key, reason=reason, file=file)

    @property
    def id(self) -> int:
        """The id; 0, which nothing has, for what is none."""
        return decode(self.at) or 0
