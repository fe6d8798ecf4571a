"""The home of the entities that Telegram finds by itself: commands, mentions, links."""

import re

from bot.simulator.text.formatted import FormattedText, sort_entities, utf16_length
from bot.simulator.text.links import checked_link
from bot.simulator.wire import Json

_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}(?![\w@])")),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"«»]+", re.IGNORECASE)),
    ("url", re.compile(r"(?<![\w@])tg://[\w-]+[^\s<>\"«»]*", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@./:-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|io|dev|app|ru|ua|bg|example|test)"
            r"(?::\d+)?(?:/[^\s<>\"«»]*)?(?![\w@])",
            re.IGNORECASE,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[a-zA-Z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w&#])#(?=\w*[^\W\d])\w{1,256}")),
)
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})
_TRAILING = ".,:;!?'\")]}»…"


def with_found_entities(formatted: FormattedText) -> FormattedText:
    """Add the entities that nobody marked, outside of code and links."""
    entities = list(formatted.entities)
    taken = [_span(entity) for entity in entities if entity["type"] in _CLOSED]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(formatted.text):
            found = match.group().rstrip(_TRAILING) if kind == "url" else match.group()
            if kind == "url" and not checked_link(found):
                continue
            begin = utf16_length(formatted.text[: match.start()])
            span = (begin, begin + utf16_length(found))
            if not any(span[0] < stop and start < span[1] for start, stop in taken):
                taken.append(span)
                entities.append({"type": kind, "offset": begin, "length": span[1] - begin})
    return FormattedText(formatted.text, sort_entities(entities))


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
