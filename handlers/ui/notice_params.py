"""The home of reading the facts of a notice for its words."""

from collections.abc import Mapping

from domain.money import Money
from handlers.ui.html import short

NAME_LENGTH = 60


def money_of(params: Mapping[str, object], name: str = "minor") -> Money:
    """Return an amount of a notice in its own currency."""
    return Money(int(str(params[name])), str(params["currency"]))


def client_of(params: Mapping[str, object]) -> str:
    """Return the name of the client that a notice is about."""
    return short(str(params["client"]), NAME_LENGTH)
