"""The home of the refusals of the Bot API and of the control API."""

from bot.simulator.wire import Json

_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
}


class ApiError(Exception):
    """An answer of the Bot API with ``ok: false``."""

    def __init__(self, code: int, description: str, *, parameters: Json | None = None) -> None:
        """Take the HTTP status, the finished description and the ``parameters`` object."""
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}


class ConnectionCut(Exception):
    """The connection breaks here, as a test asked."""


class ControlError(Exception):
    """A control call that makes no sense; its text is a sentence for a person."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        """Take the sentence and the HTTP status."""
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def described(code: int, text: str) -> str:
    """Put Telegram's prefix before an error text.

    The first letter is lower-cased, unless the second character is ``_`` or a capital: that is
    how ``BUTTON_DATA_INVALID`` stays as it is.
    """
    prefix = _PREFIXES[code]
    if not text:
        return prefix
    second = text[1:2]
    keeps_case = second == "_" or (second.isascii() and second.isupper())
    return f"{prefix}: {text if keeps_case else text[0].lower() + text[1:]}"


def bad_request(text: str, *, parameters: Json | None = None) -> ApiError:
    """Make a 400."""
    return ApiError(400, described(400, text), parameters=parameters)


def forbidden(text: str) -> ApiError:
    """Make a 403; a text of capitals only is a 400 on Telegram."""
    code = 400 if text.replace("_", "").isupper() else 403
    return ApiError(code, described(code, text))


def conflict(text: str) -> ApiError:
    """Make a 409."""
    return ApiError(409, described(409, text))


def too_many_requests(retry_after_seconds: int) -> ApiError:
    """Make a 429 that says when to come back."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {retry_after_seconds}",
        parameters={"retry_after": retry_after_seconds},
    )
