"""The home of a partner's profile, and of leaving a program."""

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.money import Money
from domain.programs.model import Programs
from domain.usecases.joining.leave import Leaving
from domain.usecases.profile.show import Profile
from handlers.ui.callbacks import Activate, Open
from handlers.ui.callbacks_questions import ProfilePress
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.standing_words import why

NAME_LENGTH = 60


def enrolment_status(language: Language, enrolment: Enrolment) -> Html:
    """Return mark and word of how a partner takes part."""
    say = language.say
    words = {
        EnrolmentStatus.ACTIVE: say("🟢 active"),
        EnrolmentStatus.SUSPENDED: say("🟠 suspended"),
        EnrolmentStatus.ENDED: say("⚪️ ended"),
    }
    return words[enrolment.status]


def profile_screen(language: Language, profile: Profile, programs: Programs) -> Screen:
    """Return what the vendor knows about a partner, with what can be changed."""
    say, partner = language.say, profile.partner
    account = partner.vendor_account_id
    text = lines(
        say("🪪 <b>Profile</b>"),
        say("Name: {name}", name=bold(short(partner.name, NAME_LENGTH))),
        say("Clients and the vendor’s staff see this name."),
        "",
        say("Own account with the vendor: {id}", id=code(account))
        if account
        else say("Own account with the vendor: not named yet; pay-outs wait for it."),
        _members(language, profile),
        *_free(language, profile),
        "",
        *(_program(language, row, programs) for row in profile.enrolments),
        why(language, profile.stopped.reason_code, profile.stopped.words)
        if profile.stopped
        else None,
    )
    return Screen(text, _rows(language, profile, programs))


def _free(language: Language, profile: Profile) -> list[Html | str]:
    """Return what the partner may use free now, and what that depends on (R25)."""
    say, here = language.say, profile.here
    if profile.free is not None:
        return [
            "",
            say("🎁 The vendor’s products are free in your own account now."),
            language.say_many(
                "It holds while you have an active client; you have {count}.",
                "It holds while you have an active client; you have {count}.",
                profile.free.active_clients,
            ),
        ]
    if not profile.gives_free or here.status is not EnrolmentStatus.ACTIVE:
        return []
    return [
        "",
        say(
            "🎁 With your first active client the vendor’s products are free in your own account."
        ),
    ]


def _members(language: Language, profile: Profile) -> Html:
    return language.say_many(
        "Team: {count} person, admins: {admins}",
        "Team: {count} people, admins: {admins}",
        profile.members,
        admins=language.number(profile.admins),
    )


def _program(language: Language, row: Enrolment, programs: Programs) -> Html:
    say = language.say
    return lines(
        say("📁 <b>{title}</b>", title=programs[row.program].text(language.code).title),
        say(
            "{status} · code {code} · since {date}",
            status=enrolment_status(language, row),
            code=code(row.code),
            date=language.date(row.joined_at),
        ),
        say("Left: {date}", date=language.date(row.left_at)) if row.left_at else None,
    )


def _rows(language: Language, profile: Profile, programs: Programs) -> Rows:
    say, here = language.say, profile.here
    account = (
        say("✏️ Change my account ID")
        if profile.partner.vendor_account_id
        else say("✏️ Enter my account ID")
    )
    rows: Rows = (
        (Button(say("✏️ Change the name"), ProfilePress(action="rename")),),
        (Button(account, ProfilePress(action="account")),),
        (Button(say("🔔 Notices and time"), Open(screen="settings")),),
    )
    program = programs.get(here.program)
    if program is not None and (program.payout_documents is not None or program.forms):
        rows = (*rows, (Button(say("🏦 Requisites"), Open(screen="requisites")),))
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    if here.status is EnrolmentStatus.ACTIVE:
        leave = Button(say("🚪 Leave the program"), ProfilePress(action="leave"))
        return (*rows, (leave,), menu)
    if here.left_at is not None:
        program = programs[here.program]
        again = Activate(program=program.key, version=program.version)
        return (*rows, (Button(say("🤝 Take part again"), again),), menu)
    return (*rows, menu)


def name_question(language: Language) -> Screen:
    """Return the question for another name."""
    say = language.say
    text = lines(
        say("✏️ What name should clients and the vendor’s staff see? Send it as a message."),
        say("For example your company or your own name."),
    )
    return Screen(text, (_back(language),))


def name_kept(language: Language, name: str) -> Screen:
    """Return that the name is changed."""
    text = language.say("👍 Your name is {name} now.", name=bold(name))
    return Screen(text, (_profile(language),))


def account_warning(language: Language, account_id: str) -> Screen:
    """Return what changing the partner's own account means, before it is asked for."""
    say = language.say
    text = lines(
        say("✏️ Your own account with the vendor is {id}.", id=code(account_id)),
        say(
            "From now on the new account tells who counts as yourself, and service credit "
            "goes there. The vendor’s staff are told of the change."
        ),
    )
    change = (Button(say("✏️ Change it"), Open(screen="account")),)
    return Screen(text, (change, _back(language)))


def leave_question(language: Language, leaving: Leaving, programs: Programs) -> Screen:
    """Return what leaving means now, with the confirmation."""
    say = language.say
    key = leaving.enrolment.program
    title = programs[key].text(language.code).title
    text = lines(
        say("🚪 <b>Leave the program “{title}”?</b>", title=title),
        "",
        say("• Your links stop: registrations through them no longer count."),
        say(
            "• Payments of your clients earn nothing from now on; the clients keep what they have."
        ),
        *_money(language, leaving),
        say(
            "• You can come back at any time: accept the rules again, and code, clients and "
            "balance are as they were."
        ),
    )
    yes = Button(say("🚪 Yes, leave"), ProfilePress(action="left", program=key))
    return Screen(text, ((yes,), _back(language)))


def _money(language: Language, leaving: Leaving) -> list[Html]:
    say, sheet = language.say, leaving.sheet

    def money(minor: int) -> Money:
        return Money(minor, sheet.currency)

    told = []
    if sheet.reserved:
        told.append(say("• Pay-outs under way go on: {amount}.", amount=money(sheet.reserved)))
    if sheet.held:
        told.append(
            say(
                "• {amount} on hold becomes payable in its time and stays on the balance.",
                amount=money(sheet.held),
            )
        )
    if sheet.payable > 0:
        told.append(
            say(
                "• {amount} stays on the balance. To withdraw it later, take part again.",
                amount=money(sheet.payable),
            )
        )
    if sheet.payable < 0:
        told.append(say("• The debt of {amount} stays.", amount=money(-sheet.payable)))
    return told


def left_screen(language: Language, program: str, version: int) -> Screen:
    """Return that the partner takes part no more, with the way back."""
    say = language.say
    text = lines(
        say("🚪 You have left the program. Thank you for your work!"),
        say("Your statistics and what you have earned stay here: see the menu."),
    )
    again = Activate(program=program, version=version)
    rows = (
        (Button(say("🤝 Take part again"), again),),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def _profile(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("🪪 Profile"), Open(screen="profile")),)


def _back(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("⬅️ Back"), ProfilePress(action="show")),)
