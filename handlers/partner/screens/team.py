"""The home of what members see of their team: the list, one of them, invitations, joining."""

from domain.entities.team import Member, TeamInvitation
from domain.rights import MemberRole
from domain.usecases.team.invite import NewTeamInvitation
from domain.usecases.team.join import TeamOffer
from domain.usecases.team.show import TeamView
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_team import TeamJoin, TeamPress
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.links import share_link, telegram_link
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.team_words import member_rights, member_role

NAME_LENGTH = 60
BUTTON_LENGTH = 28


def team_screen(language: Language, team: TeamView) -> Screen:
    """Return who belongs to the partner, with what an admin may change."""
    say = language.say
    text = lines(
        say("👥 <b>Team of {partner}</b>", partner=short(team.partner.name, NAME_LENGTH)),
        "",
        *(_line(language, member) for member in team.members),
        *_open(language, team),
        "",
        None
        if team.may_change
        else say("⏸ Your participation is stopped by the vendor: the team stays as it is."),
    )
    return Screen(text, _rows(language, team))


def _line(language: Language, member: Member) -> Html:
    return language.say(
        "• {name}: {role}, since {date}",
        name=bold(short(member.name, NAME_LENGTH)),
        role=member_role(language, member.role),
        date=language.date(member.joined_at),
    )


def _open(language: Language, team: TeamView) -> list[Html | str]:
    if not team.invitations:
        return []
    rows = [
        language.say(
            "• {role}, invited by {name}, until {at}",
            role=member_role(language, invitation.role),
            name=short(team.names.get(invitation.created_by, "—"), NAME_LENGTH),
            at=invitation.expires_at,
        )
        for invitation in team.invitations
    ]
    return ["", language.say("✉️ <b>Open invitations</b>"), *rows]


def _rows(language: Language, team: TeamView) -> Rows:
    say = language.say
    leave = (Button(say("🚪 Leave the team"), TeamPress(action="leave")),)
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    if not team.may_change:
        return leave, menu
    cards = tuple(
        (
            Button(
                say("👤 {name}", name=short(member.name, BUTTON_LENGTH)),
                TeamPress(action="card", id=member.person_id),
            ),
        )
        for member in team.members
        if member.person_id != team.reader
    )
    back = tuple(
        (
            Button(
                say(
                    "✖️ Take back: {role}, until {at}",
                    role=member_role(language, invitation.role),
                    at=invitation.expires_at,
                ),
                TeamPress(action="ask_cancel", id=invitation.id),
            ),
        )
        for invitation in team.invitations
    )
    invite = (
        Button(say("➕ Invite a user"), TeamPress(action="invite", role=MemberRole.USER)),
        Button(say("➕ Invite an admin"), TeamPress(action="ask_admin", role=MemberRole.ADMIN)),
    )
    return (invite, *cards, *back, leave, menu)


def admin_question(language: Language) -> Screen:
    """Return the question before somebody is invited as an admin."""
    say = language.say
    text = lines(
        say("Invite an <b>admin</b>?"),
        member_rights(language, MemberRole.ADMIN),
        say("An admin can ask for pay-outs and remove you, too."),
    )
    yes = TeamPress(action="invite", role=MemberRole.ADMIN)
    return Screen(text, ((Button(say("➕ Yes, invite"), yes), _back(language)),))


def invitation_screen(language: Language, made: NewTeamInvitation, username: str) -> Screen:
    """Return the link of an invitation; it is shown once."""
    say = language.say
    url = telegram_link(username, f"j_{made.token}")
    text = lines(
        say(
            "✉️ Invitation to {partner}. Role: {role}",
            partner=bold(short(made.partner_name, NAME_LENGTH)),
            role=member_role(language, made.invitation.role),
        ),
        member_rights(language, made.invitation.role),
        "",
        say("Send this link to one colleague. Whoever opens it first can join by it:"),
        code(url),
        "",
        say("It works once, until {at}, and is not shown again.", at=made.invitation.expires_at),
    )
    invites = say("Join the team of {partner}", partner=short(made.partner_name, NAME_LENGTH))
    share = Button(say("📤 Send"), url=share_link(url, invites.plain))
    return Screen(text, ((share, Button(say("📋 Copy"), copy=url)), (_back(language),)))


def cancel_question(language: Language, invitation: TeamInvitation) -> Screen:
    """Return the question before an invitation is taken back."""
    say = language.say
    text = say(
        "Take this invitation back? Role: {role}. Its link stops working at once.",
        role=member_role(language, invitation.role),
    )
    yes = TeamPress(action="cancel", id=invitation.id)
    return Screen(text, ((Button(say("✖️ Yes, take back"), yes), _back(language)),))


def member_card(language: Language, member: Member) -> Screen:
    """Return a member with what an admin may change."""
    say = language.say
    other = MemberRole.USER if member.role is MemberRole.ADMIN else MemberRole.ADMIN
    text = lines(
        say("👤 <b>{name}</b>", name=short(member.name, NAME_LENGTH)),
        say("Role: {role}", role=member_role(language, member.role)),
        say("Since: {at}", at=member.joined_at),
        "",
        member_rights(language, member.role),
    )
    change = TeamPress(action="ask_role", id=member.person_id, role=other)
    remove = TeamPress(action="ask_remove", id=member.person_id)
    rows = (
        (Button(say("🎚 New role: {role}", role=member_role(language, other)), change),),
        (Button(say("➖ Remove from the team"), remove),),
        (_back(language),),
    )
    return Screen(text, rows)


def role_question(language: Language, member: Member, role: MemberRole) -> Screen:
    """Return the question before a role is changed."""
    say = language.say
    text = lines(
        say(
            "Change the role of {name} at once? New role: {role}",
            name=bold(short(member.name, NAME_LENGTH)),
            role=member_role(language, role),
        ),
        member_rights(language, role),
    )
    yes = TeamPress(action="role", id=member.person_id, role=role)
    back = TeamPress(action="card", id=member.person_id)
    return Screen(text, ((Button(say("🎚 Yes, change"), yes), Button(say("⬅️ Back"), back)),))


def remove_question(language: Language, member: Member) -> Screen:
    """Return the question before a member is removed."""
    say = language.say
    text = lines(
        say(
            "Remove {name} from the team at once?",
            name=bold(short(member.name, NAME_LENGTH)),
        ),
        say(
            "Whatever this person has open stops working, and so do its invitations. Clients and "
            "money stay with the partner."
        ),
    )
    yes = TeamPress(action="remove", id=member.person_id)
    back = TeamPress(action="card", id=member.person_id)
    return Screen(text, ((Button(say("➖ Yes, remove"), yes), Button(say("⬅️ Back"), back)),))


def leave_question(language: Language, partner_name: str, partner_id: int) -> Screen:
    """Return the question before somebody leaves."""
    say = language.say
    text = lines(
        say("🚪 Leave the team of {partner}?", partner=bold(short(partner_name, NAME_LENGTH))),
        say("You see nothing of it any more; to come back you need a new invitation."),
        say("To be forgotten as well, use /privacy."),
    )
    yes = TeamPress(action="left", id=partner_id)
    menu = Button(say("📋 Menu"), Open(screen="menu"))
    return Screen(text, ((Button(say("🚪 Yes, leave"), yes), menu),))


def left_screen(language: Language, partner_name: str) -> Screen:
    """Return that the person has left."""
    say = language.say
    text = say(
        "🚪 You do not belong to {partner} any more.",
        partner=bold(short(partner_name, NAME_LENGTH)),
    )
    return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))


def offer_screen(language: Language, offer: TeamOffer, token: str) -> Screen:
    """Return who invites and into which partner, with the confirmation."""
    say = language.say
    text = lines(
        say("👋 {name} invites you to a team.", name=bold(short(offer.inviter, NAME_LENGTH))),
        say("Partner: {partner}", partner=bold(short(offer.partner.name, NAME_LENGTH))),
        say("Role: {role}", role=member_role(language, offer.role)),
        "",
        member_rights(language, offer.role),
        say("🔒 The members and the vendor see your name and your role."),
        language.say_many(
            "You belong to {count} more partner; /programs switches between them.",
            "You belong to {count} more partners; /programs switches between them.",
            offer.others,
        )
        if offer.others
        else None,
        say("The invitation is valid until {at}.", at=offer.expires_at),
    )
    rows = (
        (Button(say("✅ Join"), TeamJoin(token=token)),),
        (Button(say("✖️ Not now"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def joined_screen(language: Language, offer: TeamOffer) -> Screen:
    """Return that the person belongs to the team now."""
    say = language.say
    text = lines(
        say("🎉 You belong to {partner} now.", partner=bold(short(offer.partner.name, 60))),
        member_rights(language, offer.role),
        say("/programs switches between your partners.") if offer.others else None,
    )
    rows: Rows = ((Button(say("🔗 My link"), Open(screen="link")),),)
    return Screen(text, (*rows, (Button(say("📋 Menu"), Open(screen="menu")),)))


def _back(language: Language) -> Button:
    return Button(language.say("⬅️ Back"), Open(screen="team"))
