"""The home of users, chats and memberships as the Bot API shows them."""

from bot.simulator.state.chats import ADMIN_RIGHTS, SEND_RIGHTS, Group, Member
from bot.simulator.state.people import ANONYMOUS_BOT_ID, Person
from bot.simulator.state.world import World
from bot.simulator.wire import Json, without_nothing

_REACTIONS_MAX = 11
_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
_BASIC_ADMIN = frozenset(ADMIN_RIGHTS) - {"can_manage_topics", "can_promote_members"}


def user(person: Person) -> Json:
    """Show a person as a User."""
    return without_nothing(
        id=person.id,
        is_bot=False,
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        language_code=person.language_code,
    )


def bot_user(world: World) -> Json:
    """Show the bot as a User."""
    bot = world.bot
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def bot_itself(world: World) -> Json:
    """Show the bot as getMe does."""
    return {
        **bot_user(world),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def anonymous_user() -> Json:
    """Show the author of anonymous administrators' messages."""
    return {
        "id": ANONYMOUS_BOT_ID,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }


def anybody(world: World, user_id: int) -> Json:
    """Show a person or the bot."""
    if user_id == world.bot.id:
        return bot_user(world)
    return user(world.people[user_id])


def chat(world: World, chat_id: int) -> Json:
    """Show a chat as a Chat."""
    group = world.groups.get(chat_id)
    if group is not None:
        forum = {"is_forum": True} if group.is_forum else {}
        return {"id": group.id, "title": group.title, "type": group.type, **forum}
    person = world.people[chat_id]
    return without_nothing(
        id=person.id,
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        type="private",
    )


def full_chat(world: World, chat_id: int) -> Json:
    """Show a chat as ChatFullInfo."""
    basics = {
        **chat(world, chat_id),
        "accent_color_id": abs(chat_id) % 7,
        "max_reaction_count": _REACTIONS_MAX,
        "accepted_gift_types": _GIFTS,
    }
    group = world.groups.get(chat_id)
    if group is not None:
        basics["permissions"] = {
            **dict.fromkeys(SEND_RIGHTS, True),
            "can_change_info": False,
            "can_invite_users": True,
            "can_pin_messages": False,
            "can_manage_topics": False,
        }
    return basics


def member(world: World, group: Group, person_id: int) -> Json:
    """Show a person of a group as a ChatMember."""
    if person_id == world.bot.id:
        return bot_member(world, group)
    entry = group.members.get(person_id) or Member(person_id=person_id, status="left")
    who = user(world.people[person_id])
    rights = {right: right in _BASIC_ADMIN for right in ADMIN_RIGHTS}
    return _member(entry.status, who, rights, is_anonymous=entry.is_anonymous, editable=False)


def plain_member(world: World, user_id: int) -> Json:
    """Show somebody of a private chat as a ChatMember."""
    return {"user": anybody(world, user_id), "status": "member"}


def bot_member(world: World, group: Group) -> Json:
    """Show the bot in a group as a ChatMember."""
    return member_as(world, group.bot_status, group.bot_rights)


def member_as(world: World, status: str, rights: dict[str, bool]) -> Json:
    """Show the bot with a status that may be past."""
    every = ADMIN_RIGHTS if status == "administrator" else SEND_RIGHTS
    default = status != "administrator"
    known = {right: rights.get(right, default) for right in every}
    return _member(status, bot_user(world), known, is_anonymous=False, editable=False)


def _member(
    status: str, who: Json, rights: dict[str, bool], *, is_anonymous: bool, editable: bool
) -> Json:
    base: Json = {"user": who, "status": status}
    match status:
        case "creator":
            return {**base, "is_anonymous": is_anonymous}
        case "administrator":
            return {
                **base,
                "can_be_edited": editable,
                "is_anonymous": is_anonymous,
                **rights,
                "can_manage_chat": True,
                "can_send_welcome_messages": False,
            }
        case "restricted":
            return {
                **base,
                "is_member": True,
                "until_date": 0,
                **dict.fromkeys(SEND_RIGHTS, True),
                **rights,
                "can_react_to_messages": True,
                "can_edit_tag": False,
                "can_change_info": False,
                "can_invite_users": False,
                "can_pin_messages": False,
                "can_manage_topics": False,
            }
        case "kicked":
            return {**base, "until_date": 0}
        case _:
            return base
