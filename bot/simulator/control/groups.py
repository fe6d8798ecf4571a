"""The home of the control calls about groups."""

from aiohttp import web

from bot.simulator.acts.membership import create_group, set_bot, set_member, upgrade
from bot.simulator.acts.posting import announce_thing
from bot.simulator.control.reading import in_path, number, optional_number, read_object, words
from bot.simulator.errors import ControlError
from bot.simulator.state.chats import ADMIN_RIGHTS, PRESENT, SEND_RIGHTS, STATUSES, Group
from bot.simulator.state.world import World
from bot.simulator.wire import Json


class GroupRoutes:
    """Making and changing groups."""

    def __init__(self, world: World) -> None:
        """Work on a world."""
        self._world = world

    async def create(self, request: web.Request) -> web.Response:
        """Make a group with the bot in it; a forum is always a supergroup."""
        fields = await read_object(request)
        is_forum = bool(fields.get("is_forum"))
        kind = "supergroup" if is_forum else words(fields, "type", default="group")
        if kind not in {"group", "supergroup"}:
            raise ControlError("“type” must be group or supergroup")
        title = words(fields, "title").strip()
        if not title:
            raise ControlError("a group needs a title")
        chosen = optional_number(fields, "id")
        supergroup = kind == "supergroup"
        group_id = self._world.new_group_id(supergroup=supergroup) if chosen is None else chosen
        if group_id >= 0 or group_id in self._world.groups:
            raise ControlError(f"the id {group_id} is taken or not negative", status=409)
        members = fields.get("members") or []
        if not isinstance(members, list):
            raise ControlError("“members” must be a list")
        people = [self._world.person(number({"members": one}, "members")) for one in members]
        group = Group(id=group_id, title=title, type=kind, is_forum=is_forum)
        group.bot_status, group.bot_rights = read_rights(fields.get("bot_rights"))
        create_group(self._world, group, people)
        return web.json_response(group.view())

    async def change(self, request: web.Request) -> web.Response:
        """Change members, rights and kind; upgrade; delete; remove the bot."""
        fields = await read_object(request)
        group = self._world.group(in_path(request, "group_id"))
        if group.migrated_to is not None:
            raise ControlError(f"“{group.title}” was upgraded to {group.migrated_to}")
        by = next(iter(group.members), self._world.bot.id)
        if "title" in fields:
            group.title = words(fields, "title")
        if fields.get("is_forum") is not None:
            if group.type != "supergroup":
                raise ControlError("only a supergroup can be a forum")
            group.is_forum = bool(fields["is_forum"])
        if "members" in fields:
            self._set_members(group, fields["members"])
        self._set_bot(group, fields, by=by)
        if fields.get("delete"):
            if group.type == "supergroup":
                raise ControlError("only a basic group is deleted by its owner")
            group.is_deleted = True
        if fields.get("upgrade"):
            group = upgrade(self._world, group)
        announce_thing(self._world, "group", group.id, group.view())
        return web.json_response(group.view())

    def _set_bot(self, group: Group, fields: Json, *, by: int) -> None:
        if "bot_rights" in fields:
            status, rights = read_rights(fields["bot_rights"])
            set_bot(self._world, group, status=status, rights=rights, by=by)
        if fields.get("kick_bot"):
            set_bot(self._world, group, status="kicked", rights={}, by=by)

    def _set_members(self, group: Group, wanted: object) -> None:
        """Take plain ids as the whole list, and objects as changes of single members."""
        if not isinstance(wanted, list):
            raise ControlError("“members” must be a list")
        changes = [one if isinstance(one, dict) else {"person_id": one} for one in wanted]
        if not any(isinstance(one, dict) for one in wanted):
            named = {number(one, "person_id") for one in changes}
            gone = [m for m in group.members.values() if m.status in PRESENT]
            changes += [
                {"person_id": m.person_id, "status": "left"}
                for m in gone
                if m.person_id not in named
            ]
        for change in changes:
            self._set_member(group, change)

    def _set_member(self, group: Group, change: Json) -> None:
        person = self._world.person(number(change, "person_id"))
        present = group.member(person.id)
        status = change.get("status") or (present.status if present else "member")
        if status not in STATUSES:
            raise ControlError(f"“{status}” is no status of a member")
        anonymous = change.get("is_anonymous")
        keeps = present is not None and present.is_anonymous
        set_member(
            self._world,
            group,
            person,
            status=status,
            is_anonymous=keeps if anonymous is None else bool(anonymous),
        )


def read_rights(raw: object) -> tuple[str, dict[str, bool]]:
    """Read the bot's place in a group from its rights.

    None means a plain member; administrator's rights make an administrator; a sending right
    that is false makes it restricted.

    Raises:
        ControlError: There is no such right.
    """
    if not raw:
        return "member", {}
    rights = {str(right): True for right in raw} if isinstance(raw, list) else raw
    if not isinstance(rights, dict):
        raise ControlError("“bot_rights” must be a list of rights or an object")
    for right in rights:
        if right not in (*ADMIN_RIGHTS, *SEND_RIGHTS):
            raise ControlError(f"there is no right “{right}”")
    known = {str(right): bool(value) for right, value in rights.items()}
    if any(not known.get(right, True) for right in SEND_RIGHTS):
        return "restricted", known
    return "administrator", known
