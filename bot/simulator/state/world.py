"""The home of the whole simulated world: one object that every room works on."""

import hashlib
from dataclasses import dataclass, field

from bot.simulator.errors import ControlError
from bot.simulator.settings import Settings
from bot.simulator.state.callbacks import Presses
from bot.simulator.state.chats import FIRST_GROUP_ID, FIRST_SUPERGROUP_ID, Group
from bot.simulator.state.commands import Commands
from bot.simulator.state.events import EventLog
from bot.simulator.state.faults import Faults
from bot.simulator.state.files import Files
from bot.simulator.state.flood import FloodLimits
from bot.simulator.state.inline import InlineAsks
from bot.simulator.state.journal import Journal
from bot.simulator.state.messages import Messages
from bot.simulator.state.people import FIRST_PERSON_ID, BotProfile, Person
from bot.simulator.state.profile import PublicProfile
from bot.simulator.state.updates import UpdateQueue
from bot.simulator.state.webhook import WebhookState


@dataclass(slots=True)
class World:
    """People, groups, messages and everything the bot set."""

    settings: Settings
    bot: BotProfile
    people: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    messages: Messages = field(default_factory=Messages)
    events: EventLog = field(default_factory=EventLog)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    presses: Presses = field(default_factory=Presses)
    inline: InlineAsks = field(default_factory=InlineAsks)
    commands: Commands = field(default_factory=Commands)
    profile: PublicProfile = field(default_factory=PublicProfile)
    webhook: WebhookState = field(default_factory=WebhookState)
    files: Files = field(init=False)
    updates: UpdateQueue = field(init=False)
    flood: FloodLimits = field(init=False)
    started_at: float = field(init=False)
    albums: int = 0

    def __post_init__(self) -> None:
        self.files = Files(bot_id=self.bot.id)
        self.updates = UpdateQueue(clock=self.settings.clock)
        self.flood = FloodLimits(settings=self.settings)
        self.started_at = self.now()

    def now(self) -> float:
        """Read the clock, in seconds since 1970."""
        return self.settings.clock()

    def date(self) -> int:
        """Read the clock in whole seconds, as messages carry it."""
        return int(self.now())

    def person(self, person_id: int) -> Person:
        """Find a person.

        Raises:
            ControlError: There is no such person.
        """
        found = self.people.get(person_id)
        if found is None:
            raise ControlError(f"there is no person {person_id}", status=404)
        return found

    def group(self, chat_id: int) -> Group:
        """Find a group.

        Raises:
            ControlError: There is no such group.
        """
        found = self.groups.get(chat_id)
        if found is None:
            raise ControlError(f"there is no group {chat_id}", status=404)
        return found

    def bot_knows(self, person: Person) -> bool:
        """Test if the bot ever came across a person, in private or in a group."""
        return person.started or any(person.id in group.members for group in self.groups.values())

    def new_person_id(self) -> int:
        """Choose an id that nobody has."""
        return max([FIRST_PERSON_ID - 1, *self.people]) + 1

    def new_group_id(self, *, supergroup: bool) -> int:
        """Choose an id of the right shape that no group has."""
        first = FIRST_SUPERGROUP_ID if supergroup else FIRST_GROUP_ID
        same = [
            i for i, group in self.groups.items() if (group.type == "supergroup") == supergroup
        ]
        return min([first + 1, *same]) - 1

    def chat_instance(self, chat_id: int) -> str:
        """Make the value that ties callback queries to a chat."""
        digest = hashlib.sha256(f"{self.bot.id}:{chat_id}".encode()).digest()
        return str(int.from_bytes(digest[:8], signed=True))
