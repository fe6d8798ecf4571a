"""The home of messages as the page and the tests see them."""

from bot.simulator.state.messages import Message
from bot.simulator.state.world import World
from bot.simulator.text.render import render_html
from bot.simulator.views.messages import entities
from bot.simulator.wire import Json

_KINDS = (
    ("url", "url"),
    ("login_url", "url"),
    ("callback_data", "callback"),
    ("copy_text", "copy"),
    ("web_app", "web_app"),
    ("switch_inline_query", "switch_inline"),
    ("switch_inline_query_current_chat", "switch_inline"),
    ("switch_inline_query_chosen_chat", "switch_inline"),
)


def view(world: World, shown: Message) -> Json:
    """Show a message with what a page needs to draw it."""
    text = shown.text or ""
    marked = entities(world, shown.entities)
    return {
        "seq": shown.seq,
        "message_id": shown.message_id,
        "chat_id": shown.chat_id,
        "date": shown.date,
        "edit_date": shown.edit_date,
        "from": _author(world, shown),
        "text": shown.text,
        "caption": shown.text if shown.has_media else None,
        "entities": marked,
        "html": render_html(text, marked),
        "photo": _photo(shown),
        "document": _document(shown),
        "contact": shown.contact,
        "reply_to_message_id": shown.reply_to,
        "message_thread_id": shown.thread_id,
        "media_group_id": shown.media_group_id,
        "via_bot": world.bot.username if shown.is_via_bot else None,
        "forwarded": shown.forward_origin is not None,
        "service": _service(shown),
        **_markup(shown),
        "deleted": shown.is_deleted,
    }


def _author(world: World, shown: Message) -> Json:
    if shown.anonymous:
        return {"id": shown.chat_id, "is_bot": False, "name": world.groups[shown.chat_id].title}
    if shown.sender_id == world.bot.id:
        return {"id": world.bot.id, "is_bot": True, "name": world.bot.name}
    person = world.people[shown.sender_id]
    return {"id": person.id, "is_bot": False, "name": person.full_name}


def _photo(shown: Message) -> Json | None:
    if shown.photo is None:
        return None
    largest = shown.photo.largest
    return {"file_id": largest.file.file_id, "width": largest.width, "height": largest.height}


def _document(shown: Message) -> Json | None:
    if shown.document is None:
        return None
    file = shown.document.file
    return {
        "file_id": file.file_id,
        "file_name": file.name,
        "mime_type": file.mime_type,
        "file_size": len(file.content),
    }


def _markup(shown: Message) -> Json:
    markup = shown.reply_markup or {}
    keyboard = markup.get("keyboard")
    force = markup.get("force_reply")
    return {
        "inline_keyboard": [[_button(button) for button in row] for row in shown.inline_keyboard]
        if shown.inline_keyboard
        else None,
        "reply_keyboard": {
            "rows": [
                [
                    {"text": b["text"], "request_contact": bool(b.get("request_contact"))}
                    for b in row
                ]
                for row in keyboard
            ],
            "one_time": bool(markup.get("one_time_keyboard")),
            "placeholder": markup.get("input_field_placeholder"),
        }
        if keyboard
        else None,
        "remove_keyboard": bool(markup.get("remove_keyboard")),
        "force_reply": {"placeholder": markup.get("input_field_placeholder")} if force else None,
    }


def _button(button: Json) -> Json:
    kind = next((kind for name, kind in _KINDS if name in button), "callback")
    shown: Json = {"text": button["text"], "kind": kind}
    match kind:
        case "callback":
            shown["data"] = button.get("callback_data")
        case "url":
            shown["url"] = button.get("url") or button["login_url"]["url"]
        case "copy":
            shown["copy_text"] = button["copy_text"]["text"]
        case "web_app":
            shown["url"] = button["web_app"]["url"]
        case _:
            query = button.get("switch_inline_query") or button.get(
                "switch_inline_query_current_chat"
            )
            shown["query"] = query or (button.get("switch_inline_query_chosen_chat") or {}).get(
                "query", ""
            )
    if "style" in button:
        shown["style"] = button["style"]
    return shown


def _service(shown: Message) -> str | None:
    for name, value in (shown.service or {}).items():
        return _sentence(name, value)
    return None


def _sentence(name: str, value: object) -> str:
    match name, value:
        case "new_chat_members", list() as people:
            return ", ".join(str(one["first_name"]) for one in people) + " joined the group"
        case "left_chat_member", dict() as who:
            return f"{who['first_name']} left the group"
        case "forum_topic_created", dict() as topic:
            return f"Topic “{topic['name']}” was created"
        case "forum_topic_edited", dict() as topic:
            return f"The topic is now called “{topic.get('name', '')}”"
        case "pinned_message", dict() as pinned:
            return (
                f"Pinned “{str(pinned.get('text') or pinned.get('caption') or 'a message')[:40]}”"
            )
        case _:
            return _PLAIN.get(name, name.replace("_", " "))


_PLAIN = {
    "group_chat_created": "The group was created",
    "supergroup_chat_created": "The group was created",
    "forum_topic_closed": "The topic was closed",
    "forum_topic_reopened": "The topic was reopened",
    "migrate_to_chat_id": "The group was upgraded to a supergroup",
    "migrate_from_chat_id": "The group was upgraded to a supergroup",
}
