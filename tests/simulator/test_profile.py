"""Commands, names, descriptions, menu buttons."""

import pytest

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.wire import Json
from tests.simulator.support import Raw

ONE = [{"command": "start", "description": "Begin"}]


def scope(kind: str, **more: object) -> Json:
    return {"type": kind, **more}


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a-b", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "a", "description": " "}], "command description must be non-empty"),
        (
            [{"command": "a", "description": "x" * 257}],
            "command description length must not exceed 256",
        ),
        ({"command": "a"}, "expected an Array of BotCommand"),
        (ONE * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_refused_commands(raw: Raw, commands: object, refusal: str) -> None:
    answer = await raw("setMyCommands", commands=commands)
    assert answer.description == f"Bad Request: {refusal}"


async def test_a_leading_slash_is_stripped(raw: Raw) -> None:
    command = [{"command": "/start", "description": "Begin"}]
    assert (await raw("setMyCommands", commands=command)).result is True
    assert (await raw("getMyCommands")).result == ONE


async def test_get_returns_the_exact_list_only(raw: Raw) -> None:
    await raw("setMyCommands", commands=ONE)
    assert (await raw("getMyCommands", language_code="ru")).result == []
    private = scope("all_private_chats")
    assert (await raw("getMyCommands", scope=private)).result == []
    await raw("deleteMyCommands")
    assert (await raw("getMyCommands")).result == []


@pytest.mark.parametrize("language", ["r", "rus", "r1"])
async def test_languages(raw: Raw, language: str) -> None:
    refused = await raw("setMyCommands", commands=ONE, language_code=language)
    assert refused.description == "Bad Request: invalid language code specified"


async def test_scopes_are_checked(raw: Raw, ann: PersonActor) -> None:
    refused = await raw("getMyCommands", scope=scope("nowhere"))
    assert refused.description.startswith("Bad Request: can't parse BotCommandScope: ")
    refused = await raw("getMyCommands", scope=scope("chat"))
    assert 'Can\'t find field "chat_id"' in refused.description
    refused = await raw("getMyCommands", scope=scope("chat", chat_id=5))
    assert refused.description == "Bad Request: chat not found"
    here = scope("chat_administrators", chat_id=ann.id)
    assert (await raw("getMyCommands", scope=here)).status == 400


async def test_the_menu_resolves_scope_and_language(
    raw: Raw, ann: PersonActor, bob: PersonActor, group: GroupActor
) -> None:
    def named(name: str) -> list[Json]:
        return [{"command": name, "description": "x"}]

    async def put(name: str, language: str = "", **of: object) -> None:
        fields = {"scope": of or None, "language_code": language or None}
        await raw("setMyCommands", commands=named(name), **fields)

    async def names(person: PersonActor, **where: object) -> list[str]:
        return [command["command"] for command in await person.menu(**where)]

    assert await names(ann) == []
    await put("default")
    await put("default_ru", "ru")
    assert (await names(ann), await names(bob)) == (["default"], ["default_ru"])
    await put("private", type="all_private_chats")
    assert await names(bob) == ["private"]
    await put("ann", type="chat", chat_id=ann.id)
    assert await names(ann) == ["ann"]
    assert await names(ann, chat=group) == ["default"]
    await put("groups", type="all_group_chats")
    await put("admins", type="all_chat_administrators")
    assert await names(ann, chat=group) == ["admins"]
    assert await names(bob, chat=group) == ["groups"]
    await put("here", type="chat", chat_id=group.id)
    await put("bosses", type="chat_administrators", chat_id=group.id)
    await put("bob", type="chat_member", chat_id=group.id, user_id=bob.id)
    assert await names(ann, chat=group) == ["bosses"]
    assert await names(bob, chat=group) == ["bob"]


@pytest.mark.parametrize(
    ("thing", "field", "most"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_names_and_descriptions(raw: Raw, thing: str, field: str, most: int) -> None:
    assert (await raw(f"setMy{thing}", **{field: "x" * most})).result is True
    assert (await raw(f"getMy{thing}")).result == {field: "x" * most}
    assert (await raw(f"getMy{thing}", language_code="ru")).result == {field: "x" * most}
    assert (await raw(f"setMy{thing}", **{field: "y", "language_code": "ru"})).result is True
    assert (await raw(f"getMy{thing}", language_code="ru")).result == {field: "y"}
    assert (await raw(f"setMy{thing}", **{field: "x" * (most + 1)})).status == 400
    await raw(f"setMy{thing}")
    assert (await raw(f"getMy{thing}")).result[field] in {"", "Partner Bot"}


async def test_menu_buttons(raw: Raw, ann: PersonActor, group: GroupActor) -> None:
    app = {"type": "web_app", "text": "Open", "web_app": {"url": "https://example.com/"}}
    assert (await raw("getChatMenuButton")).result == {"type": "commands"}
    assert (await raw("setChatMenuButton", chat_id=ann.id, menu_button=app)).result is True
    assert (await raw("getChatMenuButton", chat_id=ann.id)).result == app
    plain = {**app, "web_app": {"url": "http://example.com/"}}
    assert "Only HTTPS" in (await raw("setChatMenuButton", menu_button=plain)).description
    assert (await raw("setChatMenuButton", chat_id=group.id, menu_button=app)).status == 400
    await raw("setChatMenuButton", chat_id=ann.id, menu_button={"type": "default"})
    assert (await raw("getChatMenuButton", chat_id=ann.id)).result == {"type": "commands"}
