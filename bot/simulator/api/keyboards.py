"""The home of reply markups: reading them, and Telegram's refusals of buttons."""

import json
from dataclasses import dataclass

from bot.simulator.api.arguments import Arguments, BadJsonError, as_flag
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.text.links import (
    PrivateLinkError,
    WrongLinkError,
    check_link,
    check_public_link,
)
from bot.simulator.wire import Json

CALLBACK_BYTES_MAX = 64
COPY_TEXT_MAX = 256
PLACEHOLDER_MAX = 64
INLINE_BUTTONS_MAX = 100
REPLY_BUTTONS_MAX = 300
MARKUP_BYTES_MAX = 10_240
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_WORDS = frozenset(
    {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat"}
)
_REQUESTS = ("request_contact", "request_location")
_KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
_DECORATION = ("style", "icon_custom_emoji_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A markup whose shape is right; its buttons are checked when the chat is known."""

    body: Json


def read_markup(arguments: Arguments) -> Markup | None:
    """Read ``reply_markup``.

    Raises:
        ApiError: It is not JSON, not an object, or a button has no text or no action.
    """
    try:
        raw = arguments.json("reply_markup")
    except BadJsonError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        rows = _rows(raw, "inline_keyboard", "InlineKeyboardMarkup", inline=True)
        return Markup(body={"inline_keyboard": rows}) if rows else None
    if "keyboard" in raw:
        rows = _rows(raw, "keyboard", "ReplyKeyboardMarkup", inline=False)
        flags = {name: True for name in _KEYBOARD_FLAGS if as_flag(raw.get(name))}
        return Markup(body={"keyboard": rows, **flags, **_placeholder(raw)}) if rows else None
    if as_flag(raw.get("remove_keyboard")):
        return Markup(body={"remove_keyboard": True})
    if as_flag(raw.get("force_reply")):
        return Markup(body={"force_reply": True, **_placeholder(raw)})
    return None


def read_inline_markup(arguments: Arguments) -> Markup | None:
    """Read the markup of an edit, where only an inline keyboard counts."""
    markup = read_markup(arguments)
    return markup if markup is not None and "inline_keyboard" in markup.body else None


def check_markup(markup: Markup | None, *, is_private: bool) -> Json | None:
    """Check the buttons for a chat and give the markup to keep.

    Raises:
        ApiError: A button cannot be shown in this chat, or there is too much of them.
    """
    if markup is None:
        return None
    inline = markup.body.get("inline_keyboard")
    rows: list[list[Json]] = inline or markup.body.get("keyboard") or []
    count = sum(len(row) for row in rows)
    too_long = len(json.dumps(rows, ensure_ascii=False).encode()) > MARKUP_BYTES_MAX
    if count > (INLINE_BUTTONS_MAX if inline else REPLY_BUTTONS_MAX) or too_long:
        raise bad_request("reply markup is too long")
    if len(markup.body.get("input_field_placeholder", "")) > PLACEHOLDER_MAX:
        raise bad_request("input field placeholder is too long")
    for row in rows:
        for button in row:
            if inline:
                _check_inline(button, is_private=is_private)
            else:
                _check_reply(button, is_private=is_private)
    return markup.body


def _placeholder(raw: Json) -> Json:
    given = raw.get("input_field_placeholder")
    return {"input_field_placeholder": str(given)} if given else {}


def _rows(raw: Json, name: str, owner: str, *, inline: bool) -> list[list[Json]]:
    given = raw[name]
    if not isinstance(given, list):
        raise bad_request(f'field "{name}" of the {owner} should be an Array')
    rows = []
    for row in given:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" of the {owner} should be an Array of Arrays')
        read = [_inline_button(button) if inline else _reply_button(button) for button in row]
        if read:
            rows.append(read)
    return rows


def _inline_button(raw: object) -> Json:
    prefix = "can't parse inline keyboard button"
    if not isinstance(raw, dict):
        raise bad_request(f"{prefix}: Inline keyboard button must be an Object")
    button = {"text": _button_text(raw, prefix)}
    button.update({name: raw[name] for name in _DECORATION if raw.get(name)})
    action = next((name for name in _ACTIONS if raw.get(name) is not None), None)
    if action is None:
        raise bad_request(f"{prefix}: Text buttons are unallowed in the inline keyboard")
    value = raw[action]
    if action in _WORDS and not isinstance(value, str):
        raise bad_request(f'{prefix}: Field "{action}" must be of type String')
    wants = {"copy_text": "text", "login_url": "url", "web_app": "url"}.get(action)
    if wants is not None and not (isinstance(value, dict) and isinstance(value.get(wants), str)):
        raise bad_request(f'{prefix}: Can\'t find field "{wants}"')
    return {**button, action: value}


def _reply_button(raw: object) -> Json:
    prefix = "can't parse keyboard button"
    if isinstance(raw, str):
        return {"text": raw}
    if not isinstance(raw, dict):
        raise bad_request(f"{prefix}: Keyboard button must be an Object")
    return {**raw, "text": _button_text(raw, prefix)}


def _button_text(raw: Json, prefix: str) -> str:
    if "text" not in raw:
        raise bad_request(f'{prefix}: Can\'t find field "text"')
    if not isinstance(raw["text"], str):
        raise bad_request(f'{prefix}: Field "text" must be of type String')
    return raw["text"]


def _check_reply(button: Json, *, is_private: bool) -> None:
    _check_text(button)
    for name, thing in zip(_REQUESTS, ("phone number", "location"), strict=True):
        if as_flag(button.get(name)) and not is_private:
            raise bad_request(f"{thing} can be requested in private chats only")
    if "web_app" in button and not is_private:
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_inline(button: Json, *, is_private: bool) -> None:
    _check_text(button)
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= CALLBACK_BYTES_MAX:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        _check_url(button)
    elif "copy_text" in button:
        if not 1 <= len(button["copy_text"]["text"]) <= COPY_TEXT_MAX:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif "web_app" in button:
        if not is_private:
            raise bad_request("BUTTON_TYPE_INVALID")
        _check_https(button["web_app"]["url"], "inline keyboard button Web App URL")
    elif "login_url" in button:
        _check_https(button["login_url"]["url"], "inline keyboard button login URL")
    elif "pay" in button or "callback_game" in button:
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_text(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_EMPTY")


def _check_url(button: Json) -> None:
    url = str(button["url"])
    try:
        button["url"] = check_public_link(url)
    except WrongLinkError as error:
        raise _bad_url("inline keyboard button URL", url, str(error)) from error
    except PrivateLinkError as error:
        raise bad_request("BUTTON_URL_INVALID") from error


def _check_https(url: str, what: str) -> None:
    try:
        checked = check_link(url)
    except WrongLinkError as error:
        raise _bad_url(what, url, str(error)) from error
    if not checked.startswith("https://"):
        raise _bad_url(what, url, "Only HTTPS links are allowed")


def _bad_url(what: str, url: str, reason: str) -> ApiError:
    return bad_request(f"{what} '{url}' is invalid: {reason}")
