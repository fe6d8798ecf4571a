"""The home of blocking, joining, leaving, rights and the upgrade to a supergroup."""

from collections.abc import Iterable

from bot.simulator.acts.posting import announce_thing, post_service, queue_update
from bot.simulator.errors import ControlError
from bot.simulator.state.chats import PRESENT, Group, Member
from bot.simulator.state.people import Person
from bot.simulator.state.world import World
from bot.simulator.views.chats import anybody, bot_user, chat, member, member_as, user
from bot.simulator.wire import Json


def set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    """Block or unblock the bot, which yields ``my_chat_member``."""
    if person.blocked == blocked:
        return
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    person.blocked = blocked
    _my_chat_member(
        world, person.id, person.id, member_as(world, before, {}), member_as(world, after, {})
    )
    announce_thing(world, "person", person.id, person.view())


def create_group(world: World, group: Group, people: Iterable[Person]) -> None:
    """Make a group of people with the bot in it; the first person owns it."""
    for index, person in enumerate(people):
        status = "creator" if index == 0 else "member"
        group.members[person.id] = Member(person_id=person.id, status=status)
    world.groups[group.id] = group
    owner = next(iter(group.members), world.bot.id)
    _my_chat_member(
        world, group.id, owner, member_as(world, "left", {}), member(world, group, world.bot.id)
    )
    created = "supergroup_chat_created" if group.type == "supergroup" else "group_chat_created"
    post_service(world, group.id, owner, {created: True})
    announce_thing(world, "group", group.id, group.view())


def set_bot(world: World, group: Group, *, status: str, rights: dict[str, bool], by: int) -> None:
    """Change what the bot is in a group, which yields ``my_chat_member``."""
    before = member(world, group, world.bot.id)
    was_in = group.bot_is_in
    group.bot_status, group.bot_rights = status, rights
    after = member(world, group, world.bot.id)
    if before == after:
        return
    _my_chat_member(world, group.id, by, before, after)
    if was_in and not group.bot_is_in:
        post_service(world, group.id, by, {"left_chat_member": bot_user(world)})
    elif group.bot_is_in and not was_in:
        post_service(world, group.id, by, {"new_chat_members": [bot_user(world)]})


def set_member(
    world: World, group: Group, person: Person, *, status: str, is_anonymous: bool
) -> None:
    """Change what a person is in a group, with the service message and ``chat_member``."""
    before = member(world, group, person.id)
    was_in = group.member(person.id) is not None
    group.members[person.id] = Member(
        person_id=person.id, status=status, is_anonymous=is_anonymous
    )
    after = member(world, group, person.id)
    if before == after:
        return
    if group.bot_status == "administrator":
        queue_update(
            world,
            "chat_member",
            _change(world, group.id, person.id, before, after),
            key=("member", group.id),
        )
    if was_in and status not in PRESENT:
        post_service(world, group.id, person.id, {"left_chat_member": user(person)})
    elif not was_in and status in PRESENT:
        post_service(world, group.id, person.id, {"new_chat_members": [user(person)]})


def upgrade(world: World, group: Group) -> Group:
    """Turn a basic group into a supergroup with a new id and both service messages.

    Raises:
        ControlError: It is a supergroup already, or was upgraded.
    """
    if group.type == "supergroup" or group.migrated_to is not None:
        raise ControlError("only a basic group can be upgraded, and only once")
    new = Group(
        id=world.new_group_id(supergroup=True),
        title=group.title,
        type="supergroup",
        members=dict(group.members),
        bot_status=group.bot_status,
        bot_rights=dict(group.bot_rights),
        migrated_from=group.id,
    )
    world.groups[new.id] = new
    group.migrated_to = new.id
    owner = next(iter(group.members), world.bot.id)
    post_service(world, group.id, owner, {"migrate_to_chat_id": new.id})
    post_service(world, new.id, owner, {"migrate_from_chat_id": group.id})
    announce_thing(world, "group", new.id, new.view())
    return new


def _my_chat_member(world: World, chat_id: int, by: int, before: Json, after: Json) -> None:
    change = _change(world, chat_id, by, before, after)
    queue_update(world, "my_chat_member", change, key=("member", chat_id))


def _change(world: World, chat_id: int, by: int, before: Json, after: Json) -> Json:
    return {
        "chat": chat(world, chat_id),
        "from": anybody(world, by),
        "date": world.date(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
