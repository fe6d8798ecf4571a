"""The home of the words of e-mails about applications (R34)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from domain.entities.application import FieldRefusal, PaperRefusal, RejectionReason
from handlers.ui.application_words import (
    field_reason,
    item_name,
    paper_reason,
    rejection_reason,
)
from handlers.ui.html import Html, bold, lines, safe
from handlers.ui.language import Language
from handlers.ui.mail_text import MailText, MailWords, Params


def _facts(language: Language, params: Params) -> tuple[tuple[Html, Html], ...]:
    say = language.say
    return (
        (say("Application"), safe(params["number"])),
        (say("Program"), safe(params["title"])),
    )


def _button(language: Language, bot_link: str) -> tuple[Html, str] | None:
    return (language.say("Open the bot in Telegram"), bot_link) if bot_link else None


def _why(language: Language) -> Html:
    return language.say("You get this because this address stands in your application.")


def _received(language: Language, params: Params, bot_link: str) -> MailText:
    say = language.say
    return MailText(
        subject=say("Application {number} has arrived", number=params["number"]),
        heading=say("Your application has arrived"),
        paragraphs=(
            language.say_many(
                "We answer within {count} day.",
                "We answer within {count} days.",
                int(str(params["review_days"])),
            ),
            say("If something needs correction, only that is asked again."),
        ),
        facts=_facts(language, params),
        action=_button(language, bot_link),
        why=_why(language),
    )


def _approved(language: Language, params: Params, bot_link: str) -> MailText:
    say = language.say
    return MailText(
        subject=say("Application {number} is approved", number=params["number"]),
        heading=say("Welcome! Your application is approved"),
        paragraphs=(
            say("Open the bot: your link is there. Send it to clients and watch your earnings."),
        ),
        facts=(
            *_facts(language, params),
            (say("Contract"), safe(params["contract_number"])),
            (
                say("Date"),
                safe(language.day(date.fromisoformat(str(params["contract_date"])))),
            ),
            (say("Your code"), safe(params["code"])),
        ),
        action=_button(language, bot_link),
        why=_why(language),
    )


def _rejected(language: Language, params: Params, bot_link: str) -> MailText:
    say, words = language.say, str(params["words"])
    reason = rejection_reason(language, RejectionReason(str(params["reason"])))
    return MailText(
        subject=say("Application {number} was rejected", number=params["number"]),
        heading=say("Your application was rejected"),
        paragraphs=(
            say("Reason: {reason}", reason=reason),
            *((safe(words),) if words else ()),
            say("Nothing you entered is lost: you can correct it and send it again."),
        ),
        facts=_facts(language, params),
        action=_button(language, bot_link),
        why=_why(language),
    )


def _returned(language: Language, params: Params, bot_link: str) -> MailText:
    say = language.say
    items = cast("Sequence[Mapping[str, object]]", params["items"])
    return MailText(
        subject=say("Application {number} needs correction", number=params["number"]),
        heading=say("Please correct your application"),
        paragraphs=(
            *(_refused(language, item) for item in items),
            say("Only this is asked again; the rest of your answers stays."),
        ),
        facts=_facts(language, params),
        action=_button(language, bot_link),
        why=_why(language),
    )


def _refused(language: Language, item: Mapping[str, object]) -> Html:
    """Return what was refused, by field or file, with the reason."""
    reason, number = str(item["reason"]), item.get("file")
    why = (
        paper_reason(language, PaperRefusal(reason))
        if item["is_paper"]
        else field_reason(language, FieldRefusal(reason))
    )
    where = language.say(" (file {number})", number=number) if number else Html("")
    head = Html(f"{bold(item_name(language, str(item['key'])))}{where}: {why}")
    return lines(head, str(item["words"]) or None)


MAILS_OF_APPLICATIONS: dict[str, MailWords] = {
    "application_received": _received,
    "application_approved": _approved,
    "application_rejected": _rejected,
    "application_returned": _returned,
}
