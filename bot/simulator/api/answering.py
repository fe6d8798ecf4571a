"""The home of answerCallbackQuery."""

from bot.simulator.acts.posting import announce_thing
from bot.simulator.api.call import Call, Result
from bot.simulator.botapi import maximum
from bot.simulator.errors import bad_request
from bot.simulator.text.links import WrongLinkError, check_link

CACHE_SECONDS_MAX = 30 * 24 * 3600
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback(call: Call) -> Result:
    """Answer a press, once and in time."""
    arguments = call.arguments
    text = arguments.text("text")
    arguments.integer("cache_time", low=0, high=CACHE_SECONDS_MAX)
    press = call.world.presses.answerable(
        arguments.text("callback_query_id"), now=call.world.now()
    )
    if press is None:
        raise bad_request(_TOO_OLD)
    if len(text) > maximum("answerCallbackQuery", "text"):
        raise bad_request("MESSAGE_TOO_LONG")
    url = arguments.text("url")
    if url and not _opens_this_bot(call, url):
        raise bad_request("URL_INVALID")
    press.answered = True
    press.text = text or None
    press.show_alert = arguments.flag("show_alert")
    press.url = url or None
    announce_thing(call.world, "callback", press.chat_id, press.view())
    return True


def _opens_this_bot(call: Call, url: str) -> bool:
    """Only links that start this very bot may be opened by an answer."""
    try:
        checked = check_link(url).lower()
    except WrongLinkError:
        return False
    name = call.world.bot.username.lower()
    return checked.startswith((f"https://t.me/{name}?", f"tg://resolve?domain={name}"))
