"""The home of messages as the Bot API shows them."""

from bot.simulator.state.messages import Message
from bot.simulator.state.world import World
from bot.simulator.views.chats import anonymous_user, anybody, chat, user
from bot.simulator.wire import Json


def message(world: World, shown: Message, *, is_nested: bool = False) -> Json:
    """Show a message; one inside another (a reply, a pin) leaves its own reply out."""
    view: Json = {
        "message_id": shown.message_id,
        **_author(world, shown),
        "chat": chat(world, shown.chat_id),
        "date": shown.date,
    }
    if shown.is_via_bot:
        view["via_bot"] = anybody(world, world.bot.id)
    if shown.thread_id is not None:
        view.update(message_thread_id=shown.thread_id, is_topic_message=True)
    optional = {
        "forward_origin": shown.forward_origin,
        "edit_date": shown.edit_date,
        "media_group_id": shown.media_group_id,
        "contact": shown.contact,
        "has_protected_content": shown.is_protected or None,
        "link_preview_options": shown.link_preview_options,
    }
    view.update({name: value for name, value in optional.items() if value is not None})
    view.update(shown.service or {})
    view.update(_content(world, shown))
    if shown.inline_keyboard:
        view["reply_markup"] = {"inline_keyboard": shown.inline_keyboard}
    if not is_nested:
        view.update(_reply(world, shown))
    return view


def entities(world: World, found: list[Json]) -> list[Json]:
    """Show entities; a mention of somebody unknown is no entity."""
    shown = []
    for entity in found:
        if entity["type"] != "text_mention":
            shown.append(entity)
        elif entity["user_id"] in world.people:
            place = {name: value for name, value in entity.items() if name != "user_id"}
            shown.append({**place, "user": user(world.people[entity["user_id"]])})
    return shown


def _author(world: World, shown: Message) -> Json:
    if shown.anonymous:
        return {"from": anonymous_user(), "sender_chat": chat(world, shown.chat_id)}
    return {"from": anybody(world, shown.sender_id)}


def _content(world: World, shown: Message) -> Json:
    view: Json = {}
    if shown.photo is not None:
        view["photo"] = [size.view() for size in shown.photo.sizes]
    if shown.document is not None:
        view["document"] = shown.document.view()
    names = ("caption", "caption_entities") if shown.has_media else ("text", "entities")
    if shown.text:
        view[names[0]] = shown.text
        if marked := entities(world, shown.entities):
            view[names[1]] = marked
    return view


def _reply(world: World, shown: Message) -> Json:
    target = shown.reply_to or _topic_opening(shown)
    found = world.messages.find(shown.chat_id, target) if target is not None else None
    return {} if found is None else {"reply_to_message": message(world, found, is_nested=True)}


def _topic_opening(shown: Message) -> int | None:
    """Everything in a topic replies to the message that opened it, unless it replies elsewhere."""
    opening = shown.service is not None and "forum_topic_created" in shown.service
    return None if opening else shown.thread_id
