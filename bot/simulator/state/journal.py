"""The home of the record of Bot API calls, and of faults on request."""

from collections import deque
from dataclasses import dataclass

from bot.simulator.errors import ApiError
from bot.simulator.wire import Json

KEPT_MAX = 20_000
_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Journal:
    """What the bot asked and what it was told."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: deque[Json] = deque(maxlen=KEPT_MAX)
        self._last = 0

    def add(self, method: str, params: Json, *, status: int, description: str | None) -> None:
        """Write one call down."""
        self._last += 1
        self._entries.append(
            {
                "seq": self._last,
                "method": method,
                "params": params,
                "status": status,
                "ok": status < 400,  # noqa: PLR2004 - HTTP's border
                "description": description,
            }
        )

    def read(self, *, method: str | None, chat_id: str | None, after: int) -> list[Json]:
        """List calls, oldest first."""
        return [
            entry
            for entry in self._entries
            if entry["seq"] > after
            and (method is None or entry["method"].lower() == method.lower())
            and (chat_id is None or str(entry["params"].get("chat_id")) == chat_id)
        ]


@dataclass(slots=True, kw_only=True)
class Fault:
    """An error that the next matching calls are answered with."""

    method: str
    times: int
    error_code: int
    description: str | None = None
    retry_after: int | None = None
    chat_id: str | None = None
    migrate_to_chat_id: int | None = None

    def matches(self, method: str, chat_id: str) -> bool:
        """Test if a call is meant."""
        meant = self.method == "*" or self.method.lower() == method.lower()
        return meant and self.chat_id in {None, chat_id}

    def as_error(self) -> ApiError:
        """Make the answer."""
        parameters: Json = {}
        description = self.description or _DESCRIPTIONS.get(
            self.error_code, "Internal Server Error"
        )
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
            if self.description is None:
                description = f"Too Many Requests: retry after {self.retry_after}"
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
            if self.description is None:
                description = "Bad Request: group chat was upgraded to a supergroup chat"
        return ApiError(self.error_code, description, parameters=parameters)


class Faults:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        """Start with none."""
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for a fault."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forget all faults."""
        self._waiting.clear()

    def take(self, method: str, chat_id: str) -> ApiError | None:
        """Use up the first fault that means this call."""
        for fault in self._waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault.as_error()
        return None
