"""The home of the words for what is stored about a person."""

from domain.usecases.clients.show_own import OwnData
from handlers.ui.application_words import status_words
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import NAMES, Language
from handlers.ui.marks import role_name

NAME_LENGTH = 60


def own_data_text(language: Language, data: OwnData) -> Html:
    """Return everything that is stored about a person, in words."""
    say, person = language.say, data.caller.person
    return lines(
        say("🔒 <b>What is stored about you</b>"),
        say("Telegram ID: {id}", id=code(person.id)),
        say("Name: {name}", name=short(person.name, 200)),
        say("Username: @{name}", name=person.username) if person.username else None,
        say("Language: {name}", name=NAMES[person.language]),
        say("E-mail: {email}", email=short(data.email, 200)) if data.email else None,
        language.say_many(
            "Papers: {count} file, encrypted under a key of its own",
            "Papers: {count} files, encrypted under a key of their own",
            data.papers,
        )
        if data.papers
        else None,
        *_as_client(language, data),
        *_as_partner(language, data),
        *_as_applicant(language, data),
        *_as_staff(language, data),
    )


def _as_applicant(language: Language, data: OwnData) -> list[Html | str | None]:
    return [
        language.say(
            "Application {number}, {status}: your answers, encrypted.",
            number=application.number,
            status=status_words(language, application.status),
        )
        for application in data.applications
    ]


def _as_client(language: Language, data: OwnData) -> list[Html | str | None]:
    if data.client is None:
        return []
    say, client = language.say, data.client.client
    return [
        "",
        say("As a client:"),
        say("Client ID: {id}", id=code(client.shown_id)),
        say("Phone: {phone}", phone=short(client.phone, 40)) if client.phone else None,
        say("E-mail: {email}", email=short(client.email, 200)) if client.email else None,
        say("Registered: {at}", at=client.registered_at),
        say("Invited by: {name}", name=short(data.inviter, NAME_LENGTH)) if data.inviter else None,
        say(
            "🛡 {name} looks after you: the vendor’s sales team does not contact you.",
            name=short(data.protector, NAME_LENGTH),
        )
        if data.protector
        else None,
        say(
            "Payments and commissions are kept as the law requires; erasing removes your "
            "name, phone, e-mail and the link to Telegram from them."
        ),
    ]


def _as_partner(language: Language, data: OwnData) -> list[Html | str | None]:
    if not data.partner_name:
        return []
    say = language.say
    return [
        "",
        say("As a partner: {name}", name=short(data.partner_name, NAME_LENGTH)),
        say("Own account with the vendor: {id}", id=code(data.vendor_account_id))
        if data.vendor_account_id
        else None,
        say("Your pay-outs with the accounts you named, encrypted; the books of what you earned."),
    ]


def _as_staff(language: Language, data: OwnData) -> list[Html | str | None]:
    role = data.caller.staff_role
    if role is None:
        return []
    return [
        "",
        language.say("As staff: {role}", role=role_name(language, role.value)),
        language.say("What you did in the admin chat stays in the audit trail."),
    ]
