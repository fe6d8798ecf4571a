"""The home of answering a Bot API call: token, method, faults, journal, result."""

import asyncio
import inspect
from dataclasses import dataclass

from bot.simulator.api import (
    answering,
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    inline,
    media,
    profile,
    sending,
    topics,
)
from bot.simulator.api.arguments import Arguments, BadJsonError
from bot.simulator.api.call import Call, Described, Handler
from bot.simulator.api.polling import Polling
from bot.simulator.api.sender import WebhookSender
from bot.simulator.api.webhooks import Webhooks
from bot.simulator.botapi import Method, methods
from bot.simulator.errors import ApiError, ConnectionCut, bad_request
from bot.simulator.state.faults import FaultKind
from bot.simulator.state.world import World
from bot.simulator.wire import Json

_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    body: Json

    @property
    def headers(self) -> dict[str, str]:
        """Repeat the pause of a 429 as a header."""
        pause = self.body.get("parameters", {}).get("retry_after")
        return {} if pause is None else {"Retry-After": str(pause)}


_HANDLERS: dict[str, Handler] = {
    "getMe": profile.get_me,
    "logOut": profile.log_out,
    "close": profile.close,
    "sendMessage": sending.send_message,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendMediaGroup": media.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": copying.copy_message,
    "forwardMessage": copying.forward_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "answerCallbackQuery": answering.answer_callback,
    "answerInlineQuery": inline.answer_inline,
    "getFile": files.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "exportChatInviteLink": chats.export_invite_link,
    "setMyCommands": commands.set_commands,
    "getMyCommands": commands.get_commands,
    "deleteMyCommands": commands.delete_commands,
    "setMyName": profile.setter("setMyName", "name"),
    "getMyName": profile.getter("name"),
    "setMyDescription": profile.setter("setMyDescription", "description"),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("setMyShortDescription", "short_description"),
    "getMyShortDescription": profile.getter("short_description"),
    "setChatMenuButton": profile.set_menu_button,
    "getChatMenuButton": profile.get_menu_button,
    "createForumTopic": topics.create_topic,
    "editForumTopic": topics.edit_topic,
    "closeForumTopic": topics.close_topic,
    "reopenForumTopic": topics.reopen_topic,
    "deleteForumTopic": topics.delete_topic,
    "pinChatMessage": topics.pin_message,
    "unpinChatMessage": topics.unpin_message,
}


class BotApi:
    """The Bot API of one world."""

    def __init__(self, world: World) -> None:
        """Answer for the bot of a world."""
        self._world = world
        polling = Polling(world)
        self.sender = WebhookSender(world, self.execute)
        webhooks = Webhooks(polling, self.sender)
        self._handlers: dict[str, Handler] = {
            **_HANDLERS,
            "getUpdates": polling.get_updates,
            "setWebhook": webhooks.set_webhook,
            "deleteWebhook": webhooks.delete_webhook,
            "getWebhookInfo": webhooks.get_webhook_info,
        }

    @property
    def simulated_methods(self) -> frozenset[str]:
        """List the methods that really do something."""
        return frozenset(self._handlers)

    def check_token(self, token: str) -> Answer | None:
        """Give the refusal of a token that is not this bot's."""
        if token == self._world.bot.token:
            return None
        number, _, secret = token.partition(":")
        malformed = not number.isdigit() or not secret
        text = "Unauthorized: invalid token specified" if malformed else "Unauthorized"
        return refusal(ApiError(401, text))

    async def execute(self, name: str, arguments: Arguments) -> Answer:
        """Call a method by any spelling of its name and write the journal.

        Raises:
            ConnectionCut: A fault asked for it; nobody gets an answer.
        """
        method = methods().get(name.lower())
        try:
            answer = await self._run(method, arguments)
        except ApiError as error:
            answer = refusal(error)
        except BadJsonError as error:
            answer = refusal(bad_request(f"can't parse {error} JSON object"))
        except ConnectionCut:
            self._note(name, method, arguments, status=0, description="the connection was cut")
            raise
        self._note(
            name,
            method,
            arguments,
            status=answer.status,
            description=answer.body.get("description"),
        )
        return answer

    def _note(
        self,
        name: str,
        method: Method | None,
        arguments: Arguments,
        *,
        status: int,
        description: str | None,
    ) -> None:
        is_text = {one: method.is_text(one) for one in method.parameters} if method else {}
        self._world.journal.add(
            method.name if method else name,
            arguments.for_journal(is_text),
            status=status,
            description=description,
        )

    async def _run(self, method: Method | None, arguments: Arguments) -> Answer:
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        if self._world.bot.logged_out:
            raise ApiError(400, "Logged out")
        fault = self._world.faults.take(method.name, arguments.text("chat_id"))
        if fault is None:
            return await self._do(method, arguments)
        if fault.kind is FaultKind.ERROR:
            raise fault.as_error()
        if fault.kind is FaultKind.CUT_BEFORE:
            raise ConnectionCut
        if fault.kind is FaultKind.HANG:
            await asyncio.sleep(fault.seconds)
        answer = await self._do(method, arguments)
        if fault.kind is FaultKind.CUT_AFTER:
            raise ConnectionCut
        if fault.kind is FaultKind.LATE:
            await asyncio.sleep(fault.seconds)
        return answer

    async def _do(self, method: Method, arguments: Arguments) -> Answer:
        handler = self._handlers.get(method.name)
        if handler is None:
            raise bad_request(f"method {method.name} is not simulated")
        result = handler(Call(world=self._world, method=method.name, arguments=arguments))
        if inspect.isawaitable(result):
            result = await result
        if isinstance(result, Described):
            body = {"ok": True, "result": result.result, "description": result.description}
            return Answer(status=_OK, body=body)
        return Answer(status=_OK, body={"ok": True, "result": result})


def refusal(error: ApiError) -> Answer:
    """Make the answer of an error; its HTTP status is its code."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Answer(status=error.code, body=body)
