"""The home of answers to commands that exist, but somewhere else: never only "no"."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from domain.entities.people import Caller
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen, answer

router = Router(name="fallback.commands")
OF_OTHER_PROGRAMS = (
    "calc",
    "certificate",
    "claim",
    "claims",
    "clients",
    "convert",
    "invoices",
    "profile",
    "support",
    "tickets",
)
"""Commands of programs of another kind; one that an active program has is answered before."""
OF_LATER_VERSIONS = ("deals", "exclude", "leads", "orders", "partners", "top", "weight")
"""Commands of project partnerships, the lead pool and client management: not there yet."""
OF_STAFF = (
    "adjust",
    "applications",
    "audit",
    "books",
    "broadcast",
    "client",
    "end",
    "here",
    "pay",
    "queue",
    "refund",
    "reinstate",
    "report",
    "staff",
    "suspend",
)
"""Commands of the admin chat that somebody may type in private."""


async def is_staff(_message: Message, caller: Caller) -> bool:
    """Test if somebody of the staff speaks; others learn nothing of its commands."""
    return caller.staff_role is not None


@router.message(Command(*OF_OTHER_PROGRAMS), F.chat.type == "private", flags=allow(Allowed.ANYONE))
async def not_in_private(message: Message, command: CommandObject, language: Language) -> None:
    """Say that no active program has this, and what there is."""
    menu = ((Button(language.say("📋 Menu"), Open(screen="menu")),),)
    await answer(message, Screen(_of_another(language, command.command), menu))


@router.message(Command(*OF_OTHER_PROGRAMS), flags=allow(Allowed.STAFF))
async def not_for_staff(message: Message, command: CommandObject, language: Language) -> None:
    """Say that no active program has this, and what there is."""
    await answer(message, Screen(_of_another(language, command.command)))


@router.message(Command(*OF_LATER_VERSIONS), F.chat.type == "private", flags=allow(Allowed.ANYONE))
async def not_yet_in_private(message: Message, command: CommandObject, language: Language) -> None:
    """Say that this version does not have it yet, whatever programs are active."""
    menu = ((Button(language.say("📋 Menu"), Open(screen="menu")),),)
    await answer(message, Screen(_of_later(language, command.command), menu))


@router.message(Command(*OF_LATER_VERSIONS), flags=allow(Allowed.STAFF))
async def not_yet(message: Message, command: CommandObject, language: Language) -> None:
    """Say that this version does not have it yet, whatever programs are active."""
    await answer(message, Screen(_of_later(language, command.command)))


def _of_later(language: Language, command: str) -> Html:
    return lines(
        language.say("/{command} is not part of this version yet.", command=command),
        language.say("/help shows what there is."),
    )


def _of_another(language: Language, command: str) -> Html:
    return lines(
        language.say(
            "None of the active programs has /{command}.",
            command=command,
        ),
        language.say("/help shows what there is."),
    )


@router.message(
    Command(*OF_STAFF), F.chat.type == "private", is_staff, flags=allow(Allowed.ANYONE)
)
async def not_here(message: Message, command: CommandObject, language: Language) -> None:
    """Send staff to the admin chat."""
    text = (
        language.say(
            "/here tells a group’s ID and what I lack there. Add me to the group of your staff "
            "and send /here in it."
        )
        if command.command == "here"
        else language.say("/{command} works in the admin chat only.", command=command.command)
    )
    await answer(message, Screen(text, ((Button(language.say("📋 Menu"), Open(screen="menu")),),)))
