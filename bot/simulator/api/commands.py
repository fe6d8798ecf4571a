"""The home of setMyCommands, getMyCommands and deleteMyCommands."""

import re

from bot.simulator.acts.posting import announce_thing
from bot.simulator.api.arguments import BadJsonError, leading_integer
from bot.simulator.api.call import Call, Result
from bot.simulator.api.profile import read_language
from bot.simulator.api.targets import chat_by_id
from bot.simulator.botapi import maximum
from bot.simulator.errors import bad_request
from bot.simulator.state.commands import DEFAULT_SCOPE, ScopeKey
from bot.simulator.wire import Json

NAME_MAX = 32
DESCRIPTION_MAX = 256
_NAME = re.compile(r"^[a-z0-9_]+$")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def set_commands(call: Call) -> Result:
    """Set the list of exactly one scope and language."""
    commands = _read_commands(call)
    scope = _read_scope(call)
    call.world.commands.put(scope, read_language(call), commands)
    announce_thing(call.world, "commands", None, {"commands": call.world.commands.everything()})
    return True


def get_commands(call: Call) -> Result:
    """Read the list of exactly one scope and language."""
    return call.world.commands.exact(_read_scope(call), read_language(call))


def delete_commands(call: Call) -> Result:
    """Forget the list of exactly one scope and language."""
    call.world.commands.put(_read_scope(call), read_language(call), [])
    announce_thing(call.world, "commands", None, {"commands": call.world.commands.everything()})
    return True


def _read_commands(call: Call) -> list[Json]:
    try:
        raw = call.arguments.json("commands")
    except BadJsonError as error:
        raise bad_request("can't parse commands JSON object") from error
    if not isinstance(raw, list):
        raise bad_request("expected an Array of BotCommand")
    if len(raw) > maximum("setMyCommands", "commands"):
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(one) for one in raw]


def _read_command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(raw.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    name, description = raw["command"].removeprefix("/"), raw["description"].strip()
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > DESCRIPTION_MAX:
        raise bad_request("command description length must not exceed 256")
    if len(name) > NAME_MAX:
        raise bad_request("command length must not exceed 32")
    if not _NAME.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _read_scope(call: Call) -> ScopeKey:
    prefix = "can't parse BotCommandScope"
    try:
        raw = call.arguments.json("scope")
    except BadJsonError as error:
        raise bad_request(f"{prefix} JSON object") from error
    if raw is None:
        return DEFAULT_SCOPE
    if not isinstance(raw, dict):
        raise bad_request(f"{prefix}: BotCommandScope must be an Object")
    kind = raw.get("type")
    if kind in _PLAIN_SCOPES:
        return str(kind), 0, 0
    if kind not in _CHAT_SCOPES:
        raise bad_request(f"{prefix}: Unsupported type specified")
    if not raw.get("chat_id"):
        raise bad_request(f'{prefix}: Can\'t find field "chat_id"')
    user_id = leading_integer(str(raw.get("user_id", 0)))
    if kind == "chat_member" and user_id <= 0:
        raise bad_request(f"{prefix}: Invalid user_id specified")
    chat = chat_by_id(call.world, leading_integer(str(raw["chat_id"])))
    if chat.is_private and kind != "chat":
        raise bad_request("can't change commands in private chats by this scope")
    return str(kind), chat.id, user_id if kind == "chat_member" else 0
