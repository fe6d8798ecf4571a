"""The home of questions about chats and members, of leaving and of invite links."""

from bot.simulator.acts.membership import set_bot
from bot.simulator.acts.posting import announce_thing
from bot.simulator.api.call import Call, Result
from bot.simulator.api.targets import Chat, check_access, find_chat
from bot.simulator.errors import bad_request, forbidden
from bot.simulator.state.chats import PRESENT
from bot.simulator.views.chats import full_chat, member, plain_member
from bot.simulator.views.messages import message as message_object

_PRIVATE_MEMBERS = 2


def get_chat(call: Call) -> Result:
    """Tell about a chat; a person who blocked the bot still has one."""
    chat = find_chat(call)
    _check_group_access(chat)
    view = full_chat(call.world, chat.id)
    pinned = chat.group.pinned if chat.group is not None else []
    found = call.world.messages.find(chat.id, pinned[-1]) if pinned else None
    if found is not None:
        view["pinned_message"] = message_object(call.world, found, is_nested=True)
    return view


def get_chat_member(call: Call) -> Result:
    """Tell what somebody is in a group."""
    chat = find_chat(call)
    _check_group_access(chat)
    user_id = call.arguments.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id != call.world.bot.id and user_id not in call.world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.group is not None:
        return member(call.world, chat.group, user_id)
    if user_id not in {chat.id, call.world.bot.id}:
        raise bad_request("member not found")
    return plain_member(call.world, user_id)


def get_chat_administrators(call: Call) -> Result:
    """List the owner and the administrators."""
    chat = find_chat(call)
    _check_group_access(chat)
    if chat.group is None:
        raise bad_request("there are no administrators in the private chat")
    found = [
        member(call.world, chat.group, one.person_id)
        for one in chat.group.members.values()
        if one.leads
    ]
    if chat.group.bot_status == "administrator":
        found.append(member(call.world, chat.group, call.world.bot.id))
    return found


def get_chat_member_count(call: Call) -> Result:
    """Count the members, the bot included."""
    chat = find_chat(call)
    _check_group_access(chat)
    if chat.group is None:
        return _PRIVATE_MEMBERS
    return sum(one.status in PRESENT for one in chat.group.members.values()) + 1


def leave_chat(call: Call) -> Result:
    """Leave a group."""
    chat = find_chat(call)
    if chat.group is None:
        raise bad_request("chat member status can't be changed in private chats")
    check_access(chat)
    set_bot(call.world, chat.group, status="left", rights={}, by=call.world.bot.id)
    announce_thing(call.world, "group", chat.id, chat.group.view())
    return True


def export_invite_link(call: Call) -> Result:
    """Make a new primary invite link."""
    chat = find_chat(call)
    if chat.group is None:
        raise bad_request("can't invite members to a private chat")
    check_access(chat)
    if not chat.group.bot_may("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    chat.group.invite_links += 1
    return f"https://t.me/+sim{abs(chat.id)}n{chat.group.invite_links}"


def _check_group_access(chat: Chat) -> None:
    if chat.group is not None:
        check_access(chat)
    elif chat.person is None:
        raise forbidden("bot is not a member of the chat")
