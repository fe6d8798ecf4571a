"""The home of the admin chat: which chat it is, and that it moved."""

import json

from domain.entities.people import Caller
from domain.errors import NotAllowed
from domain.ports.work import Work
from domain.surroundings import Surroundings

_SETTING = "admin_chat"


class AdminChat:
    """Tell which chat is the admin chat.

    - The config names it, or an owner makes a group the admin chat by ``/here``.
    - When Telegram upgrades the group to a supergroup, the new id takes its place; the old one
      gives no rights any more.
    """

    def __init__(self, around: Surroundings, configured_id: int | None) -> None:
        """Work in these surroundings."""
        self._around = around
        self._configured = configured_id

    async def __call__(self) -> int | None:
        """Return the id of the admin chat, ``None`` when there is none yet."""
        async with self._around.open_work.read() as work:
            return self._effective(await work.settings.get(_SETTING))

    def _effective(self, kept: str | None) -> int | None:
        if kept is None:
            return self._configured
        chat = json.loads(kept)
        is_ours = self._configured in (None, chat["was"])
        return int(chat["id"]) if is_ours else self._configured

    async def locate(self, caller: Caller, chat_id: int) -> bool:
        """Make the group the admin chat if there is none; return whether it is the admin chat.

        Raises:
            NotAllowed: the caller is no owner of the config.
        """
        if caller.person.id not in self._around.owners:
            raise NotAllowed(right="admin_chat.locate")
        # In turn, as all that decides on what it reads: of two groups at once one is it.
        async with self._around.open_work() as work:
            current = self._effective(await work.settings.get(_SETTING))
            if current is None:
                await self._keep(work, chat_id, None)
                current = chat_id
        return current == chat_id

    async def move(self, old_id: int, new_id: int) -> None:
        """Follow an upgrade of the admin chat; any other chat changes nothing."""
        async with self._around.open_work() as work:
            if self._effective(await work.settings.get(_SETTING)) == old_id:
                await self._keep(work, new_id, self._configured)

    async def _keep(self, work: Work, chat_id: int, was: int | None) -> None:
        await work.settings.put(_SETTING, json.dumps({"id": chat_id, "was": was}))
        await work.commit()
