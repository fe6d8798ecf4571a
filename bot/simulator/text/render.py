"""The home of safe HTML made from a text and its entities, for the page."""

import html
from itertools import pairwise

from bot.simulator.text.formatted import utf16_slice
from bot.simulator.wire import Json

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_CLASSES = {
    "spoiler": "spoiler",
    "mention": "mention",
    "text_mention": "mention",
    "hashtag": "hashtag",
    "bot_command": "command",
    "custom_emoji": "emoji",
}
_ALLOWED = ("http://", "https://", "tg://", "mailto:")


def render_html(text: str, entities: list[Json]) -> str:
    """Make HTML in which everything but the entities' own tags is escaped.

    Entities that cross each other are closed and opened again, so the tags always nest.
    """
    bounds = sorted({0, _length(text), *_edges(entities)})
    parts: list[str] = []
    open_now: list[Json] = []
    for begin, end in pairwise(bounds):
        active = [e for e in entities if e["offset"] <= begin and end <= e["offset"] + e["length"]]
        shared = 0
        while shared < min(len(open_now), len(active)) and open_now[shared] is active[shared]:
            shared += 1
        parts.extend(_closing(entity) for entity in reversed(open_now[shared:]))
        parts.extend(_opening(entity, text) for entity in active[shared:])
        open_now = active
        parts.append(html.escape(utf16_slice(text, begin, end - begin)).replace("\n", "<br>"))
    parts.extend(_closing(entity) for entity in reversed(open_now))
    return "".join(parts)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _edges(entities: list[Json]) -> set[int]:
    starts = {entity["offset"] for entity in entities}
    return starts | {entity["offset"] + entity["length"] for entity in entities}


def _opening(entity: Json, text: str) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>"
    target = _target(entity, text)
    if target:
        return f'<a href="{html.escape(target)}" target="_blank" rel="noopener noreferrer">'
    return f'<span class="{_CLASSES.get(kind, "plain")}">'


def _closing(entity: Json) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"</{_TAGS[kind]}>"
    return "</a>" if kind in {"text_link", "url", "email"} else "</span>"


def _target(entity: Json, text: str) -> str:
    covered = utf16_slice(text, entity["offset"], entity["length"])
    match entity["type"]:
        case "text_link":
            target = str(entity["url"])
        case "url":
            target = covered if "://" in covered else f"http://{covered}"
        case "email":
            target = f"mailto:{covered}"
        case _:
            return ""
    return target if target.lower().startswith(_ALLOWED) else "#"
