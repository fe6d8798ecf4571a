"""The home of people as tests handle them: they send, press and see."""

import asyncio
import mimetypes
from contextlib import suppress
from typing import Any

from aiohttp import FormData

from bot.simulator.control_calls import ControlCalls, SimulatorError
from bot.simulator.screen import MessageLike, Spot, describe, find_button, find_reply_button
from bot.simulator.surroundings import PATIENCE_SECONDS, POLL_SECONDS, GroupActor, Pressed
from bot.simulator.wire import Json, without_nothing

__all__ = ["GroupActor", "PersonActor", "Pressed"]


class PersonActor:
    """A person of the simulated world, who remembers how much they have seen."""

    def __init__(self, client: ControlCalls, view: Json) -> None:
        """Wrap the control API's view of a person."""
        self._client = client
        self.view = view
        self._acted_at: dict[int, int] = {}

    @property
    def id(self) -> int:
        """The user id, which is the id of the private chat too."""
        return int(self.view["id"])

    async def changes(self, **fields: object) -> None:
        """Change the name, language, phone and so on; see ``PATCH /sim/people``."""
        self.view = await self._client.call("PATCH", f"people/{self.id}", dict(fields))

    async def blocks(self) -> None:
        """Block the bot."""
        await self.changes(blocked=True)

    async def unblocks(self) -> None:
        """Unblock the bot."""
        await self.changes(blocked=False)

    async def opens(self, payload: str | None = None) -> Json:
        """Open ``t.me/BOT?start=payload`` and press Start."""
        body = without_nothing(payload=payload)
        return self._did(await self._client.call("POST", f"people/{self.id}/start", body))

    async def sends(
        self,
        text: str,
        *,
        chat: GroupActor | None = None,
        topic: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Type a text, in private or in a group."""
        body = without_nothing(
            text=text, message_thread_id=topic, reply_to_message_id=reply_to, **{"from": self.id}
        )
        path = f"chats/{self._chat(chat)}/send"
        return self._did(await self._client.call("POST", path, body))

    async def replies(
        self, message: MessageLike, text: str, *, chat: GroupActor | None = None
    ) -> Json:
        """Reply to a message, given as its view or its id."""
        target = message if isinstance(message, int) else int(message["message_id"])
        return await self.sends(text, chat=chat, reply_to=target)

    async def presses(
        self,
        label: str,
        *,
        chat: GroupActor | None = None,
        message_id: int | None = None,
        timeout_seconds: float = PATIENCE_SECONDS,
    ) -> Pressed:
        """Press the button whose text equals or else contains ``label``.

        The newest message that has such a button counts. A button of the reply keyboard sends
        its text (or the contact), which is then in ``message`` of what is returned.

        Raises:
            AssertionError: No such button shows up in time; the visible ones are listed.
        """
        chat_id = self._chat(chat)
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while True:
            shown = await self._client.messages(chat_id)
            spot = find_button(shown, label, message_id=message_id)
            if spot is not None:
                # Where the bot has just taken the button away, it is looked for once more.
                with suppress(SimulatorError):
                    return await self._press(chat_id, spot)
            typed = find_reply_button(shown, label) if message_id is None else None
            if typed is not None:
                sent = (
                    await self.shares_contact()
                    if typed["request_contact"]
                    else await self.sends(typed["text"], chat=chat)
                )
                return Pressed(client=self._client, message=sent)
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"no button “{label}” is visible.\n{describe(shown)}")
            await asyncio.sleep(POLL_SECONDS)

    async def asks_inline(
        self,
        query: str = "",
        *,
        chat: GroupActor | None = None,
        timeout_seconds: float = PATIENCE_SECONDS,
    ) -> Json:
        """Type ``@bot query`` in a chat and wait for what the bot offers.

        Raises:
            AssertionError: The bot offers nothing in time.
        """
        body = {"from": self.id, "query": query, "wait": timeout_seconds}
        offered = await self._client.call("POST", f"chats/{self._chat(chat)}/inline", body)
        if not offered["answered"]:
            raise AssertionError(f"the bot did not answer the inline query “{query}”")
        return offered

    async def chooses(self, offered: Json, title: str, *, chat: GroupActor | None = None) -> Json:
        """Send the result whose title contains ``title`` into a chat.

        Raises:
            AssertionError: The bot offered none of that title.
        """
        titles = [one["title"] or "" for one in offered["results"]]
        found = next((at for at, shown in enumerate(titles) if title in shown), None)
        if found is None:
            raise AssertionError(f"none of {titles} contains “{title}”")
        body = {
            "from": self.id,
            "inline_query_id": offered["inline_query_id"],
            "result_id": offered["results"][found]["id"],
        }
        path = f"chats/{self._chat(chat)}/choose"
        return self._did(await self._client.call("POST", path, body))

    async def sees(
        self,
        text: str,
        *,
        chat: GroupActor | None = None,
        timeout: float = PATIENCE_SECONDS,  # noqa: ASYNC109 - it reads as the sentence it is
    ) -> Json:
        """Wait for a message of the bot that came or was edited after one's last action.

        Returns:
            The view of the message that contains ``text``.

        Raises:
            AssertionError: It does not come in time; the last messages are shown.
        """
        chat_id = self._chat(chat)
        after = self._acted_at.get(chat_id, 0)
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            for shown in reversed(await self._client.messages(chat_id, after=after)):
                if shown["from"]["is_bot"] and not shown["deleted"] and _shows(shown, text):
                    return shown
            if asyncio.get_running_loop().time() > deadline:
                everything = describe(await self._client.messages(chat_id))
                raise AssertionError(
                    f"{self.view['first_name']} does not see “{text}” among what came after "
                    f"their last action.\n{everything}"
                )
            await asyncio.sleep(POLL_SECONDS)

    async def last(self, *, chat: GroupActor | None = None) -> Json:
        """Give the newest message of the bot in the chat.

        Raises:
            AssertionError: There is none.
        """
        shown = await self._client.messages(self._chat(chat))
        mine = [m for m in shown if m["from"]["is_bot"] and not m["deleted"]]
        if not mine:
            raise AssertionError("the bot has sent nothing to this chat")
        return mine[-1]

    async def messages(self, *, chat: GroupActor | None = None) -> list[Json]:
        """List everything in the chat, oldest first."""
        return await self._client.messages(self._chat(chat))

    async def shares_contact(
        self,
        *,
        of: "PersonActor | None" = None,
        phone: str | None = None,
        first_name: str | None = None,
    ) -> Json:
        """Share one's own contact, somebody else's, or a forged one with any phone number."""
        body = without_nothing(
            of=of.id if of else None, phone=phone, first_name=first_name, **{"from": self.id}
        )
        return self._did(await self._client.call("POST", f"chats/{self.id}/contact", body))

    async def attaches(
        self,
        content: bytes,
        name: str,
        kind: str = "document",
        *,
        caption: str = "",
        album: str = "",
        chat: GroupActor | None = None,
    ) -> Json:
        """Send a ``photo`` or a ``document``; those of one ``album`` belong together."""
        # Unquoted, as browsers send it: a file name arrives with its spaces and letters.
        form = FormData(quote_fields=False)
        told = {"from": str(self.id), "kind": kind, "caption": caption, "media_group_id": album}
        for field, value in told.items():
            form.add_field(field, value)
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        form.add_field("file", content, filename=name, content_type=mime_type)
        path = f"chats/{self._chat(chat)}/attach"
        return self._did(await self._client.call("POST", path, form))

    async def menu(self, *, chat: GroupActor | None = None) -> list[Json]:
        """Show the commands that Telegram's menu shows this person."""
        query: dict[str, Any] = {"chat_id": self._chat(chat)}
        path = f"people/{self.id}/commands"
        found: list[Json] = (await self._client.call("GET", path, query=query))["commands"]
        return found

    async def _press(self, chat_id: int, spot: Spot) -> Pressed:
        body = {
            "from": self.id,
            "message_id": spot.message_id,
            "row": spot.row,
            "column": spot.column,
        }
        answer = await self._client.call("POST", f"chats/{chat_id}/press", body)
        self._acted_at[chat_id] = int(answer["seq"])
        return Pressed(query_id=str(answer["callback_query_id"]), client=self._client)

    def _did(self, view: Json) -> Json:
        self._acted_at[int(view["chat_id"])] = int(view["seq"])
        return view

    def _chat(self, chat: GroupActor | None) -> int:
        return self.id if chat is None else chat.id


def _shows(shown: Json, text: str) -> bool:
    return text in (shown["text"] or "") or text in (shown["service"] or "")
