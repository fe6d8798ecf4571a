"""The home of the old Markdown parse mode, which does not nest."""

from bot.simulator.text.formatted import FormattedText, utf16_length
from bot.simulator.text.html import MarkupError
from bot.simulator.text.links import checked_link, user_of_link
from bot.simulator.wire import Json

_KINDS = {"_": "italic", "*": "bold", "`": "code", "```": "pre"}


def parse_legacy_markdown(text: str) -> FormattedText:
    """Parse the legacy Markdown.

    Raises:
        MarkupError: An entity never ends.
    """
    result = ""
    entities: list[Json] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in {"_", "*", "`", "["}:
            result += text[at + 1]
            at += 2
        elif char not in "_*`[":
            result += char
            at += 1
        else:
            mark = "```" if text.startswith("```", at) else char
            closer = "]" if mark == "[" else mark
            end = text.find(closer, at + len(mark))
            if end < 0:
                begin = len(text[:at].encode())
                raise MarkupError(f"Can't find end of the entity starting at byte offset {begin}")
            inner = text[at + len(mark) : end]
            at = end + len(closer)
            entity: Json = {"offset": utf16_length(result), "length": utf16_length(inner)}
            target, at = _target(text, at) if mark == "[" else ("", at)
            result += inner
            described = _link(target or inner) if mark == "[" else {"type": _KINDS[mark]}
            if described and inner:
                entities.append({**described, **entity})
    return FormattedText(result, entities)


def _target(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != "(":
        return "", at
    end = text.find(")", at)
    end = len(text) if end < 0 else end
    return text[at + 1 : end], end + 1


def _link(url: str) -> Json:
    user_id = user_of_link(url)
    if user_id is not None:
        return {"type": "text_mention", "user_id": user_id}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else {}
