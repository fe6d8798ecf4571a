"""The home of the sending pace: what Telegram allows a bot, in all and in each chat."""

import asyncio
from collections import deque
from collections.abc import Callable

MINUTE = 60.0
CHAT_GAP_SECONDS = 1.0
CHAT_BURST = 3
GROUP_PER_MINUTE = 20
CHATS_REMEMBERED_MAX = 5_000


WINDOW_SECONDS = 1.02
"""A second of Telegram's, and what messages may catch up on each other on their way there."""


class Pace:
    """Lets callers through at an even rate, with a small burst, never more than so many a second.

    It is the allowance of the bot, so one process at a time may send by it: the leader.
    """

    def __init__(
        self,
        per_second: float,
        now: Callable[[], float],
        burst: int = 5,
        *,
        has_chat_limits: bool = True,
    ) -> None:
        """Allow so many a second, one a second to a person, and twenty a minute into a group.

        Args:
            per_second: In all.
            now: A clock that only goes forward, in seconds.
            burst: How many may go at once after a rest.
            has_chat_limits: There are limits for each chat; a simulator has none.
        """
        self._gap = 1 / per_second
        self._slack = burst * self._gap
        self._now = now
        self._next = now()
        self._turns: deque[float] = deque(maxlen=max(int(per_second), 1))
        self._has_chat_limits = has_chat_limits
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}

    async def __call__(self) -> None:
        """Wait for one's turn."""
        now = self._now()
        turn = max(self._next, now - self._slack)
        if len(self._turns) == self._turns.maxlen:
            turn = max(turn, self._turns[0] + WINDOW_SECONDS)
        self._next = turn + self._gap
        self._turns.append(max(turn, now))
        if turn > now:
            await asyncio.sleep(turn - now)

    def in_chat(self, chat_id: int) -> float:
        """Return after how many seconds a person may be sent a message, and count it."""
        if not self._has_chat_limits:
            return 0.0
        now = self._now()
        if len(self._chats) > CHATS_REMEMBERED_MAX:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        turn = max(self._chats.get(chat_id, 0.0), now)
        self._chats[chat_id] = turn + CHAT_GAP_SECONDS
        return max(turn - now - (CHAT_BURST - 1) * CHAT_GAP_SECONDS, 0.0)

    def in_group(self, chat_id: int) -> float:
        """Return after how many seconds a group may be sent a message; count it if at once."""
        if not self._has_chat_limits:
            return 0.0
        now = self._now()
        sent = self._groups.setdefault(chat_id, deque(maxlen=GROUP_PER_MINUTE))
        if len(sent) == GROUP_PER_MINUTE and now - sent[0] < MINUTE:
            return sent[0] + MINUTE - now
        sent.append(now)
        return 0.0

    def pause(self, seconds: float) -> None:
        """Let nobody through for a while: Telegram asked for it."""
        self._next = max(self._next, self._now() + seconds)
