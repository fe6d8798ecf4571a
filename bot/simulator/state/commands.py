"""The home of the bot's command lists and of which list a person sees."""

from bot.simulator.wire import Json

ScopeKey = tuple[str, int, int]
"""Kind of scope, chat id or 0, user id or 0."""
DEFAULT_SCOPE: ScopeKey = ("default", 0, 0)


class Commands:
    """Lists of commands by exact scope and language."""

    def __init__(self) -> None:
        """Start without commands."""
        self._lists: dict[tuple[ScopeKey, str], list[Json]] = {}

    def put(self, scope: ScopeKey, language: str, commands: list[Json]) -> None:
        """Set a list; an empty one is the same as none."""
        self._lists[scope, language] = commands

    def exact(self, scope: ScopeKey, language: str) -> list[Json]:
        """Read exactly this list: no fallback to another scope or language."""
        return self._lists.get((scope, language), [])

    def everything(self) -> list[Json]:
        """Show every list, for the page."""
        return [
            {
                "scope": scope[0],
                "chat_id": scope[1],
                "user_id": scope[2],
                "language_code": lang,
                "commands": found,
            }
            for (scope, lang), found in self._lists.items()
            if found
        ]

    def shown(self, scopes: list[ScopeKey], language: str | None) -> list[Json]:
        """Resolve what a menu shows: the narrowest scope first, in it the language first."""
        for scope in scopes:
            for lang in (language or "", ""):
                found = self._lists.get((scope, lang))
                if found:
                    return found
        return []


def scopes_in_private(person_id: int) -> list[ScopeKey]:
    """List the scopes that count in a private chat, narrowest first."""
    return [("chat", person_id, 0), ("all_private_chats", 0, 0), DEFAULT_SCOPE]


def scopes_in_group(chat_id: int, person_id: int, *, leads: bool) -> list[ScopeKey]:
    """List the scopes that count for a member of a group, narrowest first."""
    scopes: list[ScopeKey] = [("chat_member", chat_id, person_id)]
    if leads:
        scopes.append(("chat_administrators", chat_id, 0))
    scopes.append(("chat", chat_id, 0))
    if leads:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), DEFAULT_SCOPE]
