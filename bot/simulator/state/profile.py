"""The home of the bot's public words: names, descriptions, menu buttons."""

from dataclasses import dataclass, field

from bot.simulator.wire import Json


@dataclass(slots=True, kw_only=True)
class PublicProfile:
    """Names and descriptions by language, menu buttons by chat (0 is the default)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def menu_button(self, chat_id: int) -> Json:
        """Read the button of a chat, or the default one."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}
