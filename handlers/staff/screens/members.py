"""The home of what staff see of one of them: role, change, removal."""

from domain.entities.people import StaffMember
from domain.rights import StaffRole, may_appoint
from handlers.ui.callbacks import StaffCard
from handlers.ui.html import code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import role_name
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def member_card(language: Language, member: StaffMember, own_role: StaffRole | None) -> Screen:
    """Return a member of the staff with what the reader may change."""
    say = language.say
    is_changeable = own_role is StaffRole.OWNER

    def press(action: str) -> StaffCard:
        return StaffCard(action=action, person_id=member.person_id)

    text = lines(
        say("👤 <b>{name}</b>", name=short(member.name, NAME_LENGTH)),
        say("Role: {role}", role=role_name(language, member.role.value)),
        say("Telegram ID: {id}", id=code(member.person_id)),
        say("Since: {at}", at=member.joined_at) if member.joined_at else None,
        "",
        role_words(language, member.role),
    )
    rows = (
        (Button(say("🎚 Change the role"), press("roles")),) if is_changeable else (),
        (Button(say("➖ Remove from the staff"), press("ask_remove")),),
        (Button(say("⬅️ Back"), StaffCard(action="list")),),
    )
    return Screen(text, rows)


def role_words(language: Language, role: StaffRole) -> str:
    """Return what a role may do, in one sentence."""
    say = language.say
    match role:
        case StaffRole.OWNER:
            return say("An owner may do everything.")
        case StaffRole.MANAGER:
            return say(
                "A manager looks after partners, clients and messages to many; money is approved "
                "and rejected, but not entered or paid."
            )
        case StaffRole.FINANCE:
            return say("Finance enters, approves and pays money and sees where to pay.")
        case StaffRole.SUPPORT:
            return say("Support reads, with personal data masked, and changes nothing.")


def roles_screen(language: Language, member: StaffMember, own_role: StaffRole | None) -> Screen:
    """Return the choice of another role."""
    say = language.say
    rows = [
        (
            Button(
                f"{'🔘' if role is member.role else '⚪️'} {role_name(language, role.value).plain}",
                StaffCard(action="ask_role", person_id=member.person_id, role=role.value),
            ),
        )
        for role in StaffRole
        if may_appoint(own_role, role)
    ]
    back = Button(say("⬅️ Back"), StaffCard(action="card", person_id=member.person_id))
    text = lines(
        say("🎚 <b>What role should {name} have?</b>", name=short(member.name, NAME_LENGTH)),
        "",
        *(
            lines(say("<b>{role}</b>", role=role_name(language, role.value)), words)
            for role, words in ((role, role_words(language, role)) for role in StaffRole)
            if may_appoint(own_role, role)
        ),
    )
    return Screen(text, (*rows, (back,)))


def role_question(language: Language, member: StaffMember, role: StaffRole) -> Screen:
    """Return the question before a role is changed."""
    say = language.say
    text = lines(
        say(
            "Change the role of {name} from {was} to <b>{role}</b> at once?",
            name=short(member.name, NAME_LENGTH),
            was=role_name(language, member.role.value),
            role=role_name(language, role.value),
        ),
        role_words(language, role),
    )
    yes = StaffCard(action="role", person_id=member.person_id, role=role.value)
    back = StaffCard(action="card", person_id=member.person_id)
    return Screen(text, ((Button(say("🎚 Yes, change"), yes), Button(say("⬅️ Back"), back)),))


def remove_question(language: Language, member: StaffMember) -> Screen:
    """Return the question before somebody is removed from the staff."""
    say = language.say
    text = lines(
        say("Remove {name} from the staff at once?", name=short(member.name, NAME_LENGTH)),
        say("Open invitations and questions of this person become void."),
    )
    yes = StaffCard(action="remove", person_id=member.person_id)
    back = StaffCard(action="card", person_id=member.person_id)
    return Screen(text, ((Button(say("➖ Yes, remove"), yes), Button(say("⬅️ Back"), back)),))
