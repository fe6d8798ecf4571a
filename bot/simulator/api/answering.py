"""The home of answerCallbackQuery and answerInlineQuery."""

from bot.simulator.acts.posting import announce_thing
from bot.simulator.api.arguments import BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.botapi import maximum
from bot.simulator.errors import bad_request
from bot.simulator.text.links import WrongLinkError, check_link

CACHE_SECONDS_MAX = 30 * 24 * 3600
RESULTS_MAX = 50
RESULT_ID_BYTES_MAX = 64
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


def answer_inline(call: Call) -> Result:
    """Answer an inline query; the results' shape is looked at, no more."""
    try:
        raw = call.arguments.json("results")
    except BadJsonError as error:
        raise bad_request("can't parse JSON encoded inline query results") from error
    if not isinstance(raw, list):
        raise bad_request("expected an Array of inline query results")
    ids = [_result_id(one) for one in raw]
    press = call.world.presses.answerable(
        call.arguments.text("inline_query_id"), now=call.world.now()
    )
    if press is None:
        raise bad_request(_TOO_OLD)
    if len(raw) > RESULTS_MAX:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    press.answered = True
    return True


def _result_id(raw: object) -> str:
    prefix = "can't parse inline query result"
    if not isinstance(raw, dict):
        raise bad_request(f"{prefix}: Object expected as inline query result")
    for name in ("type", "id"):
        if not isinstance(raw.get(name), str):
            raise bad_request(f'{prefix}: Can\'t find field "{name}"')
    if not 1 <= len(raw["id"].encode()) <= RESULT_ID_BYTES_MAX:
        raise bad_request("RESULT_ID_INVALID")
    if raw["type"] == "article" and not isinstance(raw.get("input_message_content"), dict):
        raise bad_request(f"{prefix}: Message content must be specified")
    return str(raw["id"])


def _opens_this_bot(call: Call, url: str) -> bool:
    """Only links that start this very bot may be opened by an answer."""
    try:
        checked = check_link(url).lower()
    except WrongLinkError:
        return False
    name = call.world.bot.username.lower()
    return checked.startswith((f"https://t.me/{name}?", f"tg://resolve?domain={name}"))
