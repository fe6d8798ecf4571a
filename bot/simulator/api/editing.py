"""The home of the edit methods."""

from bot.simulator.acts.posting import announce
from bot.simulator.api.arguments import BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.api.inputs import load
from bot.simulator.api.keyboards import Markup, check_markup, read_inline_markup
from bot.simulator.api.media import put_media, read_media
from bot.simulator.api.targets import Chat, find_message, open_chat
from bot.simulator.api.texts import finish_caption, finish_text, read_caption, read_text
from bot.simulator.errors import bad_request
from bot.simulator.state.messages import Message
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_text(call: Call) -> Result:
    """Edit the text of a message; without a keyboard in the call the keyboard goes."""
    parsed = read_text(call.arguments)
    markup = read_inline_markup(call.arguments)
    chat, message = _target(call)
    if message.has_media or message.text is None:
        raise bad_request("there is no text in the message to edit")
    final = finish_text(parsed, too_long="MESSAGE_TOO_LONG")
    new_markup = _checked(markup, chat)
    _check_modified(message, [final.text, final.entities, new_markup])
    message.text, message.entities = final.text, final.entities
    return _finish(call, message, new_markup)


def edit_caption(call: Call) -> Result:
    """Edit or remove a caption."""
    parsed = read_caption(call.arguments)
    markup = read_inline_markup(call.arguments)
    chat, message = _target(call)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    final = finish_caption(parsed, too_long="MEDIA_CAPTION_TOO_LONG")
    new_markup = _checked(markup, chat)
    _check_modified(message, [final.text or None, final.entities, new_markup])
    message.text, message.entities = final.text or None, final.entities
    return _finish(call, message, new_markup)


async def edit_media(call: Call) -> Result:
    """Replace the photo or file of a message, or add one to a text."""
    try:
        raw = call.arguments.json("media")
    except BadJsonError as error:
        raise bad_request("can't parse input media JSON object") from error
    if raw is None:
        raise bad_request("input media is not specified")
    item = read_media(call, raw)
    markup = read_inline_markup(call.arguments)
    chat, message = _target(call)
    if message.media_group_id and (item.file.kind == "photo") != (message.photo is not None):
        raise bad_request("message content type can't be changed in an album")
    final = finish_caption(item.caption, too_long="MEDIA_CAPTION_TOO_LONG")
    thing = await load(call, item.file)
    new_markup = _checked(markup, chat)
    same_file = thing is message.photo or thing is message.document
    if same_file:
        _check_modified(message, [final.text or None, final.entities, new_markup])
    put_media(message, thing, final)
    return _finish(call, message, new_markup)


def edit_markup(call: Call) -> Result:
    """Replace or remove the inline keyboard."""
    markup = read_inline_markup(call.arguments)
    chat, message = _target(call)
    new_markup = _checked(markup, chat)
    _check_modified(message, [message.text, message.entities, new_markup])
    return _finish(call, message, new_markup)


def _target(call: Call) -> tuple[Chat, Message]:
    """Find the message to edit, in Telegram's order of checks."""
    if call.arguments.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = open_chat(call)
    if call.arguments.integer("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    message = find_message(call, chat, "edit")
    is_own = message.sender_id == call.world.bot.id and message.forward_origin is None
    if not is_own or message.has_fixed_markup or message.service is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _checked(markup: Markup | None, chat: Chat) -> Json | None:
    return check_markup(markup, is_private=chat.is_private)


def _check_modified(message: Message, new: list[object]) -> None:
    if [message.text, message.entities, message.reply_markup] == new:
        raise bad_request(_NOT_MODIFIED)


def _finish(call: Call, message: Message, markup: Json | None) -> Json:
    only_markup_moved = call.method == "editMessageReplyMarkup"
    message.reply_markup = markup
    if not only_markup_moved:
        message.edit_date = call.world.date()
    announce(call.world, message, "edit")
    return message_object(call.world, message)
