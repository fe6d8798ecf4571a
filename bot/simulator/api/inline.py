"""The home of answerInlineQuery."""

import json
import re

from bot.simulator.acts.inline import answer_came
from bot.simulator.api.arguments import Arguments, BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.api.keyboards import check_markup, read_inline_markup
from bot.simulator.api.texts import finish_text
from bot.simulator.errors import bad_request
from bot.simulator.state.inline import InlineAnswer
from bot.simulator.text.parsing import parse_text
from bot.simulator.wire import Json

CACHE_SECONDS_DEFAULT = 300
CACHE_SECONDS_MAX = 30 * 24 * 3600
RESULTS_MAX = 50
RESULT_ID_BYTES_MAX = 64
OFFSET_BYTES_MAX = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
PREFIX = "can't parse inline query result"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TYPES = frozenset(
    {"article", "audio", "contact", "document", "game", "gif", "location"}
    | {"mpeg4_gif", "photo", "sticker", "venue", "video", "voice"}
)


def answer_inline(call: Call) -> Result:
    """Answer an inline query, once and in time; articles are checked to the last button."""
    arguments = call.arguments
    raw = _results(arguments)
    button = _button(arguments)
    results = [_result(one) for one in raw]
    press = call.world.presses.answerable(arguments.text("inline_query_id"), now=call.world.now())
    if press is None:
        raise bad_request(TOO_OLD)
    ids = [one["id"] for one in results]
    if len(raw) > RESULTS_MAX:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = arguments.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES_MAX:
        raise bad_request("NEXT_OFFSET_INVALID")
    cache = arguments.integer(
        "cache_time", default=CACHE_SECONDS_DEFAULT, low=0, high=CACHE_SECONDS_MAX
    )
    press.answered = True
    answer = InlineAnswer(
        results=results,
        button=button,
        is_personal=arguments.flag("is_personal"),
        next_offset=next_offset,
        good_until=call.world.now() + cache,
    )
    call.world.inline.answered(press.id, answer)
    answer_came(call.world, press.id)
    return True


def _results(arguments: Arguments) -> list[object]:
    try:
        raw = arguments.json("results")
    except BadJsonError as error:
        raise bad_request("can't parse JSON encoded inline query results") from error
    if not isinstance(raw, list):
        raise bad_request("expected an Array of inline query results")
    return raw


def _button(arguments: Arguments) -> Json | None:
    """Read the button over the results: it opens the bot's chat, or a web app."""
    try:
        raw = arguments.json("button")
    except BadJsonError as error:
        raise bad_request("can't parse inline query results button JSON object") from error
    if raw is None:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not raw["text"]:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if "web_app" in raw:
        return {"text": raw["text"], "web_app": raw["web_app"]}
    parameter = str(raw.get("start_parameter", ""))
    if not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return {"text": raw["text"], "start_parameter": parameter}


def _result(raw: object) -> Json:
    """Read one result; of an article the message is parsed as sendMessage would."""
    if not isinstance(raw, dict):
        raise bad_request(f"{PREFIX}: Object expected as inline query result")
    for name in ("type", "id"):
        if not isinstance(raw.get(name), str):
            raise bad_request(f'{PREFIX}: Can\'t find field "{name}"')
    if not 1 <= len(raw["id"].encode()) <= RESULT_ID_BYTES_MAX:
        raise bad_request("RESULT_ID_INVALID")
    if raw["type"] not in TYPES:
        raise bad_request("RESULT_TYPE_INVALID")
    return {**raw, "message": _message(raw)} if raw["type"] == "article" else dict(raw)


def _message(raw: Json) -> Json:
    content = raw.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request(f"{PREFIX}: Message content must be specified")
    if not isinstance(raw.get("title"), str):
        raise bad_request(f'{PREFIX}: Can\'t find field "title"')
    if not raw["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if not content.get("message_text"):
        raise bad_request("message text is empty")
    entities = content.get("entities")
    parsed = parse_text(
        str(content["message_text"]),
        parse_mode=str(content.get("parse_mode") or ""),
        entities=entities if isinstance(entities, list) else None,
    )
    final = finish_text(parsed, too_long="MESSAGE_TOO_LONG")
    markup = raw.get("reply_markup")
    given = Arguments(values={} if markup is None else {"reply_markup": json.dumps(markup)})
    return {
        "text": final.text,
        "entities": final.entities,
        "reply_markup": check_markup(read_inline_markup(given), is_private=False),
    }
