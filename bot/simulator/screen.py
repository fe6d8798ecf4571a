"""The home of looking at a chat as a person does: buttons, and a readable picture."""

from dataclasses import dataclass

from bot.simulator.wire import Json

MessageLike = Json | int
_SHOWN_MAX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a button is."""

    message_id: int
    row: int
    column: int


def find_button(shown: list[Json], label: str, *, message_id: int | None) -> Spot | None:
    """Find a callback button in the newest message that has it.

    A message is searched for the exact text first and then for a part of it.
    """
    for message in reversed(shown):
        if message["deleted"] or message_id not in {None, message["message_id"]}:
            continue
        buttons = [
            (button["text"], Spot(message_id=message["message_id"], row=r, column=c))
            for r, row in enumerate(message["inline_keyboard"] or [])
            for c, button in enumerate(row)
            if button["kind"] == "callback"
        ]
        exact = [spot for text, spot in buttons if text == label]
        partial = [spot for text, spot in buttons if label in text]
        if exact or partial:
            return (exact or partial)[0]
    return None


def find_reply_button(shown: list[Json], label: str) -> Json | None:
    """Find a button of the reply keyboard that is in force."""
    for message in reversed(shown):
        if message["deleted"] or not message["from"]["is_bot"]:
            continue
        if message["remove_keyboard"]:
            return None
        if message["reply_keyboard"]:
            rows: list[list[Json]] = message["reply_keyboard"]["rows"]
            return next((b for row in rows for b in row if label in b["text"]), None)
    return None


def describe(shown: list[Json]) -> str:
    """Draw the last messages with their buttons, for the text of a failed assertion."""
    visible = [message for message in shown if not message["deleted"]]
    lines = ["The last messages:" if visible else "The chat is empty."]
    for message in visible[-_SHOWN_MAX:]:
        content = message["text"] or message["service"] or "(no text)"
        mark = "photo, " if message["photo"] else "file, " if message["document"] else ""
        lines.append(f"  #{message['message_id']} {message['from']['name']}: {mark}{content}")
        lines.extend(
            "      " + " ".join(f"[{button['text']} · {button['kind']}]" for button in row)
            for row in message["inline_keyboard"] or []
        )
        keyboard = message["reply_keyboard"]
        if keyboard:
            lines.extend(
                "      keyboard: " + " ".join(f"[{button['text']}]" for button in row)
                for row in keyboard["rows"]
            )
    return "\n".join(lines)
