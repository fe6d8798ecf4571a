"""The home of faults on request: errors, silence, and broken connections."""

from dataclasses import dataclass
from enum import StrEnum

from bot.simulator.errors import ApiError
from bot.simulator.wire import Json

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


class FaultKind(StrEnum):
    """What becomes of a call."""

    ERROR = "error"
    """It is answered with an error, and nothing is done."""
    HANG = "hang"
    """It is done and answered after some seconds."""
    LATE = "late"
    """It is done at once and answered after some seconds."""
    CUT_BEFORE = "cut_before"
    """The connection breaks, and nothing is done."""
    CUT_AFTER = "cut_after"
    """It is done, and the connection breaks before the answer."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """What becomes of the next matching calls."""

    method: str
    times: int
    kind: FaultKind = FaultKind.ERROR
    seconds: float = 0.0
    error_code: int = 0
    description: str | None = None
    retry_after: int | None = None
    chat_id: str | None = None
    migrate_to_chat_id: int | None = None

    def matches(self, method: str, chat_id: str) -> bool:
        """Test if a call is meant."""
        meant = self.method == "*" or self.method.lower() == method.lower()
        return meant and self.chat_id in {None, chat_id}

    def as_error(self) -> ApiError:
        """Make the answer of a call that fails with an error."""
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

    def take(self, method: str, chat_id: str) -> Fault | None:
        """Use up the first fault that means this call."""
        for fault in self._waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
