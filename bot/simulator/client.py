"""The home of the typed client of the control API, which tests speak through.

sim = SimulatorClient(simulator.url)
ann = await sim.person("Ann", language_code="en")
await ann.opens("r_CODE")
await ann.sees("Welcome")
await ann.presses("Activate")
"""

from typing import Any, Self

from aiohttp import ClientSession, FormData

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.control_calls import SimulatorError
from bot.simulator.wire import Json, without_nothing

_HTTP_ERROR = 400


class SimulatorClient:
    """A client of one running simulator; close it, or use it in ``async with``."""

    def __init__(self, url: str) -> None:
        """Take the address of the simulator, as ``Simulator.url`` tells it."""
        self.url = url.rstrip("/")
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        phone: str | None = None,
        **more: object,
    ) -> PersonActor:
        """Make a person; without ``phone`` they get a fictitious one.

        ``more`` may hold ``label`` and ``id``.
        """
        view = await self.call(
            "POST",
            "people",
            without_nothing(
                first_name=first_name,
                last_name=last_name,
                username=username,
                language_code=language_code,
                phone=phone,
                **more,
            ),
        )
        return PersonActor(self, view)

    async def group(
        self,
        title: str,
        *,
        members: list[PersonActor] | None = None,
        is_forum: bool = False,
        kind: str = "group",
        bot_rights: list[str] | dict[str, bool] | None = None,
    ) -> GroupActor:
        """Make a group with the bot in it; the first member owns it.

        Without ``bot_rights`` the bot is a plain member and privacy mode holds.
        """
        view = await self.call(
            "POST",
            "groups",
            without_nothing(
                title=title,
                members=[member.id for member in members or []],
                is_forum=is_forum,
                type=kind,
                bot_rights=bot_rights,
            ),
        )
        return GroupActor(self, view)

    async def state(self) -> Json:
        """Show the bot, the people, the groups and the command lists."""
        return await self.call("GET", "state")

    async def journal(
        self, method: str | None = None, *, chat_id: int | None = None, after: int = 0
    ) -> list[Json]:
        """List the Bot API calls that the bot made, oldest first."""
        query = without_nothing(method=method, chat_id=chat_id, after=after)
        items: list[Json] = (await self.call("GET", "journal", query=query))["items"]
        return items

    async def faults(
        self,
        method: str = "*",
        *,
        error_code: int,
        times: int = 1,
        description: str | None = None,
        retry_after: int | None = None,
        chat_id: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        """Let the next ``times`` matching calls fail."""
        body = without_nothing(
            method=method,
            times=times,
            error_code=error_code,
            description=description,
            retry_after=retry_after,
            chat_id=chat_id,
            migrate_to_chat_id=migrate_to_chat_id,
        )
        await self.call("POST", "faults", body)

    async def misbehaves(
        self,
        kind: str,
        method: str = "*",
        *,
        seconds: float = 0.0,
        times: int = 1,
        chat_id: int | None = None,
    ) -> None:
        """Answer the next ``times`` matching calls late, or not at all.

        ``hang`` and ``late`` take so many seconds before they are done, or after it;
        ``cut_before`` and ``cut_after`` break the connection before it is done, or after it.
        """
        body = {"kind": kind, "method": method, "seconds": seconds, "times": times}
        await self.call("POST", "faults", body | without_nothing(chat_id=chat_id))

    async def clear_faults(self) -> None:
        """Forget the faults that have not happened."""
        await self.call("DELETE", "faults")

    async def deliveries(self, *, repeats: int = 0, shuffle: bool = False, seed: int = 0) -> None:
        """Let updates come again so often, or those that wait in any order.

        It is for updates that are made from now on; without arguments all is as usual.
        """
        body = {"repeats": repeats, "shuffle": shuffle, "seed": seed}
        await self.call("POST", "deliveries", body)

    async def update(self, body: Json) -> int:
        """Put a raw update into the bot's queue as it is; give its id."""
        return int((await self.call("POST", "updates", body))["update_id"])

    async def callback(self, query_id: str) -> Json:
        """Show what the bot answered to a press."""
        return await self.call("GET", f"callbacks/{query_id}")

    async def file(self, file_id: str) -> bytes:
        """Read the bytes of a file that anybody sent."""
        async with self.session.get(f"{self.url}/sim/files/{file_id}") as response:
            if response.status >= _HTTP_ERROR:
                raise SimulatorError((await response.json())["error"])
            return await response.read()

    async def messages(self, chat_id: int, *, after: int = 0) -> list[Json]:
        """List the views of a chat's messages that changed after a number, oldest first."""
        found = await self.call("GET", f"chats/{chat_id}/messages", query={"after": after})
        items: list[Json] = found["items"]
        return items

    async def call(
        self,
        method: str,
        path: str,
        body: Json | FormData | None = None,
        *,
        query: dict[str, Any] | None = None,
    ) -> Json:
        """Call the control API and give its answer.

        Raises:
            SimulatorError: It refused.
        """
        content: dict[str, Any] = {"data": body} if isinstance(body, FormData) else {"json": body}
        async with self.session.request(
            method, f"{self.url}/sim/{path}", params=query, **(content if body is not None else {})
        ) as response:
            answer: Json = await response.json()
            if response.status >= _HTTP_ERROR:
                raise SimulatorError(answer.get("error", str(answer)))
            return answer

    @property
    def session(self) -> ClientSession:
        """Open the connection when it is first needed, inside the running loop."""
        if self._session is None:
            self._session = ClientSession()
        return self._session
