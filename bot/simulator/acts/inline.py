"""The home of asking the bot in any chat, and of sending what it offers."""

from bot.simulator.acts.posting import announce_thing, post, queue_update, tell_bot
from bot.simulator.acts.talking import bot_sees, check_place
from bot.simulator.errors import ControlError
from bot.simulator.state.inline import InlineAsk
from bot.simulator.state.messages import Message
from bot.simulator.state.people import Person
from bot.simulator.state.world import World
from bot.simulator.views.chats import user

QUERY_LENGTH_MAX = 256


def ask(world: World, chat_id: int, person: Person, query: str, offset: str = "") -> InlineAsk:
    """Type the bot's name and a query in a chat.

    An answer that is still good is given again, without the bot.

    Raises:
        ControlError: The person is not in the chat, or the query is too long.
    """
    check_place(world, chat_id, person)
    if len(query) > QUERY_LENGTH_MAX:
        raise ControlError(f"an inline query has at most {QUERY_LENGTH_MAX} characters")
    known = world.inline.known(person.id, query, offset, now=world.now())
    lives = world.settings.inline_update_seconds
    made = world.presses.new(chat_id=None, person_id=person.id, expires_at=world.now() + lives)
    asked = world.inline.keep(
        InlineAsk(id=made.id, person_id=person.id, query=query, offset=offset, answer=known)
    )
    if known is None:
        payload = {
            "id": made.id,
            "from": user(person),
            "query": query,
            "offset": offset,
            "chat_type": _chat_type(world, chat_id),
        }
        key = ("inline", person.id)
        queue_update(world, "inline_query", payload, key=key, lives_seconds=lives)
    return asked


def choose(
    world: World, chat_id: int, person: Person, asked: InlineAsk, result_id: str
) -> Message:
    """Send one of the results into a chat: the person's message, by way of the bot.

    Raises:
        ControlError: There is no such result, or it is no article.
    """
    check_place(world, chat_id, person)
    if asked.person_id != person.id:
        raise ControlError("somebody else asked for these results")
    results = asked.answer.results if asked.answer else []
    found = next((one for one in results if one["id"] == result_id), None)
    if found is None:
        raise ControlError(f"there is no result {result_id}", status=404)
    if "message" not in found:
        raise ControlError(f"results of type {found['type']} cannot be sent here, only articles")
    message = Message(
        chat_id=chat_id,
        sender_id=person.id,
        date=world.date(),
        is_via_bot=True,
        text=found["message"]["text"],
        entities=found["message"]["entities"],
        reply_markup=found["message"]["reply_markup"],
    )
    post(world, message)
    if chat_id == person.id:
        person.started = True
    if bot_sees(world, message):
        tell_bot(world, message)
    return message


def answer_came(world: World, query_id: str) -> None:
    """Show the watchers that a question was answered."""
    asked = world.inline.find(query_id)
    if asked is not None:
        announce_thing(world, "inline", None, asked.view())


def _chat_type(world: World, chat_id: int) -> str:
    group = world.groups.get(chat_id)
    return "sender" if group is None else group.type
