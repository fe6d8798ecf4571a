"""The home of the sending pace: what Telegram allows a bot, in all and in each chat."""

import asyncio
from collections import deque
from collections.abc import Callable

MINUTE = 60.0
CHAT_GAP_SECONDS = 1.0
CHAT_BURST = 3
GROUP_PER_MINUTE = 20
CHATS_REMEMBERED_MAX = 5_000


AT_LEAST_SECONDS = 0.5
"""However much people are answered, what is owed to others goes on at two a second."""
WINDOW_SECONDS = 1.02
"""A second of Telegram's, and what messages may catch up on each other on their way there."""


class Pace:
    """Lets callers through at an even rate, with a small burst, never more than so many a second.

    It is the allowance of the bot, so one process at a time may send by it: the leader. What the
    leader answers to people goes at once and is counted, so that the others leave room for it.
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
        self._turn = asyncio.Lock()
        self._sent: deque[float] = deque(maxlen=max(int(per_second), 1))
        self._last = now()
        self._has_chat_limits = has_chat_limits
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}

    async def __call__(self) -> None:
        """Wait for one's turn, in the order of coming."""
        async with self._turn:
            # People may be answered while one waits: then it is looked at anew.
            while (turn := self._next_turn()) > (now := self._now()):  # noqa: ASYNC110 - of time
                await asyncio.sleep(turn - now)
            self._next = turn + self._gap
            self._last = now
            self._sent.append(now)

    def _next_turn(self) -> float:
        turn = max(self._next, self._now() - self._slack)
        if len(self._sent) < (self._sent.maxlen or 0):
            return turn
        return max(turn, min(self._sent[0] + WINDOW_SECONDS, self._last + AT_LEAST_SECONDS))

    def answered(self) -> None:
        """Count a message that was an answer to somebody and waited for no turn."""
        self._sent.append(self._now())

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
