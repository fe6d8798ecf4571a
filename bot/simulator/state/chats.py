"""The home of groups, supergroups, forum topics and memberships."""

from dataclasses import dataclass, field

from bot.simulator.wire import Json

FIRST_GROUP_ID = -4_100_000_001
FIRST_SUPERGROUP_ID = -1_002_100_000_001
DEFAULT_ICON_COLOR = 7_322_096

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
SEND_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
STATUSES = PRESENT | {"left", "kicked"}
LEADING = frozenset({"creator", "administrator"})


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum; its id is the id of the message that opened it."""

    id: int
    name: str
    icon_color: int = DEFAULT_ICON_COLOR
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Member:
    """A person in a group."""

    person_id: int
    status: str = "member"
    is_anonymous: bool = False

    @property
    def leads(self) -> bool:
        """Test for the owner or an administrator."""
        return self.status in LEADING


@dataclass(slots=True, kw_only=True)
class Group:
    """A basic group or a supergroup."""

    id: int
    title: str
    type: str = "group"
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    bot_status: str = "member"
    bot_rights: dict[str, bool] = field(default_factory=dict)
    migrated_to: int | None = None
    migrated_from: int | None = None
    pinned: list[int] = field(default_factory=list)
    invite_links: int = 0
    is_deleted: bool = False

    @property
    def bot_is_in(self) -> bool:
        """Test if the bot is in the group now."""
        return self.bot_status in PRESENT

    def bot_may(self, right: str) -> bool:
        """Test an administrator's right of the bot."""
        return self.bot_status == "administrator" and self.bot_rights.get(right, False)

    def bot_may_send(self, right: str) -> bool:
        """Test a sending right: only a restricted bot can lack one."""
        return self.bot_status != "restricted" or self.bot_rights.get(right, True)

    def member(self, person_id: int) -> Member | None:
        """Find somebody who is in the group now."""
        found = self.members.get(person_id)
        return found if found and found.status in PRESENT else None

    def view(self) -> Json:
        """Show the group as the control API does."""
        return {
            "id": self.id,
            "title": self.title,
            "type": self.type,
            "is_forum": self.is_forum,
            "topics": [{"id": topic.id, "name": topic.name} for topic in self.topics.values()],
            "members": [
                {"person_id": m.person_id, "status": m.status, "is_anonymous": m.is_anonymous}
                for m in self.members.values()
            ],
            "bot_status": self.bot_status,
            "bot_rights": dict(self.bot_rights),
            "migrated_to": self.migrated_to,
        }
