"""The home of button presses that wait for the bot's answer."""

from dataclasses import dataclass

from bot.simulator.wire import Json

FIRST_QUERY_ID = 4_382_100_000_000_000_001


@dataclass(slots=True, kw_only=True)
class CallbackPress:
    """One press of a callback button, or one inline query."""

    id: str
    chat_id: int | None
    person_id: int
    expires_at: float
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None

    def view(self) -> Json:
        """Show the answer as the control API does."""
        return {
            "callback_query_id": self.id,
            "answered": self.answered,
            "text": self.text,
            "show_alert": self.show_alert,
            "url": self.url,
        }


class Presses:
    """Every press since the start."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_id: dict[str, CallbackPress] = {}

    def new(self, *, chat_id: int | None, person_id: int, expires_at: float) -> CallbackPress:
        """Note a press under a fresh id."""
        press = CallbackPress(
            id=str(FIRST_QUERY_ID + len(self._by_id)),
            chat_id=chat_id,
            person_id=person_id,
            expires_at=expires_at,
        )
        return self.keep(press)

    def keep(self, press: CallbackPress) -> CallbackPress:
        """Note a press that brought its own id."""
        self._by_id[press.id] = press
        return press

    def find(self, query_id: str) -> CallbackPress | None:
        """Find a press."""
        return self._by_id.get(query_id)

    def answerable(self, query_id: str, *, now: float) -> CallbackPress | None:
        """Find a press that is neither answered nor too old."""
        press = self._by_id.get(query_id)
        return None if press is None or press.answered or now >= press.expires_at else press
