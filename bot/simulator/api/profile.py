"""The home of the bot's name, descriptions, menu button and of getMe, logOut, close."""

from bot.simulator.api.arguments import BadJsonError
from bot.simulator.api.call import Call, Handler, Result
from bot.simulator.api.targets import chat_by_id
from bot.simulator.botapi import maximum
from bot.simulator.errors import bad_request, too_many_requests
from bot.simulator.text.links import WrongLinkError, check_link
from bot.simulator.views.chats import bot_itself
from bot.simulator.wire import Json

_LANGUAGE_LENGTH = 2
_PAUSE_SECONDS = 600


def get_me(call: Call) -> Result:
    """Tell who the bot is."""
    return bot_itself(call.world)


def log_out(call: Call) -> Result:
    """Log the bot out: every later call is refused."""
    call.world.bot.logged_out = True
    return True


def close(call: Call) -> Result:
    """Close the bot, which is refused in the first ten minutes."""
    if call.world.now() - call.world.started_at < call.world.settings.close_pause_seconds:
        raise too_many_requests(_PAUSE_SECONDS)
    return True


def setter(method: str, field: str) -> Handler:
    """Make the method that sets one of the bot's words in one language."""
    kept_as = {"name": "names", "description": "descriptions"}.get(field, "short_descriptions")

    def set_words(call: Call) -> Result:
        language = read_language(call)
        words = call.arguments.text(field).strip()
        if len(words) > maximum(method, field):
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        kept: dict[str, str] = getattr(call.world.profile, kept_as)
        if words:
            kept[language] = words
        else:
            kept.pop(language, None)
        return True

    return set_words


def getter(field: str) -> Handler:
    """Make the method that reads one of the bot's words, falling back to the default language."""
    kept_as = {"name": "names", "description": "descriptions"}.get(field, "short_descriptions")

    def get_words(call: Call) -> Result:
        kept: dict[str, str] = getattr(call.world.profile, kept_as)
        default = call.world.bot.name if field == "name" else ""
        return {field: kept.get(read_language(call)) or kept.get("") or default}

    return get_words


def read_language(call: Call) -> str:
    """Read ``language_code``: empty, or two letters.

    Raises:
        ApiError: It is anything else.
    """
    language = call.arguments.text("language_code")
    is_code = len(language) == _LANGUAGE_LENGTH and language.isascii() and language.isalpha()
    if language and not is_code:
        raise bad_request("invalid language code specified")
    return language.lower()


def set_menu_button(call: Call) -> Result:
    """Set the menu button of a private chat, or the default one."""
    try:
        raw = call.arguments.json("menu_button")
    except BadJsonError as error:
        raise bad_request("can't parse menu button JSON object") from error
    button = _menu_button({"type": "default"} if raw is None else raw)
    chat_id = _menu_chat(call)
    if button["type"] == "default":
        call.world.profile.menu_buttons.pop(chat_id, None)
    else:
        call.world.profile.menu_buttons[chat_id] = button
    return True


def get_menu_button(call: Call) -> Result:
    """Read the menu button of a private chat, or the default one."""
    return call.world.profile.menu_button(_menu_chat(call))


def _menu_chat(call: Call) -> int:
    chat_id = call.arguments.integer("chat_id")
    if chat_id and not chat_by_id(call.world, chat_id).is_private:
        raise bad_request("chat menu button can be set only in private chats")
    return chat_id


def _menu_button(raw: object) -> Json:
    if not isinstance(raw, dict) or raw.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button: invalid menu button type specified")
    if raw["type"] != "web_app":
        return {"type": raw["type"]}
    text, app = raw.get("text"), raw.get("web_app")
    if not isinstance(text, str) or not isinstance(app, dict) or not app.get("url"):
        raise bad_request('can\'t parse menu button: Can\'t find field "text" or "web_app"')
    try:
        url = check_link(str(app["url"]))
    except WrongLinkError as error:
        raise bad_request(f"menu button Web App URL is invalid: {error}") from error
    if not url.startswith("https://"):
        raise bad_request("menu button Web App URL is invalid: Only HTTPS links are allowed")
    return {"type": "web_app", "text": text, "web_app": {"url": url}}
