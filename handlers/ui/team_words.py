"""The home of the words of a partner's team: roles, notices and refusals."""

from domain.programs.model import Program
from domain.rights import MemberRole
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

Params = dict[str, object]
Facts = dict[str, object]
NAME_LENGTH = 60


def member_role(language: Language, role: str) -> Html:
    """Return the name of a role in a team."""
    say = language.say
    return say("Admin") if role == MemberRole.ADMIN.value else say("User")


def member_rights(language: Language, role: str) -> Html:
    """Return what a role in a team may do, in one sentence (R35)."""
    if role == MemberRole.ADMIN.value:
        return language.say(
            "An admin sees everything: links, clients and money, and may invite and remove others."
        )
    return language.say(
        "A user sees the link and the referrals, and can ask the vendor; money stays hidden."
    )


def _name(params: Params, key: str = "name") -> Html:
    return bold(short(str(params[key]), NAME_LENGTH))


def _team(language: Language) -> Rows:
    return ((Button(language.say("👥 Team"), Open(screen="team")),),)


def _joined(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "👥 {name} has joined {partner}. Role: {role}",
        name=_name(params),
        partner=_name(params, "partner"),
        role=member_role(language, str(params["role"])),
    )
    return Screen(text, _team(language))


def _left(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "👥 {name} has left {partner}.", name=_name(params), partner=_name(params, "partner")
    )
    return Screen(text, _team(language))


def _changed(language: Language, params: Params, _program: Program | None) -> Screen:
    names = {"name": _name(params), "partner": _name(params, "partner")}
    text = (
        language.say(
            "👥 The role of {name} at {partner} was changed. Role: {role}",
            role=member_role(language, str(params["role"])),
            **names,
        )
        if params["role"]
        else language.say("👥 {name} was removed from {partner}.", **names)
    )
    return Screen(text, _team(language))


def _own(language: Language, params: Params, _program: Program | None) -> Screen:
    say, partner = language.say, _name(params, "partner")
    if not params["role"]:
        text = lines(
            say("👥 You do not belong to {partner} any more.", partner=partner),
            say("What is stored about you: /privacy"),
        )
        return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))
    role = str(params["role"])
    text = lines(
        say(
            "👥 Your role at {partner} was changed. Role: {role}",
            partner=partner,
            role=member_role(language, role),
        ),
        member_rights(language, role),
    )
    return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))


NOTICES_OF_TEAM = {
    "team_joined": _joined,
    "team_left": _left,
    "team_changed": _changed,
    "team_own": _own,
}


def _last_admin(language: Language, facts: Facts) -> Html:
    if facts.get("others"):
        return language.say(
            "A partner is never without an admin. Make somebody else an admin first: /team"
        )
    return language.say(
        "You are the only member, so there is nobody to leave it to. /profile lets the partner "
        "leave a program, /privacy erases what is stored about you."
    )


def _suspended(language: Language, _facts: Facts) -> Html:
    return language.say(
        "Your participation is stopped by the vendor, so the team cannot be changed now. Please "
        "ask the vendor: /support"
    )


def _full(language: Language, facts: Facts) -> Html:
    if "invitations_limit" in facts:
        return language.say_many(
            "{count} invitation is open, which is the limit. Take one back first.",
            "{count} invitations are open, which is the limit. Take one back first.",
            int(str(facts["invitations_limit"])),
        )
    return language.say_many(
        "A team has at most {count} member. Remove somebody first.",
        "A team has at most {count} members. Remove somebody first.",
        int(str(facts["members_limit"])),
    )


def _not_oneself(language: Language, _facts: Facts) -> Html:
    return language.say("This is yourself. To go, press “Leave the team” in /team.")


def _void(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This invitation is used, taken back or expired. Ask the person who sent it for a new one."
    )


def _already(language: Language, facts: Facts) -> Html:
    if not facts.get("is_open"):
        return language.say(
            "You belong to this partner already. This invitation cannot be used any more."
        )
    return language.say(
        "You belong to this partner already, so the invitation stays open. Send it to the "
        "colleague it is for."
    )


REFUSALS_OF_TEAM = {
    "last_admin": _last_admin,
    "team_suspended": _suspended,
    "team_full": _full,
    "not_oneself": _not_oneself,
    "team_invitation_void": _void,
    "already_member": _already,
}
