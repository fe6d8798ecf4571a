"""The home of button values of clients that are named in advance."""

from aiogram.filters.callback_data import CallbackData


class PinPress(CallbackData, prefix="pin"):
    """A press of a partner about what it named; without a pin, about the list."""

    action: str
    pin_id: int = 0


class PinAnswer(CallbackData, prefix="pna"):
    """A client's answer; ``key`` is the secret end of the link by which it came."""

    action: str
    pin_id: int
    key: str = ""


class StaffPin(CallbackData, prefix="pns"):
    """A press of staff about the protection of a client."""

    action: str
    pin_id: int
    client_id: int
