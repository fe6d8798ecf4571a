"""The home of button values of how a partner stands."""

from aiogram.filters.callback_data import CallbackData


class StandingPress(CallbackData, prefix="sd"):
    """A press about suspending, ending or reinstating a partner.

    Attributes:
        action: What was pressed.
        move: What is to be done with the partner.
        id: The enrolment.
        reason: The coded reason.
    """

    action: str
    move: str
    id: int
    reason: str = ""
