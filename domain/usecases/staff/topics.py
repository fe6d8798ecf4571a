"""The home of the admin chat's topics: which queue has which, if the chat is a forum."""

import json

from domain.ports.work import Work
from domain.surroundings import Surroundings

_SETTING = "topics"
_WARNING = "topic_warning"


class StaffTopics:
    """Remember the topic of each queue.

    - Topics belong to one chat: another admin chat begins without any.
    - Of two that were opened at once for one queue the first that is kept counts.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def known(self, chat_id: int) -> dict[str, int]:
        """Return the thread of each queue's topic in the chat."""
        async with self._around.open_work.read() as work:
            return await _kept(work, chat_id)

    async def keep(self, chat_id: int, topic: str, thread_id: int) -> int:
        """Remember a new topic; return the one that counts."""
        async with self._around.open_work() as work:
            topics = await _kept(work, chat_id)
            if topic not in topics:
                await _put(work, chat_id, topics | {topic: thread_id})
            return topics.get(topic, thread_id)

    async def forget(self, chat_id: int, topic: str, thread_id: int) -> None:
        """Forget a topic that was deleted, unless another one has taken its place."""
        async with self._around.open_work() as work:
            topics = await _kept(work, chat_id)
            if topics.get(topic) == thread_id:
                del topics[topic]
                await _put(work, chat_id, topics)

    async def may_warn(self) -> bool:
        """Test if nobody was warned today that a right is missing; the warning is taken then."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            is_first = await work.jobs.claim(_WARNING, now.date().isoformat(), at=now)
            await work.commit()
        return is_first


async def _kept(work: Work, chat_id: int) -> dict[str, int]:
    kept = json.loads(await work.settings.get(_SETTING) or "{}")
    topics: dict[str, int] = kept["topics"] if kept.get("chat_id") == chat_id else {}
    return topics


async def _put(work: Work, chat_id: int, topics: dict[str, int]) -> None:
    await work.settings.put(_SETTING, json.dumps({"chat_id": chat_id, "topics": topics}))
    await work.commit()
