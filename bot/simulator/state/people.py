"""The home of the people of the simulated world."""

from dataclasses import dataclass

from bot.simulator.wire import Json

FIRST_PERSON_ID = 7_100_000_001
"""Over 32 bits, as the ids of new Telegram users are."""
ANONYMOUS_BOT_ID = 1_087_968_824
"""GroupAnonymousBot, the author of what anonymous administrators write."""


_AREAS = ("202", "212", "312", "415", "512", "617", "702", "713", "808", "917")


def fictitious_phone(person_id: int) -> str:
    """Choose a number from those that are kept free for stories."""
    return f"+1{_AREAS[person_id // 100 % len(_AREAS)]}55501{person_id % 100:02}"


@dataclass(slots=True, kw_only=True)
class Person:
    """A Telegram user."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    label: str | None = None
    blocked: bool = False
    deactivated: bool = False
    started: bool = False
    """Whether the person ever opened the private chat: a bot cannot write first."""

    @property
    def full_name(self) -> str:
        """Join first and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def view(self) -> Json:
        """Show the person as the control API does."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
            "phone": self.phone,
            "label": self.label,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        }


@dataclass(slots=True, kw_only=True)
class BotProfile:
    """The bot that is under test."""

    id: int
    token: str
    username: str
    name: str
    logged_out: bool = False
