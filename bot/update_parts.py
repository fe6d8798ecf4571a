"""The home of reading a raw update: whose it is, where to answer, how the log calls it."""

import json
from collections.abc import Mapping
from typing import Any

from domain.ids import encode
from storage.repositories.inbox import StoredUpdate


def reference_of(row: StoredUpdate) -> str:
    """Return the number under which the log speaks of an update."""
    return encode(row.update_id)


def stored_update(raw: Mapping[str, Any]) -> StoredUpdate:
    """Return an update as it is kept."""
    return StoredUpdate(
        update_id=int(raw["update_id"]),
        speaker=_speaker(raw),
        body=json.dumps(raw, ensure_ascii=False),
    )


def _content(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the part of an update that says who did what."""
    for name, value in raw.items():
        if name != "update_id" and isinstance(value, Mapping):
            return value
    return {}


def _speaker(raw: Mapping[str, Any]) -> str:
    """Return whose order an update belongs to: the person, else the chat, else the update."""
    content = _content(raw)
    for name in ("from", "chat"):
        source = content.get(name)
        if isinstance(source, Mapping) and "id" in source:
            return str(source["id"])
    return f"update {raw['update_id']}"


def where_to_answer(raw: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return the chat to answer in and the language of the person's app."""
    content = _content(raw)
    message = content.get("message", content)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    person = content.get("from")
    code = str(person.get("language_code", "")) if isinstance(person, Mapping) else ""
    return (chat.get("id") if isinstance(chat, Mapping) else None), code.partition("-")[0]
