"""The home of the commands in Telegram's menu, by who the person is and its language."""

from collections.abc import Container, Sequence
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from domain.entities.people import Caller
from domain.programs.model import LANGUAGES, Programs
from handlers.ui.language import Language, Languages
from handlers.ui.sections import missing_screens, takes_applications

SHOWN_MAX = 20_000


def stranger_commands(language: Language) -> list[BotCommand]:
    """Return the commands of somebody who is no partner."""
    say = language.say
    return _made(
        ("menu", say("All screens")),
        ("join", say("Become a partner")),
        ("documents", say("Papers needed to join")),
        ("calc", say("What you would earn")),
        ("my", say("My data as a client")),
        ("settings", say("Notices, quiet hours, time zone")),
        ("language", say("Choose a language")),
        ("privacy", say("What is stored about me")),
        ("support", say("Ask the vendor")),
        ("help", say("Help")),
        ("cancel", say("Leave a form")),
    )


def client_commands(language: Language) -> list[BotCommand]:
    """Return the commands of a client that is no partner."""
    say = language.say
    return _made(
        ("menu", say("All screens")),
        ("my", say("My data as a client")),
        ("partner", say("Who invited me")),
        ("join", say("Become a partner")),
        ("settings", say("Notices, quiet hours, time zone")),
        ("language", say("Choose a language")),
        ("privacy", say("What is stored about me")),
        ("support", say("Ask the vendor")),
        ("help", say("Help")),
        ("cancel", say("Leave a form")),
    )


def partner_commands(language: Language) -> list[BotCommand]:
    """Return the commands of a partner."""
    say = language.say
    return _made(
        ("menu", say("All screens")),
        ("link", say("My link and QR code")),
        ("invite", say("Invite a client by e-mail")),
        ("stats", say("Statistics over time")),
        ("referrals", say("My referrals")),
        ("claim", say("This client is mine")),
        ("clients", say("Clients named in advance")),
        ("payments", say("Payments and commissions")),
        ("balance", say("My money")),
        ("withdraw", say("Ask for a pay-out")),
        ("payouts", say("My pay-outs")),
        ("invoices", say("Invoices for my clients’ orders")),
        ("statements", say("Monthly statements")),
        ("convert", say("Turn earnings into credit")),
        ("tier", say("My rate and tier")),
        ("terms", say("Changes of the rules")),
        ("tickets", say("Clients’ questions")),
        ("profile", say("My profile")),
        ("requisites", say("My requisites for documents")),
        ("certificate", say("My certificate")),
        ("team", say("My colleagues")),
        ("settings", say("Notices, quiet hours, time zone")),
        ("export", say("My tables as files")),
        ("calc", say("What you would earn")),
        ("language", say("Choose a language")),
        ("privacy", say("What is stored about me")),
        ("support", say("Ask the vendor")),
        ("help", say("Help")),
        ("cancel", say("Leave a form")),
    )


USER_COMMANDS = frozenset(
    {"menu", "link", "referrals", "certificate", "team", "support", "settings", "language"}
    | {"privacy", "help", "cancel"}
)
"""What of the partner's commands a user has, who is no admin (R35)."""


def user_commands(language: Language) -> list[BotCommand]:
    """Return the commands of a partner's user."""
    return [made for made in partner_commands(language) if made.command in USER_COMMANDS]


def staff_commands(language: Language) -> list[BotCommand]:
    """Return the commands of staff in the admin chat."""
    say = language.say
    return _made(
        ("queue", say("What waits for us")),
        ("payouts", say("Pay-outs to decide")),
        ("applications", say("Applications to decide")),
        ("partner", say("Find a partner")),
        ("client", say("Find a client")),
        ("claims", say("Claims to decide")),
        ("invoices", say("Invoices to issue and to check")),
        ("tickets", say("Questions to answer")),
        ("suspend", say("Stop a partner for a time")),
        ("reinstate", say("Let a stopped partner go on")),
        ("end", say("End a partner’s participation")),
        ("hold", say("Put a partner or a payment on hold")),
        ("pay", say("Enter a payment")),
        ("refund", say("Enter a refund")),
        ("adjust", say("Correct a balance")),
        ("report", say("How the program does")),
        ("broadcast", say("A message to many people")),
        ("event", say("What came of an event")),
        ("staff", say("Who works here")),
        ("audit", say("Who did what")),
        ("books", say("Audit the books")),
        ("help", say("Help")),
    )


def _made(*commands: tuple[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=text) for name, text in commands]


def commands_of(caller: Caller, language: Language, programs: Programs) -> list[BotCommand]:
    """Return the commands of a person by what it is, as far as its program has their screens."""
    return _without(missing_screens(caller, programs), _commands_of(caller, language))


def _without(missing: Container[str], made: Sequence[BotCommand]) -> list[BotCommand]:
    return [one for one in made if one.command not in missing]


def _commands_of(caller: Caller, language: Language) -> list[BotCommand]:
    if caller.membership is not None:
        is_admin = caller.is_partner_admin
        return partner_commands(language) if is_admin else user_commands(language)
    return stranger_commands(language) if caller.client_id is None else client_commands(language)


def command_in(text: str) -> str:
    """Return the command that a text begins with, without its arguments; "" for none."""
    word = text[1:].split(maxsplit=1)[0] if text.startswith("/") and text[1:].strip() else ""
    return word.partition("@")[0]


_shown: dict[int, tuple[str, ...]] = {}
"""What each person's menu showed last, as far as this process knows."""


async def show_commands(bot: Bot, caller: Caller, language: Language, programs: Programs) -> None:
    """Put the person's own commands into its menu; a failure only leaves the general ones."""
    own = commands_of(caller, language, programs)
    try:
        await bot.set_my_commands(own, scope=BotCommandScopeChat(chat_id=caller.person.id))
    except TelegramAPIError:
        return
    if len(_shown) >= SHOWN_MAX:
        _shown.clear()
    _shown[caller.person.id] = _signature(own)


async def refresh_commands(
    bot: Bot, caller: Caller, language: Language, programs: Programs
) -> None:
    """Renew the person's menu if its role, its language or the version has changed."""
    is_plain = caller.membership is None and caller.client_id is None
    own = _signature(commands_of(caller, language, programs))
    if not is_plain and _shown.get(caller.person.id) != own:
        await show_commands(bot, caller, language, programs)


def _signature(commands: list[BotCommand]) -> tuple[str, ...]:
    return tuple(f"{made.command} {made.description}" for made in commands)


async def publish_commands(
    bot: Bot, languages: Languages, programs: Programs, admin_chat_id: int | None
) -> None:
    """Tell Telegram the general commands in every language, and those of the admin chat."""
    missing = missing_screens(None, programs)
    if not any(takes_applications(program) for program in programs.values()):
        missing.add("applications")
    for code in LANGUAGES:
        language = languages.of(code)
        language_code = None if code == languages.default else code
        await bot.set_my_commands(
            _without(missing, stranger_commands(language)),
            scope=BotCommandScopeDefault(),
            language_code=language_code,
        )
        if admin_chat_id is not None:
            await bot.set_my_commands(
                _without(missing, staff_commands(language)),
                scope=BotCommandScopeChat(chat_id=admin_chat_id),
                language_code=language_code,
            )


async def forget_commands(bot: Bot, person_id: int) -> None:
    """Take a person's own commands out of its menu, so that the general ones show."""
    _shown.pop(person_id, None)
    with suppress(TelegramAPIError):
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person_id))
