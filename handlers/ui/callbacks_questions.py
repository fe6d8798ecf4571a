"""The home of button values of questions, renewals and the profile."""

from aiogram.filters.callback_data import CallbackData

LAST_PAGE = -1


class QuestionPress(CallbackData, prefix="sq"):
    """A press on a question in private.

    Attributes:
        action: What was pressed.
        id: The question; of a file, the line that has it.
        page: Page of the correspondence.
    """

    action: str
    id: int = 0
    page: int = LAST_PAGE


class TicketPress(CallbackData, prefix="tk"):
    """A press on the card of a question in the admin chat; see ``QuestionPress``."""

    action: str
    id: int = 0
    page: int = LAST_PAGE


class RenewalPress(CallbackData, prefix="rn"):
    """A page of the renewals, or the text to forward for one of them."""

    action: str
    page: int = 0
    mark: str = ""


class ProfilePress(CallbackData, prefix="pf"):
    """A press in the profile; ``program`` is the key of the one that is left."""

    action: str
    program: str = ""
