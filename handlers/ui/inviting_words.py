"""The home of the words of inviting clients: refusals and the e-mail."""

from collections.abc import Mapping
from datetime import datetime

from handlers.ui.html import Html, safe, short
from handlers.ui.language import Language
from handlers.ui.mail_text import MailText, own_text

Facts = dict[str, object]
NAME_LENGTH = 60


def _no_server(language: Language, _facts: Facts) -> Html:
    return language.say(
        "E-mail is not set up here, so nobody can be invited by it. Send your link: /link"
    )


def _not_active(language: Language, _facts: Facts) -> Html:
    return language.say(
        "You do not take part in the program now, so nobody can be invited. What stands: /profile"
    )


def _bad_invitee(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This does not begin with an e-mail address. Send the address, and the name behind it, "
        "for example: {example}",
        example="anna@example.com Anna",
    )


def _too_many(language: Language, facts: Facts) -> Html:
    at = facts["possible_at"]
    return language.say(
        "You have invited {limit} clients in 24 hours, which is the limit. Next time: {at}.",
        limit=facts["limit"],
        at=language.instant(at) if isinstance(at, datetime) else "—",
    )


def _already(language: Language, _facts: Facts) -> Html:
    return language.say("Your invitation to this address is still open. One is enough: /invite")


def _refuses(language: Language, _facts: Facts) -> Html:
    return language.say(
        "The reader of this address wants no invitations. Nothing was sent; please respect it."
    )


def _void(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This invitation is used, taken back or expired. Ask the person who sent it for a new one."
    )


def _bad_contact(language: Language, facts: Facts) -> Html:
    if facts["field"] == "phone":
        return language.say("Please give your phone number with the code of the country.")
    return language.say("Please give your name, at most 200 characters.")


REFUSALS_OF_INVITING = {
    "no_mail_server": _no_server,
    "inviter_not_active": _not_active,
    "bad_invitee": _bad_invitee,
    "too_many_invitations": _too_many,
    "already_invited": _already,
    "address_refuses": _refuses,
    "client_invitation_void": _void,
    "bad_own_contact": _bad_contact,
}


def invitation_mail(language: Language, params: Mapping[str, object], bot_link: str) -> MailText:
    """Return the e-mail that invites a client."""
    say = language.say
    partner = short(str(params["partner"]), NAME_LENGTH)
    name, url = short(str(params["name"]), NAME_LENGTH), str(params["url"])
    offer = own_text(language, params["offer"])
    bot = f"{bot_link}?start=i_{params['token']}" if bot_link else ""
    return MailText(
        subject=say("{partner} invites you", partner=partner),
        heading=say("Hello, {name}!", name=name) if name else say("Hello!"),
        paragraphs=(
            say(
                "{partner} invites you to become our client: {title}.",
                partner=partner,
                title=own_text(language, params["title"]),
            ),
            *((safe(offer),) if offer else ()),
            *((say("In Telegram: {address}", address=bot),) if bot else ()),
            language.say_many(
                "The invitation is valid for {count} day.",
                "The invitation is valid for {count} days.",
                int(str(params["days"])),
            ),
        ),
        action=(say("Accept the invitation"), url),
        why=say(
            "{partner} named your address. If you do nothing, you get no further e-mail from us "
            "about it. No invitations of anybody any more: {address}",
            partner=partner,
            address=f"{url}/stop",
        ),
    )
